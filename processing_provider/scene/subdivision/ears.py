"""Many rings cut into triangles at a time by clipping ears; no new vertices, so that neighbours meet.

A ring may pass a point more than once (an island that touches, a way to one and back): a diagonal has to run within the
wedge of the corners that it joins, and no other corner may lie in its triangle. All is reckoned in whole numbers.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..model import Flags, Floats, Integers
from .ragged import spread

# Rings of about one length are worked at together: those of up to so many corners.
_LENGTHS = (4, 6, 10, 24, 80, 1 << 40)
# Corners times rings in one go.
_AT_ONCE = 400_000


def clip(
    points: Integers, corners: Integers, starts: Integers, lengths: Integers
) -> tuple[Integers, Integers, Integers]:
    """Counter-clockwise triangles (n, 3), the number of the ring of each, and the rings that could not be cut up.

    `corners` are the rings one behind another, counter-clockwise, ring i from starts[i] on.
    """
    is_convex = _convex(points, corners, starts, lengths)
    fan, of_fan = _fans(corners, starts, lengths, np.flatnonzero(is_convex))
    triangles, rings, failed = [fan], [of_fan], [np.zeros(0, "i8")]
    lengths = np.where(is_convex, 0, lengths)
    above = 2
    for most in _LENGTHS:
        chosen = np.flatnonzero((lengths > above) & (lengths <= most))
        above = most
        if not len(chosen):
            continue
        wide = int(lengths[chosen].max())
        for piece in np.array_split(chosen, -(-len(chosen) * wide // _AT_ONCE)):
            made, of, lost = _clip(points, corners, starts[piece], lengths[piece])
            triangles.append(made)
            rings.append(piece[of])
            failed.append(piece[lost])
    return np.concatenate(triangles), np.concatenate(rings), np.concatenate(failed)


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
    count, wide = len(starts), int(lengths.max())
    ring = np.full((count, wide), -1)
    row = np.repeat(np.arange(count), lengths)
    ring[row, spread(np.zeros(count, "i8"), lengths)] = corners[spread(starts, lengths)]
    # The first corner of each is its origin, so that numbers stay small.
    at = points[np.maximum(ring, 0)] - points[ring[:, 0]][:, None]
    x, y = at[..., 0], at[..., 1]
    triangles, rings = [], []
    numbers, left = np.arange(count), lengths.copy()
    tried, stale = np.zeros((count, wide), bool), np.zeros(count, bool)
    lost: list[Integers] = []
    while len(numbers):
        width = ring.shape[1]
        column = np.arange(width)
        ends = left[:, None]
        exists = column < ends
        then = np.where(column + 1 < ends, column + 1, 0)
        before = np.where(column > 0, column - 1, ends - 1)
        rows = np.arange(len(numbers))[:, None]
        xb, yb, xt, yt = x[rows, before], y[rows, before], x[rows, then], y[rows, then]
        turn = (x - xb) * (yt - y) - (y - yb) * (xt - x)
        # The best ear has the shortest diagonal for its size: no needles while others are left.
        across: Floats = ((xt - xb) ** 2 + (yt - yb) ** 2) / np.maximum(turn, 1)
        worth = np.where(exists & (turn > 0) & ~tried, across, np.inf)
        ear = np.argmin(worth, axis=1)
        row = np.arange(len(numbers))
        possible = np.isfinite(worth[row, ear])
        good = possible & _is_ear(x, y, turn, exists, before, then, row, ear)
        tried[row[possible & ~good], ear[possible & ~good]] = True
        # Where corners were clipped meanwhile, those that could not be may be ears now.
        again = ~possible & stale
        tried[again], stale = False, (stale & ~again) | good
        possible |= again
        lost.append(numbers[~possible])
        # Of those, clip: write the triangle down, close the gap.
        a, c = before[row, ear], then[row, ear]
        triangles.append(np.column_stack([ring[row, a], ring[row, ear], ring[row, c]])[good])
        rings.append(numbers[good])
        tried[row[good], a[good]] = tried[row[good], c[good]] = False
        shift = good[:, None] & (column >= ear[:, None])
        source = np.minimum(column + shift, width - 1)
        if good.all() and len(good):
            source = source[:, : width - 1]
        ring, x, y, tried = ring[rows, source], x[rows, source], y[rows, source], tried[rows, source]
        left = left - good
        going = possible & (left > 2)
        if not going.all():
            ring, x, y, tried, left, numbers, stale = (
                each[going] for each in (ring, x, y, tried, left, numbers, stale)
            )
            most = int(left.max()) if len(left) else 0
            ring, x, y, tried = ring[:, :most], x[:, :most], y[:, :most], tried[:, :most]
    none = np.zeros(0, "i8")
    return np.concatenate(triangles), np.concatenate([none, *rings]), np.concatenate([none, *lost])


def _is_ear(
    x: Integers,
    y: Integers,
    turn: Integers,
    exists: Flags,
    before: Integers,
    then: Integers,
    row: Integers,
    ear: Integers,
) -> Flags:
    """Whether the corner `ear` of each ring, a convex one, can be clipped."""
    a, c = before[row, ear], then[row, ear]
    ax, ay, bx, by, cx, cy = x[row, a], y[row, a], x[row, ear], y[row, ear], x[row, c], y[row, c]

    def side(px: Integers, py: Integers, qx: Integers, qy: Integers, rx: Integers, ry: Integers) -> Integers:
        result: Integers = (qx - px) * (ry - py) - (qy - py) * (rx - px)
        return result

    # The diagonal within the wedge at both of its ends; of a triangle there is none.
    is_last = exists.sum(axis=1) == 3
    d, e = before[row, a], then[row, c]
    dx, dy, ex, ey = x[row, d], y[row, d], x[row, e], y[row, e]
    at_a = side(dx, dy, ax, ay, cx, cy) > 0
    at_a = np.where(turn[row, a] > 0, at_a, at_a | (side(ax, ay, bx, by, cx, cy) > 0))
    at_c = side(cx, cy, ex, ey, ax, ay) > 0
    at_c = np.where(turn[row, c] > 0, at_c, at_c | (side(bx, by, cx, cy, ax, ay) > 0))
    ax, ay, bx, by, cx, cy = (each[:, None] for each in (ax, ay, bx, by, cx, cy))
    inside = (side(ax, ay, bx, by, x, y) >= 0) & (side(bx, by, cx, cy, x, y) >= 0) & (side(cx, cy, ax, ay, x, y) >= 0)
    is_corner = ((x == ax) & (y == ay)) | ((x == bx) & (y == by)) | ((x == cx) & (y == cy))
    free = ~(inside & exists & ~is_corner).any(axis=1)
    found: Flags = is_last | (at_a & at_c & free)
    return found
