"""Names put in their places: the important and the hard ones first, and one moved aside for another."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable

import numpy as np

from .paper import Paper

Array = Any
# Names on one line keep at least this far apart, in mm, and count as on one line below this angle, in radians.
AHEAD = 2.6
_COLLINEAR = 0.7
# How many places of a name are tried by moving another one aside.
_TRIES = 30
# How much more a name may cost in the place that it is moved to.
_WORSE = 1.0


@dataclass
class Places:
    """The places where one text could stand, a row each.

    `cells` (c, p) are spread over the text (see Paper.flat), `ahead` (c, q) lie beyond its ends (q = 0 for texts on no
    line);
    `angles` are those of the ends on each side, `lines` what QGIS is given: a path, or a point.
    """

    text: str
    points_size: float
    cells: Array
    ahead: Array
    angles: Array
    cost: Array
    centres: Array
    line: Callable[[int], Array]
    # Spread densely over the text and a margin: what others may not touch.
    cover: Callable[[int], Array]

    def kept(self, chosen: Array) -> Places | None:
        """Those of the places that a mask (c,) chooses, None where it chooses none."""
        at = np.flatnonzero(chosen)
        if not len(at):
            return None
        return Places(
            self.text, self.points_size, self.cells[at], self.ahead[at], self.angles[at], self.cost[at],
            self.centres[at], lambda index: self.line(int(at[index])), lambda index: self.cover(int(at[index])),
        )  # fmt: skip


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
    def room(self) -> int:
        """How many places it has at its best; the fewer, the sooner it is placed."""
        places = self.places(0) if self.variants else None
        return len(places.cost) if places else 0


@dataclass
class Label:
    """A name in its place."""

    wish: Wish
    places: Places
    index: int
    cells: Array
    angle: float | None

    @property
    def cost(self) -> float:
        """What its place costs."""
        return float(self.places.cost[self.index])

    @property
    def line(self) -> Array:
        """What QGIS is given: the path (n, 2) that the text fills, or the point (1, 2) in its middle; mm on paper."""
        return self.places.line(self.index)


class Placing:
    """Places names on a paper one after another."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.labels: dict[int, Label] = {}
        self._next = 1
        # The angle of the label behind each number, not a number where it stands on no line.
        self._angles: Array = np.full(64, np.nan)

    def place(self, wishes: list[Wish]) -> list[Wish]:
        """Place each once; those that found no place are returned."""
        left = [wish for wish in sorted(wishes, key=lambda wish: (wish.rank, wish.room)) if not self._once(wish)]
        return [wish for wish in left if not self._by_moving(wish)]

    def repeat(self, wishes: list[Wish]) -> None:
        """Place more of each name, in the spelling that it has, where its streets are long."""
        first = {id(label.wish): label.places for label in self.labels.values()}
        for wish in wishes:
            places = first.get(id(wish))
            while wish.apart and places is not None and self._best(wish, places):
                pass

    def reason(self, wish: Wish) -> str:
        """Why a name found no place, for people."""
        made = [places for number in range(len(wish.variants)) if (places := wish.places(number))]
        if not made:
            return "too short or too bent for its text"
        numbers = np.unique(self._taken(made[-1].cells))
        others = [self.labels[int(number)].wish.name for number in numbers if number > 0]
        if (numbers < 0).any():
            others.append("icons")
        return "no room beside " + ", ".join(dict.fromkeys(others))

    def reserve(self, points: Array) -> None:
        """Keep names away from these points (n, 2)."""
        self.paper.taken[self.paper.cells(points)] = -1

    def _once(self, wish: Wish, limit: float = np.inf) -> bool:
        """Place a name where it is free, at no more than a cost; False where there is no such place."""
        for number in range(len(wish.variants)):
            places = wish.places(number)
            if places is not None and self._best(wish, places, limit):
                return True
        return False

    def _best(self, wish: Wish, places: Places, limit: float = np.inf) -> bool:
        free = ~self._hits(places) & (places.cost <= limit)
        if free.any():
            free &= self._is_apart(wish, places) & self._is_clear_ahead(places)
        if not free.any():
            return False
        self._take(wish, places, int(np.where(free, places.cost, np.inf).argmin()))
        return True

    def _by_moving(self, wish: Wish) -> bool:
        """Place a name where up to three others are in the way and find other places, not much worse for them."""
        for number in range(len(wish.variants)):
            places = wish.places(number)
            if places is None:
                continue
            for index in places.cost.argsort()[:_TRIES]:
                numbers = np.unique(self._taken(places.cells[index]))
                numbers = numbers[numbers != 0]
                if len(numbers) <= 3 and (numbers > 0).all() and self._move(wish, places, int(index), numbers):
                    return True
        return False

    def _move(self, wish: Wish, places: Places, index: int, numbers: Array) -> bool:
        others = [self.labels[int(number)] for number in numbers]
        for number in numbers:
            self._free(int(number))
        before = self._next
        is_clear = self._is_clear_ahead(places)[index]
        self._take(wish, places, index)
        # Places keep their size, which tells their rank.
        if is_clear and all(
            self._best(other.wish, other.places, other.cost + _WORSE)
            or (other.wish.rank >= 1 and self._once(other.wish, other.cost + _WORSE))
            for other in others
        ):
            return True
        for number in [number for number in self.labels if number >= before]:
            self._free(number)
        for other in others:
            self._take(other.wish, other.places, other.index)
        return False

    def _hits(self, places: Places) -> Array:
        return (self._taken(places.cells) != 0).any(1)

    def _taken(self, cells: Array) -> Array:
        return self.paper.taken.reshape(-1).take(cells)

    def _is_apart(self, wish: Wish, places: Places) -> Array:
        same = [other.places.centres[other.index] for other in self.labels.values() if other.wish is wish]
        if not same:
            return np.ones(len(places.cost), bool)
        gaps = np.hypot(*(places.centres[:, None, :] - np.array(same)[None]).transpose(2, 0, 1))
        return (gaps >= wish.apart).all(1)

    def _is_clear_ahead(self, places: Places) -> Array:
        """Whether the next name on the same line is far enough away."""
        if not places.ahead.shape[1]:
            return np.ones(len(places.cost), bool)
        numbers = self._taken(places.ahead)
        half = numbers.shape[1] // 2
        mine = np.repeat(places.angles, half, axis=1)
        theirs = np.where(numbers > 0, self._angles[numbers.clip(0)], np.nan)
        turn = np.abs((mine - theirs + np.pi / 2) % np.pi - np.pi / 2)
        return ~(turn < _COLLINEAR).any(1)

    def _take(self, wish: Wish, places: Places, index: int) -> int:
        number, self._next = self._next, self._next + 1
        if number >= len(self._angles):
            self._angles = np.concatenate([self._angles, np.full(len(self._angles), np.nan)])
        angle = float(places.angles[index].mean()) if places.ahead.shape[1] else None
        self._angles[number] = np.nan if angle is None else angle
        cells = np.unique(self.paper.flat(places.cover(index)))
        flat = self.paper.taken.reshape(-1)
        cells = cells[flat[cells] == 0]
        flat[cells] = number
        self.labels[number] = Label(wish, places, index, cells, angle)
        return number

    def _free(self, number: int) -> None:
        self.paper.taken.reshape(-1)[self.labels.pop(number).cells] = 0
