"""GET /api/tasks and DELETE /api/tasks/{id}: an account's tasks, and the end of one."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from aiohttp import web

from ...processing_provider.text.phrases import nearest, quoted
from ..domain.jobs import Seen
from ..store.interfaces import StoreConnection
from .auth import authenticate
from .errors import ApiError, no_task
from .state import STATE, State
from .status import TASK_ID, WORDS, described

MOST = 200


async def listing(request: web.Request) -> web.Response:
    """A page of the account's tasks, the newest first; `before` is the last task of the page before."""
    state = request.app[STATE]
    caller = await authenticate(request)
    state.limit(caller.tier.polls, "poll", caller.key)
    limit, before, word = _limit(request), request.query.get("before"), request.query.get("state")
    if word is not None and word not in WORDS:
        raise ApiError(400, "bad_state", f"There is no state {quoted(word)}{nearest(word[:100], WORDS)}.",
                       f"There are {', '.join(WORDS)}.", "state")  # fmt: skip
    page = await state.ask(lambda rows: page_of(rows, caller.account, word, limit, before))
    if page is None:
        raise ApiError(400, "bad_before", f"There is no task {quoted(before or '')} to go on from.",
                       "Use the `next` of the page before.", "before")  # fmt: skip
    # Two hundred tasks with their links: others are answered meanwhile.
    text = await asyncio.to_thread(_written, request, state, page, limit)
    return web.json_response(text=text, headers={"Cache-Control": "no-store"})


def _written(request: web.Request, state: State, page: list[Seen], limit: int) -> str:
    tasks = [described(request, state, seen) for seen in page[:limit]]
    return json.dumps({"tasks": tasks, "next": tasks[-1]["task_id"] if len(page) > limit else None})


def page_of(
    rows: StoreConnection, account: int, state: str | None, limit: int, before: str | None
) -> list[Seen] | None:
    """One more than `limit` where there are more; None where there is no such task to go on from."""
    last = rows.views.find(before, account) if before is not None and TASK_ID.fullmatch(before) else None
    if before is not None and last is None:
        return None
    return rows.views.look(rows.views.listed(account, state, limit + 1, last))


async def cancel(request: web.Request) -> web.Response:
    """A waiting task is cancelled, a running one told to stop, the results of a finished one are deleted."""
    state = request.app[STATE]
    caller = await authenticate(request)
    state.limit(caller.tier.polls, "poll", caller.key)
    task = request.match_info["id"]
    if not TASK_ID.fullmatch(task):
        raise no_task()
    keep = caller.tier.keep_days * 86400
    word = await state.write(lambda rows: rows.jobs.cancel(task, caller.account, time.time(), keep))
    if word is None:
        raise no_task()
    state.store.bell.ring()
    body: dict[str, Any] = {"task_id": task, "status": WORDS[word], "state": word}
    return web.json_response(body, status=202 if word == "running" else 200)


def _limit(request: web.Request) -> int:
    text = request.query.get("limit", "50")
    if not text.isascii() or not text.isdigit() or len(text) > 6 or not 1 <= int(text) <= MOST:
        raise ApiError(400, "bad_limit", f"limit must be a whole number from 1 to {MOST}, not {quoted(text)}.",
                       "Give such a number, and go on with `before`.", "limit")  # fmt: skip
    return int(text)
