"""How important what has a name is: one scale for places, streets, water, grounds and points of interest.

The lowest number comes first: it is placed before all others on the page, which then find places round it.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math

# Main streets come before parks, all others after them.
STREETS = {
    "motorway": 2.0, "trunk": 2.0, "primary": 2.0, "secondary": 3.0, "tertiary": 4.0, "minor": 4.2, "small": 5.4,
}  # fmt: skip
RIVER, STREAM, FERRY = 3.5, 7.5, 7.6
# Lakes and bays, parks and the like, squares, harbours, campuses and works: those that must be named, and all others.
WATER, GREEN, SQUARE, GROUND, SMALL = 3.2, 5.0, 5.2, 5.6, 2.0
# Places that are shown two levels or more before their own come after main roads, and open land after streets.
_EARLY, _OPEN_LAND = 4.1, 6.0
# Points of interest by what they stand for (see `standing`): that of 0, 1, 2 ... on.
_POINTS = (4.1, 4.5, 5.3, 5.5, 6.4, 6.8, 7.2, 7.6, 8.4, 8.6, 8.8)
# What people come from afar to see is placed after cities and towns, and before the parts of a town.
_FOREMOST, _FROM_AFAR = 0.16, 1.1
# A house of so many mm2 on paper makes the most of what its size can add.
_LARGE, _BY_SIZE, _RAISED = 60.0, 0.5, 0.3
# By how much a halt at a single track comes after a main station.
_BY_TRACKS = 0.6
# A settlement has so much larger letters for ten times the people, from so many on; at most and at least so much.
_PEOPLE = {"city": 300_000, "town": 15_000, "village": 1_500, "hamlet": 100}
_GROWTH, _LEAST, _MOST = 0.09, 0.9, 1.15
# What a place is the seat of, by OSM's levels of administration; what comes of it for its place in the order, and for
# its letters on maps that show more than the town itself.
COUNTRY, REGION, NO_SEAT = 2, 1, 0
_SEATS = {"yes": COUNTRY, "1": COUNTRY, "2": COUNTRY, "3": REGION, "4": REGION}
_FIRST, _SEAT_LETTERS = 0.08, {COUNTRY: 1.15, REGION: 1.06}
# From this level on a page is within a town.
_TOWNS, _STREETS_FROM, _WITHIN = ("city", "town"), 4, 0.86


def seat(capital: str | None) -> int:
    """What a place is the capital of, by its tag `capital` (see COUNTRY); chief towns of lesser areas are none."""
    return max((_SEATS.get(level.strip(), NO_SEAT) for level in (capital or "").split(";")), default=NO_SEAT)


def of_place(rank: int, early: int, is_open_land: bool, of: int = NO_SEAT) -> float:
    """A place by the rank of its kind, how many levels before its own it is shown, and what it is the seat `of`."""
    if is_open_land and early:
        return _OPEN_LAND
    return rank / 10 - _FIRST * of if early < 2 else _EARLY + rank / 100


def standing(rank: int, is_noted: bool, is_raised: bool, mm2: float, smallness: float = 0.0) -> float:
    """What a point of interest stands for, from 0 to 9: its kind, an entry in Wikidata, the size of its house.

    Of stations, `smallness` is how much smaller than a main station it is (0 to 1).

    What is a sight by that entry alone, as are churches, comes after those that are so by their kind.
    """
    size = _BY_SIZE * min(1.0, mm2 / _LARGE) - _BY_TRACKS * smallness
    return max(0.0, rank - is_noted + _RAISED * is_raised - size)


def is_foremost(stands: float, is_sight: bool) -> bool:
    """Whether people come from afar to see it, so that names of places make room for it."""
    return is_sight and stands <= _FROM_AFAR


def of_point(stands: float, is_sight: bool) -> float:
    """A point of interest by what it stands for."""
    if is_foremost(stands, is_sight):
        return _FOREMOST + stands / 100
    low = min(math.floor(stands), len(_POINTS) - 2)
    return _POINTS[low] + (_POINTS[low + 1] - _POINTS[low]) * (stands - low)


def letters(kind: str, people: int | None, detail: int, of: int = NO_SEAT) -> float:
    """By how much larger or smaller than its kind's the letters of a settlement are, which is the seat `of` something.

    Where a page shows but a part of a town, its name is the last that anybody looks for.
    """
    within = _WITHIN if kind in _TOWNS and detail >= _STREETS_FROM else _SEAT_LETTERS.get(of, 1.0)
    if kind not in _PEOPLE or not people or people < 0:
        return within
    # A small town is a town on its region's map: what it is the chief town of is not known.
    least = 1.0 if kind in _TOWNS and detail < _STREETS_FROM else _LEAST
    return within * min(_MOST, max(least, 1 + _GROWTH * math.log10(people / _PEOPLE[kind])))
