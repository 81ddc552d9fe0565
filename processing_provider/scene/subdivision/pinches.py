"""Corners at which bodies touch in a vertical edge only: it would have four faces, so a small face joins them there."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Dict, List, Set, Tuple

import numpy as np

from ..model import Integers
from .faces import Plane
from .profiles import Heights
from .ragged import spread
from .stacks import STEPS, Stack

# How far the small face reaches along each edge: 2 cm.
_REACH = STEPS // 50
_FARTHEST = STEPS // 4
# A needle is smaller than so many square metres.
NEEDLE = 1.0
# Points of it that are nearer are one: 2 mm.
_SAME = STEPS // 500
Span = Tuple[int, int, int]
Row = Tuple[int, int, int, int]


def join_pinches(plane: Plane, stack: Stack, heights: Heights, needle: float = NEEDLE) -> tuple[Plane, Stack, bool]:
    """The plane with a face of its own at each pinched vertex, filled as high as what meets there; whether any is.

    A face of less than `needle` square metres that ends in such a vertex goes.
    """
    found = _pinched(plane, stack, heights)
    if not found:
        return plane, stack, False
    points: List[Tuple[int, int]] = []
    edges, left, right = plane.edges.copy(), plane.left.copy(), plane.right.copy()
    more: List[Tuple[int, int, int, int]] = []
    rows: List[Row] = []
    needles: Set[int] = set()
    count, base = plane.count, len(plane.points)
    outside = np.iinfo("i4").max
    left[left == count], right[right == count] = outside, outside
    for vertex, (around, spans) in found.items():
        ring: List[Tuple[int, int]] = []
        for at, (edge, end, angle, beyond) in enumerate(around):
            gap = (around[(at + 1) % len(around)][2] - angle) % (2 * math.pi)
            before = (angle - around[at - 1][2]) % (2 * math.pi)
            narrow = max(min(gap, before), 1e-4)
            point = _along(plane.points[vertex], plane.points[plane.edges[edge, 1 - end]], narrow)
            own = [number for number, _ in ring if number != vertex]
            met = _met(point, [points[number - base] for number in own], at == len(around) - 1)
            if met is None:
                points.append(point)
                number = base + len(points) - 1
                ring.append((number, beyond))
            else:
                # Two edges that run side by side get one point, and no face is between them any more.
                number = own[met]
                # A needle between them would touch what fills the corner in its tip alone: it goes.
                needles.add(ring[-1][1] if ring[-1][0] == number else beyond)
                if ring[-1][0] == number:
                    ring[-1] = (number, beyond)
            edges[edge, end] = number
            if gap >= math.pi - 1e-6:
                # The vertex itself stays a corner where nothing is beside it.
                ring.append((vertex, beyond))
        for (one, face), (other_end, _) in zip(ring, ring[1:] + ring[:1]):
            more.append((one, other_end, count, outside if face == plane.count else face))
        rows += [(count, *span) for span in spans]
        count += 1
    table = np.array(more, "i8").reshape(-1, 4)
    left, right = np.concatenate([left, table[:, 2]]), np.concatenate([right, table[:, 3]])
    left[left == outside], right[right == outside] = count, count
    made = Plane(
        np.concatenate([plane.points, np.array(points, "i8")]),
        np.concatenate([edges, table[:, :2]]),
        left,
        right,
        count,
    )
    return made, stack.without(_small(plane, needles - {plane.count}, needle)).with_more(rows), True


def _small(plane: Plane, faces: Set[int], most: float) -> Set[int]:
    """Of some faces those of less than so many square metres: a large one that ends in a needle is none."""
    if not faces:
        return faces
    asked = np.array(sorted(faces))
    areas = np.zeros(len(asked))
    (x0, y0), (x1, y1) = ((plane.points[end] / STEPS).T for end in plane.edges.T)
    cross = x0 * y1 - x1 * y0
    for side, sign in ((plane.left, 1), (plane.right, -1)):
        place = np.minimum(np.searchsorted(asked, side), len(asked) - 1)
        own = asked[place] == side
        np.add.at(areas, place[own], sign * cross[own])
    return set(asked[areas < 2 * most].tolist())


def _along(start: Integers, end: Integers, angle: float) -> Tuple[int, int]:
    """A point a little way along an edge, farther where another one leaves at so narrow an angle."""
    way = end - start
    length = max(math.hypot(*way), 1.0)
    share = min(max(_REACH, 1.5 * _SAME / angle), _FARTHEST, length / 3) / length
    return round(start[0] + way[0] * share), round(start[1] + way[1] * share)


def _met(point: Tuple[int, int], ring: List[Tuple[int, int]], is_last: bool) -> int | None:
    """Which point of a ring a new one is too near to: the one before it, or the first for the last."""
    if ring and math.dist(point, ring[-1]) < _SAME:
        return len(ring) - 1
    return 0 if is_last and ring and math.dist(point, ring[0]) < _SAME else None


def _pinched(
    plane: Plane, stack: Stack, heights: Heights
) -> Dict[int, Tuple[List[Tuple[int, int, float, int]], List[Span]]]:
    """Vertices round which solid and empty change four times or more at some height.

    For each its edges (number, which end it is, angle, the face that follows counter-clockwise), and what is to stand
    there.
    """
    alike = _alike(plane, stack)
    walls = np.flatnonzero(alike[plane.left] != alike[plane.right])
    degree = np.bincount(plane.edges[walls].ravel(), minlength=len(plane.points))
    wanted = degree >= 4
    if not wanted.any():
        return {}
    starts = stack.starts(plane.count)
    ends = [(np.flatnonzero(wanted[plane.edges[:, end]]), end) for end in (0, 1)]
    edge = np.concatenate([chosen for chosen, _ in ends])
    end = np.repeat([0, 1], [len(chosen) for chosen, _ in ends])
    vertex = plane.edges[edge, end]
    way = plane.points[plane.edges[edge, 1 - end]] - plane.points[vertex]
    angle = np.arctan2(way[:, 1], way[:, 0])
    # Seen from the vertex, what lies left of the edge follows counter-clockwise.
    beyond = np.where(end == 0, plane.left[edge], plane.right[edge])
    order = np.lexsort((angle, vertex))
    edge, end, vertex, angle, beyond = (each[order] for each in (edge, end, vertex, angle, beyond))
    counts = starts[beyond + 1] - starts[beyond]
    interval = spread(starts[beyond], counts)
    tops = heights.tops(stack, plane, interval, np.repeat(vertex, counts))
    places = np.cumsum(counts) - counts
    begins = np.flatnonzero(np.append(True, vertex[1:] != vertex[:-1]))
    found = {}
    for begin, stop in zip(begins, np.append(begins[1:], len(vertex))):
        spans = [
            [(int(stack.base[interval[k]]), int(tops[k]), int(stack.owner[interval[k]])) for k in range(at, at + n)]
            for at, n in zip(places[begin:stop], counts[begin:stop])
        ]
        if _is_pinched(spans):
            around = list(zip(edge[begin:stop], end[begin:stop], angle[begin:stop], beyond[begin:stop].tolist()))
            found[int(vertex[begin])] = (around, _united(spans))
    return found


def _alike(plane: Plane, stack: Stack) -> Integers:
    """A number for each face, and the one outside, that is equal where the same stands on them."""
    words = (stack.base * 7919 + stack.top * 104729 + (stack.roof + 1) * 15485863) * 2654435761 % (1 << 61)
    total = np.zeros(plane.count + 1, "i8")
    np.add.at(total, stack.face, words % (1 << 55))
    return total


def _is_pinched(spans: List[List[Span]]) -> bool:
    levels = sorted({level for each in spans for base, top, _ in each for level in (base, top)})
    for low, high in zip(levels, levels[1:]):
        solid = [any(base <= low and top >= high for base, top, _ in each) for each in spans]
        if sum(one != other for one, other in zip(solid, solid[1:] + solid[:1])) >= 4:
            return True
    return False


def _united(spans: List[List[Span]]) -> List[Span]:
    """What all of them hold together, each stretch of the owner that reaches highest; a little higher than slopes."""
    united: List[List[int]] = []
    for base, top, owner in sorted({span for each in spans for span in each}):
        if united and base <= united[-1][1] + 2:
            if top > united[-1][1]:
                united[-1][1:] = [top, owner]
        else:
            united.append([base, top, owner])
    return [(base, top + top % 2, owner) for base, top, owner in united]
