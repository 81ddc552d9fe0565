"""Which rings neither cross nor touch themselves: small ones by arithmetic alone, all of them at once.

Most polygons of a map are buildings of a few corners; GEOS takes ten times as long to look at one of them. Half of them
are convex, which is known without a look at pairs of sides.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..osm.ragged import Flags, Whole, ragged, slices
from .chains import Chains, behind

# Corners of a ring that is looked at: each pair of sides is.
MOST = 32


def simple(rings: Chains) -> Flags:
    """Those rings (of three corners or more) that are; of larger ones than MOST only convex ones are known, the others
    are False.
    """
    if not len(rings.count):
        return np.zeros(0, bool)
    convex, forward = _turns(rings)
    found = convex
    asked = np.flatnonzero(forward & ~convex & (rings.count <= MOST))
    # Pairs of sides, about.
    for some in slices(rings.count[asked] ** 2 // 2):
        part = asked[some]
        found[part] = _apart(rings.taken(part, np.arange(len(part))))
    return found


def _turns(rings: Chains) -> tuple[Flags, Flags]:
    """Rings that are convex, and those that nowhere turn back on the side they came by."""
    start, count = rings.start, rings.count
    x, y = (behind(here, count) - here for here in map(np.ascontiguousarray, rings.points.T))
    next_x, next_y = behind(x, count), behind(y, count)
    turn = x * next_y - y * next_x
    straight = turn == 0
    ahead = x * next_x + y * next_y
    forward = _count(straight & (ahead < 0), start) == 0
    # One that turns to one side alone is convex where it goes round once: it heads for the right and for the left once.
    right = (x > 0) | ((x == 0) & (y > 0))
    heads = _count(right != behind(right, count), start)
    one_way = (_count(turn < 0, start) == 0) | (_count(turn > 0, start) == 0)
    convex = one_way & (_count(straight & (ahead <= 0), start) == 0) & (heads == 2)
    return convex, forward


def _count(flags: Flags, start: Whole) -> Whole:
    """How many points of each ring, none of which is empty, have a flag."""
    result: Whole = np.add.reduceat(flags, start, dtype=np.int64)
    return result


def _apart(rings: Chains) -> Flags:
    """Rings of which no two sides have a point in common, but for those next to each other."""
    count, side = rings.count, np.arange(len(rings.points))
    last = np.repeat(np.cumsum(count), count)
    # The last side is next to the first.
    last[rings.start] -= 1
    others = np.maximum(last - side - 2, 0)
    first, second = np.repeat(side, others), ragged(side + 2, side + 2 + others)
    following = np.empty_like(rings.points)
    for axis in (0, 1):
        here = rings.points[:, axis]
        there = following[:, axis] = behind(here, count)
        low, high = np.minimum(here, there), np.maximum(here, there)
        near = (low[first] <= high[second]) & (low[second] <= high[first])
        first, second = first[near], second[near]
    a, b, c, d = rings.points[first], following[first], rings.points[second], following[second]
    meet = ~_one_side(a, b, c, d) & ~_one_side(c, d, a, b)
    result = np.ones(len(count), bool)
    result[rings.owner[np.searchsorted(rings.start, first[meet], "right") - 1]] = False
    return result


def _one_side(a: Whole, b: Whole, c: Whole, d: Whole) -> Flags:
    """Whether `c` and `d` lie on one side of the line through `a` and `b`, neither on it."""
    of_c, of_d = _cross(b - a, c - a), _cross(b - a, d - a)
    result: Flags = ((of_c > 0) & (of_d > 0)) | ((of_c < 0) & (of_d < 0))
    return result


def _cross(one: Whole, other: Whole) -> Whole:
    result: Whole = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return result
