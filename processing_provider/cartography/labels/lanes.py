"""Lanes for a text along a line and beside it, and what of the map lies under a text there."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Sequence

import numpy as np

from ..features.strokes import Array
from ..occupancy.kinds import MARKS, ROADS, Kind
from ..occupancy.paper import Paper

# Across a text, in shares of its line height: all of it, and the small letters alone.
_ACROSS = np.array([-0.5, -0.25, 0.0, 0.25, 0.5])
_LETTERS, _MIDDLE = slice(1, 4), 2
# The share of a name on the page above which all of it is, and that on tracks from which it looks for a place aside.
_INSIDE, _ON_TRACKS = 1 - 1e-6, 0.02
_TRACKS, _MARKS, _ROADS = np.uint16(Kind.TRACK), np.uint16(MARKS), np.uint16(ROADS)


@dataclass
class Lanes:
    """Places of texts on lanes, all with the same number of points: the points (n, 2) and cells (n, 5) of all lanes.

    Of each place (c,) the number of its first point, what it costs, and the angles of its line at both ends (c, 2).
    """

    points: Array
    cells: Array
    starts: Array
    cost: Array
    ends: Array


@dataclass
class Course:
    """Where texts of so many points, with lines `height` mm high, can start along lines.

    The points of the lines and the directions to their left (n, 2); of each start (c,) the number of its point, what
    it costs, and the angles of the line at both ends (c, 2).
    """

    points: Array
    normals: Array
    starts: Array
    cost: Array
    ends: Array
    count: int
    height: float

    def lanes(self, paper: Paper, shifts: Sequence[float], is_loose: bool) -> Lanes | None:
        """The places on the page; where tracks lie under them, or if they are loose, also so many mm aside."""
        starts, count = self.starts, self.count
        middle = _Rows.of(paper, self, (0.0,))
        if middle.is_plain and not is_loose:
            return Lanes(middle.points, middle.cells, starts, self.cost, self.ends)
        rows, tracks, worse = middle.looked_at(starts, count)
        at, more, kept = starts[rows], worse, rows
        points, cells = middle.points, middle.cells
        # Only names that would lie on tracks look for a place beside them.
        moved = rows if is_loose else rows[tracks >= _ON_TRACKS]
        if len(moved) and len(shifts):
            beside, lane, mine, far = self._beside(paper, moved, shifts)
            first = lane * len(self.points) + starts[mine]
            # The sums of each lane begin with one more.
            inside, _, worse = beside.looked_at(first + lane, count)
            far = far[inside]
            roads = beside.on_roads(first[inside] + lane[inside], count)
            worse = worse + 0.25 * np.abs(far) + 0.3 * (1 - roads)
            at, more = np.concatenate([at, len(self.points) + first[inside]]), np.concatenate([more, worse])
            kept = np.concatenate([kept, mine[inside]])
            points, cells = np.concatenate([points, beside.points]), np.concatenate([cells, beside.cells])
        return Lanes(points, cells, at, self.cost[kept] + more, self.ends[kept]) if len(kept) else None

    def _beside(self, paper: Paper, moved: Array, shifts: Sequence[float]) -> tuple[_Rows, Array, Array, Array]:
        """The lanes beside these starts; of each place there (c,) its lane, its start and how far aside it is."""
        line, begins = self.points[:, 0], self.starts[moved]
        is_upright = line[begins + self.count - 1] >= line[begins]
        upright, other = moved[is_upright], moved[~is_upright]
        # Of each shift first the names that are read along the line, and their left is the line's; then the others.
        ways = [(way, len(names)) for way, names in ((1, upright), (-1, other)) if len(names)]
        asides: dict[float, int] = {}
        lanes = [asides.setdefault(way * shift, len(asides)) for shift in shifts for way, _ in ways]
        lane = np.repeat(lanes, [count for _, count in ways] * len(shifts))
        mine = np.tile(np.concatenate([upright, other]), len(shifts))
        return _Rows.of(paper, self, tuple(asides)), lane, mine, np.repeat(shifts, len(moved))


@dataclass
class _Rows:
    """Rows of points beside those of lines, one lane after another: their places (n, 2), cells across a text there
    (n, 5), and what is there (lanes, points, 5), with the outermost points' distances from the left and from below, and
    whether all of them are on the page.
    """

    paper: Paper
    points: Array
    cells: Array
    kinds: Array
    edges: tuple[Array, Array]
    is_on_page: bool

    @classmethod
    def of(cls, paper: Paper, course: Course, asides: Sequence[float]) -> _Rows:
        """The lanes so many mm to the left of a course."""
        across = (course.height * _ACROSS + np.array(asides)[:, None])[:, None, :]
        x, y = (course.normals[:, axis, None] * across for axis in (0, 1))
        x += course.points[:, 0, None]
        y += course.points[:, 1, None]
        edges = x[..., :: len(_ACROSS) - 1], y[..., :: len(_ACROSS) - 1]
        reach_x, reach_y = (np.array([side.min(), side.max()]) for side in edges)
        is_on_page = bool(paper.is_on_page(reach_x, reach_y).all())
        cells = paper.inner(x, y) if is_on_page else paper.numbered(paper.rows(y), paper.columns(x))
        middle = np.empty((x[..., 0].size, 2))
        middle[:, 0], middle[:, 1] = x[..., _MIDDLE].reshape(-1), y[..., _MIDDLE].reshape(-1)
        # Kept for each text: half as large as indices are.
        flat = cells.reshape(-1, len(_ACROSS)).astype(np.int32)
        return cls(paper, middle, flat, paper.kinds(cells), edges, is_on_page)

    @property
    def is_plain(self) -> bool:
        """Whether all of it is on the page, with no tracks and marks beneath, as of most lines."""
        return self.is_on_page and not self._there & int(_TRACKS | _MARKS)

    @cached_property
    def _there(self) -> int:
        """What is beneath letters somewhere."""
        return int(np.bitwise_or.reduce(self.kinds[..., _LETTERS], None))

    def looked_at(self, sums: Array, count: int) -> tuple[Array, Array, Array]:
        """Which texts that start at these sums are on the page (c,), how much of each is on tracks, and how bad it is.

        Running sums have one more than points in each lane.
        """
        rows = np.arange(len(sums))
        if not self.is_on_page:
            x, y = self.edges
            low, high = (self.paper.is_on_page(x[..., end], y[..., end]) for end in (0, 1))
            inside = _running(low & high)
            # All of them but for rounding.
            rows = np.flatnonzero((inside[sums + count] - inside[sums]) / count > _INSIDE)
            sums = sums[rows]
        tracks = self._share(_TRACKS, sums, count)
        return rows, tracks, 25 * tracks + 4 * self._share(_MARKS, sums, count)

    def _share(self, bits: np.uint16, sums: Array, count: int) -> Array:
        """How much of the letters of texts that start at these sums lies on something (c,)."""
        if not self._there & int(bits):
            return np.zeros(len(sums))
        letters = (self.kinds[..., _LETTERS] & bits) > 0
        # Column by column: numpy's sum of three takes five times as long.
        found = letters[..., 0].astype(float)
        for column in range(1, letters.shape[-1]):
            found += letters[..., column]
        found /= letters.shape[-1]
        found = _running(found)
        return (found[sums + count] - found[sums]) / count  # type: ignore[no-any-return]

    def on_roads(self, sums: Array, count: int) -> Array:
        """How much of the middle line of texts that start at these sums is on roads (c,)."""
        found = _running((self.kinds[..., _MIDDLE] & _ROADS) > 0)
        return (found[sums + count] - found[sums]) / count  # type: ignore[no-any-return]


def _running(values: Array) -> Array:
    """Running sums of lanes (lanes, points), each from 0 on: one more than its points, one lane after another."""
    sums = np.zeros((values.shape[0], values.shape[1] + 1))
    values.cumsum(1, out=sums[:, 1:])
    return sums.reshape(-1)
