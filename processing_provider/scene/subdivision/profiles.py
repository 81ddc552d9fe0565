"""How high the intervals beside an edge reach at its ends, and where two of them cross between."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..model import Flags, Integers
from .faces import Plane
from .ragged import spread
from .stacks import STEPS, Slopes, Stack

# A crossing nearer than this to an end of its edge (in steps: 2 cm) is put there.
_NEAR = STEPS // 50
_ROUNDS = 12
_MANY = 1 << 32


class Heights:
    """The heights of intervals at vertices: flat, or of a slope, but where an edge's neighbours had to agree."""

    def __init__(self, slopes: Slopes | None) -> None:
        self.slopes = slopes
        self.keys = np.zeros(0, "i8")
        self.values = np.zeros(0, "i8")

    def agree(self, roofs: Integers, vertices: Integers, heights: Integers) -> None:
        """Set the heights of roofs at vertices; the last word counts."""
        keys = np.concatenate([roofs * _MANY + vertices, self.keys])
        values = np.concatenate([heights, self.values])
        self.keys, first = np.unique(keys, return_index=True)
        self.values = values[first]

    def tops(self, stack: Stack, plane: Plane, intervals: Integers, vertices: Integers) -> Integers:
        """The upper ends of intervals at vertices (mm)."""
        heights = stack.top[intervals]
        sloped = np.flatnonzero(stack.roof[intervals] >= 0)
        if not len(sloped) or self.slopes is None:
            return heights
        roofs, at = stack.roof[intervals[sloped]], vertices[sloped]
        found = self.slopes(roofs, plane.points[at] / STEPS)
        if len(self.keys):
            asked = roofs * _MANY + at
            where = np.minimum(np.searchsorted(self.keys, asked), len(self.keys) - 1)
            found = np.where(self.keys[where] == asked, self.values[where], found)
        # Nothing ends below its beginning, and not at it where it has a floor of its own.
        base = stack.base[intervals[sloped]]
        least = np.where(stack.is_low[intervals[sloped]], base + 2 - np.abs(base) % 2, base)
        heights[sloped] = np.maximum(found, least)
        return heights


@dataclass(frozen=True, eq=False)
class Events:
    """The ends of the intervals beside edges: of which edge, `low` and `high` the height at its first and second
    vertex, of which interval, whether it lies left of the edge, whether it begins there.
    """

    edge: Integers
    low: Integers
    high: Integers
    interval: Integers
    is_left: Flags
    begins: Flags


def events(plane: Plane, stack: Stack, heights: Heights, chosen: Integers) -> Events:
    """The ends of all intervals beside the chosen edges, sorted by edge and height."""
    starts = stack.starts(plane.count)
    counts = np.diff(starts)
    pieces = []
    for sides, side in ((plane.left, True), (plane.right, False)):
        faces = sides[chosen]
        edge, interval = np.repeat(chosen, counts[faces]), spread(starts[faces], counts[faces])
        base = stack.base[interval]
        ends = [heights.tops(stack, plane, interval, plane.edges[edge, end]) for end in (0, 1)]
        same = np.full(len(edge), side)
        pieces.append((edge, base, base, interval, same, np.ones(len(edge), bool)))
        pieces.append((edge, ends[0], ends[1], interval, same, np.zeros(len(edge), bool)))
    edge, low, high, interval, is_left, begins = (np.concatenate(column) for column in zip(*pieces))
    order = np.argsort(edge * _MANY + (low + high), kind="stable")
    return Events(edge[order], low[order], high[order], interval[order], is_left[order], begins[order])


def part_crossings(plane: Plane, stack: Stack, heights: Heights, known: Integers) -> Plane:
    """The plane with a vertex wherever two heights change places along an edge, at which they are equal.

    `known` (n, 2) are the first edges as they were when that was done before: those that are the same have none.
    """
    roofed = np.zeros(plane.count + 1, bool)
    roofed[stack.face[stack.roof >= 0]] = True
    is_new = np.ones(len(plane.edges), bool)
    is_new[: len(known)] = (plane.edges[: len(known)] != known).any(axis=1)
    chosen = np.flatnonzero(is_new & (roofed[plane.left] | roofed[plane.right]) & (plane.left != plane.right))
    for _ in range(_ROUNDS):
        found = events(plane, stack, heights, chosen)
        order = np.lexsort((found.high, found.edge * _MANY + found.low))
        one, other = order[:-1], order[1:]
        crossed = (
            (found.edge[one] == found.edge[other])
            & (found.low[other] > found.low[one])
            & (found.high[other] < found.high[one])
        )
        one, other = one[crossed], other[crossed]
        # One of each edge at a time.
        _, first = np.unique(found.edge[one], return_index=True)
        one, other = one[first], other[first]
        if not len(one):
            break
        plane, chosen = _part(plane, stack, heights, found, one, other)
    return plane


def _part(
    plane: Plane, stack: Stack, heights: Heights, found: Events, one: Integers, other: Integers
) -> tuple[Plane, Integers]:
    """Part the edges where event `one` of each crosses `other`; and the edges that have to be looked at again."""
    edge = found.edge[one]
    ahead, back = found.low[other] - found.low[one], found.high[one] - found.high[other]
    share = ahead / (ahead + back)
    p, q = plane.edges[edge].T
    way = plane.points[q] - plane.points[p]
    length = np.hypot(way[:, 0], way[:, 1])
    roofs = [np.where(found.begins[each], -1, stack.roof[found.interval[each]]) for each in (one, other)]
    near = (share * length < _NEAR) | ((1 - share) * length < _NEAR)
    at_start = share < 0.5
    # Near an end both take one height there: that of whatever is level, else the higher one.
    vertex = np.where(at_start, p, q)
    first, second = (
        np.where(at_start, found.low[one], found.high[one]),
        np.where(at_start, found.low[other], found.high[other]),
    )
    inner = found.low[one] + (found.high[one] - found.low[one]) * share
    agreed = np.where(near, np.maximum(first, second), 2 * np.rint(inner / 2).astype("i8"))
    level = np.where(near, first, found.low[one]), np.where(near, second, found.low[other])
    agreed = np.where(roofs[0] < 0, level[0], np.where(roofs[1] < 0, level[1], agreed))
    fresh = np.cumsum(~near) - 1 + len(plane.points)
    vertex = np.where(near, vertex, fresh)
    for roof in roofs:
        heights.agree(roof[roof >= 0], vertex[roof >= 0], agreed[roof >= 0])
    parted = edge[~near]
    points = np.concatenate([plane.points, np.rint(plane.points[p] + way * share[:, None]).astype("i8")[~near]])
    edges = np.concatenate([plane.edges, np.column_stack([fresh[~near], q[~near]])])
    edges[parted, 1] = fresh[~near]
    left, right = (np.concatenate([side, side[parted]]) for side in (plane.left, plane.right))
    # Whatever ends at a vertex whose heights were changed, and the new pieces.
    touched = np.zeros(len(points), bool)
    touched[vertex] = True
    again = np.flatnonzero(touched[edges].any(axis=1))
    return Plane(points, edges, left, right, plane.count), again
