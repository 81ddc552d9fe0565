"""POST /api/render: a request becomes a task."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import hashlib
import json
import re
import time
from dataclasses import replace
from typing import Any

from aiohttp import web

from ...processing_provider.formats.catalogue import FORMATS
from ...processing_provider.request.export_request import ExportRequest
from ...processing_provider.request.request_argument import export_parameters
from ..disk_space import free_mb
from ..domain.accounts import Caller
from ..domain.jobs import IdempotencyError, Submission
from ..domain.quota_rules import QueueFullError, QuotaUsedUpError
from ..domain.tiers import TIERS, lowest
from ..sources import Source
from ..version import VERSION
from . import schemas
from .auth import authenticate
from .body import json_body
from .errors import TASK, ApiError, unavailable
from .estimate import memory_mb
from .state import STATE, State

_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_DISK_RETRY, _SOURCE_RETRY = 60.0, 30.0


async def submit(request: web.Request) -> web.Response:
    """Check everything that can be checked without data, charge the quota, queue the job: 202 with its task_id."""
    state = request.app[STATE]
    caller = await authenticate(request)
    state.limit(caller.tier.submits, "submit", caller.key)
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _IDEMPOTENCY_KEY.fullmatch(key):
        raise ApiError(400, "bad_idempotency_key", "The Idempotency-Key must be 1 to 255 visible ASCII characters.",
                       field="Idempotency-Key")  # fmt: skip
    data = await json_body(request)
    checked = await asyncio.to_thread(_checked, data)
    check_formats(state, checked)
    check_tier(caller, checked)
    source = find_source(state, checked)
    check_disk(state)
    memory = memory_mb(state, checked, source)
    task = submission(checked, source, memory, key, data)
    settings, now = state.settings, time.time()
    cached: frozenset[str] = frozenset()
    if settings.cache:
        known = await state.ask(lambda rows: rows.jobs.files_of_twin(task.spec_hash, now))
        cached = await asyncio.to_thread(state.store.blobs.whole, known) if known else cached
    try:
        accepted = await state.write(lambda rows: rows.jobs.submit(caller, task, settings.max_queued, now, cached))
    except QuotaUsedUpError as error:
        raise _quota(caller, error, now) from error
    except QueueFullError as error:
        whose = "of yours " if error.own else ""
        raise unavailable("queue_full", f"{error.limit} tasks {whose}are waiting already.", 30) from error
    except IdempotencyError as error:
        raise ApiError(
            409, "idempotency_key_reused", "This Idempotency-Key was used for another request.",
            "Use a new key for each new request.", "Idempotency-Key",
        ) from error  # fmt: skip
    state.store.bell.ring()
    request[TASK] = accepted.id
    words = {
        "task_id": accepted.id, "status": "completed" if accepted.state == "completed" else "queued",
        "status_url": f"/api/status/{accepted.id}", "area_km2": round(checked.area.km2, 6),
    }  # fmt: skip
    headers = {"Location": f"/api/status/{accepted.id}"}
    if accepted.repeated:
        headers["Idempotent-Replayed"] = "true"
    return web.json_response(words, status=202, headers=headers)


def _checked(data: Any) -> ExportRequest:
    """In a thread: a polygon of some thousand points takes a second."""
    return schemas.to_request(schemas.parse(data))


def check_formats(state: State, request: ExportRequest) -> None:
    """400 where this server cannot write a format, before any talk of tiers."""
    for name in request.formats:
        reason = state.reasons.get(name, "")
        if reason:
            raise ApiError(
                400, "format_unavailable", reason, "See /api/formats for what this server writes.", "formats"
            )


def check_tier(caller: Caller, request: ExportRequest) -> None:
    """402 where the tier has not the format or not the area."""
    tier, km2 = caller.tier, request.area.km2
    enough = lowest(request.formats, km2)
    upgrade: dict[str, Any] = {"tier": tier.id, "upgrade_tier": enough.id if enough else None}
    hint = f"The tier {enough.name} has it." if enough else "Ask for less."
    for name in request.formats:
        if not tier.may_write(name):
            raise ApiError(402, "format_not_in_tier", f"{FORMATS[name].name} is not in the tier {tier.name}.", hint,
                           "formats", format=name, **upgrade)  # fmt: skip
    if km2 > tier.max_km2:
        raise ApiError(
            402, "area_too_large",
            f"The area has {km2:,.1f} km2; the tier {tier.name} allows {tier.max_km2:,.0f} km2.", hint,
            "geometry" if request.area.rings else "bbox", limit=tier.max_km2, used=round(km2, 3), **upgrade,
        )  # fmt: skip


def find_source(state: State, request: ExportRequest) -> Source:
    """The first source that holds the area; 400 where none does, 503 where one did that is out just now."""
    area = request.area
    sides = area.west, area.south, area.east, area.north
    for source in state.sources:
        if source.has(*sides):
            return source
    if any(source.covers(*sides) for source in state.sources):
        raise unavailable("source_out", "The server's map data of this area cannot be read just now.", _SOURCE_RETRY)
    boxes = "; ".join(
        f"{source.title}: {', '.join(f'{side:.4f}' for side in source.box)}"
        for source in state.sources
        if source.box and not source.is_out
    )
    raise ApiError(
        400, "area_not_covered", f"This server has no map data of this area. It has {boxes or 'none at all'}.",
        "Ask for an area inside, or let its operator add an extract or 'overpass' to OSM2CDR_SOURCE.", "bbox",
    )  # fmt: skip


def check_disk(state: State) -> None:
    """503 where there is no room for another result."""
    if free_mb(state.settings.data) < state.settings.min_free_mb:
        raise unavailable("disk_full", "The server's disk is nearly full.", _DISK_RETRY)


def submission(request: ExportRequest, source: Source, memory: int, key: str | None, body: Any) -> Submission:
    """What is kept of a request that passed all checks."""
    request = replace(request, source=source.read)
    parameters = {**export_parameters(request), "SOURCE": source.read}
    spec: dict[str, Any] = {"parameters": parameters, "formats": list(request.formats), "name": request.name}
    spec["box"] = list(request.area.box)
    alike = replace(request, formats=tuple(sorted(request.formats)))
    same = {"request": alike.to_json(), "data": source.state(), "version": VERSION}
    return Submission(
        spec, _digest(same), request.formats, request.area.km2, memory, key,
        _digest(body) if key else None,
    )  # fmt: skip


def _digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


def _quota(caller: Caller, error: QuotaUsedUpError, now: float) -> ApiError:
    names = list(TIERS)
    above = names[names.index(caller.tier.id) + 1 :]
    reset = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(error.reset))
    return ApiError(
        402, "quota_used_up", f"The {error.limit} requests of this day are used up.",
        f"The next begin at {reset}; a larger tier has more of them.", retry_after=error.reset - now,
        limit=error.limit, used=error.limit, reset_at=reset, tier=caller.tier.id,
        upgrade_tier=above[0] if above else None,
    )  # fmt: skip
