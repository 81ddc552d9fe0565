"""GET /api/status/{id}: how a task is."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import re
import sqlite3
import time
from typing import Any

from aiohttp import web

from ...processing_provider.formats.catalogue import FORMATS
from ..store.sqlite import views
from ..store.sqlite.views import Seen
from .auth import CALLER, authenticate
from .errors import WORD, ApiError, no_task
from .links import signed_url
from .state import STATE, State

TASK_ID = re.compile(r"[0-9a-f]{32}")
WORDS = {
    "queued": "queued",
    "running": "processing",
    "completed": "completed",
    "failed": "failed",
    "cancelled": "failed",
    "expired": "failed",
}
_FILE_WORDS = {"waiting": "processing", "done": "completed", "failed": "failed"}


async def status(request: web.Request) -> web.Response:
    """The true word in every answer, so that a client which reads nothing else comes to its end; app.py adds it to
    errors."""
    state = request.app[STATE]
    caller = await authenticate(request)
    seen = await find_task(state, request.match_info["id"], caller.account)
    request[WORD] = WORDS[seen.row["state"]]
    state.limit(caller.tier.polls, "poll", caller.key)
    return web.json_response(described(request, state, seen), headers={"Cache-Control": "no-store"})


async def find_task(state: State, task: str, account: int | None) -> Seen:
    """What is told of a task; 404 where it is not there or somebody else's, 410 where its results are gone."""

    def ask(database: sqlite3.Connection) -> Seen | None:
        row = views.find(database, task, account)
        return None if row is None else views.look(database, [row])[0]

    seen = await state.ask(ask) if TASK_ID.fullmatch(task) else None
    if seen is None:
        raise no_task()
    row = seen.row
    # Its time is over when it is over, whether or not the supervisor has said so.
    if row["state"] == "expired" or (row["state"] == "completed" and row["expires"] <= time.time()):
        raise ApiError(410, "expired", "The results of this task are not kept any more.", "Submit it again.", "task_id")
    return seen


def moment(seconds: float | None) -> str | None:
    """ISO 8601 in UTC."""
    return None if seconds is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def word_of(row: sqlite3.Row) -> str:
    """The documented word; it never goes back: who waits for another attempt is being processed."""
    return "processing" if row["state"] == "queued" and row["started"] is not None else WORDS[row["state"]]


def described(request: web.Request, state: State, seen: Seen) -> dict[str, Any]:
    """What /status and the list of tasks say of a task."""
    row = seen.row
    spec = json.loads(row["spec"])
    body: dict[str, Any] = {
        "task_id": row["id"], "status": word_of(row), "state": row["state"], "progress": int(row["progress"]),
        "step": row["step"], "error": row["error"], "error_code": row["error_code"],
        "created_at": moment(row["created"]), "started_at": moment(row["started"]),
        "finished_at": moment(row["finished"]), "expires_at": moment(row["expires"]), "attempt": row["attempt"],
        "files": [],
    }  # fmt: skip
    if seen.position:
        body["queue_position"] = seen.position
    body["files"] = [_file(request, state, row, spec, file) for file in seen.files]
    return body


def _file(
    request: web.Request, state: State, row: sqlite3.Row, spec: dict[str, Any], file: sqlite3.Row
) -> dict[str, Any]:
    word = _FILE_WORDS[file["state"]]
    entry: dict[str, Any] = {"format": file["format"], "status": word}
    if file["state"] == "done":
        entry.update(
            url=signed_url(request, state, row["id"], file["format"], request[CALLER].key),
            filename=file_name(spec, file),
            bytes=file["bytes"], sha256=file["sha256"], media_type=media_type(file), features=file["features"],
            warnings=json.loads(file["warnings"]),
        )  # fmt: skip
    else:
        entry.update(error=file["error"] or row["error"], error_code=file["error_code"] or row["error_code"])
    return entry


def file_name(spec: dict[str, Any], file: sqlite3.Row) -> str:
    """The name that the launcher gives such a file."""
    return f"{spec['name']}_{file['format']}.{file['extension']}"


def media_type(file: sqlite3.Row) -> str:
    """The format's, or that of the zip that it comes in."""
    item = FORMATS[file["format"]]
    return "application/zip" if file["extension"] == "zip" else item.media_type
