"""Which of many marks a page has room for: the more important first, each with room for its name beside it.

All lengths are millimetres on paper. This only thins out; where a name stands in the end is for the labels' engine.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace
from typing import Iterator

Box = tuple[float, float, float, float]
_CELL = 5.0
# Of the height of a letter: its mean width, and the distance of two lines.
_LETTER, _LINE = 0.55, 1.2
# What is of this rank may be moved aside by so much, and stands without its name rather than not at all.
_LANDMARK, _ASIDE = 2, (0.0, 1.2, 2.4, 3.4)
_WRAP = 14
_ROUND = ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7))


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
        for spot in _spots(mark):
            if not taken.free(_box(spot.x, spot.y, spot.size + 2 * spot.gap, spot.size + 2 * spot.gap)):
                continue
            place = next((box for box in _places(spot, letter) if taken.free(box)), None)
            around = _box(spot.x, spot.y, lonely, lonely)
            if place is not None:
                taken.add(place)
                named.append(spot)
            elif spot.rank <= _LANDMARK or (spot.alone and alone.free(around)):
                alone.add(around)
                bare.append(spot)
            else:
                continue
            taken.add(_box(spot.x, spot.y, spot.size, spot.size))
            break
    return named, bare


def _spots(mark: Mark) -> Iterator[Mark]:
    """A mark at its place, a landmark also beside it, the nearer the earlier."""
    for away in _ASIDE if mark.rank <= _LANDMARK else _ASIDE[:1]:
        for x, y in _ROUND if away else _ROUND[:1]:
            yield replace(mark, x=mark.x + x * away, y=mark.y + y * away)


def _box(x: float, y: float, width: float, height: float) -> Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def text_box(x: float, y: float, text: str, letter: float, wrap: int = _WRAP, wide: float = _LETTER) -> Box:
    """About the box of a text round a point.

    Its lines are no longer than `wrap` letters, each `letter` high and on average `wide` times as wide.
    """
    lines = [part for line in text.split("\n") for part in textwrap.wrap(line, wrap)] or [""]
    return _box(x, y, max(len(line) for line in lines) * letter * wide, len(lines) * letter * _LINE)


def _places(mark: Mark, letter: float) -> Iterator[Box]:
    """Where the name might stand: right, left, above, below; nowhere where there is none."""
    if not mark.name:
        return
    left, low, right, high = text_box(0, 0, mark.name, letter)
    width, height = right - left + mark.gap, high - low + mark.gap
    beside, over = (mark.size + width) / 2 + 0.4, (mark.size + height) / 2 + 0.3
    for x, y in ((beside, 0.0), (-beside, 0.0), (0.0, over), (0.0, -over)):
        yield _box(mark.x + x, mark.y + y, width, height)
