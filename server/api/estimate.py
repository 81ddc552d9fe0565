"""POST /api/estimate: what a request will take, before it is made.

`estimate.json` is the table, measured on real extracts by bench/estimating.py: a constant, and a factor of the nodes
that the area has for each detail level. Nodes are counted in the extract itself (workers/density.py); where they are
not, as of Overpass, a number that is common in towns is taken.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import json
import math
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterable, Literal, Union

from aiohttp import web
from pydantic import Field

from ...processing_provider.formats.catalogue import FORMATS
from ...processing_provider.geo.geodesy import box_km2
from ...processing_provider.request.export_request import ExportRequest
from ...processing_provider.request.papers import PAPERS
from ..domain.tiers import lowest
from ..sources import Source
from . import schemas
from .answers import Answer, TierId
from .auth import authenticate
from .body import json_body
from .state import STATE, State

_TABLE: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
# Nodes of a km2 where nobody counted: less than in a dense city, more than in the country.
_COMMON_NODES = 4000.0
# Nine estimates of ten are within these factors of the truth, as measured; where nodes are not counted, within more.
FACTORS = {"bytes": 2.5, "objects": 2.5, "seconds": 3.0}
_UNCOUNTED = 5.0
# Pictures were measured on a page of A4 at so many dots per inch; a picture needs so much memory for each more.
_MEASURED_DPI, _PIXEL_BYTES = 300, 16
_A4 = PAPERS["A4"][0] * PAPERS["A4"][1]
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


@dataclass(frozen=True)
class Guess:
    """Objects, bytes by format, seconds of one processor, memory in MB."""

    objects: float
    bytes: dict[str, float]
    seconds: float
    memory_mb: float


def guess(nodes: float, detail: int, formats: Iterable[str], file_mb: float = 0.0, pages: float = 1.0) -> Guess:
    """By the table; `file_mb` is the size of the extract, all of which is read, `pages` the pixels of a picture
    by those of an A4 page at 300 dpi."""

    def by(line: list[float]) -> float:
        return line[0] + line[detail] * nodes

    stage = _TABLE["stage_seconds"]
    seconds, sizes, memory, seen = by(stage) + stage[7] * file_mb, {}, 0.0, set()
    for name in formats:
        view = FORMATS[name].view
        row, shown = _TABLE["formats"].get(name) or _usual(view), _TABLE["views"].get(view)
        if row is None or shown is None:
            sizes[name] = 0.0
            continue
        more = max(1.0, pages) if view == "picture" else 1.0
        sizes[name] = row["bytes"][detail - 1] * pages if view == "picture" else by(row["bytes"])
        seconds += by(row["seconds"]) * more
        if view not in seen:
            seconds += by(shown["seconds"]) * more
        seen.add(view)
        pixels = _A4 / 25.4**2 * _MEASURED_DPI**2
        extra = (more - 1) * pixels * _PIXEL_BYTES / 2**20
        memory = max(memory, by(shown["memory_mb"]) + extra)
    return Guess(by(_TABLE["objects"]), sizes, seconds, memory)


@lru_cache
def _usual(view: str) -> dict[str, list[float]] | None:
    """The middle one of the formats of a view, for one that nobody measured; None for a view without any."""
    rows = [row for name, row in _TABLE["formats"].items() if FORMATS[name].view == view]
    return sorted(rows, key=lambda row: sum(row["bytes"]))[len(rows) // 2] if rows else None


def nodes_of(state: State, request: ExportRequest, source: Source | None) -> tuple[float, bool]:
    """How many nodes an area has, and whether they were counted."""
    area, survey = request.area, state.survey(source) if source is not None else None
    if survey is None:
        return request.area.km2 * _COMMON_NODES, False
    box = area.west, area.south, area.east, area.north
    return survey.nodes(*box) * min(1.0, area.km2 / box_km2(*box)), True


def guess_of(state: State, request: ExportRequest, source: Source | None) -> tuple[Guess, float, bool]:
    """For a request: the guess, the nodes, and whether they were counted."""
    nodes, counted = nodes_of(state, request, source)
    width, height = PAPERS[request.page] if request.page else PAPERS["A4"]
    pages = width * height / _A4 * (request.dpi / _MEASURED_DPI) ** 2
    file_mb = source.megabytes() if source is not None else 0.0
    return guess(nodes, request.detail, request.formats, file_mb, pages), nodes, counted


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
