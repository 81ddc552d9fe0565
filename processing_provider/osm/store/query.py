"""What of a store a job asks for: the same rows, in the same order, as reading the source itself would stage."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any, Iterator

import numpy as np
from osgeo import ogr

from ...feedback import Creeping, Feedback
from ...geo.gdal_settings import quiet
from ...geo.geometry import from_blob, wkb_of
from ...sources import routes
from ...sources.extract import touched
from .. import staging
from ..tables import extra_tags
from ..tables.detail import DETAILS
from ..tables.language import NO_NAMES, Names, Pair, spoken_in
from ..tables.layers import LayerTable, chosen
from ..tables.staged import Box, Rows, Staged
from .build import COAST, REACH
from .layout import OF_WAYS, OPENED, SOUGHT, SOURCES, TWIN, Blocks, BrokenStoreError, Header, rows_of

_POINTS, _LINES, _MULTIPOLYGONS, _RINGS, _ROUTES = range(len(SOURCES))
# A line, and the bytes of a blob up to the points of the only ring of a multipolygon: header, envelope, and the heads
# of the multipolygon and the polygon.
_LINE, _TO_RING = b"\x01\x02\x00\x00\x00", 8 + 32 + 9 + 9


@dataclass
class _Wanted:
    """What rows have to meet: `wide` was read (west, south, east, north), `box` is the area asked for."""

    wide: Box
    box: Box | None
    level: int
    smallest: float
    least: float


@dataclass
class _Found:
    """Rows of one table, in their order."""

    numbers: list[int] = field(default_factory=list)
    blobs: list[bytes] = field(default_factory=list)
    values: list[list[Any]] = field(default_factory=list)
    tags: list[str | None] = field(default_factory=list)
    small: list[bool] = field(default_factory=list)
    twins: dict[int, list[int]] = field(default_factory=dict)


class Store:
    """A store that is open to be asked."""

    def __init__(self, header: Header, blocks: Blocks) -> None:
        self.header = header
        self._blocks = blocks

    @property
    def box(self) -> Box | None:
        """What the source says that it covers (west, south, east, north); None where it says nothing."""
        box = self.header.box
        return (box[0], box[1], box[2], box[3]) if box else None

    def close(self) -> None:
        """Let go of the files."""
        self._blocks.close()

    def stage(
        self,
        wide: Box,
        groups: tuple[str, ...],
        level: int,
        feedback: Feedback,
        box: Box | None = None,
        tags: str = "table",
        names: Names = NO_NAMES,
        least: float = 0.0,
        rest: bool = False,
    ) -> Staged:
        """What staging.stage() makes of all that touches `wide`; its other arguments are those of that.

        Raises BrokenStoreError where a block is not what was written.
        """
        detail, tables = DETAILS[level], chosen(groups, rest)
        staged = Staged({}, [])
        hstores: dict[str, list[str | None]] = {}
        with quiet():
            for number, table in enumerate(tables):
                go_on = Creeping(feedback, 70 * number / len(tables), 70 * (number + 1) / len(tables), table.title)
                wanted = _Wanted(wide, box, level, detail.smallest(table.name), least)
                is_shown = table.name != "buildings" or detail.min_building is not None
                found = self._found(table.name, wanted, tags != "table" or bool(names.language), go_on)
                staged.rows[table.name] = _rows(table, found if is_shown else _Found(), names)
                hstores[table.name] = found.tags
            coast = self._found(COAST, _Wanted(wide, box, level, 0.0, 0.0), False, feedback.check)
            staged.coastline = [line for blob in coast.blobs if (line := from_blob(blob)) is not None]
        staging.finish(staged, hstores, level, tags, names, feedback)
        return staged

    def reach(self, wide: Box) -> Box | None:
        """How far what touches `wide` reaches (west, south, east, north), of sources that do not tell their box."""
        wanted = _Wanted(wide, None, 0, 0.0, 0.0)
        boxes = [heads["box"] for _, heads in self._near(REACH, wanted)]
        if not boxes:
            return None
        every = np.concatenate(boxes)
        west, east, south, north = every[:, 0].min(), every[:, 1].max(), every[:, 2].min(), every[:, 3].max()
        return (float(west), float(south), float(east), float(north)) if len(every) else None

    def _near(self, name: str, wanted: _Wanted) -> Iterator[tuple[Any, Any]]:
        """The blocks that may have rows which are wanted, and what decides of each of their rows."""
        if name not in self.header.tables:
            return
        index = self._blocks.index
        index = index[index["table"] == self.header.tables.index(name)]
        near = _meets(index["box"], wanted.wide) | (_meets(index["box"], _ray(wanted.wide)) & (index["lines"] > 0))
        large = index["area"] >= min(wanted.smallest, wanted.least or math.inf) if wanted.smallest else True
        for block in index[near & (index["level"] <= wanted.level) & large]:
            yield block, self._blocks.heads(block)

    def _found(self, name: str, wanted: _Wanted, tags: bool, go_on: Any) -> _Found:
        pieces: list[tuple[int, bytes, list[Any], str | None, bool, list[int] | None]] = []
        filters = _Filters(wanted.wide)
        for block, heads in self._near(name, wanted):
            go_on()
            near, small = _decided(heads, wanted)
            if not near.any():
                continue
            count = len(heads)
            try:
                blobs, raws, values, twins = rows_of(self._blocks.part(block, 1), count)
                texts = _texts(self._blocks.part(block, 2), count) if tags else [None] * count
            except (ValueError, KeyError, IndexError, TypeError) as error:
                raise BrokenStoreError(str(error)) from error
            inside = _inside(heads["box"], wanted.wide)
            sources, numbers = heads["source"].tolist(), heads["row"].tolist()
            for at in np.flatnonzero(near).tolist():
                blob: bytes | None = blobs[at]
                if sources[at] == _ROUTES:
                    blob = filters.route(blobs[at])
                elif not inside[at] and not filters.touch(sources[at], blobs[at], raws[at]):
                    continue
                if blob is not None:
                    pieces.append((numbers[at], blob, values[at], texts[at], bool(small[at]), twins.get(at)))
        pieces.sort(key=lambda piece: piece[0])
        found = _Found()
        for number, blob, row, text, is_small, same in pieces:
            if same:
                found.twins[len(found.numbers)] = same
            found.numbers.append(number)
            found.blobs.append(blob)
            found.values.append(row)
            found.tags.append(text)
            found.small.append(is_small)
        return found


class _Filters:
    """The driver's own test of what touches the box (see extract.touched)."""

    def __init__(self, wide: Box) -> None:
        self._shapes = {raw: touched(raw, wide) for raw in ("points", "lines", "multipolygons")}
        self._prepared = {raw: shape.CreatePreparedGeometry() for raw, shape in self._shapes.items()}

    def touch(self, source: int, blob: bytes, raw: bytes) -> bool:
        """Whether the object that a row was made of would have been read."""
        if raw:
            shape = ogr.CreateGeometryFromWkb(wkb_of(raw))
        elif source == _RINGS:
            shape = ogr.CreateGeometryFromWkb(_LINE + blob[_TO_RING:])
        else:
            shape = ogr.CreateGeometryFromWkb(wkb_of(blob))
        layer = ("points", "lines", "multipolygons", "lines")[source]
        return shape is not None and bool(self._prepared[layer].Intersects(shape))

    def route(self, blob: bytes) -> bytes | None:
        """The ways of a route that would have been read, joined; None where there is none."""
        lines = self._prepared["lines"]
        near = [way for way in routes.ways_of(blob) if lines.Intersects(ogr.CreateGeometryFromWkb(way))]
        return routes.joined(near)


def _ray(wide: Box) -> Box:
    """The box of the ray that lines are compared with as well."""
    both = touched("lines", wide)
    west, east, south, north = both.GetGeometryRef(1).GetEnvelope()
    return west, south, east, north


def _meets(boxes: Any, box: Box) -> Any:
    west, south, east, north = box
    return (boxes[:, 0] <= east) & (boxes[:, 1] >= west) & (boxes[:, 2] <= north) & (boxes[:, 3] >= south)


def _inside(boxes: Any, box: Box) -> Any:
    west, south, east, north = box
    return (boxes[:, 0] >= west) & (boxes[:, 1] <= east) & (boxes[:, 2] >= south) & (boxes[:, 3] <= north)


def _decided(heads: Any, wanted: _Wanted) -> tuple[Any, Any]:
    """Which rows may be wanted by all but their exact shape, and which are too small to be more than a twin's name."""
    boxes, sought = heads["box"], (heads["flags"] & SOUGHT) > 0
    lines = np.isin(heads["source"], OF_WAYS)
    near = _meets(boxes, wanted.wide) | (lines & _meets(boxes, _ray(wanted.wide)))
    near &= heads["level"] <= wanted.level
    opened = (heads["flags"] & OPENED) > 0
    if opened.any():
        near &= ~opened | (~_inside(boxes, wanted.box) if wanted.box is not None else False)
    small = heads["area"] < np.where(sought, wanted.smallest, max(wanted.smallest, wanted.least))
    named_twin = ((heads["flags"] & TWIN) > 0) & sought
    return near & (~small | named_twin), small


def _texts(data: bytes, count: int) -> list[str | None]:
    texts: list[str | None] = json.loads(data.decode("utf-8", "surrogatepass"))
    if len(texts) != count:
        raise ValueError("a block has too few tags")
    return texts


def _rows(table: LayerTable, found: _Found, names: Names) -> Rows:
    """The rows of a table; of an area that is there twice the relation alone, by its way's name if it has none."""
    latin = [row.pop() if row else None for row in found.values]
    rows = Rows(table, found.blobs, [tuple(row) for row in found.values])
    pairs: list[Pair] = []
    if names.keys:
        spoken = [spoken_in(extra_tags.parse(text), names) if text and "name:" in text else None for text in found.tags]
        pairs = list(zip(spoken, latin if names.latin else [None] * len(latin)))
        rows.names = pairs
    left = {at for at, is_small in enumerate(found.small) if is_small}
    place = {number: at for at, number in enumerate(found.numbers)}
    for at, same in found.twins.items():
        there = [place[number] for number in same if number in place and place[number] not in left]
        if there:
            staging.take_name(rows, there[-1], rows.values[at], pairs[at] if pairs else None)
            left.add(at)
    if left:
        _leave_out(rows, found, left)
    return rows


def _leave_out(rows: Rows, found: _Found, left: set[int]) -> None:
    keep = [at for at in range(len(rows.blobs)) if at not in left]
    rows.blobs = [rows.blobs[at] for at in keep]
    rows.values = [rows.values[at] for at in keep]
    rows.names = [rows.names[at] for at in keep] if rows.names else []
    found.tags[:] = [found.tags[at] for at in keep]
