"""Lines and polygons of tiles as the specification wants them, of what was rounded and cut.

Mapbox Vector Tile 2.1, 4.3.4.4: the first ring of a polygon has a positive area with y downwards, its holes a negative
one; polygons are valid. Rounding and cutting leave repeated points, sides that run back, rings without an area, and now
and then one that crosses itself: these few are put together anew (see repair).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator

import numpy as np

from ..geo.gdal_settings import quiet
from ..osm.ragged import Flags, Whole, before, behind, ragged
from ..osm.simple_rings import simple
from . import repair
from .chains import Chains, ring_areas, together, turned

# Sides that run back lie in each other at most so often, but for freaks, which are put together anew.
_ROUNDS = 6
# Bytes of a point as doubles.
_POINT = 16


def lines(found: Chains) -> Chains:
    """Lines without repeated points; what is no longer than a point is gone."""
    points = found.points
    stay = np.ones(len(points), bool)
    if len(points):
        stay[1:] = (points[1:] != points[:-1]).any(axis=1)
        some = found.count > 0
        stay[found.start[some]] = True
    found = found.having(stay)
    return found.only(found.count > 1)


def polygons(found: Chains) -> Chains:
    """Valid polygons; what has no area is gone."""
    found = _turned(_bare(found))
    with quiet():
        faulty = _faulty(found)
        made = [repair.sound(parts) for parts in _rings(found, faulty)]
    if not made:
        return found
    fresh = [ring for rings in made for ring in rings]
    owners = np.repeat(faulty, [len(rings) for rings in made])
    outer = [repair.area(ring) > 0 for ring in fresh]
    points = np.concatenate([np.zeros((0, 2), np.int64), *fresh])
    mended = Chains(owners, np.array([len(ring) for ring in fresh], np.int64), np.array(outer, bool), points)
    return together([found.only(~np.isin(found.owner, faulty)), mended])


def _bare(rings: Chains) -> Chains:
    """Rings without repeated points and without sides that run back."""
    # Those that lost points are looked at again, as others now lie beside each other.
    again = np.arange(len(rings.count))
    for _ in range(_ROUNDS):
        gone = _useless(rings if len(again) == len(rings.count) else rings.taken(again, again))
        if not gone.any():
            break
        start, count = rings.start[again], rings.count[again]
        stay = np.ones(len(rings.points), bool)
        stay[ragged(start, start + count)[gone]] = False
        rings = rings.having(stay)
        again = again[rings.count[again] < count]
    return rings


def _useless(rings: Chains) -> Flags:
    """Points that say nothing: where one stands twice, the second; where a side runs back, its far end."""
    goes = [behind(here, rings.count) - here for here in map(np.ascontiguousarray, rings.points.T)]
    (came_x, goes_x), (came_y, goes_y) = ((before(step, rings.count), step) for step in goes)
    back = (came_x * goes_y == came_y * goes_x) & (came_x * goes_x + came_y * goes_y < 0)
    result: Flags = back | ((came_x == 0) & (came_y == 0))
    return result


def _turned(rings: Chains) -> Chains:
    """Rings of three corners and more, each the way round that it should be; a hole goes with its outer ring."""
    part = np.cumsum(rings.outer)
    large = rings.count > 2
    alive = np.zeros(int(part.max(initial=0)) + 1, bool)
    alive[part[rings.outer & large]] = True
    rings = rings.only(large & alive[part])
    # One that crosses itself may have none, as both of its sides count.
    areas = ring_areas(rings)
    return turned(rings, np.where(rings.outer, areas < 0, areas > 0))


def _faulty(rings: Chains) -> Whole:
    """The owners of polygons that are not valid."""
    first = np.flatnonzero(np.diff(rings.owner, prepend=-1))
    alone: Flags = np.diff(np.append(first, len(rings.owner))) == 1
    good = np.zeros(len(first), bool)
    some = np.zeros(len(rings.owner), bool)
    some[first[alone]] = True
    those = rings.only(some)
    good[alone] = simple(those.points, those.count)
    doubtful = rings.owner[first[~good]]
    valid = list(_judged(rings, doubtful))
    result: Whole = doubtful[~np.array(valid, bool)]
    return result


def _judged(rings: Chains, owners: Whole) -> Iterator[bool]:
    """Whether the polygon of each owner is valid."""
    low, high = np.searchsorted(rings.owner, owners), np.searchsorted(rings.owner, owners, "right")
    edges = np.append(rings.start, len(rings.points)).tolist()
    outer = rings.outer.tolist()
    for begin, end in zip(low.tolist(), high.tolist()):
        data = rings.points[edges[begin] : edges[end]].astype("<f8").tobytes()
        at = [_POINT * (edge - edges[begin]) for edge in edges[begin : end + 1]]
        yield repair.is_valid([data[a:b] for a, b in zip(at, at[1:])], outer[begin:end])


def _rings(rings: Chains, owners: Whole) -> Iterator[list[Whole]]:
    """The rings of each owner."""
    low, high = np.searchsorted(rings.owner, owners), np.searchsorted(rings.owner, owners, "right")
    edges = np.append(rings.start, len(rings.points))
    for begin, end in zip(low.tolist(), high.tolist()):
        yield [rings.points[edges[one] : edges[one + 1]] for one in range(begin, end)]
