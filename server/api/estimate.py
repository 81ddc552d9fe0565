"""POST /api/estimate: what a request will take, before it is made.

The guess is that of request/guessing.py, by the nodes of the area, which are counted in the extract itself
(workers/density.py); where they are not, as of Overpass, a number that is common in towns is taken.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import math
import time
from typing import Literal, Union

from aiohttp import web
from pydantic import Field

from ...processing_provider.geo.geodesy import box_km2
from ...processing_provider.request.export_request import ExportRequest
from ...processing_provider.request.guessing import COMMON_NODES, Guess, guess, pages_of
from ..domain.tiers import lowest
from ..sources import Source
from . import schemas
from .answers import Answer, TierId
from .auth import authenticate
from .body import json_body
from .state import STATE, State

# Nine estimates of ten are within these factors of the truth, as measured; where nodes are not counted, within more.
FACTORS = {"bytes": 2.5, "objects": 2.5, "seconds": 3.0}
_UNCOUNTED = 5.0
# Room for what differs from what was measured.
_MEMORY_MARGIN = 1.5


class FormatEstimate(Answer):
    """What one format will be."""

    format: str
    bytes: int = Field(ge=0, description="About so large.")
    available: bool = Field(description="Whether this server writes it.")
    reason: str = Field(description="Why not; empty where it does.")


class Estimate(Answer):
    """What a task of this request would take. Nine of ten are within `within` of what it comes to."""

    area_km2: float
    covered: bool = Field(description="Whether this server has map data of the whole area.")
    available: bool = Field(description="Whether the request would be accepted, but for the day's quota.")
    tier_needed: Union[TierId, None] = Field(description="The lowest tier that has area and formats; null for none.")
    in_your_tier: bool
    basis: Literal["counted", "assumed"] = Field(description="Whether the nodes of the area were counted.")
    within: float = Field(ge=1, description="The factor that it may be off by.")
    nodes: int = Field(ge=0, description="OpenStreetMap nodes in the area.")
    objects: int = Field(ge=0, description="Features that data formats will hold.")
    formats: list[FormatEstimate]
    bytes: int = Field(ge=0, description="All formats together.")
    seconds_waiting: float = Field(ge=0, description="Until it begins.")
    seconds_running: float = Field(ge=0)
    memory_mb: int = Field(ge=0)


def nodes_of(state: State, request: ExportRequest, source: Source | None) -> tuple[float, bool]:
    """How many nodes an area has, and whether they were counted."""
    area, survey = request.area, state.survey(source) if source is not None else None
    if survey is None:
        return request.area.km2 * COMMON_NODES, False
    box = area.west, area.south, area.east, area.north
    return survey.nodes(*box) * min(1.0, area.km2 / box_km2(*box)), True


def guess_of(state: State, request: ExportRequest, source: Source | None) -> tuple[Guess, float, bool]:
    """For a request: the guess, the nodes, and whether they were counted."""
    nodes, counted = nodes_of(state, request, source)
    file_mb = source.megabytes() if source is not None else 0.0
    return guess(nodes, request.detail, request.formats, file_mb, pages_of(request.page, request.dpi)), nodes, counted


def memory_mb(state: State, request: ExportRequest, source: Source) -> int:
    """The memory that a job of this size is let in with."""
    return math.ceil(guess_of(state, request, source)[0].memory_mb * _MEMORY_MARGIN)


async def estimate(request: web.Request) -> web.Response:
    """The same checks as of /api/render, but that what a tier or a source has not is told and is no error."""
    state = request.app[STATE]
    caller = await authenticate(request)
    state.limit(caller.tier.polls, "poll", caller.key)
    data = await json_body(request)
    # A polygon of some thousand points takes a second.
    checked = await asyncio.to_thread(lambda: schemas.to_request(schemas.parse(data)))
    area, km2 = checked.area, checked.area.km2
    source = next((one for one in state.sources if one.has(area.west, area.south, area.east, area.north)), None)
    guessed, nodes, counted = guess_of(state, checked, source)
    reasons = {name: state.reasons.get(name, "") for name in checked.formats}
    enough = lowest(checked.formats, km2)
    mine = km2 <= caller.tier.max_km2 and all(caller.tier.may_write(name) for name in checked.formats)
    rows = [
        FormatEstimate(format=name, bytes=round(guessed.bytes[name]), available=not reason, reason=reason)
        for name, reason in reasons.items()
    ]
    answer = Estimate(
        area_km2=round(km2, 6), covered=source is not None,
        available=source is not None and mine and not any(reasons.values()),
        tier_needed=enough.id if enough else None, in_your_tier=mine,  # type: ignore[arg-type]
        basis="counted" if counted else "assumed",
        within=max(FACTORS.values()) if counted else _UNCOUNTED, nodes=round(nodes), objects=round(guessed.objects),
        formats=rows, bytes=sum(row.bytes for row in rows), seconds_waiting=round(await _waiting(state), 1),
        seconds_running=round(guessed.seconds, 1), memory_mb=math.ceil(guessed.memory_mb),
    )  # fmt: skip
    return web.json_response(answer.model_dump(), headers={"Cache-Control": "no-store"})


async def _waiting(state: State) -> float:
    """How long those that wait will take, by what the last ones took."""
    waiting, running, usual = await state.ask(lambda rows: rows.views.pace(time.time()))
    free = state.settings.workers - running
    return 0.0 if free > waiting else (waiting + 1 - max(0, free)) * usual / state.settings.workers
