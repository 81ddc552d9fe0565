"""The grid of a sheet: columns by letter, rows by number, in cells of about five centimetres.

Its lines are a layer of the map, below all names (see stages.index); letters and numbers stand round the frame.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

import numpy as np

from ..features.strokes import Array
from .decorations import Piece, Text
from .ink import Ink

if TYPE_CHECKING:
    from ...request.papers import Sheet

_CELL_MM = 50.0


@dataclass(frozen=True)
class IndexGrid:
    """So many columns and rows of equal cells over a map of this width and height in mm."""

    columns: int
    rows: int
    width: float
    height: float

    @staticmethod
    def of(sheet: Sheet) -> IndexGrid:
        """The grid of a sheet's map: cells as square as they can be, two at least either way."""
        # Larger sheets are read from farther away.
        cell = _CELL_MM * max(sheet.text / 2.3, 1.0)
        columns, rows = (max(2, round(side / cell)) for side in (sheet.map_width, sheet.map_height))
        return IndexGrid(min(columns, len(ascii_uppercase)), rows, sheet.map_width, sheet.map_height)

    def numbers(self, points: Array) -> Array:
        """The cells of points (n, 2) in mm from the map's lower left corner, counted by rows from the upper left one.

        -1 for what lies outside.
        """
        across = np.floor(points[:, 0] / self.width * self.columns).astype(int)
        down = np.floor((1 - points[:, 1] / self.height) * self.rows).astype(int)
        inside = (across >= 0) & (across < self.columns) & (down >= 0) & (down < self.rows)
        return np.where(inside, down * self.columns + across, -1)

    def name(self, number: int) -> str:
        """What a cell is called: `B3`."""
        return f"{ascii_uppercase[number % self.columns]}{number // self.columns + 1}"


def letters(sheet: Sheet, ink: Ink) -> list[Piece]:
    """Letters above and below the map, numbers at its sides, in the middle of their cells."""
    grid = IndexGrid.of(sheet)
    size = ink.size * 1.1
    rise = ink.strong.cap * size / 2
    pieces: list[Piece] = []
    for number in range(grid.columns):
        x = sheet.left + sheet.map_width * (number + 0.5) / grid.columns
        for y in (sheet.top - sheet.band / 2, sheet.top + sheet.map_height + sheet.band / 2):
            pieces.append(Text("grid", ascii_uppercase[number], ink.strong, size, x, y + rise, ink.frame, 0.5))
    for number in range(grid.rows):
        y = sheet.top + sheet.map_height * (number + 0.5) / grid.rows + rise
        for x in (sheet.left - sheet.band / 2, sheet.left + sheet.map_width + sheet.band / 2):
            pieces.append(Text("grid", str(number + 1), ink.strong, size, x, y, ink.frame, 0.5))
    return pieces
