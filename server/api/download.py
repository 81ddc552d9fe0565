"""GET and HEAD /api/download/{id}/{format}: a finished file, whole or a part of it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import base64
import logging
import re
import time
from typing import BinaryIO
from urllib.parse import quote

from aiohttp import web

from ...processing_provider.formats.catalogue import FORMATS
from ..domain.accounts import Caller
from ..domain.jobs import File, Seen
from ..store.errors import StoreError
from .auth import HEADER, authenticate
from .errors import ApiError, unauthorized, unavailable
from .links import signer
from .state import STATE, State
from .status import file_name, find_task, media_type

LOG = logging.getLogger("osm2cdr.web")
_CHUNK = 1 << 18
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)


async def download(request: web.Request) -> web.StreamResponse:
    """The file by its owner's key, or by a signed link of /status."""
    state, task, name = request.app[STATE], request.match_info["id"], request.match_info["format"]
    try:
        key, now = signer(request, state, task, name), time.time()
        if key is not None and await state.ask(lambda rows: rows.keys.is_live(key, now)):
            seen = await find_task(state, task, None)
        else:
            seen = await find_task(state, task, (await _owner(request)).account)
        file = await _file(state, seen, name)
        if file.sha256 is None or file.bytes is None:
            raise _gone()
    except StoreError as error:
        raise unavailable("storage", "The server cannot read its storage just now.", 5) from error
    headers = {
        "ETag": f'"sha256-{file.sha256}"',
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(file.sha256)).decode()}:",
        "Content-Type": media_type(file), "Content-Disposition": disposition(file_name(seen.job, file)),
        "Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff",
        # No proxy on the way shall compress it: a part must fit to the rest.
        "Cache-Control": "private, max-age=3600, no-transform",
    }  # fmt: skip
    given = request.headers.get("If-Match")
    if given is not None and not has_etag(given, headers["ETag"], weakly=False):
        raise ApiError(
            412, "changed", "The file is not the one that If-Match names.", "Download it from its beginning."
        )
    if has_etag(request.headers.get("If-None-Match"), headers["ETag"]):
        return web.Response(status=304, headers={name: headers[name] for name in ("ETag", "Cache-Control")})
    return await _send(request, state, file.sha256, file.bytes, headers)


async def without_format(_request: web.Request) -> web.Response:
    """As documented: without a format there is nothing."""
    raise ApiError(404, "no_format", "The format is missing from the address.", "Use /api/download/{task_id}/{format}.")


async def _owner(request: web.Request) -> Caller:
    """By the key; a plain link opened without one is told of the signed one."""
    if HEADER in request.headers:
        return await authenticate(request)
    fault = unauthorized()
    fault.hint = (
        "Send your key in the header X-API-Key, or open the signed link in files[].url of /api/status/{task_id}, which "
        "needs none."
    )
    raise fault


async def _file(state: State, seen: Seen, name: str) -> File:
    job = seen.job
    files = seen.files or await state.ask(lambda rows: rows.views.files(job))
    found = [file for file in files if file.format == name]
    if not found:
        hint = "" if name in FORMATS else "See /api/formats."
        raise ApiError(404, "no_format", "This task has no such format.", hint, "format")
    if job.state in ("queued", "running"):
        raise ApiError(409, "not_ready", "The task has not ended yet.", "Ask /api/status until it is completed.")
    if found[0].state != "done":
        why = found[0].error or job.error or "There is no such file."
        raise ApiError(404, "format_lost", why, "Submit it again.")
    return found[0]


def _gone() -> ApiError:
    return ApiError(410, "expired", "This file is not kept any more.", "Submit it again.", "task_id")


def has_etag(given: str | None, etag: str, weakly: bool = True) -> bool:
    """Whether the entity is one of a list: If-None-Match compares weakly, If-Match does not (RFC 9110 13.1)."""
    parts = [part.strip() for part in (given or "").split(",")]
    return any((part.removeprefix("W/") if weakly else part) in (etag, "*") for part in parts)


def wanted_range(given: str | None, size: int) -> tuple[int, int] | None:
    """First and last byte of a single range (RFC 9110 14.2), None for the whole; 416 where it lies outside."""
    found = _RANGE.fullmatch(given or "")
    if found is None or found.groups() == ("", ""):
        return None
    if not found[1]:
        first, last = max(0, size - int(found[2])), size - 1
    else:
        first, last = int(found[1]), min(int(found[2] or size), size - 1)
        if found[2] and int(found[2]) < first:
            return None
    if first >= size or (not found[1] and int(found[2]) == 0):
        raise ApiError(416, "bad_range", f"The file has {size} bytes.", headers={"Content-Range": f"bytes */{size}"})
    return first, last


async def _send(
    request: web.Request, state: State, sha256: str, size: int, headers: dict[str, str]
) -> web.StreamResponse:
    part = None
    # Ranges are of GET alone (RFC 9110 14.2), and of the file that the caller has the rest of.
    if request.method == "GET" and request.headers.get("If-Range") in (None, headers["ETag"]):
        part = wanted_range(request.headers.get("Range"), size)
    try:
        source = await asyncio.to_thread(state.store.blobs.open, sha256)
    except FileNotFoundError as error:
        # Deleted by hand, or by the clean-up a moment ago.
        raise _gone() from error
    except OSError as error:
        raise unavailable("storage", "The server cannot read its storage just now.", 5) from error
    with source:
        first, last = part or (0, size - 1)
        response = web.StreamResponse(status=206 if part else 200, headers=headers)
        if part:
            response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        response.content_length = last - first + 1
        try:
            await response.prepare(request)
            if request.method != "HEAD":
                source.seek(first)
                await _copy(source, response, last - first + 1)
        except OSError as error:
            # The answer has begun: its end must be one that nobody takes for the file's.
            if request.transport is not None:
                request.transport.abort()
            if not isinstance(error, ConnectionError):
                LOG.error("a file cannot be read", extra={"path": str(source.name), "error": str(error)})
    return response


async def _copy(source: BinaryIO, response: web.StreamResponse, left: int) -> None:
    """Send so many bytes; raises ConnectionError where the client has gone, OSError where there are not so many."""
    while left > 0:
        data = await asyncio.to_thread(source.read, min(_CHUNK, left))
        if not data:
            raise OSError("it is shorter than it was")
        await response.write(data)
        left -= len(data)
    await response.write_eof()


def disposition(name: str) -> str:
    """RFC 6266: the name as it is where it is ASCII, else with percent signs as well."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    return f'attachment; filename="{plain}"' + ("" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}")
