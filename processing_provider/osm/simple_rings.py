"""Which rings neither cross nor touch themselves: small ones by arithmetic alone, all of them at once.

Most polygons of a map are buildings of a few corners; GEOS takes ten times as long to look at one of them. Half of them
are convex, which is known without a look at pairs of sides.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from .ragged import Flags, Floats, Whole, behind, ragged, slices, starts_of

# Corners of a ring that is looked at: each pair of sides is.
MOST = 32
# OpenStreetMap's places are whole numbers of these in a degree. As doubles they are off by less than a millionth of
# one; sides of rings that are no larger keep several apart where they do not meet, so that GEOS says the same.
_UNITS, _OFF, _SMALL = 1e7, 1e-6, 0.01


def simple(points: Whole, count: Whole) -> Flags:
    """Those rings that are; ring `r` has `count[r]` (three or more) of the `points` (n, 2), the first one not again.

    Of larger ones than MOST only convex ones are known, the others are False.
    """
    if not len(count):
        return np.zeros(0, bool)
    start = starts_of(count)
    found, forward = _turns(points, count)
    asked = np.flatnonzero(forward & ~found & (count <= MOST))
    # Pairs of sides, about.
    for some in slices(count[asked] ** 2 // 2):
        part = asked[some]
        found[part] = _apart(points[ragged(start[part], start[part] + count[part])], count[part])
    return found


def in_degrees(points: Floats, count: Whole) -> Flags:
    """The same of rings in lon/lat: those that surely are, of small ones whose places OpenStreetMap can have."""
    if not len(count):
        return np.zeros(0, bool)
    whole = np.rint(points * _UNITS)
    start = starts_of(count)
    size = (np.maximum.reduceat(points, start) - np.minimum.reduceat(points, start)).max(axis=1)
    off = np.maximum.reduceat(np.abs(points * _UNITS - whole).max(axis=1), start)
    known = (size < _SMALL) & (off < _OFF)
    found = np.zeros(len(count), bool)
    found[known] = simple(whole[np.repeat(known, count)].astype(np.int64), count[known])
    return found


def _turns(points: Whole, count: Whole) -> tuple[Flags, Flags]:
    """Rings that are convex, and those that nowhere turn back on the side they came by."""
    start = starts_of(count)
    x, y = (behind(here, count) - here for here in map(np.ascontiguousarray, points.T))
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


def _apart(points: Whole, count: Whole) -> Flags:
    """Rings of which no two sides have a point in common, but for those next to each other."""
    start, side = starts_of(count), np.arange(len(points))
    last = np.repeat(np.cumsum(count), count)
    # The last side is next to the first.
    last[start] -= 1
    others = np.maximum(last - side - 2, 0)
    first, second = np.repeat(side, others), ragged(side + 2, side + 2 + others)
    following = np.empty_like(points)
    for axis in (0, 1):
        here = points[:, axis]
        there = following[:, axis] = behind(here, count)
        low, high = np.minimum(here, there), np.maximum(here, there)
        near = (low[first] <= high[second]) & (low[second] <= high[first])
        first, second = first[near], second[near]
    a, b, c, d = points[first], following[first], points[second], following[second]
    meet = ~_one_side(a, b, c, d) & ~_one_side(c, d, a, b)
    result = np.ones(len(count), bool)
    result[np.searchsorted(start, first[meet], "right") - 1] = False
    return result


def _one_side(a: Whole, b: Whole, c: Whole, d: Whole) -> Flags:
    """Whether `c` and `d` lie on one side of the line through `a` and `b`, neither on it."""
    of_c, of_d = _cross(b - a, c - a), _cross(b - a, d - a)
    result: Flags = ((of_c > 0) & (of_d > 0)) | ((of_c < 0) & (of_d < 0))
    return result


def _cross(one: Whole, other: Whole) -> Whole:
    result: Whole = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return result
