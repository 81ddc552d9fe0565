"""Which areas lie over points: even-odd, so that a hole needs no telling from an outer ring."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..model import Floats, Integers
from .ragged import spread, starts_of

# How many cells a side the box of all areas is parted into, at most.
_MOST = 1 << 10


def covers(points: Floats, segments: Integers, owners: Integers, count: int) -> tuple[Integers, Integers]:
    """Pairs of a point and an area that covers it, sorted by point.

    `segments` (n, 4) are the rings of `count` areas, those of one together, `owners` (n,) sorted: whose each is.
    """
    starts = starts_of(owners, count)
    sizes = np.diff(starts)
    filled = np.flatnonzero(sizes)
    if not len(filled) or not len(points):
        return np.zeros(0, "i8"), np.zeros(0, "i8")
    low = np.minimum.reduceat(np.minimum(segments[:, :2], segments[:, 2:]), starts[filled])
    high = np.maximum.reduceat(np.maximum(segments[:, :2], segments[:, 2:]), starts[filled])
    where, which = _candidates(points, low, high)
    owner = filled[which]
    pair = np.repeat(np.arange(len(where)), sizes[owner])
    chosen = segments[spread(starts[owner], sizes[owner])]
    x, y = points[where, 0][pair], points[where, 1][pair]
    # Whether each segment is met by the ray from the point to the east.
    up = (chosen[:, 1] > y) != (chosen[:, 3] > y)
    chosen, x, y, pair = chosen[up], x[up], y[up], pair[up]
    share = (y - chosen[:, 1]) / (chosen[:, 3] - chosen[:, 1])
    met = x < chosen[:, 0] + share * (chosen[:, 2] - chosen[:, 0])
    inside = np.bincount(pair[met], minlength=len(where)) % 2 == 1
    where, owner = where[inside], owner[inside]
    order = np.lexsort((owner, where))
    return where[order], owner[order]


def _candidates(points: Floats, low: Integers, high: Integers) -> tuple[Integers, Integers]:
    """Pairs of a point and a box that holds it."""
    origin = low.min(axis=0)
    extent = int((high.max(axis=0) - origin).max()) + 1
    typical = int(np.median((high - low).max(axis=1))) + 1
    side = max(2 * typical, extent // _MOST + 1)
    first, last = (low - origin) // side, (high - origin) // side
    wide = last - first + 1
    cells = wide[:, 0] * wide[:, 1]
    of = np.repeat(np.arange(len(low)), cells)
    within = spread(np.zeros(len(low), "i8"), cells)
    key = (first[of, 0] + within % wide[of, 0]) * (_MOST + 1) + first[of, 1] + within // wide[of, 0]
    order = np.argsort(key, kind="stable")
    key, of = key[order], of[order]
    place = np.floor((points - origin) / side).astype("i8")
    is_near = ((place >= 0) & (place <= _MOST)).all(axis=1)
    numbers = np.flatnonzero(is_near)
    asked = place[numbers, 0] * (_MOST + 1) + place[numbers, 1]
    begin, end = np.searchsorted(key, asked, "left"), np.searchsorted(key, asked, "right")
    where, which = np.repeat(numbers, end - begin), of[spread(begin, end - begin)]
    held = ((points[where] >= low[which]) & (points[where] <= high[which])).all(axis=1)
    return where[held], which[held]
