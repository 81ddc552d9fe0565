"""Texts along strokes: where a name can follow a street or a river without a kink, and how good each place is."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..features.strokes import STEP, Array, Strokes, length, resampled
from ..occupancy.grid import Grid
from ..occupancy.kinds import MARKS, ROADS, Kind
from ..occupancy.paper import Paper
from .candidates import Places
from .letter_lines import lettered, longer, normals

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
# So many letters of a name stand upright, as far as nobody minds: else it is a matter of taste which way it is read.
_MOST_UPRIGHT, _UPRIGHT = 0.7, math.sin(math.radians(5))
# How far a street may bend away from a straight name, by the height of its line.
_OFF = 0.3
# Across a text, in shares of its line height: all of it, and the small letters alone.
_ACROSS = np.array([-0.5, -0.25, 0.0, 0.25, 0.5])
_LETTERS = slice(1, 4)
# What a text covers reaches so far beyond it, in mm.
_MARGIN = 0.25


@dataclass(frozen=True)
class Manner:
    """How names lie on their lines: `shifts` beside the line in mm are tried where `rails` are in the way.

    `repeat` is the distance in mm between two labels of a long line. Loose names bend more, and lie beside their line
    for whatever is in the way.
    """

    repeat: float = 80.0
    shifts: tuple[float, ...] = ()
    beside: float = 0.0
    is_loose: bool = False
    # Letters that join or stack are not set one by one: the name is straight, and its line nearly so.
    straight: bool = False


@dataclass
class _Lanes:
    """Places on rows of points, all with the same number of them: row by row the points (n, 2) and cells (n, 5)."""

    points: Array
    cells: Array
    starts: Array
    cost: Array
    ends: Array


class Windows(Places):
    """Places of a text along lines: so many points from each start on."""

    def __init__(
        self, grid: Grid, text: str, size: tuple[float, float], points_size: float, count: int, lanes: _Lanes
    ) -> None:
        super().__init__(text, points_size, lanes.cost, lanes.points[lanes.starts + count // 2])
        self._grid, self._count, self._lanes = grid, count, lanes
        self._width, self._height = size

    def cells(self, numbers: Array) -> Array:
        """See Places."""
        return self._windows[self._lanes.starts[numbers]]  # type: ignore[no-any-return]

    @cached_property
    def _windows(self) -> Array:
        """The cells over a text that starts at each point: a view, that holds nothing of its own."""
        across = self._lanes.cells.shape[1]
        return np.lib.stride_tricks.sliding_window_view(self._lanes.cells.reshape(-1), self._count * across)[::across]

    def ahead(self, numbers: Array) -> Array | None:
        """See Places."""
        return self._beyond[numbers]  # type: ignore[no-any-return]

    @cached_property
    def _beyond(self) -> Array:
        starts, angles = self._lanes.starts, self._lanes.ends
        out = np.stack([np.cos(angles), np.sin(angles)], -1)[:, :, None] * _AHEAD[None, None, :, None]
        first, last = self._lanes.points[starts], self._lanes.points[starts + self._count - 1]
        return self._grid.flat(np.concatenate([first[:, None] - out[:, 0], last[:, None] + out[:, 1]], 1))

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

    def _base(self, number: int) -> Array:
        start = self._lanes.starts[number]
        return self._lanes.points[start : start + self._count]

    def _cover(self, number: int) -> Array:
        line, step = self._base(number), self._grid.cell * 0.8
        path = resampled(longer(line, length(line) + 2 * _MARGIN), step)
        half = self._height / 2 + _MARGIN
        across = np.linspace(-half, half, math.ceil(2 * half / step) + 1)
        band = path[:, None] + normals(path)[:, None] * across[None, :, None]
        return self._grid.covered(band.reshape(-1, 2))


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
    lanes = _beside(paper, line, normals, starts, count, cost, ends, height, manner)
    return None if lanes is None else Windows(paper, text, (wanted, height), points, count, lanes)


def _starts(strokes: Strokes, count: int, em: float, manner: Manner) -> tuple[Array, Array]:
    """Where a text of `count` points can start, and what that costs."""
    long_enough = strokes.sizes >= count
    if not long_enough.any():
        return np.zeros(0, int), np.zeros(0)
    sizes, first = strokes.sizes[long_enough], strokes.first[long_enough]
    room = sizes - count
    step = np.maximum(np.maximum(1, np.minimum(2, room // 20)), room // _MOST)
    many = room // step + 1
    of = np.repeat(np.arange(len(sizes)), many)
    at = (np.arange(len(of)) - np.repeat(many.cumsum() - many, many)) * step[of]
    starts = first[of] + at
    windows = np.lib.stride_tricks.sliding_window_view
    letter = max(1, round(0.55 * em / STEP))
    leaving = windows(strokes.leaving, count)[starts].max(1)
    good = leaving <= _LEAVE[manner.is_loose]
    if count > letter:
        turns = np.abs(strokes.angles[letter:] - strokes.angles[:-letter])
        good &= windows(turns, count - letter)[starts].max(1) <= _LETTER_TURN[manner.is_loose]
    angles = windows(strokes.angles, count)[starts]
    whole = angles.max(1) - angles.min(1)
    good &= whole <= _WHOLE_TURN
    # Read one way or the other.
    east = np.cos(strokes.angles)
    upright = np.stack([east > -_UPRIGHT, east < _UPRIGHT]).cumsum(1)
    good &= (upright[:, starts + count - 1] - upright[:, starts]).max(0) >= _MOST_UPRIGHT * (count - 1)
    total = (sizes - 1) * STEP
    labels = np.maximum(1, np.rint(total / manner.repeat))
    # The best places are the middles of so many equal parts.
    parts = (at + (count - 1) / 2) * STEP * (labels / total)[of]
    off = np.abs(parts % 1 - 0.5)
    shorter = 0.5 * (1 - sizes / sizes.max())
    cost = 1.2 * off + 0.5 * whole + 0.8 * leaving + shorter[of]
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


def _beside(
    paper: Paper, line: Array, normals: Array, starts: Array, count: int, cost: Array, ends: Array, height: float,
    manner: Manner,
) -> _Lanes | None:  # fmt: skip
    """The places on the page, moved aside where tracks lie under them."""
    upright = line[starts + count - 1, 0] >= line[starts, 0]
    lanes: list[tuple[Array, Array]] = []
    known: dict[float, _Lane] = {}
    rows, found = np.arange(len(starts)), []
    for shift in (manner.beside, *manner.shifts):
        for way in (1, -1) if shift else (0,):
            mine = rows[upright[rows] == (way > 0)] if way else rows
            if not len(mine):
                continue
            aside = way * shift
            if aside not in known:
                known[aside] = _Lane.of(paper, line, normals, height, aside, len(lanes))
                lanes.append((known[aside].points, known[aside].cells))
            lane = known[aside]
            shares = lane.shares(starts[mine], count)
            inside = shares[:, 0] > 1 - 1e-6
            mine, shares = mine[inside], shares[inside]
            off_road = 0.3 * (1 - shares[:, 3]) if shift else 0.0
            worse = 25 * shares[:, 1] + 4 * shares[:, 2] + 0.25 * abs(shift - manner.beside) + off_road
            found.append((lane.number * len(line) + starts[mine], cost[mine] + worse, mine, shares[:, 1]))
        if shift == manner.beside:
            # Else only names that would lie on tracks look for a place beside them.
            rows, tracks = (np.concatenate([part[column] for part in found] or [rows[:0]]) for column in (2, 3))
            rows = np.sort(rows if manner.is_loose else rows[tracks >= 0.02])
            if not len(rows):
                break
    if not any(len(part[0]) for part in found):
        return None
    at, cost, kept = (np.concatenate(column) for column in list(zip(*found))[:3])
    points, cells = (np.concatenate(column) for column in zip(*lanes))
    return _Lanes(points, cells, at, cost, ends[kept])


@dataclass
class _Lane:
    """Rows of points beside those of lines: their places (n, 2), cells across a text there (n, 5), and running sums
    (n + 1, 4) of what lies there: page, tracks, marks, roads.
    """

    number: int
    points: Array
    cells: Array
    sums: Array

    @classmethod
    def of(cls, paper: Paper, line: Array, normals: Array, height: float, aside: float, number: int) -> _Lane:
        """The lane so many mm to the left of `line`."""
        band = line[:, None] + normals[:, None] * (height * _ACROSS + aside)[None, :, None]
        cells = paper.flat(band)
        letters = cells[:, _LETTERS]
        sums = np.zeros((len(line) + 1, 4))
        sums[1:, 0] = paper.is_inside(band[:, (0, -1)]).all(1)
        sums[1:, 1] = paper.has(Kind.TRACK, letters).sum(1) / letters.shape[1]
        sums[1:, 2] = paper.has(MARKS, letters).sum(1) / letters.shape[1]
        sums[1:, 3] = paper.has(ROADS, cells[:, len(_ACROSS) // 2])
        sums.cumsum(0, out=sums)
        return cls(number, band[:, len(_ACROSS) // 2], cells, sums)

    def shares(self, starts: Array, count: int) -> Array:
        """Of texts that start there the shares (c, 4) on the page, tracks, marks and roads."""
        return (self.sums[starts + count] - self.sums[starts]) / count
