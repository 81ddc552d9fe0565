"""Which of many marks a page has room for: the more important first, each with room for its name beside it.

All lengths are millimetres on paper. This only thins out; where a name stands in the end is for the labels' engine.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Iterator

Box = tuple[float, float, float, float]
_CELL = 5.0
# Of the height of a letter: its mean width, and the distance of two lines.
_LETTER, _LINE = 0.56, 1.15
_WRAP = 14


@dataclass
class Mark:
    """An icon that would like to be shown at x, y, and its name, empty where it has none.

    `alone` says that it may stand without a name. `gap` is the room that it wants round itself.
    """

    x: float
    y: float
    size: float
    name: str
    rank: int
    alone: bool
    gap: float
    number: int


class Boxes:
    """Boxes that are taken, by the cells that they touch."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def _keys(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1):
            for row in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
                yield column, row

    def add(self, box: Box) -> None:
        """Take a box."""
        for key in self._keys(box):
            self._cells.setdefault(key, []).append(box)

    def free(self, box: Box) -> bool:
        """Whether a box meets none of those that are taken."""
        return not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for key in self._keys(box)
            for other in self._cells.get(key, ())
        )


def room(marks: list[Mark], letter: float, lonely: float, taken: Boxes) -> tuple[list[Mark], list[Mark]]:
    """The marks that there is room for: with their names, and without.

    `letter` is the height of the names' letters; of marks that lose their name only one is shown within `lonely`.
    What is shown is added to `taken`.
    """
    alone = Boxes()
    named, bare = [], []
    for mark in sorted(marks, key=lambda item: (item.rank, not item.name, item.number)):
        icon = _box(mark.x, mark.y, mark.size + 2 * mark.gap, mark.size + 2 * mark.gap)
        if not taken.free(icon):
            continue
        places = (box for box in _places(mark, letter) if taken.free(box)) if mark.name else iter(())
        place = next(places, None)
        around = _box(mark.x, mark.y, lonely, lonely)
        if place is not None:
            taken.add(place)
            named.append(mark)
        elif mark.alone and alone.free(around):
            alone.add(around)
            bare.append(mark)
        else:
            continue
        taken.add(_box(mark.x, mark.y, mark.size, mark.size))
    return named, bare


def _box(x: float, y: float, width: float, height: float) -> Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def text_box(x: float, y: float, text: str, letter: float, wrap: int) -> Box:
    """About the box of a text round a point, its lines no longer than `wrap` letters of a height of `letter`."""
    lines = [part for line in text.split("\n") for part in textwrap.wrap(line, wrap)] or [""]
    return _box(x, y, max(len(line) for line in lines) * letter * _LETTER, len(lines) * letter * _LINE)


def _places(mark: Mark, letter: float) -> Iterator[Box]:
    """Where the name might stand: right, left, above, below."""
    left, low, right, high = text_box(0, 0, mark.name, letter, _WRAP)
    width, height = right - left + mark.gap, high - low + mark.gap
    beside, over = (mark.size + width) / 2 + 0.4, (mark.size + height) / 2 + 0.3
    for x, y in ((beside, 0.0), (-beside, 0.0), (0.0, over), (0.0, -over)):
        yield _box(mark.x + x, mark.y + y, width, height)
