"""GET /api/tasks and DELETE /api/tasks/{id}: an account's tasks, and the end of one."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import time
from typing import Any

from aiohttp import web

from .. import doorbell
from ..store import jobs
from .auth import authenticate
from .errors import ApiError, no_task
from .state import STATE
from .status import TASK_ID, WORDS, described

_MOST = 200


async def listing(request: web.Request) -> web.Response:
    """The newest tasks of the account; `before` goes on from the last one's `created`."""
    state = request.app[STATE]
    caller = await authenticate(request)
    state.limit(caller.tier.polls, "poll", caller.key)
    limit, before = _number(request, "limit", 50, 1, _MOST), _number(request, "before", None, 0, 1e11)
    word = request.query.get("state")
    if word is not None and word not in WORDS:
        raise ApiError(400, "bad_state", f"There is no state {word!r}; there are {', '.join(WORDS)}.", field="state")
    rows = jobs.list_jobs(state.read, caller.account, word, int(limit or 50), before)
    tasks = [{**described(request, state, row), "created": row["created"]} for row in rows]
    return web.json_response({"tasks": tasks})


async def cancel(request: web.Request) -> web.Response:
    """A waiting task is cancelled, a running one told to stop, the results of a finished one are deleted."""
    state = request.app[STATE]
    caller = await authenticate(request)
    task = request.match_info["id"]
    if not TASK_ID.fullmatch(task):
        raise no_task()
    keep = caller.tier.keep_days * 86400
    word = await state.write(lambda database: jobs.cancel(database, task, caller.account, time.time(), keep))
    if word is None:
        raise no_task()
    doorbell.ring(state.settings.data)
    body: dict[str, Any] = {"task_id": task, "status": WORDS[word], "state": word}
    return web.json_response(body, status=202 if word == "running" else 200)


def _number(request: web.Request, name: str, default: float | None, low: float, high: float) -> float | None:
    text = request.query.get(name)
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise ApiError(400, f"bad_{name}", f"{name} must be a number from {low:g} to {high:g}.", field=name)
    return value
