"""Which rings neither cross nor touch themselves: small ones by arithmetic alone, all of a size at once.

Most polygons of a map are buildings of a few corners; GEOS takes ten times as long to look at one of them.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..osm.ragged import Flags, Whole
from .chains import Chains

# Corners of a ring that is looked at: each pair of sides is.
MOST = 32
# Pairs of sides that are looked at together.
_TOGETHER = 400_000


def simple(rings: Chains) -> Flags:
    """Those rings (of three corners or more) that are; of larger ones than MOST nothing is said, and False."""
    found = np.zeros(len(rings.count), bool)
    start = rings.start
    for size in range(3, MOST + 1):
        some = np.flatnonzero(rings.count == size)
        first, second = _pairs(size)
        step = max(_TOGETHER // (len(first) + 1), 1)
        for low in range(0, len(some), step):
            part = some[low : low + step]
            points = rings.points[start[part][:, None] + np.arange(size)]
            found[part] = _apart(points, first, second) & _forward(points)
    return found


def _pairs(size: int) -> tuple[Whole, Whole]:
    """The sides of a ring that are not next to each other, two by two."""
    first, second = np.triu_indices(size, 2)
    apart = (first != 0) | (second != size - 1)
    return first[apart], second[apart]


def _apart(points: Whole, first: Whole, second: Whole) -> Flags:
    """Rings (n, corners, 2) of which no such two sides have a point in common."""
    following = np.roll(points, -1, axis=1)
    low, high = np.minimum(points, following), np.maximum(points, following)
    near = ((low[:, first] <= high[:, second]) & (low[:, second] <= high[:, first])).all(axis=2)
    ring, pair = np.nonzero(near)
    a, b = points[ring, first[pair]], following[ring, first[pair]]
    c, d = points[ring, second[pair]], following[ring, second[pair]]
    meet = ~_one_side(a, b, c, d) & ~_one_side(c, d, a, b)
    result = np.ones(len(points), bool)
    result[ring[meet]] = False
    return result


def _one_side(a: Whole, b: Whole, c: Whole, d: Whole) -> Flags:
    """Whether `c` and `d` lie on one side of the line through `a` and `b`, neither on it."""
    of_c, of_d = _cross(b - a, c - a), _cross(b - a, d - a)
    result: Flags = ((of_c > 0) & (of_d > 0)) | ((of_c < 0) & (of_d < 0))
    return result


def _forward(points: Whole) -> Flags:
    """Rings that nowhere turn back on the side they came by."""
    side = np.roll(points, -1, axis=1) - points
    following = np.roll(side, -1, axis=1)
    back = (_cross(side, following) == 0) & ((side * following).sum(axis=2) < 0)
    result: Flags = ~back.any(axis=1)
    return result


def _cross(one: Whole, other: Whole) -> Whole:
    result: Whole = one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]
    return result
