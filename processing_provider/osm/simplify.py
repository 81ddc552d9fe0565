"""Simplification that keeps neighbours together: every shared stretch of a boundary is simplified once.

All rings and lines of a job are cut into arcs (see topology.py); each arc is simplified (see douglas_peucker.py) with
the smallest tolerance of its users, and the shapes are put together again. What would come out broken keeps its arcs.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from itertools import combinations
from typing import Iterator, Sequence, TypeVar

import numpy as np
from osgeo import ogr

from ..feedback import Feedback
from ..geo.gdal_settings import attempt
from . import douglas_peucker, wkb
from .ragged import Flags, Floats, Whole, ragged, starts_of
from .topology import Topology, topology

# Metres in a degree of latitude, at most: a tolerance in degrees made with it is never above that in metres.
_DEGREE = 111_700.0
_CHECK_EVERY = 2000
_ROUNDS = 8
# Square degrees that are no area: a thousandth of a square metre.
_NO_AREA = 1e-13
_TEXT = "simplifying"
_Thing = TypeVar("_Thing")


def simplified(shapes: Sequence[bytes], tolerances: Sequence[float], feedback: Feedback) -> dict[int, ogr.Geometry]:
    """Those of the shapes that moved, by their numbers.

    `shapes` is WKB in lon/lat (lines, polygons, their multis); none of them moves by more than its tolerance in metres.
    A tolerance of 0 leaves a shape as it is, and with it whatever its neighbours share with it.
    """
    spans = [wkb.spans(shape) for shape in _told(shapes, feedback.part(0, 20))]
    lengths = np.array([count for those in spans for _, count in those], np.int64)
    if not len(lengths):
        return {}
    points = np.concatenate([wkb.points(shape, span) for shape, those in zip(shapes, spans) for span in those])
    feedback.progress(25, _TEXT)
    work = _Work(shapes, spans, np.asarray(tolerances, float), topology(points, lengths))
    feedback.progress(40, _TEXT)
    squeeze = math.cos(math.radians(float(points[starts_of(lengths), 1].mean())))
    work.shorten(squeeze, feedback)
    return work.run(feedback.part(70, 100))


class _Work:
    """Shapes, their arcs, and which points of these stay."""

    def __init__(
        self, shapes: Sequence[bytes], spans: Sequence[Sequence[wkb.Span]], tolerances: Floats, arcs: Topology
    ) -> None:
        self.shapes, self.spans, self.tolerances, self.arcs = shapes, spans, tolerances, arcs
        counts = np.array([len(those) for those in spans], np.int64)
        self.first_chain = np.concatenate(([0], np.cumsum(counts)))
        self.owners = np.repeat(np.repeat(np.arange(len(shapes)), counts), np.diff(arcs.use))
        self.stay: Flags = np.ones(len(arcs.points), bool)
        # The shapes of each arc: those of `a` are users[user[a]:user[a + 1]].
        pairs = np.unique(arcs.used * len(shapes) + self.owners)
        of_arc, self.users = np.divmod(pairs, len(shapes))
        self.user = np.searchsorted(of_arc, np.arange(len(arcs.first) + 1))

    def shorten(self, squeeze: float, feedback: Feedback) -> None:
        """Let go of points, of each arc as far as the smallest tolerance of its users allows."""
        arcs = self.arcs
        limits = np.minimum.reduceat(self.tolerances[self.users], self.user[:-1])
        moving = (limits > 0) & (arcs.end - arcs.first > 2)
        first, last, limit = arcs.first[moving], arcs.end[moving] - 1, limits[moving] / _DEGREE
        if not len(first):
            return
        points = arcs.points * (squeeze, 1.0)
        # A ring of one arc would fall to a point: its farthest point is kept as well.
        ring = arcs.places[first] == arcs.places[last]
        middle = douglas_peucker.middles(points, first[ring], last[ring])
        stretches = (
            np.concatenate((first[~ring], first[ring], middle)),
            np.concatenate((last[~ring], middle, last[ring])),
            np.concatenate((limit[~ring], limit[ring], limit[ring])),
        )
        self.stay = douglas_peucker.kept(points, *stretches, lambda: feedback.progress(45, _TEXT))

    def run(self, feedback: Feedback) -> dict[int, ogr.Geometry]:
        """Put the shapes together again, until none is broken."""
        arcs = self.arcs
        result: dict[int, ogr.Geometry] = {}
        waiting = self._touched()
        pairs: list[tuple[int, int]] | None = None
        for low in [0] + [95] * (_ROUNDS - 1):
            broken = self._build(waiting, result, feedback.part(low, 50 if low == 0 else 100))
            if not broken:
                pairs = self._meeting() if pairs is None else pairs
                changed = [pair for pair in pairs if pair[0] in waiting or pair[1] in waiting]
                broken = self._overlapping(changed, result, feedback.part(50, 100) if low == 0 else feedback)
            back = np.zeros(len(arcs.first), bool)
            back[arcs.used[np.isin(self.owners, sorted(broken))]] = True
            back &= np.add.reduceat(self.stay, arcs.first) < arcs.end - arcs.first
            for number in broken:
                result.pop(number, None)
            if not back.any():
                break
            self.stay[ragged(arcs.first[back], arcs.end[back])] = True
            whom = self.users[ragged(self.user[:-1][back], self.user[1:][back])]
            waiting = {int(number) for number in np.unique(whom) if self.tolerances[number] > 0}
        return result

    def _touched(self) -> set[int]:
        """The shapes that an arc of which has fewer points; all others are as they were."""
        arcs = self.arcs
        fewer = np.add.reduceat(self.stay, arcs.first) < arcs.end - arcs.first
        return set(np.unique(self.owners[fewer[arcs.used]]).tolist())

    def _build(self, waiting: set[int], result: dict[int, ogr.Geometry], feedback: Feedback) -> set[int]:
        """Put shapes together from their arcs as they are now, into `result`; those that come out broken."""
        broken = set()
        touched = self._touched()
        for number in waiting - touched:
            result.pop(number, None)
        numbers = sorted(waiting & touched)
        made = iter(self._chains(np.array(numbers, np.int64)))
        for number in _told(numbers, feedback):
            chains = [next(made) for _ in self.spans[number]]
            if wkb.is_polygon(self.shapes[number]) and any(len(chain) < 4 for chain in chains):
                broken.add(number)
                continue
            geometry = attempt(
                ogr.CreateGeometryFromWkb, wkb.with_chains(self.shapes[number], self.spans[number], chains)
            )
            if geometry is None or (geometry.GetDimension() == 2 and not geometry.IsValid()):
                broken.add(number)
            else:
                result[number] = geometry
        return broken

    def _chains(self, numbers: Whole) -> list[Floats]:
        """The lines and rings of shapes, as they are now."""
        if not len(numbers):
            return []
        arcs = self.arcs
        chains = ragged(self.first_chain[numbers], self.first_chain[numbers + 1])
        uses = ragged(arcs.use[chains], arcs.use[chains + 1])
        arc, turned = arcs.used[uses], arcs.turned[uses]
        # Each arc without the point that the next one of its chain begins with.
        counts = arcs.end[arc] - arcs.first[arc]
        ends = np.cumsum(np.diff(arcs.use)[chains]) - 1
        counts[np.setdiff1d(np.arange(len(counts)), ends)] -= 1
        owner = np.repeat(np.arange(len(arc)), counts)
        within = ragged(np.zeros_like(counts), counts)
        index = np.where(turned[owner], arcs.end[arc][owner] - 1 - within, arcs.first[arc][owner] + within)
        stay = self.stay[index]
        kept = np.cumsum(stay)
        ends_at = np.cumsum(counts)[ends]
        return np.split(arcs.points[index[stay]], kept[ends_at[:-1] - 1])

    def _meeting(self) -> list[tuple[int, int]]:
        """The pairs of polygons with a point in common where arcs end, of those that moved and their neighbours."""
        arcs, count = self.arcs, len(self.shapes)
        areas = np.array([wkb.is_polygon(shape) for shape in self.shapes])
        per_arc = np.diff(self.user)
        users = [self.users] * 2
        places = [np.repeat(arcs.places[at], per_arc) for at in (arcs.first, arcs.end - 1)]
        at, who = np.concatenate(places), np.concatenate(users)
        at, who = np.divmod(np.unique(at[areas[who]] * count + who[areas[who]]), count)
        first = np.nonzero(np.diff(at, prepend=-1))[0]
        moved = np.isin(who, sorted(self._touched()))
        wanted = (np.diff(np.append(first, len(at))) > 1) & (np.add.reduceat(moved, first) > 0 if len(first) else True)
        pairs: set[tuple[int, int]] = set()
        for low, high in zip(first[wanted], np.append(first, len(at))[1:][wanted]):
            pairs.update(combinations(who[low:high].tolist(), 2))
        return sorted(pairs)

    def _overlapping(
        self, pairs: Sequence[tuple[int, int]], result: dict[int, ogr.Geometry], feedback: Feedback
    ) -> set[int]:
        """The polygons of `pairs` that overlap now and only touched before."""
        found: set[int] = set()
        for a, b in _told(pairs, feedback):
            if a not in result and b not in result:
                continue
            old_a, old_b = (ogr.CreateGeometryFromWkb(self.shapes[number]) for number in (a, b))
            new_a, new_b = result.get(a, old_a), result.get(b, old_b)
            if new_a.Touches(new_b) or not old_a.Touches(old_b):
                continue
            common = attempt(new_a.Intersection, new_b)
            if common is not None and common.GetArea() > _NO_AREA:
                found |= {a, b}
        return found


def _told(things: Sequence[_Thing], feedback: Feedback) -> Iterator[_Thing]:
    """The same things, with progress."""
    for number, thing in enumerate(things):
        if number % _CHECK_EVERY == 0:
            feedback.progress(100 * number / len(things), _TEXT)
        yield thing
