"""Which of many marks a page has room for: the more important first, each with room for its name beside it.

All lengths are millimetres on paper. This only thins out; where a name stands in the end is settled among all names
(see labels.names).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace
from typing import Iterator

from ..occupancy.boxes import Box, box_round
from ..occupancy.kinds import Kind
from ..occupancy.paper import Paper

# Of the height of a letter: its mean width, and the distance of two lines; the letters of a line.
_LETTER, _LINE, _WRAP = 0.55, 1.2, 14
# What is of this rank may be moved aside by so much, and stands without its name rather than not at all.
_LANDMARK, _ASIDE = 2, (0.0, 1.2, 2.4, 3.4)
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
    rank: float
    alone: bool
    gap: float
    number: int


def room(marks: list[Mark], letter: float, lonely: float, paper: Paper) -> tuple[list[Mark], list[Mark]]:
    """The marks that there is room for: with their names, and without.

    `letter` is the height of the names' letters; of marks that lose their name only one is shown within `lonely`.
    What is shown is put on the page.
    """
    named, bare = [], []
    for mark in sorted(marks, key=lambda item: (item.rank, not item.name, item.number)):
        for spot in _spots(mark):
            if not paper.is_free(box_round(spot.x, spot.y, spot.size + 2 * spot.gap, spot.size + 2 * spot.gap)):
                continue
            place = next((box for box in _places(spot, letter) if paper.is_free(box)), None)
            around = box_round(spot.x, spot.y, lonely, lonely)
            if place is not None:
                paper.put_box(Kind.NAME_ROOM, place)
                named.append(spot)
            elif spot.rank <= _LANDMARK or (spot.alone and paper.is_free(around, Kind.LONELY_ROOM)):
                paper.put_box(Kind.LONELY_ROOM, around)
                bare.append(spot)
            else:
                continue
            paper.put_box(Kind.ICON, box_round(spot.x, spot.y, spot.size, spot.size))
            break
    return named, bare


def _spots(mark: Mark) -> Iterator[Mark]:
    """A mark at its place, a landmark also beside it, the nearer the earlier."""
    for away in _ASIDE if mark.rank <= _LANDMARK else _ASIDE[:1]:
        for x, y in _ROUND if away else _ROUND[:1]:
            yield replace(mark, x=mark.x + x * away, y=mark.y + y * away)


def _text_size(text: str, letter: float) -> tuple[float, float]:
    """About the width and height of a text in lines of at most _WRAP letters, each `letter` high."""
    lines = [part for line in text.split("\n") for part in textwrap.wrap(line, _WRAP)] or [""]
    return max(len(line) for line in lines) * letter * _LETTER, len(lines) * letter * _LINE


def _places(mark: Mark, letter: float) -> Iterator[Box]:
    """Where the name might stand: right, left, above, below; nowhere where there is none."""
    if not mark.name:
        return
    width, height = (side + mark.gap for side in _text_size(mark.name, letter))
    beside, over = (mark.size + width) / 2 + 0.4, (mark.size + height) / 2 + 0.3
    for x, y in ((beside, 0.0), (-beside, 0.0), (0.0, over), (0.0, -over)):
        yield box_round(mark.x + x, mark.y + y, width, height)
