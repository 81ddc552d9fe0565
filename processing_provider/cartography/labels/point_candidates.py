"""Texts at points and inside areas: places round a point where they hide least, or within an area."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from functools import cached_property

import numpy as np
from qgis.core import QgsGeometry

from ..features.strokes import Array
from ..occupancy.boxes import box_round
from ..occupancy.grid import Grid
from ..occupancy.kinds import Kind
from ..occupancy.paper import Paper
from ..occupancy.summed_area_table import Sums
from .candidates import SOME, Places

# Points spread over a text to look what it would cover, in mm.
_STEP = 0.7
# What a text covers reaches so far beyond it, to the sides and up and down, in mm; what stands over a point alone, so
# that two of them are not read as one, farther.
_MARGIN, _MARGIN_FAR = (0.3, 0.2), (0.8, 0.2)
# How much worse it is to hide all that lies beneath than to stand as far off as may be; where a text may go farther
# than so many mm, more.
_HIDES, _FAR, _HIDES_FAR = 3.0, 12.0, 6.0
# So much of that where the worst is not hidden at all: there a place has its name near its point.
_HIDES_LITTLE = 0.4
# Less of a text over something is the space round its letters.
_TOUCHES = 0.03
# Where texts stand beside a dot, by how far off they are to the sides and up; and what each costs.
_BESIDE = np.array([(1, 0), (1, 0.7), (1, -0.7), (-1, 0), (0, 1), (0, -1), (-1, 0.7), (-1, -0.7)])
_USUAL = np.arange(len(_BESIDE)) * 0.08


class Boxes(Places):
    """Places of a text of one size (width, height in mm) round its middle; `more` are cells that each of them needs."""

    def __init__(
        self,
        grid: Grid,
        text: str,
        points_size: float,
        size: tuple[float, float],
        centres: Array,
        cost: Array,
        more: Array | None = None,
        margin: tuple[float, float] = _MARGIN,
    ) -> None:
        super().__init__(text, points_size, cost, centres)
        self._grid, self._size, self._more, self._margin = grid, size, more, margin

    def cells(self, numbers: Array) -> Array:
        """See Places."""
        first, columns = self._spread
        # Not -1: of no places numpy knows no size.
        count = first.shape[1] * columns.shape[1]
        cells = (first[numbers][:, :, None] + columns[numbers][:, None, :]).reshape(len(numbers), count)
        if self._more is None:
            return cells
        return np.concatenate([cells, self._more[None].repeat(len(cells), 0)], 1)

    def few(self, numbers: Array) -> Array:
        """See Places; `more` left aside."""
        first, columns = self._spread
        line, column = np.divmod(np.arange(0, first.shape[1] * columns.shape[1], SOME), columns.shape[1])
        return first[numbers][:, line] + columns[numbers][:, column]  # type: ignore[no-any-return]

    @cached_property
    def _spread(self) -> tuple[Array, Array]:
        """Of points spread over the text at each place the first cells of their rows (c, m) and the columns (c, n)."""
        x, y = (_spread_over(side) for side in self._size)
        rows, columns = self._grid.rows(self.centres[:, 1:] + y), self._grid.columns(self.centres[:, :1] + x)
        return self._grid.numbered(rows, 0), columns

    def _cover(self, number: int) -> Array:
        x, y = self.centres[number].tolist()
        box = box_round(x, y, self._size[0] + 2 * self._margin[0], self._size[1] + 2 * self._margin[1])
        cells = self._grid.block(*self._grid.touched(box))
        return cells if self._more is None else np.concatenate([cells, self._more])


def _spread_over(side: float) -> Array:
    """Places from -side / 2 to side / 2, no farther apart than a step; numpy's linspace takes longer to be called."""
    count = math.ceil(side / _STEP)
    result: Array = np.arange(count + 1.0)
    result *= side / count
    result -= side / 2
    result[-1] = side / 2
    return result


def _on_page(grid: Grid, centres: Array, size: tuple[float, float]) -> Array:
    half = np.array(size) / 2
    return grid.is_inside(centres - half) & grid.is_inside(centres + half)


def near(
    paper: Paper,
    text: str,
    points: float,
    size: tuple[float, float],
    at: Array,
    reach: float,
    free: Kind | None = None,
    on: Kind | None = None,
) -> Boxes | None:
    """The places of `text` within `reach` mm of a point, none over the kinds `free`; the page's edge pushes them in.

    What is named is `on` a kind: there the name hides nothing.
    """
    half = np.array(size) / 2 + 1.0
    at = np.clip(at, half, np.maximum(np.array([paper.width, paper.height]) - half, half))
    offsets = np.arange(-math.ceil(reach), math.ceil(reach) + 0.5, 1.0)
    centres = at + np.stack(np.meshgrid(offsets, offsets), -1).reshape(-1, 2)
    centres = centres[_on_page(paper, centres, size)]
    away = np.hypot(*(centres - at).T)
    centres, away = centres[away <= reach], away[away <= reach]
    if free is not None and len(centres):
        kept = paper.share(free, centres, size) < _TOUCHES
        centres, away = centres[kept], away[kept]
    if not len(centres):
        return None
    hides = (_HIDES_FAR if reach > _FAR else _HIDES) * (_HIDES_LITTLE if free is not None else 1.0)
    hidden = paper.hidden(centres, size) if on is None else 1 - paper.share(on, centres, size)
    cost = hides * hidden + away / reach
    return Boxes(paper, text, points, size, centres, cost, margin=_MARGIN_FAR)


def around(
    paper: Paper,
    text: str,
    points: float,
    size: tuple[float, float],
    at: Array,
    gap: float,
    most: float = 1.0,
    more: Array | None = None,
    free: Kind | None = None,
    hides: float = 1.0,
) -> Boxes | None:
    """The places of `text` beside a dot, the usual ones first: right, left, above, below, and the corners.

    None hides more than `most` of what lies beneath, nor any of the kinds `free`; each needs the cells of `more`.
    What it `hides` counts so much, beside whether the place is a usual one.
    """
    centres = at + _BESIDE * (size[0] / 2 + gap, size[1] / 2 + gap * 0.6)
    hidden = paper.hidden(centres, size)
    kept = _on_page(paper, centres, size) & (hidden <= most)
    if free is not None and kept.any():
        kept &= paper.share(free, centres, size) < _TOUCHES
    if not kept.any():
        return None
    return Boxes(paper, text, points, size, centres[kept], _USUAL[kept] + hides * hidden[kept], more)


class Area:
    """The cells of one area of the map: `mask` is as large as its box, whose first cell (row, column) is `corner`."""

    def __init__(self, grid: Grid, shape: QgsGeometry) -> None:
        self.grid = grid
        window = grid.window(shape)
        mask = grid.mask([shape], window=window)
        lines, across = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        self.is_empty = not len(lines)
        if self.is_empty:
            return
        self.corner = np.array([window[0] + lines[0], window[1] + across[0]])
        self.mask = mask[lines[0] : lines[-1] + 1, across[0] : across[-1] + 1]
        rows, columns = np.nonzero(self.mask)
        self.middle = np.array([rows.mean(), columns.mean()])
        step = max(1, round(1.0 / grid.cell), round(math.sqrt(len(rows) / 900)))
        chosen = (rows % step == 0) & (columns % step == 0)
        self.rows, self.columns = rows[chosen], columns[chosen]
        self.sums = Sums(self.mask)

    @cached_property
    def spots(self) -> Array:
        """Some points of it on paper (n, 2)."""
        rows, columns = self.rows + self.corner[0] + 0.5, self.columns + self.corner[1] + 0.5
        return np.stack([columns * self.grid.cell, self.grid.height - rows * self.grid.cell], -1)

    @cached_property
    def _away(self) -> Array:
        """How far its spots are from its middle, by its own size."""
        return np.hypot(self.rows - self.middle[0], self.columns - self.middle[1]) / max(self.mask.shape)

    @cached_property
    def axis(self) -> Array | None:
        """A line (2, 2) through its middle in its longest direction, that in which its cells spread most."""
        if self.is_empty or len(self.rows) < 3:
            return None
        spots = self.spots
        middle = spots.mean(0)
        way = np.linalg.eigh(np.cov((spots - middle).T))[1][:, -1]
        reach = (spots - middle) @ way
        return np.stack([middle + way * reach.min(), middle + way * reach.max()])

    def shares(self, cells: Array) -> Array:
        """How much of texts, given by cells (c, p) spread over them, lies inside."""
        rows, columns = np.divmod(cells, self.grid.shape[1])
        rows, columns = rows - self.corner[0], columns - self.corner[1]
        within = (rows >= 0) & (columns >= 0) & (rows < self.mask.shape[0]) & (columns < self.mask.shape[1])
        return (within & self.mask[rows * within, columns * within]).mean(1)

    def inside(self, text: str, points: float, size: tuple[float, float], share: float) -> Boxes | None:
        """The places of `text` with at least `share` of it inside."""
        if self.is_empty:
            return None
        within = self._boxes(size[1] / self.grid.cell / 2, size[0] / self.grid.cell / 2)
        good = (within >= share).nonzero()[0]
        if len(good):
            good = good[_on_page(self.grid, self.spots[good], size)]
        if not len(good):
            return None
        cost = 3 * (1 - within[good]) + self._away[good]
        return Boxes(self.grid, text, points, size, self.spots[good], cost)

    def _boxes(self, high: float, wide: float) -> Array:
        """How much of boxes of these half heights and widths, in cells, round the spots lies inside."""
        height, width = self.mask.shape
        (top, bottom), (left, right) = _ends(self.rows, high, height), _ends(self.columns, wide, width)
        return self.sums.over(top, left, bottom, right) / ((2 * high + 1) * (2 * wide + 1))


def _ends(places: Array, half: float, most: int) -> tuple[Array, Array]:
    """The first whole number of what reaches so far from these places to both sides, and that after the last one."""
    low, high = (places - half).astype(np.intp), (places + half + 1).astype(np.intp)
    return np.maximum(low, 0, out=low), np.minimum(high, most, out=high)
