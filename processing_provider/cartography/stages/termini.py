"""Where lines of public transport begin and end on a page, as far as that is sure."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from typing import Iterator

import numpy as np

from ..features.reading import Thing
from ..features.strokes import Array, coordinates
from .builder import Builder

# Letters of the name of where a line ends.
_NAME = 30
# A line ends on the page where that is so many mm within it, where its way back begins within so many metres, and where
# something within so many metres has a name like that of the end.
_WITHIN, _TOGETHER, _NEAR = 4.0, 300.0, 250.0
_NAMED = ("pois", "places", "plazas", "roads", "paths", "green", "buildings", "landuse")
_WORD = re.compile(r"\w{4,}")


class Termini:
    """The ends of lines, each place named once for all that end there.

    What a route begins with may be where the data end, or where a piece of it is missing: it is its end only where its
    way back ends as well, and where something near is called like it.
    """

    def __init__(self, builder: Builder) -> None:
        self._paper = builder.paper
        named = [thing for table in _NAMED for thing in builder.things(table) if thing["name"]]
        bounds = [thing.geometry.boundingBox() for thing in named]
        boxes = [(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()) for box in bounds]
        self._boxes: Array = np.array(boxes).reshape(-1, 4)
        self._names = [str(thing["name"]) for thing in named]
        self._told: list[tuple[Array, set[str]]] = []

    def of(self, routes: list[Thing]) -> Iterator[tuple[tuple[float, float], str]]:
        """Where on the page (in mm) the routes of a line end, and the name of that, empty where it is told already."""
        ends: list[tuple[Array, str, bool]] = []
        for route in routes:
            lines = coordinates(route.geometry)
            if lines and np.hypot(*(lines[0][0] - lines[-1][-1])) > _TOGETHER:
                ends.append((lines[0][0], _text(route["origin"]), True))
                ends.append((lines[-1][-1], _text(route["destination"]), False))
        taken: list[Array] = []
        for point, name, is_start in ends:
            back = any(start != is_start and np.hypot(*(other - point)) < _TOGETHER for other, _, start in ends)
            if not name or not back or any(np.hypot(*(one - point)) < _TOGETHER for one in taken):
                continue
            at = self._paper.to_paper(point.reshape(1, 2))[0]
            inside = _WITHIN < at[0] < self._paper.width - _WITHIN and _WITHIN < at[1] < self._paper.height - _WITHIN
            if inside and self._is_like_what_is_near(point, name):
                taken.append(point)
                yield (float(at[0]), float(at[1])), self._once(point, name)

    def _is_like_what_is_near(self, point: Array, name: str) -> bool:
        """Whether names nearby have half of the words of the end's name, of which the town's comes before a comma.

        One word of several is no sign: ports and stations are everywhere.
        """
        west, south, east, north = self._boxes.T
        near = (west < point[0] + _NEAR) & (east > point[0] - _NEAR)
        near &= (south < point[1] + _NEAR) & (north > point[1] - _NEAR)
        words = _words(name.split(",")[-1])
        there = set().union(*(_words(self._names[number]) for number in np.flatnonzero(near)))
        return bool(words) and 2 * len(words & there) >= len(words)

    def _once(self, point: Array, name: str) -> str:
        words = _words(name)
        for other, told in self._told:
            if np.hypot(*(other - point)) < _TOGETHER and words & told:
                return ""
        self._told.append((point, words))
        return name if len(name) <= _NAME else ""


def _text(value: object) -> str:
    return " ".join(str(value or "").split())


def _words(name: str) -> set[str]:
    return set(_WORD.findall(name.casefold()))
