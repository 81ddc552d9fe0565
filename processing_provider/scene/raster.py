"""Triangles as the cells whose centres lie in them, by scanlines."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

import numpy as np

from .model import Flags, Floats, Integers

# Cells that may be worked at in one go.
_AT_ONCE = 2_000_000
# A centre on the edge between two triangles must be found in one of them at least.
_HAIR = 1e-9


@dataclass(frozen=True)
class Grid:
    """Square cells in rows, the first in the north: the south-west corner, the length of a side, how many."""

    west: float
    south: float
    cell: float
    rows: int
    columns: int

    @property
    def north(self) -> float:
        """The upper edge."""
        return self.south + self.rows * self.cell


def hits(triangles: Floats, grid: Grid) -> Iterator[tuple[Integers, Integers, Floats]]:
    """Piece by piece: the cells in triangles (n, 3, 3), counted row by row, each with its triangle and its z there."""
    # In steps of cells, the centre of the first one at 0, 0.
    u = (triangles[:, :, 0] - grid.west) / grid.cell - 0.5
    v = (grid.north - triangles[:, :, 1]) / grid.cell - 0.5
    first = np.clip(np.ceil(v.min(axis=1) - _HAIR), 0, grid.rows).astype("i8")
    rows = np.maximum(np.clip(np.floor(v.max(axis=1) + _HAIR), -1, grid.rows - 1).astype("i8") - first + 1, 0)
    widest = np.minimum(np.ptp(u, axis=1) + 2, grid.columns) * rows
    piece = (np.cumsum(widest) // _AT_ONCE).astype("i8")
    for number in np.unique(piece):
        chosen = np.flatnonzero(piece == number)
        cells, which, z = _piece(u[chosen], v[chosen], triangles[chosen, :, 2], first[chosen], rows[chosen], grid)
        yield cells, chosen[which], z


def _piece(
    u: Floats, v: Floats, z: Floats, first: Integers, rows: Integers, grid: Grid
) -> tuple[Integers, Integers, Floats]:
    of, along = _counted(rows)
    row = first[of] + along
    left, right = _crossings(u[of], v[of], row)
    start = np.clip(np.ceil(left - _HAIR), 0, grid.columns).astype("i8")
    end = np.clip(np.floor(right + _HAIR), -1, grid.columns - 1).astype("i8")
    line, along = _counted(np.maximum(end - start + 1, 0))
    column, row, of = start[line] + along, row[line], of[line]
    # The plane through the three corners; one that stands upright has no height of its own.
    du, dv, dz = u[:, 1] - u[:, 0], v[:, 1] - v[:, 0], z[:, 1] - z[:, 0]
    eu, ev, ez = u[:, 2] - u[:, 0], v[:, 2] - v[:, 0], z[:, 2] - z[:, 0]
    across: Floats = du * ev - dv * eu
    is_level: Flags = across != 0
    across = np.where(is_level, across, 1.0)
    slope_u: Floats = (dz * ev - dv * ez) / across
    slope_v: Floats = (du * ez - dz * eu) / across
    height = z[of, 0] + slope_u[of] * (column - u[of, 0]) + slope_v[of] * (row - v[of, 0])
    seen: Flags = is_level[of]
    return (row * grid.columns + column)[seen], of[seen], height[seen]


def _counted(counts: Integers) -> tuple[Integers, Integers]:
    """For counts of 2, 0, 3: which of them, 0 0 2 2 2, and how far in it, 0 1 0 1 2."""
    of = np.repeat(np.arange(len(counts)), counts)
    return of, np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)


def _crossings(u: Floats, v: Floats, row: Integers) -> tuple[Floats, Floats]:
    """Where the line of a row enters each triangle (n, 3) and leaves it; the wrong way round where it misses."""
    left, right = np.full(len(row), np.inf), np.full(len(row), -np.inf)
    for a, b in ((0, 1), (1, 2), (2, 0)):
        low, high = np.minimum(v[:, a], v[:, b]), np.maximum(v[:, a], v[:, b])
        met = (low - _HAIR <= row) & (row <= high + _HAIR)
        level = high - low < _HAIR
        share = np.clip((row - v[:, a]) / np.where(level, 1.0, v[:, b] - v[:, a]), 0.0, 1.0)
        at = u[:, a] + share * (u[:, b] - u[:, a])
        for value in (np.where(level, u[:, a], at), np.where(level, u[:, b], at)):
            left = np.where(met, np.minimum(left, value), left)
            right = np.where(met, np.maximum(right, value), right)
    return left, right
