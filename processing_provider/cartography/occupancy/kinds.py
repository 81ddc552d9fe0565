"""What can stand on a page, as bits: a cell may have several."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from enum import IntFlag


class Kind(IntFlag):
    """First the map beneath, which a name hides more or less of (see WEIGHTS); then what is put on it."""

    PATH = 1 << 0
    SERVICE_ROAD = 1 << 1
    STREET = 1 << 2
    RAILWAY = 1 << 3
    MAIN_ROAD = 1 << 4
    HOUSE = 1 << 5
    WATER = 1 << 6
    # What no street's name is printed over.
    TRACK = 1 << 7
    ARROW = 1 << 8
    ICON = 1 << 9
    SHIELD = 1 << 10
    # What is going to stand on the map: the notice, the scale.
    PLATE = 1 << 11
    # The dot of a place.
    DOT = 1 << 12
    # Room that is kept while icons are thinned out: for a name beside one, round one that has none.
    NAME_ROOM = 1 << 13
    LONELY_ROOM = 1 << 14
    # A marker of the user's own data, and its name.
    OWN = 1 << 15


# How bad it is to hide each by a name, from 0 to 1 in steps of 1/100; of several the worst counts.
WEIGHTS = {
    Kind.PATH: 0.2, Kind.SERVICE_ROAD: 0.3, Kind.STREET: 0.7, Kind.RAILWAY: 0.8, Kind.MAIN_ROAD: 1.0,
    Kind.HOUSE: 0.25, Kind.WATER: 0.8,
}  # fmt: skip
ROADS = Kind.SERVICE_ROAD | Kind.STREET | Kind.MAIN_ROAD
# What street names rather leave free.
MARKS = Kind.ARROW | Kind.ICON
# What no name is ever put on.
HELD = Kind.SHIELD | Kind.PLATE | Kind.DOT | Kind.OWN
# What icons and shields keep clear of.
SOLID = Kind.ICON | Kind.SHIELD | Kind.PLATE | Kind.NAME_ROOM | Kind.OWN
