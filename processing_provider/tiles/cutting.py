"""Tiles made of tables: zoom by zoom, square by square of tiles, so that what is worked at together stays small."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Mapping, Sequence

import numpy as np

from ..osm.ragged import Whole
from . import messages
from .blocks import EXTENT, cut, pairs, touching, units
from .grid import Grid
from .table import Rows

# Points that are worked at together, as far as a square of one tile is not more: arrays of them take some 100 MB.
_TOGETHER = 400_000
# Tiles along a side of the largest square: 2**_LARGEST.
_LARGEST = 4


@dataclass(frozen=True)
class Made:
    """A tile that is not packed, and which rows of each table it has."""

    x: int
    y: int
    data: bytes
    rows: Mapping[str, Whole]


def tiles(tables: Sequence[Rows], grid: Grid, zoom: int) -> Iterator[Made]:
    """The tiles of a zoom that have anything, in order; their layers are in that of the tables."""
    power = _power(tables, grid, zoom)
    found = [_of_squares(rows, grid, zoom, power) for rows in tables]
    for square in grid.blocks(zoom, power):
        corner = square[0][0] >> power, square[0][1] >> power
        yield from _square(tables, [some.get(corner) for some in found], zoom, power, square)


def _power(tables: Sequence[Rows], grid: Grid, zoom: int) -> int:
    points = sum(len(rows.points) for rows in tables)
    power = 0
    while power < min(_LARGEST, zoom) and points * 4 ** (power + 1) <= _TOGETHER * grid.count(zoom):
        power += 1
    return power


def _of_squares(rows: Rows, grid: Grid, zoom: int, power: int) -> dict[tuple[int, int], Whole]:
    """The rows that touch each square, by its column and row."""
    x0, y0, x1, y1 = (value >> power for value in grid.range(zoom))
    low_x, low_y, high_x, high_y = touching(units(rows.box, zoom), EXTENT << power)
    spans = np.maximum(low_x, x0), np.maximum(low_y, y0), np.minimum(high_x, x1), np.minimum(high_y, y1)
    who, column, row = pairs(spans)
    key = (column - x0) * (y1 - y0 + 1) + row - y0
    order = np.argsort(key, kind="stable")
    edges = np.append(np.flatnonzero(np.diff(key[order], prepend=-1)), len(key))
    return {
        (int(column[order[low]]), int(row[order[low]])): who[order[low:high]] for low, high in zip(edges, edges[1:])
    }


def _square(
    tables: Sequence[Rows], found: Sequence[Whole | None], zoom: int, power: int, square: list[tuple[int, int]]
) -> Iterator[Made]:
    """The tiles of a square, which come in its order."""
    corner = square[0][0] >> power << power, square[0][1] >> power << power
    order = np.full((1 << power, 1 << power), -1)
    columns, downs = np.array(square).T
    order[columns - corner[0], downs - corner[1]] = np.arange(len(square))
    parts: dict[int, list[bytes]] = {}
    seen: dict[int, dict[str, Whole]] = {}
    for rows, some in zip(tables, found):
        if some is None:
            continue
        pieces = cut(rows, some, zoom, corner, order)
        for tile, layer in messages.layers(rows, pieces):
            parts.setdefault(tile, []).append(layer)
            low, high = np.searchsorted(pieces.tile, (tile, tile + 1))
            seen.setdefault(tile, {})[rows.name] = pieces.row[low:high]
    for tile in sorted(parts):
        yield Made(*square[tile], b"".join(parts[tile]), seen[tile])
