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
_IN_THE_WAY = np.uint16(Kind.TRACK | MARKS)


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
        line, starts, count = self.points, self.starts, self.count
        middle = _Rows.of(paper, self, [0.0])
        if middle.is_plain and not is_loose:
            return Lanes(middle.points, middle.cells, starts, self.cost, self.ends)
        shares = middle.shares(starts, count)
        rows = np.flatnonzero(shares[:, 0] > _INSIDE)
        shares = shares[rows]
        at, more, kept = starts[rows], 25 * shares[:, 1] + 4 * shares[:, 2], rows
        points, cells = middle.points, middle.cells
        # Only names that would lie on tracks look for a place beside them.
        moved = rows if is_loose else rows[shares[:, 1] >= _ON_TRACKS]
        if len(moved) and len(shifts):
            upright = line[starts[moved] + count - 1, 0] >= line[starts[moved], 0]
            # Of each shift first the names that are read along the line, and their left is the line's; then the others.
            mine = np.tile(np.concatenate([moved[upright], moved[~upright]]), len(shifts))
            ways = np.repeat([1, -1], [upright.sum(), (~upright).sum()])
            far = np.repeat(shifts, len(moved))
            asides = np.tile(ways, len(shifts)) * far
            lanes, lane = np.unique(asides, return_inverse=True)
            beside = _Rows.of(paper, self, lanes)
            first = lane * len(line) + starts[mine]
            # The sums of each lane begin with one more.
            shares = beside.shares(first + lane, count)
            inside = shares[:, 0] > _INSIDE
            shares, far = shares[inside], far[inside]
            worse = 25 * shares[:, 1] + 4 * shares[:, 2] + 0.25 * np.abs(far) + 0.3 * (1 - shares[:, 3])
            at, more = np.concatenate([at, len(line) + first[inside]]), np.concatenate([more, worse])
            kept = np.concatenate([kept, mine[inside]])
            points, cells = np.concatenate([points, beside.points]), np.concatenate([cells, beside.cells])
        return Lanes(points, cells, at, self.cost[kept] + more, self.ends[kept]) if len(kept) else None


@dataclass
class _Rows:
    """Rows of points beside those of lines, one lane after another: their places (n, 2), cells across a text there
    (n, 5), and what is there (lanes, points, 5), with the outermost points' distances from the left and from below.
    """

    paper: Paper
    points: Array
    cells: Array
    kinds: Array
    edges: tuple[Array, Array]

    @classmethod
    def of(cls, paper: Paper, course: Course, asides: Sequence[float] | Array) -> _Rows:
        """The lanes so many mm to the left of a course."""
        across = course.height * _ACROSS + np.asarray(asides)[:, None]
        x = course.points[:, None, 0] + course.normals[:, None, 0] * across[:, None, :]
        y = course.points[:, None, 1] + course.normals[:, None, 1] * across[:, None, :]
        cells = paper.numbered(paper.rows(y), paper.columns(x))
        middle = np.stack([x[..., _MIDDLE], y[..., _MIDDLE]], -1).reshape(-1, 2)
        # Kept for each text: half as large as indices are.
        flat = cells.reshape(-1, len(_ACROSS)).astype(np.int32)
        return cls(paper, middle, flat, paper.kinds(cells), (x[..., :: len(_ACROSS) - 1], y[..., :: len(_ACROSS) - 1]))

    @property
    def is_plain(self) -> bool:
        """Whether all of it is on the page, with no tracks and marks beneath, as of most lines."""
        if np.bitwise_or.reduce(self.kinds[..., _LETTERS], None) & _IN_THE_WAY:
            return False
        x, y = (np.array([side.min(), side.max()]) for side in self.edges)
        return bool(self.paper.is_on_page(x, y).all())

    @cached_property
    def _sums(self) -> Array:
        """Running sums of what lies there: page, tracks, marks, roads; (points + 1, 4) a lane, one after another."""
        letters = self.kinds[..., _LETTERS]
        lanes, points, _ = letters.shape
        sums = np.zeros((lanes, points + 1, 4))
        x, y = self.edges
        low, high = (self.paper.is_on_page(x[..., end], y[..., end]) for end in (0, 1))
        sums[:, 1:, 0] = low & high
        for place, kinds in ((1, Kind.TRACK), (2, MARKS)):
            found = (letters & np.uint16(kinds)) > 0
            # Column by column: numpy's sum of three takes five times as long.
            for column in range(letters.shape[-1]):
                sums[:, 1:, place] += found[..., column]
            sums[:, 1:, place] /= letters.shape[-1]
        sums[:, 1:, 3] = (self.kinds[..., _MIDDLE] & np.uint16(ROADS)) > 0
        sums.cumsum(1, out=sums)
        return sums.reshape(-1, 4)

    def shares(self, starts: Array, count: int) -> Array:
        """Of texts that start at these sums the shares (c, 4) on the page, tracks, marks and roads."""
        return (self._sums[starts + count] - self._sums[starts]) / count
