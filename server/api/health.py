"""Whether the process lives, and whether the server can work."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from aiohttp import web

from ..disk_space import free_mb, is_full
from ..store.errors import StoreError
from ..workers import landlock
from .state import STATE


async def healthz(_request: web.Request) -> web.Response:
    """This process answers."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """200 where a task submitted now would be worked at: database, room on the disk, supervisor."""
    state = request.app[STATE]
    faults = []
    try:
        await state.ask(lambda rows: rows.views.tally())
    except StoreError:
        faults.append("the database cannot be read")
    if free_mb(state.settings.data) < state.settings.min_free_mb or is_full(state.settings.data):
        faults.append("the disk is nearly full")
    supervisor = state.supervisor()
    if supervisor != "ready":
        faults.append(f"the supervisor is {supervisor or 'not there'}")
    out = [source.why_out() for source in state.sources if source.is_out]
    faults += ["no source can be read"] if len(out) == len(state.sources) else []
    words = {
        "status": "ready" if not faults else "not ready", "faults": faults + out,
        "warnings": [] if landlock.version() else [landlock.MISSING],
    }  # fmt: skip
    return web.json_response(words, status=503 if faults else 200)
