"""The map under the box that people draw: vector tiles of the server's own data in its own style, made by a job.

The job is one of the house's own, behind everybody else's; its file is kept as any other's, and read where it lies.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import gzip
import re
import threading
import time
import zipfile
from collections import OrderedDict
from functools import lru_cache
from typing import Any

from aiohttp import web

from ...processing_provider.geo.geodesy import box_km2
from ..api import schemas
from ..api.errors import ApiError
from ..api.estimate import guess_of
from ..api.state import STATE, State
from ..sources import Box, Source, inward
from . import house_jobs
from .rendering import SAFE

_FORMAT = "mvt"
# It takes no worker for long: so many seconds as estimated, and so many km2.
_SECONDS, _KM2, _SMALL_KM2 = 90.0, 2500.0, 60.0
_MOST_OPEN, _MOST_PACKED = 8, 32
_STYLE = "style.json"
_MEMBER = re.compile(
    r"style\.json|\d{1,2}/\d{1,7}/\d{1,7}\.pbf|glyphs/[\w ,-]{1,80}/\d{1,6}-\d{1,6}\.pbf|sprite(@2x)?\.(json|png)"
)
_KINDS = {"pbf": "application/x-protobuf", "json": "application/json", "png": "image/png"}


class Maps:
    """The finished ones by the SHA-256 of their files, open to be read from; any thread."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, zipfile.ZipFile] = OrderedDict()
        self._packed: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def member(self, state: State, sha256: str, name: str) -> bytes | None:
        """The same; a style as gzip has it."""
        return self.style(state, sha256) if name == _STYLE else self.read(state, sha256, name)

    def style(self, state: State, sha256: str) -> bytes | None:
        """The style of one as gzip has it, which is packed once: it has a quarter of a megabyte."""
        known = self._packed.get(sha256)
        if known is None:
            text = self.read(state, sha256, _STYLE)
            if text is None:
                return None
            with self._lock:
                known = self._packed[sha256] = gzip.compress(text, mtime=0)
                while len(self._packed) > _MOST_PACKED:
                    self._packed.popitem(last=False)
        return known

    def read(self, state: State, sha256: str, name: str) -> bytes | None:
        """A member; None where there is none. FileNotFoundError where the file is gone."""
        with self._lock:
            archive = self._open.get(sha256)
            if archive is None:
                archive = self._open[sha256] = zipfile.ZipFile(state.store.blobs.open(sha256))
                while len(self._open) > _MOST_OPEN:
                    self._open.popitem(last=False)[1].close()
            self._open.move_to_end(sha256)
            try:
                return archive.read(name)
            except KeyError:
                return None


_MAPS: web.AppKey[Maps] = web.AppKey("maps")


def _ground(state: State) -> tuple[Source, Box] | None:
    """The source and the box that there is a map of: all of the first extract, or as much as is made in a minute or
    two round its densest place."""
    for source in state.sources:
        if source.is_file and source.box is not None and not source.is_out:
            return source, _shrunk(state, source, source.box, source.state(), state.survey(source) is not None)
    return None


@lru_cache(maxsize=16)
def _shrunk(state: State, source: Source, box: Box, _is: str, _counted: bool) -> Box:
    """Once for each state of a source, and again when it has been counted where it is dense."""
    west, south, east, north = box
    x, y = (state.example_box[0] + state.example_box[2]) / 2, (state.example_box[1] + state.example_box[3]) / 2
    if not (west < x < east and south < y < north):
        x, y = (west + east) / 2, (south + north) / 2
    for _ in range(40):
        if box_km2(*box) <= _KM2:
            guessed, _nodes, _counted = guess_of(state, house_jobs.checked(_body(box, "default")), source)
            if guessed.seconds <= _SECONDS:
                break
        w, s, e, n = box
        box = x + (w - x) * 0.8, y + (s - y) * 0.8, x + (e - x) * 0.8, y + (n - y) * 0.8
    return box


def _body(box: Box, style: str) -> dict[str, Any]:
    names = ("min_lon", "min_lat", "max_lon", "max_lat")
    sides = dict(zip(names, inward(box)))
    detail = 5 if box_km2(*box) <= _SMALL_KM2 else 3
    return {"bbox": sides, "formats": [_FORMAT], "map_style": style, "detail_level": detail}


async def state_of(request: web.Request) -> web.StreamResponse:
    """Whether the map of a style is there; it is begun where it is not."""
    state, style = request.app[STATE], request.match_info["style"]
    if style not in schemas.styles():
        raise ApiError(404, "no_map", "There is no such style.")
    found = await asyncio.to_thread(_ground, state)
    if found is None or state.reasons.get(_FORMAT):
        return _answer({"state": "none"})
    source, box = found
    task = await house_jobs.wanted(request.app, state, _body(box, style), source)
    sha256 = await house_jobs.made(state, task)
    if sha256:
        return _answer({"state": "ready", "map": sha256, "box": box})
    return _answer({**await house_jobs.begun(request.app, state, task), "box": box})


def _answer(body: dict[str, Any]) -> web.Response:
    return web.json_response(body, headers={**SAFE, "Cache-Control": "no-store"})


async def member(request: web.Request) -> web.StreamResponse:
    """A tile, glyphs or icons; what an address names never changes."""
    state, sha256, name = request.app[STATE], request.match_info["map"], request.match_info["name"]
    if not re.fullmatch("[0-9a-f]{64}", sha256) or not _MEMBER.fullmatch(name):
        raise ApiError(404, "not_found", "There is nothing at this address.")
    if not await state.ask(lambda rows: rows.upkeep.is_used(sha256, time.time())):
        raise ApiError(404, "not_found", "There is nothing at this address.")
    try:
        body = await asyncio.to_thread(request.app[_MAPS].member, state, sha256, name)
    except (OSError, zipfile.BadZipFile) as error:
        raise ApiError(404, "not_found", "There is nothing at this address.") from error
    headers = {**SAFE, "Cache-Control": "public, max-age=86400"}
    if body is None:
        # Beyond the edge, or a range of letters that no name has: an empty one, which is no fault.
        return web.Response(status=204, headers=headers)
    if body[:2] == b"\x1f\x8b":
        headers["Content-Encoding"] = "gzip"
    return web.Response(body=body, content_type=_KINDS[name.rsplit(".", 1)[-1]], headers=headers)


def prepare(app: web.Application) -> None:
    """What the maps need of an application."""
    app[_MAPS] = Maps()
