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
from . import douglas_peucker, simple_rings, wkb
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


def simplified(shapes: Sequence[bytes], tolerances: Sequence[float], feedback: Feedback) -> dict[int, bytes]:
    """Those of the shapes that moved, by their numbers.

    `shapes` is WKB in lon/lat (lines, polygons, their multis), or blobs of a GeoPackage, and so is the result; none of
    them moves by more than its tolerance in metres. A tolerance of 0 leaves a shape as it is, and with it whatever its
    neighbours share with it.
    """
    found = wkb.chains(_told(shapes, feedback.part(0, 20)))
    if not len(found.counts):
        return {}
    squeeze, arcs = _arcs(shapes, found)
    feedback.progress(40, _TEXT)
    work = _Work(shapes, found, np.asarray(tolerances, float), arcs)
    work.shorten(squeeze, feedback)
    return work.run(feedback.part(70, 100))


def _arcs(shapes: Sequence[bytes], found: wkb.Chains) -> tuple[float, Topology]:
    """How much narrower a degree of longitude is than one of latitude, and the arcs."""
    points = wkb.points(shapes, found)
    squeeze = math.cos(math.radians(float(points[starts_of(found.counts), 1].mean())))
    return squeeze, topology(points, found.counts)


class _Work:
    """Shapes, their arcs, and which points of these stay."""

    def __init__(self, shapes: Sequence[bytes], chains: wkb.Chains, tolerances: Floats, arcs: Topology) -> None:
        self.shapes, self.chains, self.tolerances, self.arcs = shapes, chains, tolerances, arcs
        counts = np.diff(chains.first)
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

    def run(self, feedback: Feedback) -> dict[int, bytes]:
        """Put the shapes together again, until none is broken."""
        arcs = self.arcs
        result: dict[int, bytes] = {}
        waiting = self._touched()
        pairs: Whole | None = None
        for low in [0] + [95] * (_ROUNDS - 1):
            broken = self._build(waiting, result, feedback.part(low, 50 if low == 0 else 100))
            if not broken:
                pairs = self._meeting() if pairs is None else pairs
                changed = pairs[waiting[pairs].any(axis=1)]
                broken = self._overlapping(changed, result, feedback.part(50, 100) if low == 0 else feedback)
            back = np.zeros(len(arcs.first), bool)
            back[arcs.used[np.isin(self.owners, sorted(broken))]] = True
            back &= np.add.reduceat(self.stay, arcs.first) < arcs.end - arcs.first
            for number in broken:
                result.pop(number, None)
            if not back.any():
                break
            self.stay[ragged(arcs.first[back], arcs.end[back])] = True
            waiting = np.zeros(len(self.shapes), bool)
            waiting[self.users[ragged(self.user[:-1][back], self.user[1:][back])]] = True
            waiting &= self.tolerances > 0
        return result

    def _touched(self) -> Flags:
        """The shapes that an arc of which has fewer points; all others are as they were."""
        arcs = self.arcs
        fewer = np.add.reduceat(self.stay, arcs.first) < arcs.end - arcs.first
        touched = np.zeros(len(self.shapes), bool)
        touched[self.owners[fewer[arcs.used]]] = True
        return touched

    def _build(self, waiting: Flags, result: dict[int, bytes], feedback: Feedback) -> set[int]:
        """Put shapes together from their arcs as they are now, into `result`; those that come out broken."""
        broken = set()
        touched = self._touched()
        for number in np.flatnonzero(waiting & ~touched).tolist():
            result.pop(number, None)
        numbers = np.flatnonzero(waiting & touched)
        for low in range(0, len(numbers), _CHECK_EVERY):
            feedback.progress(100 * low / len(numbers), _TEXT)
            some = numbers[low : low + _CHECK_EVERY]
            points, sizes = self._chains(some)
            counts = np.diff(self.chains.first)[some]
            sound, boxes = _sound(points, sizes, counts, self.chains.areas[some])
            firsts = starts_of(counts)
            result.update(self._replaced(some[sound], points, sizes, firsts[sound], boxes))
            edges = np.append(starts_of(sizes), len(points))
            for place in np.flatnonzero(~sound).tolist():
                number = int(some[place])
                shape, spans = self.shapes[number], self.chains.spans(number)
                ends = edges[firsts[place] : firsts[place] + len(spans) + 1].tolist()
                lines = [points[start:end] for start, end in zip(ends, ends[1:])]
                if self.chains.areas[number] and any(len(line) < 4 for line in lines):
                    broken.add(number)
                    continue
                data = wkb.with_chains(shape, spans, lines)
                geometry = attempt(ogr.CreateGeometryFromWkb, data)
                if geometry is None or (geometry.GetDimension() == 2 and not geometry.IsValid()):
                    broken.add(number)
                    continue
                result[number] = wkb.head(shape, geometry.GetEnvelope()) + data
        return broken

    def _replaced(
        self, numbers: Whole, points: Floats, sizes: Whole, chains: Whole, boxes: Floats
    ) -> Iterator[tuple[int, bytes]]:
        """Shapes of one chain each, made of these among the chains that `sizes` tells, with their new envelopes."""
        data, ends = points.tobytes(), 16 * np.cumsum(sizes)[chains]
        starts, begins = ends - 16 * sizes[chains], self.chains.begins[self.chains.first[numbers]]
        counts, heads = sizes[chains].astype("<u4").tobytes(), boxes.astype("<f8").tobytes()
        rows = zip(numbers.tolist(), begins.tolist(), starts.tolist(), ends.tolist())
        for place, (number, begin, start, end) in enumerate(rows):
            head, count = heads[32 * place : 32 * place + 32], counts[4 * place : 4 * place + 4]
            yield number, wkb.with_chain(self.shapes[number], begin, head, count + data[start:end])

    def _chains(self, numbers: Whole) -> tuple[Floats, Whole]:
        """The points (n, 2) of the lines and rings of shapes, as they are now, and how many each of these has."""
        arcs, first = self.arcs, self.chains.first
        chains = ragged(first[numbers], first[numbers + 1])
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
        kept = np.cumsum(stay)[np.cumsum(counts)[ends] - 1]
        return arcs.points[index[stay]], np.diff(kept, prepend=0)

    def _meeting(self) -> Whole:
        """The pairs (n, 2) of polygons with a point in common where arcs end, of those that moved and neighbours."""
        arcs, count, areas = self.arcs, len(self.shapes), self.chains.areas
        per_arc = np.diff(self.user)
        users = [self.users] * 2
        places = [np.repeat(arcs.places[at].astype(np.int64), per_arc) for at in (arcs.first, arcs.end - 1)]
        at, who = np.concatenate(places), np.concatenate(users)
        at, who = np.divmod(np.unique(at[areas[who]] * count + who[areas[who]]), count)
        first = np.nonzero(np.diff(at, prepend=-1))[0]
        moved = self._touched()[who]
        wanted = (np.diff(np.append(first, len(at))) > 1) & (np.add.reduceat(moved, first) > 0 if len(first) else True)
        low, high = first[wanted], np.append(first, len(at))[1:][wanted]
        two = high - low == 2
        # Where more than two meet, which is rare, each with each.
        more = [pair for a, b in zip(low[~two], high[~two]) for pair in combinations(who[a:b].tolist(), 2)]
        pairs = np.concatenate(
            (np.column_stack((who[low[two]], who[low[two] + 1])), np.array(more, int).reshape(-1, 2))
        )
        return np.column_stack(np.divmod(np.unique(pairs[:, 0] * count + pairs[:, 1]), count))

    def _overlapping(self, pairs: Whole, result: dict[int, bytes], feedback: Feedback) -> set[int]:
        """The polygons of `pairs` that overlap now and only touched before."""
        found: set[int] = set()
        for a, b in _told(pairs.tolist(), feedback):
            if a not in result and b not in result:
                continue
            old_a, old_b = (wkb.geometry(self.shapes[number]) for number in (a, b))
            new_a, new_b = (
                wkb.geometry(result[number]) if number in result else old for number, old in ((a, old_a), (b, old_b))
            )
            if new_a.Touches(new_b) or not old_a.Touches(old_b):
                continue
            common = attempt(new_a.Intersection, new_b)
            if common is not None and common.GetArea() > _NO_AREA:
                found |= {a, b}
        return found


def _sound(points: Floats, sizes: Whole, counts: Whole, areas: Flags) -> tuple[Flags, Floats]:
    """Of shapes that have `counts` chains each, of so many points: which are one chain that surely is valid, and the
    envelopes (n, 4) of these, as OGR has them.
    """
    first = starts_of(counts)
    alone = np.flatnonzero((counts == 1) & (sizes[first] > np.where(areas, 3, 1)))
    found = np.zeros(len(counts), bool)
    if not len(alone):
        return found, np.empty((0, 4))
    size = sizes[first[alone]]
    begin = starts_of(sizes)[first[alone]]
    points, start = points[ragged(begin, begin + size)], starts_of(size)
    rings = areas[alone]
    # But for the last point, which is the first: to the last bit, or GEOS sees no ring.
    open_ended = np.repeat(rings, size)
    open_ended[(start + size - 1)[rings]] = False
    sound = ~rings
    sound[rings] = simple_rings.in_degrees(points[open_ended], size[rings] - 1)
    sound &= ~rings | (points[start] == points[start + size - 1]).all(axis=1)
    boxes = np.stack((np.minimum.reduceat(points, start), np.maximum.reduceat(points, start)), axis=2).reshape(-1, 4)
    found[alone[sound]] = True
    return found, boxes[sound]


def _told(things: Sequence[_Thing], feedback: Feedback) -> Iterator[_Thing]:
    """The same things, with progress."""
    for number, thing in enumerate(things):
        if number % _CHECK_EVERY == 0:
            feedback.progress(100 * number / len(things), _TEXT)
        yield thing
