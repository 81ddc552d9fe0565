"""The calls of the API as our own pages make them: by a session and its proof in place of a key."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from aiohttp import web

from ..api import estimate, render, status, tasks
from ..api.auth import CALLER, authenticate
from ..api.errors import ApiError, unavailable
from ..api.state import STATE
from . import sheet as sheets
from .faults import in_language, of_task
from .rendering import Handler
from .texts import language_of
from .visitors import CSRF_HEADER, VISITOR, caller_of, check_csrf, visit

_LOOK_SECONDS, _PING_SECONDS, _LONGEST = 1.0, 15.0, 1800.0
# Pages that hear of their tasks at the same time; more of them ask again and again.
_MOST_STREAMS = 256
_STREAMS: web.AppKey[list[int]] = web.AppKey("streams")


def called(handler: Handler) -> Handler:
    """A handler of the API for our pages: who calls is the visitor."""

    async def call(request: web.Request) -> web.StreamResponse:
        try:
            return await answer(request)
        except ApiError as error:
            in_language(language_of(request), error)
            raise

    async def answer(request: web.Request) -> web.StreamResponse:
        request[VISITOR] = await visit(request)
        if request.method not in ("GET", "HEAD"):
            check_csrf(request, request.headers.get(CSRF_HEADER, ""))
        caller = await caller_of(request)
        if caller is None:
            raise ApiError(401, "sign_in", "Sign in to make maps here.", "Open /account/sign-in.")
        request[CALLER] = caller
        return await handler(request)

    call.__name__ = f"site_{handler.__name__}"
    return call


submit = called(render.submit)
guess = called(estimate.estimate)
end = called(tasks.cancel)
sheet = called(sheets.sheet)


@called
async def look(request: web.Request) -> web.StreamResponse:
    """How a task is."""
    return web.json_response(await _told(request), headers={"Cache-Control": "no-store"})


async def _told(request: web.Request) -> dict[str, Any]:
    """What the API tells of a task, its step in the language of the page."""
    state, caller = request.app[STATE], await authenticate(request)
    seen = await status.find_task(state, request.match_info["id"], caller.account)
    return of_task(language_of(request), status.described(request, state, seen))


@called
async def events(request: web.Request) -> web.StreamResponse:
    """The same as server-sent events (WHATWG HTML 9.2), whenever something changed, until the task has ended."""
    state, streams = request.app[STATE], request.app[_STREAMS]
    body = await _told(request)
    if len(streams) >= _MOST_STREAMS:
        raise unavailable("too_many_streams", "Too many pages listen just now.", 5)
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    streams.append(1)
    try:
        await response.prepare(request)
        last, said, end_at = "", 0.0, time.monotonic() + _LONGEST
        while time.monotonic() < end_at and not state.is_leaving:
            text = json.dumps(body)
            if text != last:
                await response.write(f"data: {text}\n\n".encode())
                last, said = text, time.monotonic()
            elif time.monotonic() - said > _PING_SECONDS:
                await response.write(b": \n\n")
                said = time.monotonic()
            if body["state"] not in ("queued", "running"):
                break
            await asyncio.sleep(_LOOK_SECONDS)
            body = await _told(request)
    except ApiError:
        # It is gone meanwhile: the page asks once more and is told.
        pass
    finally:
        streams.pop()
    return response


def prepare(app: web.Application) -> None:
    """What the streams need of an application."""
    app[_STREAMS] = []
