"""The house's own jobs are begun here, each once, and looked after: see domain/house.py."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import json
import time
from collections import OrderedDict
from dataclasses import replace
from typing import Any

from aiohttp import web

from ...processing_provider.request.export_request import ExportRequest
from ..api import schemas
from ..api.estimate import memory_mb
from ..api.render import check_disk, submission
from ..api.state import State
from ..domain.api_keys import keyed_hash
from ..domain.house import MARK, TIER
from ..domain.jobs import Submission
from ..domain.quota_rules import QueueFullError
from ..sources import Source

# One try in so many seconds, where it fails.
_AGAIN = 3600
_MOST_KNOWN = 1024
# The job of each request that this process has begun.
_BEGUN: web.AppKey[OrderedDict[str, str]] = web.AppKey("house_jobs")
# What was worked out of a request, by its body, the state of its source, and when.
_WANTED: web.AppKey[OrderedDict[tuple[str, str, int], Submission]] = web.AppKey("house_wanted")


def checked(body: dict[str, Any]) -> ExportRequest:
    """The body of a request as it is kept."""
    return schemas.to_request(schemas.parse(body))


async def wanted(app: web.Application, state: State, body: dict[str, Any], source: Source) -> Submission:
    """The job of a request, worked out once in a while: pages ask for the same again and again."""
    known, hour = app[_WANTED], int(time.time()) // _AGAIN
    key = json.dumps(body), await asyncio.to_thread(source.state), hour
    if key not in known:
        known[key] = await asyncio.to_thread(_wanted, state, body, source, f"house {hour}")
        while len(known) > _MOST_KNOWN:
            known.popitem(last=False)
    return known[key]


def _wanted(state: State, body: dict[str, Any], source: Source, key: str) -> Submission:
    request = checked(body)
    made = submission(request, source, memory_mb(state, request, source), key, {"data": source.state()})
    return replace(made, spec={**made.spec, MARK: True}, idempotency_key=f"{key} {made.spec_hash[:32]}")


async def made(state: State, task: Submission) -> str:
    """The SHA-256 of its only file, where that is whole; empty where it is not there."""
    known = await state.ask(lambda rows: rows.jobs.files_of_twin(task.spec_hash, time.time()))
    whole = await asyncio.to_thread(state.store.blobs.whole, known) if known else frozenset()
    return next(iter(whole), "")


async def begun(app: web.Application, state: State, task: Submission) -> dict[str, Any]:
    """How it is; begun, where nobody has. ApiError where there is no room on the disk."""
    known, key = app[_BEGUN], str(task.idempotency_key)
    if key not in known:
        check_disk(state)
        try:
            known[key] = await _submit(state, task)
        except QueueFullError:
            return {"state": "busy", "progress": 0}
        while len(known) > _MOST_KNOWN:
            known.popitem(last=False)
    number = known[key]
    job = await state.ask(lambda rows: rows.views.find(number))
    ended = job is None or job.state not in ("queued", "running", "completed")
    return {"state": "none" if ended else "making", "progress": int(job.progress) if job else 0}


async def _submit(state: State, task: Submission) -> str:
    now, mark = time.time(), keyed_hash(state.secret, "guest", "the house")
    caller = await state.write(lambda rows: rows.people.guest(mark, TIER, now))
    house = replace(caller, tier=TIER)
    accepted = await state.write(lambda rows: rows.jobs.submit(house, task, state.settings.max_queued, now))
    if not accepted.repeated:
        state.store.bell.ring()
    return accepted.id


def prepare(app: web.Application) -> None:
    """What they need of an application."""
    app[_BEGUN], app[_WANTED] = OrderedDict(), OrderedDict()
