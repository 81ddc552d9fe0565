"""Names put in their places: the important and the hard ones first, and one moved aside for another."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator

import numpy as np

from ..features.strokes import Array
from ..occupancy.paper import FREE, Paper
from .candidates import Label, Places, Wish
from .ways import Near, Ways, is_free, off

# Names on one line count as such below this angle, in radians.
_COLLINEAR = 0.7
# How many places of a name are tried by moving others aside, at most as many as bits; how many may be in the way.
_TRIES, _MOST_MOVED = 30, 3
# How much more a name may cost in the place that it is moved to.
_WORSE = 1.0
# Places are looked at in growing numbers, since mostly one of the first is free.
_FIRST, _GROWTH = 8, 4


class Placing:
    """Places names on a paper one after another."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.labels: dict[int, Label] = {}
        self._next = 1
        # The angle of the label behind each number, not a number where it stands on no line.
        self._angles: Array = np.full(64, np.nan)
        # Which of the places that are tried cover each cell, as bits.
        self._tried: Array = np.zeros(paper.shape[0] * paper.shape[1], np.uint32)
        # Where labels could go if a group were gone, by variant (see _ways_out), until one is placed or moved.
        self._ways: dict[tuple[int, tuple[int, ...]], dict[int, Ways | None]] = {}
        self._near: dict[tuple[int, int], Near | None] = {}

    def place(self, wishes: list[Wish]) -> list[Wish]:
        """Place each once; those that found no place are returned."""
        left = [wish for wish in sorted(wishes, key=lambda wish: (wish.rank, wish.room)) if not self._once(wish)]
        return [wish for wish in left if not self._by_moving(wish)]

    def repeat(self, wishes: list[Wish]) -> None:
        """Place more of each name, in the spelling that it has, where its streets are long."""
        first = {id(label.wish): label for label in self.labels.values()}
        for wish in wishes:
            label = first.get(id(wish))
            if label is None or not wish.apart:
                continue
            placed: int | None = label.index
            far = np.ones(len(label.places.cost), bool)
            while placed is not None:
                gaps = label.places.centres - label.places.centres[placed]
                far &= np.hypot(gaps[:, 0], gaps[:, 1]) >= wish.apart
                placed = self._best(wish, label.places, among=far)

    def reason(self, wish: Wish) -> str:
        """Why a name found no place, for people."""
        made = [places for number in range(len(wish.variants)) if (places := wish.places(number))]
        if not made:
            return "too short or too bent for its text"
        numbers = np.unique(self.paper.holders(made[-1].cells(made[-1].order)))
        others = [self.labels[int(number)].wish.name for number in numbers if number > 0]
        if (numbers < 0).any():
            others.append("icons")
        return "no room beside " + ", ".join(dict.fromkeys(others))

    def _once(self, wish: Wish, limit: float = np.inf) -> bool:
        """Place a name where it is free, at no more than a cost; False where there is no such place."""
        for number in range(len(wish.variants)):
            places = wish.places(number)
            if places is not None and self._best(wish, places, limit) is not None:
                return True
        return False

    def _best(self, wish: Wish, places: Places, limit: float = np.inf, among: Array | None = None) -> int | None:
        """Place a name at the best of its places that is free and in the mask `among`; the place's number."""
        rows = places.within(limit)
        rows = rows if among is None else rows[among[rows]]
        for piece in self._pieces(places, rows):
            found = self._free_of(places, piece)
            if found is not None:
                self._take(wish, places, found)
                return found
        return None

    def _pieces(self, places: Places, rows: Array) -> Iterator[Array]:
        """Rows in growing pieces; of those behind the first one only what a few of their cells do not rule out."""
        if not len(rows):
            return
        yield rows[:_FIRST]
        rows = rows[_FIRST:]
        if len(rows):
            rows = rows[~self.paper.holders(places.few(rows)).any(1)]
        count = _FIRST * _GROWTH
        while len(rows):
            yield rows[:count]
            rows, count = rows[count:], count * _GROWTH

    def _free_of(self, places: Places, rows: Array) -> int | None:
        """The first of `rows` where nothing is; None where there is none."""
        free = (~self.paper.holders(places.cells(rows)).any(1)).nonzero()[0]
        if not len(free):
            return None
        rows = rows[free]
        clear = self._is_clear_ahead(places, rows)
        return int(rows[clear.argmax()]) if clear.any() else None

    def _by_moving(self, wish: Wish) -> bool:
        """Place a name where up to three others are in the way and find other places, not much worse for them."""
        for number in range(len(wish.variants)):
            places = wish.places(number)
            if places is not None and self._over_others(wish, places):
                return True
        return False

    def _over_others(self, wish: Wish, places: Places) -> bool:
        """Place a name at one of its places where others can give way."""
        tries = self._tries(places)
        for bit, (row, _) in enumerate(tries):
            self._tried[places.covered(row)] |= np.uint32(1 << bit)
        hopeful: dict[tuple[int, ...], int] = {}
        found = False
        for bit, (row, group) in enumerate(tries):
            if group not in hopeful:
                # All that are left where the same others stand, at once.
                same = [other for other in range(bit, len(tries)) if tries[other][1] == group]
                hopeful[group] = self._hopeful(group, sum(1 << other for other in same))
            if hopeful[group] >> bit & 1 and self._move(wish, places, row, group):
                found = True
                break
        for row, _ in tries:
            self._tried[places.covered(row)] = 0
        return found

    def _tries(self, places: Places) -> list[tuple[int, tuple[int, ...]]]:
        """The best places where no more than so many others stand, the next on the same line far away; and who."""
        rows = places.order[:_TRIES]
        taken = self.paper.holders(places.cells(rows))
        movable = (taken >= 0).all(1).nonzero()[0]
        if not len(movable):
            return []
        rows, taken = rows[movable], np.sort(taken[movable], axis=1)
        # Where each run of one number begins.
        first = np.ones(taken.shape, bool)
        np.not_equal(taken[:, 1:], taken[:, :-1], out=first[:, 1:])
        first &= taken > 0
        few = (first.sum(1) <= _MOST_MOVED).nonzero()[0]
        groups = [tuple(taken[row, first[row]].tolist()) for row in few]
        rows = rows[few]
        clear = self._is_clear_ahead(places, rows, groups).tolist()
        return [(row, group) for row, group, is_clear in zip(rows.tolist(), groups, clear) if is_clear]

    def _hopeful(self, group: tuple[int, ...], tries: int) -> int:
        """Those of some tries (bits) in which each of a group has another place, even if all of it were gone."""
        # One that has none is enough, so first those of which less is still to be made.
        for number in sorted(group, key=lambda number: self.labels[number].wish.unmade):
            tries &= self._ways_out(number, group, tries)
            if not tries:
                break
        return tries

    def _move(self, wish: Wish, places: Places, index: int, numbers: tuple[int, ...]) -> bool:
        """Place a name where others stand, if all of these find other places."""
        others, before, known = [self.labels[number] for number in numbers], self._next, (self._ways, self._near)
        for number in numbers:
            self._free(number)
        self._take(wish, places, index)
        if all(
            self._best(other.wish, other.places, other.cost + _WORSE) is not None
            or (other.wish.rank >= 1 and self._once(other.wish, other.cost + _WORSE))
            for other in others
        ):
            return True
        for number in range(before, self._next):
            self._free(number)
        for number, other in zip(numbers, others):
            self.labels[number] = other
            self.paper.hold(other.cells, number)
        self._next, (self._ways, self._near) = before, known
        return False

    def _ways_out(self, number: int, gone: tuple[int, ...], tries: int) -> int:
        """Those of some tries (bits) that leave a label another place if all of a group were gone."""
        label = self.labels[number]
        # Places keep their size, which tells their rank.
        variants = len(label.wish.variants) if label.wish.rank >= 1 else 0
        known = self._ways.setdefault((number, gone), {})
        found = 0
        # First the places that it has (-1).
        for variant in range(-1, variants):
            if variant not in known:
                near = self._near_by(label, variant, number)
                known[variant] = near.without(gone) if near else None
            ways = known[variant]
            if ways is not None:
                found |= self._open(ways, gone, tries & ~found)
                if not tries & ~found:
                    break
        return found

    def _open(self, ways: Ways, gone: tuple[int, ...], tries: int) -> int:
        """Those of some tries that leave one of the places free that may be so if a group were gone."""
        found = ways.open(self._tried) & tries
        if found == tries or not len(ways.rows):
            return found
        which, start, count = ways.off(self._tried, tries & ~found), 0, _FIRST
        while start < len(which) and found != tries:
            piece = ways.rows[which[start : start + count]]
            cells = ways.places.cells(piece)
            free = is_free(self.paper.holders(cells), gone).all(1).nonzero()[0]
            if len(free):
                free = free[self._is_clear_ahead(ways.places, piece[free], [gone] * len(free))]
            if len(free):
                ways.free.append(cells[free])
                found |= off(self._tried, cells[free]) & tries
            start, count = start + count, count * _GROWTH
        ways.drop(which[:start])
        return found

    def _near_by(self, label: Label, variant: int, number: int) -> Near | None:
        """The places that a label has (-1), or a variant's, that cost not much more than where it is."""
        if (number, variant) not in self._near:
            places = label.places if variant < 0 else label.wish.places(variant)
            near = None
            if places is not None and (variant < 0 or places is not label.places):
                rows = places.within(label.cost + _WORSE)
                few = places.few(rows)
                near = Near(places, rows, few, self.paper.holders(few)) if len(rows) else None
            self._near[number, variant] = near
        return self._near[number, variant]

    def _is_clear_ahead(self, places: Places, rows: Array, without: list[tuple[int, ...]] | None = None) -> Array:
        """Whether the next name on the same line is far enough away, those `without` left aside, each row's own."""
        ahead = places.ahead(rows) if len(rows) else None
        if ahead is None:
            return np.ones(len(rows), bool)
        numbers = self.paper.holders(ahead)
        # Most have nothing beyond their ends.
        some = numbers.any(1).nonzero()[0] if without else ()
        for row in some:
            for number in without[row]:  # type: ignore[index]
                numbers[row, numbers[row] == number] = FREE
        if not numbers.any():
            return np.ones(len(rows), bool)
        mine = np.repeat(places.angles(rows), numbers.shape[1] // 2, axis=1)
        theirs = np.where(numbers > 0, self._angles[np.maximum(numbers, 0)], np.nan)
        turn = np.abs((mine - theirs + np.pi / 2) % np.pi - np.pi / 2)
        return ~(turn < _COLLINEAR).any(1)

    def _take(self, wish: Wish, places: Places, index: int) -> None:
        number, self._next = self._next, self._next + 1
        if number >= len(self._angles):
            self._angles = np.concatenate([self._angles, np.full(len(self._angles), np.nan)])
        row = np.array([index])
        self._angles[number] = places.angles(row).mean() if places.is_on_line else np.nan
        cells = places.covered(index)
        cells = cells[self.paper.holders(cells) == FREE]
        self.paper.hold(cells, number)
        self.labels[number] = Label(wish, places, index, cells)
        self._ways, self._near = {}, {}

    def _free(self, number: int) -> None:
        self.paper.hold(self.labels.pop(number).cells, FREE)
