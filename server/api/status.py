"""GET /api/status/{id}: how a task is."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import time
from typing import Any

from aiohttp import web

from ...processing_provider.formats.catalogue import FORMATS
from ..domain.jobs import File, Job, Seen
from ..store.interfaces import StoreConnection
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
    request[WORD] = WORDS[seen.job.state]
    state.limit(caller.tier.polls, "poll", caller.key)
    return web.json_response(described(request, state, seen), headers={"Cache-Control": "no-store"})


async def find_task(state: State, task: str, account: int | None) -> Seen:
    """What is told of a task; 404 where it is not there or somebody else's, 410 where its results are gone."""

    def ask(rows: StoreConnection) -> Seen | None:
        job = rows.views.find(task, account)
        return None if job is None else rows.views.look([job])[0]

    seen = await state.ask(ask) if TASK_ID.fullmatch(task) else None
    if seen is None:
        raise no_task()
    if seen.job.is_over(time.time()):
        raise ApiError(410, "expired", "The results of this task are not kept any more.", "Submit it again.", "task_id")
    return seen


def moment(seconds: float | None) -> str | None:
    """ISO 8601 in UTC."""
    return None if seconds is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def word_of(job: Job) -> str:
    """The documented word; it never goes back: who waits for another attempt is being processed."""
    return "processing" if job.state == "queued" and job.started is not None else WORDS[job.state]


def described(request: web.Request, state: State, seen: Seen) -> dict[str, Any]:
    """What /status and the list of tasks say of a task."""
    job = seen.job
    body: dict[str, Any] = {
        "task_id": job.id, "status": word_of(job), "state": job.state, "progress": int(job.progress),
        "step": job.step, "error": job.error, "error_code": job.error_code, "created_at": moment(job.created),
        "started_at": moment(job.started), "finished_at": moment(job.finished), "expires_at": moment(job.expires),
        "attempt": job.attempt, "files": [],
    }  # fmt: skip
    if seen.position:
        body["queue_position"] = seen.position
    body["files"] = [_file(request, state, job, file) for file in seen.files]
    return body


def _file(request: web.Request, state: State, job: Job, file: File) -> dict[str, Any]:
    entry: dict[str, Any] = {"format": file.format, "status": _FILE_WORDS[file.state]}
    if file.state == "done":
        entry.update(
            url=signed_url(request, state, job.id, file.format, request[CALLER].key), filename=file_name(job, file),
            bytes=file.bytes, sha256=file.sha256, media_type=media_type(file), features=file.features,
            warnings=list(file.warnings), account=file.account or None,
        )  # fmt: skip
    else:
        entry.update(error=file.error or job.error, error_code=file.error_code or job.error_code)
    return entry


def file_name(job: Job, file: File) -> str:
    """The name that the launcher gives such a file."""
    return f"{job.spec['name']}_{file.format}.{file.extension}"


def media_type(file: File) -> str:
    """The format's, or that of the zip that it comes in."""
    return "application/zip" if file.extension == "zip" else FORMATS[file.format].media_type
