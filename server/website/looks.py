"""The looks of the place that somebody chose: a small map in each style, made by jobs of the house and kept.

Places are taken by cells, so that whoever looks nearby finds them made.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import math
import re
import time
from typing import Any

from aiohttp import web

from ..api import schemas
from ..api.errors import ApiError
from ..api.state import STATE, State
from ..sources import Box, Source, inward
from . import house_jobs
from .rendering import SAFE
from .visitors import where

_FORMAT = "png"
# Width and height on the ground in metres, and how it is drawn: 60 by 45 mm.
_METRES, _SCALE, _DPI, _DETAIL = (420.0, 315.0), 7000, 96, 5
# Cells of degrees, and metres of one.
_CELL, _DEGREE = 0.004, 111_200.0
_SIDE = r"(-?\d{1,3}(?:\.\d{1,9})?)"
_BOX = re.compile(",".join([_SIDE] * 4))
_RATE, _MOST = "300/minute", 8


async def looks(request: web.Request) -> web.StreamResponse:
    """GET /site/looks?box=west,south,east,north&styles=a,b: for each style the address of its picture, or how its job
    is."""
    state = request.app[STATE]
    state.limit(_RATE, "looks", where(request), "pictures")
    found = _BOX.fullmatch(request.query.get("box", ""))
    styles = [word for word in request.query.get("styles", "").split(",") if word in schemas.styles()][:_MOST]
    if found is None or not styles:
        raise ApiError(400, "no_place", "Give a place and styles.", "As box=24.9,60.1,24.95,60.2&styles=dark.", "box")
    west, south, east, north = map(float, found.groups())
    place = await asyncio.to_thread(_place, state, (west, south, east, north))
    if place is None or state.reasons.get(_FORMAT):
        return _answer({style: {"state": "none"} for style in styles})
    return _answer({style: await _look(request, *place, style) for style in styles})


async def _look(request: web.Request, source: Source, sides: dict[str, float], style: str) -> dict[str, Any]:
    state = request.app[STATE]
    body = {
        "bbox": sides, "formats": [_FORMAT], "map_style": style, "detail_level": _DETAIL,
        "config": {"scale": _SCALE, "dpi": _DPI},
    }  # fmt: skip
    task = await house_jobs.wanted(request.app, state, body, source)
    sha256 = await house_jobs.made(state, task)
    if sha256:
        return {"state": "ready", "picture": f"/site/looks/{sha256}"}
    return await house_jobs.begun(request.app, state, task)


def _place(state: State, area: Box) -> tuple[Source, dict[str, float]] | None:
    """The source, and a box in the middle of an area or, where that is known, where most is in it; all of it inside the
    source."""
    lon, lat = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
    for source in state.sources:
        if source.box is None or not source.has(lon, lat, lon, lat):
            continue
        survey = state.survey(source)
        lon, lat = (survey.densest_in(*area) if survey is not None else None) or (lon, lat)
        x, y = (round(side / _CELL) * _CELL for side in (lon, lat))
        west, south, east, north = source.box
        dy = min(_METRES[1] / 2 / _DEGREE, (north - south) / 2)
        dx = min(_METRES[0] / 2 / _DEGREE / max(0.05, math.cos(math.radians(y))), (east - west) / 2)
        x, y = min(max(x, west + dx), east - dx), min(max(y, south + dy), north - dy)
        names = ("min_lon", "min_lat", "max_lon", "max_lat")
        return source, dict(zip(names, inward((x - dx, y - dy, x + dx, y + dy))))
    return None


def _answer(styles: dict[str, Any]) -> web.Response:
    return web.json_response({"styles": styles}, headers={**SAFE, "Cache-Control": "no-store"})


async def picture(request: web.Request) -> web.StreamResponse:
    """One of them; what an address names never changes."""
    state, sha256 = request.app[STATE], request.match_info["picture"]
    gone = ApiError(404, "not_found", "There is nothing at this address.")
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise gone
    if not await state.ask(lambda rows: rows.views.is_house_s(sha256) and rows.upkeep.is_used(sha256, time.time())):
        raise gone
    try:
        body = await asyncio.to_thread(_read, state, sha256)
    except OSError as error:
        raise gone from error
    return web.Response(
        body=body, content_type="image/png", headers={**SAFE, "Cache-Control": "public, max-age=604800, immutable"}
    )


def _read(state: State, sha256: str) -> bytes:
    with state.store.blobs.open(sha256) as file:
        return file.read()
