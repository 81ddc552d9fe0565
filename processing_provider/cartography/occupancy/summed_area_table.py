"""Sums over boxes of a raster, each in one step."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..features.strokes import Array
from .grid import Grid


class Sums:
    """Sums over boxes of a raster of whole numbers, each in one step (a summed-area table); `unit` counts as 1."""

    def __init__(self, values: Array, unit: int = 1) -> None:
        self.unit = unit
        self.table: Array = np.zeros((values.shape[0] + 1, values.shape[1] + 1), np.int32)
        sums = self.table[1:, 1:]
        # Below 2 to the 31st: a raster has 8 million cells of at most 100.
        np.cumsum(values, 1, np.int32, out=sums)
        # Row by row: numpy's sum down the columns of a large raster takes ten times as long.
        for above, row in zip(sums, sums[1:]):
            np.add(above, row, out=row)

    def means(self, grid: Grid, centres: Array, size: Array | tuple[float, float]) -> Array:
        """The means over boxes round `centres` (n, 2), all of one size (width, height in mm) or each of its own."""
        half = np.asarray(size) / 2
        low, high = centres - half, centres + half
        top, left = grid.rows(high[:, 1]), grid.columns(low[:, 0])
        bottom, right = grid.rows(low[:, 1]) + 1, grid.columns(high[:, 0]) + 1
        return self.over(top, left, bottom, right) / ((bottom - top) * (right - left) * self.unit)

    def over(self, top: Array, left: Array, bottom: Array, right: Array) -> Array:
        """The sums over boxes (n,) from their first row and column up to those after their last."""
        across = self.table.shape[1]
        top, bottom = top * across, bottom * across
        # In one row: numpy takes half as long.
        take = self.table.reshape(-1).take
        total: Array = take(bottom + right)
        total -= take(top + right)
        total -= take(bottom + left)
        total += take(top + left)
        return total
