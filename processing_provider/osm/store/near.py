"""Where to look in a store: the blocks that may have what touches a box, and whether a row really does."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Callable, Iterator

import numpy as np
from osgeo import ogr

from ...geo.geometry import wkb_of
from ...sources import routes
from ...sources.extract import touched
from ..tables.detail import DETAILS
from ..tables.staged import Box
from .layout import OF_WAYS, SOURCES, Blocks, BrokenStoreError, Header, rows_of

POINTS, LINES, MULTIPOLYGONS, RINGS, ROUTES = range(len(SOURCES))
_ALL_LEVELS = max(DETAILS)
# By the number of a source.
_FROM_WAYS = np.isin(np.arange(256), OF_WAYS)
# Blocks of which is kept what decides: some 20 kB each.
_KEPT = 2000
# A line, and the bytes of a blob up to the points of the only ring of a multipolygon: header, envelope, and the heads
# of the multipolygon and the polygon.
_LINE, _TO_RING = b"\x01\x02\x00\x00\x00", 8 + 32 + 9 + 9


@dataclass
class Wanted:
    """What rows have to meet: `wide` was read (west, south, east, north), `box` is the area asked for."""

    wide: Box
    box: Box | None
    level: int
    smallest: float
    least: float


class NearBlocks:
    """The blocks of a store, looked for by place."""

    def __init__(self, header: Header, blocks: Blocks) -> None:
        self.header = header
        self.blocks = blocks
        # What decides of each row of blocks that were looked at, by the block's place: the account looks again.
        self._heads: dict[int, Any] = {}

    def near(self, name: str, wanted: Wanted) -> Iterator[tuple[Any, Any]]:
        """The blocks that may have rows which are wanted, and what decides of each of their rows."""
        if name not in self.header.tables:
            return
        index = self.blocks.index
        index = index[index["table"] == self.header.tables.index(name)]
        near = meets(index["box"], wanted.wide) | (meets(index["box"], ray(wanted.wide)) & (index["lines"] > 0))
        large = index["area"] >= min(wanted.smallest, wanted.least or math.inf) if wanted.smallest else True
        for block in index[near & (index["level"] <= wanted.level) & large]:
            yield block, self._heads_of(block)

    def _heads_of(self, block: Any) -> Any:
        place = int(block["offset"])
        heads = self._heads.get(place)
        if heads is None:
            heads = self.blocks.heads(block)
            if len(self._heads) < _KEPT:
                self._heads[place] = heads
        return heads

    def touching(self, name: str, wide: Box, filters: Filters | None, check: Callable[[], None]) -> Iterator[Any]:
        """What decides of the rows of a table that touch the box, at any level: by their shape with `filters`."""
        for block, heads in self.near(name, Wanted(wide, None, _ALL_LEVELS, 0.0, 0.0)):
            check()
            boxes, lines = heads["box"], of_ways(heads)
            near = meets(boxes, wide) | (lines & meets(boxes, ray(wide)))
            edge = np.flatnonzero(near & ~inside(boxes, wide))
            if filters is not None and len(edge):
                known = filters.known.get(int(block["offset"]), {})
                unknown = [at for at in edge.tolist() if at not in known]
                for at in edge.tolist():
                    near[at] = known.get(at, False)
                if unknown:
                    blobs, raws, _, _ = self.rows(block, len(heads))
                    for at in unknown:
                        near[at] = filters.meets(int(heads["source"][at]), blobs[at], raws[at])
            if near.any():
                yield heads[near]

    def rows(self, block: Any, count: int) -> tuple[list[bytes], list[bytes], list[list[Any]], dict[int, list[int]]]:
        """The rows of a block, so many (see layout.rows_of)."""
        try:
            return rows_of(self.blocks.part(block, 1), count)
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise BrokenStoreError(str(error)) from error


class Filters:
    """The driver's own test of what touches the box (see extract.touched)."""

    def __init__(self, wide: Box) -> None:
        self._shapes = {raw: touched(raw, wide) for raw in ("points", "lines", "multipolygons")}
        self._prepared = {raw: shape.CreatePreparedGeometry() for raw, shape in self._shapes.items()}
        # What was found of rows at the edge, by the place of their block and their number in it.
        self.known: dict[int, dict[int, bool]] = {}

    def touch(self, source: int, blob: bytes, raw: bytes) -> bool:
        """Whether the object that a row was made of would have been read."""
        if not blob and not raw:
            # Of an object whose place is not known.
            return True
        if raw:
            shape = ogr.CreateGeometryFromWkb(wkb_of(raw))
        elif source == RINGS:
            shape = ogr.CreateGeometryFromWkb(_LINE + blob[_TO_RING:])
        else:
            shape = ogr.CreateGeometryFromWkb(wkb_of(blob))
        layer = ("points", "lines", "multipolygons", "lines")[source]
        return shape is not None and bool(self._prepared[layer].Intersects(shape))

    def meets(self, source: int, blob: bytes, raw: bytes) -> bool:
        """The same of a row of any source."""
        return self.route(blob or raw) is not None if source == ROUTES else self.touch(source, blob, raw)

    def route(self, blob: bytes) -> bytes | None:
        """The ways of a route that would have been read, joined; None where there is none."""
        lines = self._prepared["lines"]
        near = [way for way in routes.ways_of(blob) if lines.Intersects(ogr.CreateGeometryFromWkb(way))]
        return routes.joined(near)


def of_ways(heads: Any) -> Any:
    """Which rows were made of ways; np.isin takes five times as long for a block."""
    return _FROM_WAYS[heads["source"]]


@lru_cache(maxsize=16)
def ray(wide: Box) -> Box:
    """The box of the ray that lines are compared with as well."""
    both = touched("lines", wide)
    west, east, south, north = both.GetGeometryRef(1).GetEnvelope()
    return west, south, east, north


def meets(boxes: Any, box: Box) -> Any:
    """Which `boxes` (n x 4: west, east, south, north) meet a box."""
    west, south, east, north = box
    return (boxes[:, 0] <= east) & (boxes[:, 1] >= west) & (boxes[:, 2] <= north) & (boxes[:, 3] >= south)


def inside(boxes: Any, box: Box) -> Any:
    """Which `boxes` lie in a box wholly."""
    west, south, east, north = box
    return (boxes[:, 0] >= west) & (boxes[:, 1] <= east) & (boxes[:, 2] >= south) & (boxes[:, 3] <= north)
