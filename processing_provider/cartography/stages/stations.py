"""How large a railway station is, by the tracks at it: nothing else that OpenStreetMap says of all of them tells it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..features.reading import Thing
from ..symbology.poi_table import Look
from .builder import Builder

# Tracks are counted by their length within so many metres of the station; so many make the most of it.
_NEAR, _TRACKS = 120.0, 8.0
_STATIONS = ("station", "halt")
_RAILS = ("rail", "siding", "light_rail", "subway")


def smallness(builder: Builder, found: list[tuple[Thing, Look]]) -> dict[int, float]:
    """How far from a main station each station is (0 to 1), by its identity; nothing of what is no station."""
    stations = [thing for thing, _ in found if thing["class"] in _STATIONS]
    rails = [thing.geometry for thing in builder.things("railways") if thing["kind"] in _RAILS] if stations else []
    if not rails:
        return {id(thing): 1.0 for thing in stations}
    bounds = [rail.boundingBox() for rail in rails]
    boxes = np.array([(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()) for box in bounds])
    result = {}
    for thing in stations:
        spot = thing.geometry.asPoint()
        x, y = spot.x(), spot.y()
        near = (boxes[:, 0] <= x + _NEAR) & (boxes[:, 2] >= x - _NEAR)
        near &= (boxes[:, 1] <= y + _NEAR) & (boxes[:, 3] >= y - _NEAR)
        round_it = thing.geometry.buffer(_NEAR, 4)
        length = sum(rails[number].intersection(round_it).length() for number in np.flatnonzero(near))
        result[id(thing)] = 1 - min(1.0, length / (2 * _NEAR * _TRACKS))
    return result
