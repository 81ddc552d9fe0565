"""Boxes on paper, as exact as they were put: icons stand nearer to each other than a cell of the raster is wide."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator

# Left, lower, right and upper side in mm on paper.
Box = tuple[float, float, float, float]
# The side in mm of the squares that they are found by.
_SQUARE = 5.0


def box_round(x: float, y: float, width: float, height: float) -> Box:
    """The box of a size in mm round a point."""
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


class Boxes:
    """Boxes of one kind."""

    def __init__(self) -> None:
        self._squares: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        """Put one more."""
        for square in _squares(box):
            self._squares.setdefault(square, []).append(box)

    def meet(self, box: Box) -> bool:
        """Whether one of them overlaps a box; what only touches it does not."""
        return any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for square in _squares(box)
            for other in self._squares.get(square, ())
        )


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box[0] // _SQUARE), int(box[2] // _SQUARE) + 1):
        for row in range(int(box[1] // _SQUARE), int(box[3] // _SQUARE) + 1):
            yield column, row
