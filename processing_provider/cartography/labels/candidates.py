"""What is to be placed: names that want a place, and the places where one could stand."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cached_property
from typing import Callable

import numpy as np

from ..features.strokes import Array
from ..symbology.label_styles import TextStyle

# One cell of so many is looked at first; it goes into no number of cells across a text.
SOME = 7


class Places(ABC):
    """The places where one text could stand, numbered from 0; most are never looked at, so each is made when asked.

    `cost` and `centres` (mm on paper) are known of all of them.
    """

    # Whether texts stand on a line, beyond whose ends others are looked for (see ahead).
    is_on_line = False

    def __init__(self, text: str, points_size: float, cost: Array, centres: Array) -> None:
        self.text = text
        self.points_size = points_size
        self.cost = cost
        self.centres = centres
        self._covers: dict[int, Array] = {}

    @cached_property
    def order(self) -> Array:
        """Their numbers, the best first."""
        return self.cost.argsort(kind="stable")

    @cached_property
    def _sorted(self) -> Array:
        return self.cost[self.order]

    def within(self, limit: float) -> Array:
        """The numbers of those that cost at most `limit`, the best first."""
        return self.order[: self._sorted.searchsorted(limit, "right")]

    def covered(self, number: int) -> Array:
        """The cells (see Grid.flat) of a text and a margin, what others may not touch; some may be there twice."""
        if number not in self._covers:
            self._covers[number] = self._cover(number)
        return self._covers[number]

    @abstractmethod
    def cells(self, numbers: Array) -> Array:
        """Cells (c, p) spread over the text at each of these places."""

    @abstractmethod
    def few(self, numbers: Array) -> Array:
        """Some of these cells (c, q): most places that are taken are told by them."""

    def ahead(self, numbers: Array) -> Array | None:
        """Cells (c, q) beyond both ends, half of them at each; None for texts that stand on no line."""
        return None

    def angles(self, numbers: Array) -> Array:
        """The directions (c, 2) of the line at both ends."""
        return np.zeros((len(numbers), 2))

    def line(self, number: int) -> Array:
        """What QGIS is given: the path (n, 2) that the text fills, or the point (1, 2) in its middle; mm on paper."""
        return self.centres[number : number + 1]

    @abstractmethod
    def _cover(self, number: int) -> Array: ...


@dataclass
class Wish:
    """A name that wants a place: `variants` make its places, the best spelling and size first.

    Lower ranks come first. `apart` is the distance in mm between two labels of it, 0 where one is enough.
    """

    name: str
    style: str
    rank: float
    variants: list[Callable[[], Places | None]]
    apart: float = 0.0
    made: dict[int, Places | None] = field(default_factory=dict)

    def places(self, number: int) -> Places | None:
        """The places of one variant, made when they are asked for."""
        if number not in self.made:
            self.made[number] = self.variants[number]()
        return self.made[number]

    @property
    def unmade(self) -> int:
        """How many of its variants nobody has asked for."""
        return len(self.variants) - len(self.made)

    @property
    def room(self) -> int:
        """How many places it has at its best; the fewer, the sooner it is placed."""
        places = self.places(0) if self.variants else None
        return len(places.cost) if places else 0


@dataclass
class Group:
    """Wishes whose names are one layer: its title, whether they stand on lines or points, and how they look."""

    title: str
    geometry: str
    styles: list[TextStyle]
    wishes: list[Wish]


@dataclass
class Label:
    """A name in its place, and the cells that it has taken."""

    wish: Wish
    places: Places
    index: int
    cells: Array

    @property
    def cost(self) -> float:
        """What its place costs."""
        return float(self.places.cost[self.index])

    @cached_property
    def line(self) -> Array:
        """What QGIS is given (see Places.line)."""
        return self.places.line(self.index)
