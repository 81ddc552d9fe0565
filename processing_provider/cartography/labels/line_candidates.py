"""Texts along strokes: where a name can follow a street or a river without a kink, and how good each place is."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..features.strokes import STEP, Array, Strokes, resampled, windows
from ..occupancy.grid import Grid
from ..occupancy.paper import Paper
from .candidates import SOME, Places
from .lanes import Course, Lanes
from .letter_lines import lettered, longer_by, normals

# QGIS sets a text only on a line that is longer.
_WIDER = 1.04
# Places per stroke that are looked at.
_MOST = 90
# The sharpest turn from letter to letter in radians, and how far a name may leave its line to cut a corner, in mm;
# what a name that finds no place otherwise may do stands second.
_LETTER_TURN = (math.radians(17), math.radians(24))
_LEAVE = (0.5, 1.2)
# The sharpest turn of a whole name.
_WHOLE_TURN = math.radians(100)
# Names on one line keep at least this far apart, in mm; where that is looked at.
_AHEAD = np.array([0.35, 0.7, 1.0]) * 2.6
# So many letters of a name stand upright.
_MOST_UPRIGHT = 0.7
# How far a street may bend away from a straight name, by the height of its line.
_OFF = 0.3
# What a text covers reaches so far beyond it, in mm.
_MARGIN = 0.25


@dataclass(frozen=True)
class Manner:
    """How names lie on their lines: `shifts` beside the line in mm are tried where tracks are in the way.

    `repeat` is the distance in mm between two labels of a long line. Loose names bend more, and lie beside their line
    for whatever is in the way.
    """

    repeat: float = 80.0
    shifts: tuple[float, ...] = ()
    is_loose: bool = False
    # Letters that join or stack are not set one by one: the name is straight, and its line nearly so.
    straight: bool = False


class Windows(Places):
    """Places of a text along lines: so many points from each start on."""

    is_on_line = True

    def __init__(
        self, grid: Grid, text: str, size: tuple[float, float], points_size: float, count: int, lanes: Lanes
    ) -> None:
        super().__init__(text, points_size, lanes.cost, lanes.points[lanes.starts + count // 2])
        self._grid, self._count, self._lanes = grid, count, lanes
        self._width, self._height = size

    def cells(self, numbers: Array) -> Array:
        """See Places."""
        return self._windows[self._lanes.starts[numbers]]  # type: ignore[no-any-return]

    def few(self, numbers: Array) -> Array:
        """See Places."""
        return self._windows[:, ::SOME][self._lanes.starts[numbers]]  # type: ignore[no-any-return]

    @cached_property
    def _windows(self) -> Array:
        """The cells over a text that starts at each point: a view, that holds nothing of its own."""
        across = self._lanes.cells.shape[1]
        return windows(self._lanes.cells.reshape(-1), self._count * across, across)

    def ahead(self, numbers: Array) -> Array | None:
        """See Places."""
        return self._beyond[numbers]  # type: ignore[no-any-return]

    @cached_property
    def _beyond(self) -> Array:
        starts, angles = self._lanes.starts, self._lanes.ends
        ends = starts, starts + self._count - 1
        ways = np.cos(angles), np.sin(angles)
        spots = np.empty((2, len(starts), 2 * len(_AHEAD)))
        for axis in (0, 1):
            line = self._lanes.points[:, axis]
            for end, sign in ((0, -1), (1, 1)):
                beyond = spots[axis, :, end * len(_AHEAD) : (end + 1) * len(_AHEAD)]
                np.multiply(ways[axis][:, end, None], sign * _AHEAD, out=beyond)
                beyond += line[ends[end], None]
        return self._grid.numbered(self._grid.rows(spots[1]), self._grid.columns(spots[0]))

    def angles(self, numbers: Array) -> Array:
        """See Places."""
        return self._lanes.ends[numbers]

    def line(self, number: int) -> Array:
        """See Places."""
        return lettered(self._base(number), self._width)

    def only(self, chosen: Array) -> Windows | None:
        """Those of the places that a mask (c,) chooses, None where it chooses none."""
        if not chosen.any():
            return None
        lanes = self._lanes
        kept = replace(lanes, starts=lanes.starts[chosen], cost=lanes.cost[chosen], ends=lanes.ends[chosen])
        return Windows(self._grid, self.text, (self._width, self._height), self.points_size, self._count, kept)

    @property
    def _fine(self) -> float:
        """A step in mm that leaves no cell out."""
        return self._grid.cell * 0.8

    @cached_property
    def _across(self) -> Array:
        half = self._height / 2 + _MARGIN
        return np.linspace(-half, half, math.ceil(2 * half / self._fine) + 1)

    def _base(self, number: int) -> Array:
        start = self._lanes.starts[number]
        return self._lanes.points[start : start + self._count]

    def _cover(self, number: int) -> Array:
        path = resampled(longer_by(self._base(number), _MARGIN), self._fine)
        left = normals(path)
        x, y = (path[:, axis, None] + left[:, axis, None] * self._across for axis in (0, 1))
        return self._grid.numbered(self._grid.rows(y), self._grid.columns(x)).reshape(-1)


def along(
    paper: Paper, strokes: Strokes, text: str, size: tuple[float, float, float], points: float, manner: Manner
) -> Windows | None:
    """The places of `text` along `strokes`; `size` is its width, line height and em in mm."""
    width, height, em = size
    wanted = width * _WIDER + 0.2
    count = math.ceil(wanted / STEP) + 1
    starts, cost = _starts(strokes, count, em, manner)
    if not len(starts):
        return None
    line, normals = strokes.points, strokes.normals
    ends = strokes.angles[np.stack([starts, starts + count - 1], -1)]
    if manner.straight:
        lines, ends, off = _straightened(line[starts[:, None] + np.arange(count)])
        near = off <= _OFF * height
        line, ends, cost = lines[near].reshape(-1, 2), ends[near], cost[near] + off[near]
        normals = np.repeat(np.stack([-np.sin(ends[:, 0]), np.cos(ends[:, 0])], -1), count, axis=0)
        starts = np.arange(len(ends)) * count
    if not len(starts):
        return None
    course = Course(line, normals, starts, cost, ends, count, height)
    lanes = course.lanes(paper, manner.shifts, manner.is_loose)
    return None if lanes is None else Windows(paper, text, (wanted, height), points, count, lanes)


def _starts(strokes: Strokes, count: int, em: float, manner: Manner) -> tuple[Array, Array]:
    """Where a text of `count` points can start, and what that costs."""
    long_enough = (strokes.sizes >= count).nonzero()[0]
    if not len(long_enough):
        return np.zeros(0, int), np.zeros(0)
    sizes, first = strokes.sizes[long_enough], strokes.first[long_enough]
    runs = [np.arange(0, room + 1, max(1, min(2, room // 20), room // _MOST)) for room in (sizes - count).tolist()]
    at = np.concatenate(runs)
    of = np.repeat(np.arange(len(runs)), [len(run) for run in runs])
    starts = first[of] + at
    letter = max(1, round(0.55 * em / STEP))
    # Most places are told off by what lines know of all their points.
    moved = strokes.off_by(_LEAVE[manner.is_loose])
    good = moved[starts + count] == moved[starts]
    if count > letter:
        bends = strokes.bent_by(letter, _LETTER_TURN[manner.is_loose])
        good &= bends[starts + count - letter] == bends[starts]
    # Read one way or the other.
    upright = strokes.readable
    good &= (upright[:, starts + count - 1] - upright[:, starts]).max(0) >= _MOST_UPRIGHT * (count - 1)
    starts, at, of = starts[good], at[good], of[good]
    if not len(starts):
        return starts, np.zeros(0)
    angles = windows(strokes.angles, count)[starts]
    whole = angles.max(1) - angles.min(1)
    good = whole <= _WHOLE_TURN
    leaving = windows(strokes.leaving, count)[starts].max(1)
    total = (sizes - 1) * STEP
    labels = np.maximum(1, np.rint(total / manner.repeat))
    # The best places are the middles of so many equal parts.
    parts = (at + (count - 1) / 2) * STEP * (labels / total)[of]
    aside = np.abs(parts % 1 - 0.5)
    shorter = 0.5 * (1 - sizes / sizes.max())
    cost = 1.2 * aside + 0.5 * whole + 0.8 * leaving + shorter[of]
    return starts[good], cost[good]


def _straightened(lines: Array) -> tuple[Array, Array, Array]:
    """Straight lines amid `lines` (c, m, 2), their angles at both ends (c, 2), and how far off they are (c,)."""
    chords = lines[:, -1] - lines[:, 0]
    angles = np.arctan2(chords[:, 1], chords[:, 0])
    normals = np.stack([-np.sin(angles), np.cos(angles)], -1)
    aside = ((lines - lines[:, :1]) * normals[:, None]).sum(-1)
    low, high = aside.min(1), aside.max(1)
    share = np.linspace(0.0, 1.0, lines.shape[1])[None, :, None]
    shift = normals * ((low + high) / 2)[:, None]
    return lines[:, :1] + chords[:, None] * share + shift[:, None], np.stack([angles, angles], -1), (high - low) / 2
