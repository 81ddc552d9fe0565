"""The faces of a planar graph: what lies left and right of each edge, the walks of each face, a point well inside."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..model import Floats, Integers
from .covering import covers
from .ragged import changes
from .tracing import Cycles, trace


@dataclass(frozen=True, eq=False)
class Plane:
    """A planar graph and its faces, counted from 0; `count` is the number of the one outside.

    `points` (n, 2) are whole steps of the finest grid, `edges` (m, 2) run between them, `left` and `right` (m,) are the
    faces beside each.
    """

    points: Integers
    edges: Integers
    left: Integers
    right: Integers
    count: int


def plane(points: Integers, edges: Integers) -> tuple[Plane, Cycles, Integers]:
    """The faces of a graph without loose ends, its walks, and the face of each walk."""
    cycles = trace(points, edges)
    is_face = cycles.doubled > 0
    count = int(is_face.sum())
    face = np.where(is_face, np.cumsum(is_face) - 1, count)
    _place_islands(points, cycles, face)
    sides = np.empty(2 * len(edges), "i8")
    sides[cycles.halves] = face[cycles.of]
    return Plane(points, edges, sides[: len(edges)], sides[len(edges) :], count), cycles, face


def _place_islands(points: Integers, cycles: Cycles, face: Integers) -> None:
    """The face that what is connected lies in is that of the walk round it: a step west of its westernmost point."""
    outer = np.flatnonzero(cycles.doubled <= 0)
    if not len(outer):
        return
    of = cycles.of
    at = points[cycles.corners]
    order = np.lexsort((at[:, 1], at[:, 0], of))
    west = at[order[changes(of[order])]]
    beside: Floats = west[outer] - np.array([0.25, 0.0])
    inner = cycles.doubled > 0
    chosen = np.flatnonzero(inner[of])
    onward = _onward(cycles)
    segments = np.column_stack([at[chosen], at[onward[chosen]]])
    where, which = covers(beside, segments, face[of[chosen]], int(inner.sum()))
    # Of faces within faces the smallest.
    areas = cycles.doubled[inner]
    order = np.lexsort((areas[which], where))
    first = order[changes(where[order])]
    face[outer[where[first]]] = which[first]


def _onward(cycles: Cycles) -> Integers:
    """The place of the next half-edge of the same walk."""
    onward = np.arange(len(cycles.halves)) + 1
    onward[cycles.starts + cycles.lengths - 1] = cycles.starts
    return onward


def inner_points(points: Integers, cycles: Cycles, face: Integers, count: int) -> Floats:
    """A point in each face: the middle of the widest stretch across it, a little above half of its height."""
    of = face[cycles.of]
    at = points[cycles.corners]
    then = at[_onward(cycles)]
    order = np.argsort(of, kind="stable")
    order = order[of[order] < count]
    return middles(np.hstack([at[order], then[order]]), of[order], count)


def middles(segments: Integers, owners: Integers, count: int) -> Floats:
    """A point well inside each of `count` areas, segments (n, 4) with their sorted owners; far away for one of none."""
    made = np.full((count, 2), -1e15)
    if not len(segments):
        return made
    low_y, high_y = np.minimum(segments[:, 1], segments[:, 3]), np.maximum(segments[:, 1], segments[:, 3])
    begins = changes(owners)
    low, high = np.minimum.reduceat(low_y, begins), np.maximum.reduceat(high_y, begins)
    sizes = np.diff(np.append(begins, len(owners)))
    level = np.repeat(low + (high - low) * 0.5037, sizes)
    met = np.flatnonzero((segments[:, 1] > level) != (segments[:, 3] > level))
    of, level, (x0, y0, x1, y1) = owners[met], level[met], segments[met].T
    x = x0 + (x1 - x0) * (level - y0) / (y1 - y0)
    order = np.lexsort((x, of))
    of, x, level = of[order][::2], x[order], level[order][::2]
    if len(of):
        widest = np.lexsort((x[1::2] - x[::2], of))
        last = widest[np.append(changes(of[widest])[1:], len(widest)) - 1]
        made[of[last]] = np.column_stack([(x[::2] + x[1::2])[last] / 2, level[last]])
    return made
