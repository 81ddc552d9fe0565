"""The rows of map data as drawings take them: many at once, their points to the millimetre, none twice in a row."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Iterator, Sequence

import numpy as np

from ...feedback import Feedback
from ...geo.geometry import wkb_start
from ...geo.sql import sql
from ...osm import wkb
from ...osm.ragged import Flags, Floats, Whole, starts_of
from ...osm.tables.map_data import MapData, Table

# So many rows are held together.
_TOGETHER = 20_000
_POINT = struct.Struct("<2d")


@dataclass(frozen=True)
class Chains:
    """The lines and rings of some rows, each with at least two or three points.

    Those of row `n` are numbered from `first[n]` to before `first[n + 1]`; chain `c` has the points from `starts[c]` to
    before `starts[c + 1]` of `points` (n, 2), in metres.
    """

    first: Whole
    starts: Whole
    points: Floats


@dataclass(frozen=True)
class Rows:
    """Some rows of a table: their shapes as the GeoPackage has them, and columns by name."""

    shapes: Sequence[bytes]
    columns: dict[str, Sequence[Any]]
    is_area: bool
    # Digits behind the point that places keep.
    digits: int = 3

    def column(self, name: str) -> Sequence[Any]:
        """The values of a column; nothing for each row where the table has none of that name."""
        return self.columns.get(name) or (None,) * len(self.shapes)

    @cached_property
    def places(self) -> list[tuple[float, float]]:
        """Where points lie, in metres."""
        return [_POINT.unpack_from(shape, wkb_start(shape) + 5) for shape in self.shapes]

    @cached_property
    def chains(self) -> Chains:
        """Lines, or rings without their first point at the end; what falls to a point is left out."""
        found = wkb.chains(self.shapes)
        points = np.round(wkb.points(self.shapes, found), self.digits)
        starts = starts_of(found.counts)
        kept = np.ones(len(points), bool)
        kept[1:] = (points[1:] != points[:-1]).any(axis=1)
        kept[starts] = True
        counts = np.add.reduceat(kept, starts, dtype=np.int64)
        if self.is_area:
            counts = _without_closing(points, kept, starts, counts)
        alive = counts >= (3 if self.is_area else 2)
        owners = np.repeat(np.arange(len(self.shapes)), np.diff(found.first))
        points = points[kept & np.repeat(alive, found.counts)]
        first = np.concatenate([[0], np.cumsum(np.bincount(owners[alive], minlength=len(self.shapes)))])
        return Chains(first, np.concatenate([[0], np.cumsum(counts[alive])]), points)

    def parts(self, number: int) -> list[list[int]]:
        """The chains of each polygon of a row, as numbers of `chains`, the outline first; those left out are not there.

        Few areas have several parts: whose rings are whose is looked up in the shape itself.
        """
        low, high = int(self.chains.first[number]), int(self.chains.first[number + 1])
        if high - low < 2:
            return [[chain] for chain in range(low, high)]
        geometry = wkb.geometry(self.shapes[number])
        rings = [geometry.GetGeometryRef(part).GetGeometryCount() for part in range(geometry.GetGeometryCount())]
        if sum(rings) != high - low:
            # A ring fell to a point, so that nobody knows any more whose the others are.
            return [list(range(low, high))]
        ends = (low + np.cumsum(rings)).tolist()
        return [list(range(end - count, end)) for count, end in zip(rings, ends)]


def _without_closing(points: Floats, kept: Flags, starts: Whole, counts: Whole) -> Whole:
    """Drop points at the end of rings until none is the first one again; how many are left of each."""
    while True:
        order = np.flatnonzero(kept)
        ends = order[np.cumsum(counts) - 1]
        again = (points[ends] == points[starts]).all(axis=1) & (ends > starts)
        if not again.any():
            return counts
        kept[ends[again]] = False
        counts = np.add.reduceat(kept, starts, dtype=np.int64)


def batches(view: MapData, table: Table, names: Sequence[str], feedback: Feedback, digits: int = 3) -> Iterator[Rows]:
    """The rows of a table with those of the columns `names` that it has, some thousand at a time.

    Raises Cancelled on the way.
    """
    there = [name for name, _ in table.columns if name in names]
    listed = sql("{names!i}", names=["geom", *there])
    query = sql("SELECT {listed!s} FROM {table!i} ORDER BY fid", listed=listed, table=table.name)
    with closing(sqlite3.connect(view.path)) as database:
        cursor = database.execute(query)
        while True:
            feedback.check()
            some = cursor.fetchmany(_TOGETHER)
            if not some:
                return
            shapes, *columns = zip(*some)
            yield Rows(shapes, dict(zip(there, columns)), table.geometry == "polygon", digits)
