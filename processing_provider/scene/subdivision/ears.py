"""Many rings cut into triangles at a time by clipping ears; no new vertices, so that neighbours meet.

A ring may pass a point more than once (an island that touches, a way to one and back): a diagonal has to run within the
wedge of the corners that it joins, and no other corner may lie in its triangle. All is reckoned in whole numbers.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..model import Flags, Floats, Integers
from .ragged import changes, spread

# More steps than a ring is wide.
_SPAN = 1 << 34


def clip(
    points: Integers, corners: Integers, starts: Integers, lengths: Integers
) -> tuple[Integers, Integers, Integers]:
    """Counter-clockwise triangles (n, 3), the number of the ring of each, and the rings that could not be cut up.

    `corners` are the rings one behind another, counter-clockwise, ring i from starts[i] on.
    """
    is_convex = _convex(points, corners, starts, lengths)
    fan, of_fan = _fans(corners, starts, lengths, np.flatnonzero(is_convex))
    bent = np.flatnonzero(~is_convex)
    made, of, lost = _clip(points, corners, starts[bent], lengths[bent])
    return np.concatenate([fan, made]), np.concatenate([of_fan, bent[of]]), bent[lost]


def _convex(points: Integers, corners: Integers, starts: Integers, lengths: Integers) -> Flags:
    """Which rings turn left at every corner."""
    at = points[corners[spread(starts, lengths)]]
    ends = np.cumsum(lengths)
    then, before = np.arange(len(at)) + 1, np.arange(len(at)) - 1
    then[ends - 1], before[ends - lengths] = ends - lengths, ends - 1
    a, b = at - at[before], at[then] - at
    turns: Flags = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0] > 0
    found: Flags = np.minimum.reduceat(turns, ends - lengths) if len(at) else np.zeros(0, bool)
    return found


def _fans(corners: Integers, starts: Integers, lengths: Integers, chosen: Integers) -> tuple[Integers, Integers]:
    """Triangles from the first corner of each chosen ring, and the number of the ring of each."""
    counts = lengths[chosen] - 2
    ring = np.repeat(chosen, counts)
    second = spread(starts[chosen] + 1, counts)
    return np.column_stack([corners[starts[ring]], corners[second], corners[second + 1]]), ring


def _clip(
    points: Integers, corners: Integers, starts: Integers, lengths: Integers
) -> tuple[Integers, Integers, Integers]:
    """The same of rings none of which is convex, all of them at once; in each round many ears of each."""
    ring = np.repeat(np.arange(len(starts)), lengths)
    at = corners[spread(starts, lengths)]
    # The first corner of each is its origin, so that numbers stay small.
    place = points[at] - np.repeat(points[corners[starts]], lengths, axis=0)
    blocked, fresh = np.zeros(len(at), bool), np.zeros(len(starts), bool)
    triangles, rings, lost = [np.zeros((0, 3), "i8")], [np.zeros(0, "i8")], [np.zeros(0, "i8")]
    while len(at):
        begins = changes(ring)
        sizes = np.diff(np.append(begins, len(ring)))
        then, before = np.arange(len(at)) + 1, np.arange(len(at)) - 1
        then[begins + sizes - 1], before[begins] = begins, begins + sizes - 1
        worth = _worth(place, before, then, blocked)
        last = begins[sizes == 3]
        worth[np.concatenate([last, last + 1, last + 2])] = np.inf
        chosen = np.flatnonzero(_lowest(worth, before, then) & np.isfinite(worth))
        free = _is_free(place, ring, before, then, chosen)
        good = chosen[free]
        blocked[chosen[~free]] = True
        clipped = np.concatenate([good, last])
        triangles.append(np.column_stack([at[before[clipped]], at[clipped], at[then[clipped]]]))
        rings.append(ring[clipped])
        blocked[before[good]] = blocked[then[good]] = False
        fresh[ring[good]] = True
        # Where corners were clipped meanwhile, those that could not be may be ears now; else the ring is lost.
        is_stuck = np.ones(len(starts), bool)
        is_stuck[ring[chosen]] = is_stuck[ring[last]] = False
        again = is_stuck[ring] & fresh[ring]
        gone = is_stuck[ring] & ~again
        blocked[again], fresh[ring[again]] = False, False
        lost.append(np.unique(ring[gone]))
        gone[good] = True
        gone[np.concatenate([last, last + 1, last + 2])] = True
        at, ring, place, blocked = at[~gone], ring[~gone], place[~gone], blocked[~gone]
    return np.concatenate(triangles), np.concatenate(rings), np.concatenate(lost)


def _side(p: Integers, q: Integers, r: Integers) -> Integers:
    result: Integers = (q[:, 0] - p[:, 0]) * (r[:, 1] - p[:, 1]) - (q[:, 1] - p[:, 1]) * (r[:, 0] - p[:, 0])
    return result


def _worth(place: Integers, before: Integers, then: Integers, blocked: Flags) -> Floats:
    """How good an ear each corner is, the least is best: the shortest diagonal for its size, so that there are no
    needles while others are left. Infinite where it is none: its diagonal has to run within the wedges at both ends.
    """
    turn = _side(place[before], place, place[then])
    likely = np.flatnonzero((turn > 0) & ~blocked)
    before_it, after_it = before[likely], then[likely]
    a, b, c = place[before_it], place[likely], place[after_it]
    d, e = place[before[before_it]], place[then[after_it]]
    at_a = _side(d, a, c) > 0
    at_a = np.where(turn[before_it] > 0, at_a, at_a | (_side(a, b, c) > 0))
    at_c = _side(c, e, a) > 0
    at_c = np.where(turn[after_it] > 0, at_c, at_c | (_side(b, c, a) > 0))
    worth = np.full(len(place), np.inf)
    worth[likely] = np.where(at_a & at_c, ((c - a) ** 2).sum(axis=1) / turn[likely], np.inf)
    return worth


def _lowest(worth: Floats, before: Integers, then: Integers) -> Flags:
    """Which are worth less than the two before and the two behind them: no two that are clipped at once are near."""
    number = np.arange(len(worth))
    lowest = np.ones(len(worth), bool)
    for way in (before, then):
        for other in (way, way[way]):
            lowest &= (worth < worth[other]) | ((worth == worth[other]) & (number <= other))
    return lowest


def _is_free(place: Integers, ring: Integers, before: Integers, then: Integers, chosen: Integers) -> Flags:
    """Whether no other corner of its ring lies in the triangle of each chosen corner."""
    a, b, c = place[before[chosen]], place[chosen], place[then[chosen]]
    keys = ring * _SPAN + place[:, 0]
    order = np.argsort(keys, kind="stable")
    west, east = np.minimum(np.minimum(a, b), c), np.maximum(np.maximum(a, b), c)
    begin = np.searchsorted(keys[order], ring[chosen] * _SPAN + west[:, 0], "left")
    end = np.searchsorted(keys[order], ring[chosen] * _SPAN + east[:, 0], "right")
    which, other = np.repeat(np.arange(len(chosen)), end - begin), order[spread(begin, end - begin)]
    y = place[other, 1]
    near = (y >= west[which, 1]) & (y <= east[which, 1])
    which, p = which[near], place[other[near]]
    a, b, c = a[which], b[which], c[which]
    inside = (_side(a, b, p) >= 0) & (_side(b, c, p) >= 0) & (_side(c, a, p) >= 0)
    inside &= (p != a).any(axis=1) & (p != b).any(axis=1) & (p != c).any(axis=1)
    free = np.ones(len(chosen), bool)
    free[which[inside]] = False
    return free
