"""Lines and rings cut at rectangles, all of a table at once.

Facts: Sutherland and Hodgman (1974) for rings, an edge after the other; Liang and Barsky (1984) for lines.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..osm.ragged import Flags, Floats, Whole, ragged
from .chains import Chains, neighbours


def rings(found: Chains, low: Whole, high: Whole) -> Chains:
    """Rings inside the rectangles from `low` to `high` (chains, 2); one that lies outside has no points left.

    What is several pieces stays one ring, joined along the rectangle's edge.
    """
    for axis in (0, 1):
        found = _halved(found, axis, low[:, axis], 1)
        found = _halved(found, axis, high[:, axis], -1)
    return found


def _halved(found: Chains, axis: int, edge: Whole, side: int) -> Chains:
    """What lies beyond an edge of each ring's own: of rising numbers where `side` is 1, of falling ones at -1."""
    limit = np.repeat(edge, found.count)
    here = found.points[:, axis]
    away = (here - limit) * side
    inside = away >= 0
    if inside.all():
        return found
    _, behind = neighbours(found.count)
    crossing = inside != inside[behind]
    # A point that lies on the edge itself is where the ring crosses.
    crossing &= (away != 0) & (away[behind] != 0)
    counts = inside.astype(np.int64) + crossing
    ends = np.cumsum(counts)
    points = np.empty((int(ends[-1]), 2), np.int64)
    points[(ends - counts)[inside]] = found.points[inside]
    a, b = found.points[crossing], found.points[behind[crossing]]
    part = away[crossing] / (away[crossing] - away[behind[crossing]])
    other = 1 - axis
    cut = np.empty_like(a)
    cut[:, axis] = limit[crossing]
    cut[:, other] = np.rint(a[:, other] + part * (b[:, other] - a[:, other]))
    points[ends[crossing] - 1] = cut
    whole = np.concatenate(([0], ends))
    start = found.start
    return Chains(found.owner, whole[start + found.count] - whole[start], found.outer, points)


def segments(found: Chains) -> tuple[Whole, Whole]:
    """The first point of each piece between two points of lines, and its chain."""
    counts = np.maximum(found.count - 1, 0)
    start = found.start
    return ragged(start, start + counts), np.repeat(np.arange(len(counts)), counts)


def lines(found: Chains, segment: Whole, chain: Whole, owner: Whole, low: Whole, high: Whole) -> Chains:
    """Pieces of lines inside rectangles: `segment` (first points), their chains, and for each the owner of what comes
    of it and its rectangle. They are in the order of owners, and within one in that of the line.
    """
    a, b = found.points[segment].astype(float), found.points[segment + 1].astype(float)
    begin, end = _inside(a, b, low, high)
    stay = begin < end
    segment, chain, owner = segment[stay], chain[stay], owner[stay]
    begin, end, a, b = begin[stay], end[stay], a[stay], b[stay]
    if not len(segment):
        return Chains(owner, np.zeros(0, np.int64), np.zeros(0, bool), np.zeros((0, 2), np.int64))
    # A piece goes on where the one before it reached its end and this one begins with that.
    new = np.ones(len(segment), bool)
    new[1:] = (
        (owner[1:] != owner[:-1]) | (chain[1:] != chain[:-1]) | (segment[1:] != segment[:-1] + 1)
        | (end[:-1] < 1) | (begin[1:] > 0)
    )  # fmt: skip
    first = np.flatnonzero(new)
    count = np.diff(np.append(first, len(segment))) + 1
    starts = np.rint(a + begin[:, None] * (b - a)).astype(np.int64)
    ends = np.rint(a + end[:, None] * (b - a)).astype(np.int64)
    points = np.empty((int(count.sum()), 2), np.int64)
    piece = np.cumsum(new) - 1
    points[np.arange(len(segment)) + piece + 1] = ends
    points[first + piece[first]] = starts[first]
    return Chains(owner[first], count, np.ones(len(first), bool), points)


def _inside(a: Floats, b: Floats, low: Whole, high: Whole) -> tuple[Floats, Floats]:
    """From which to which part of the way from `a` to `b` lies inside; nothing where the first is not the smaller."""
    begin, end = np.zeros(len(a)), np.ones(len(a))
    step = b - a
    for axis in (0, 1):
        moves = step[:, axis] != 0
        length = np.where(moves, step[:, axis], 1.0)
        to_low, to_high = (low[:, axis] - a[:, axis]) / length, (high[:, axis] - a[:, axis]) / length
        near, far = np.minimum(to_low, to_high), np.maximum(to_low, to_high)
        beside: Flags = ~moves & ((a[:, axis] < low[:, axis]) | (a[:, axis] > high[:, axis]))
        begin = np.where(moves, np.maximum(begin, near), begin)
        end = np.where(moves, np.minimum(end, far), np.where(beside, -1.0, end))
    return begin, end
