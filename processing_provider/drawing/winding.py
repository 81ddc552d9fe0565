"""Which way rings run: programs that fill by the non-zero rule see a hole only where it runs the other way round."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace

import numpy as np

from .model import CURVE, CURVE_DATA, MOVE, Kinds, Path, Points


def wound(path: Path) -> Path:
    """The path with rings that run clockwise, and holes in them that run the other way: the same by either rule."""
    if path.fill is None or path.parts == 1:
        return path
    parts = [(points, kinds) for points, kinds, _ in path.subpaths()]
    boxes = np.array([(*points.min(axis=0), *points.max(axis=0)) for points, _ in parts])
    made: list[tuple[Points, Kinds]] = []
    for number, (points, kinds) in enumerate(parts):
        x, y = points[0]
        near = (boxes[:, 0] <= x) & (boxes[:, 1] <= y) & (boxes[:, 2] >= x) & (boxes[:, 3] >= y)
        near[number] = False
        depth = sum(_holds(parts[other][0], x, y) for other in np.flatnonzero(near).tolist())
        is_clockwise = _area(points) > 0
        made.append(_reversed(points, kinds) if is_clockwise == bool(depth % 2) else (points, kinds))
    points, kinds = (np.concatenate(some) for some in zip(*made))
    return replace(path, points=points, kinds=kinds)


def _area(points: Points) -> float:
    """Twice the area of a ring, more than 0 where it runs clockwise with y downwards; curves by their controls."""
    x, y = points.T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


def _holds(ring: Points, x: float, y: float) -> bool:
    """Whether a point lies in a ring."""
    (x1, y1), (x2, y2) = ring.T, np.roll(ring, -1, axis=0).T
    crosses = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    return bool(np.count_nonzero(crosses & (at > x)) % 2)


def _reversed(points: Points, kinds: Kinds) -> tuple[Points, Kinds]:
    """A subpath the other way round."""
    turned = np.concatenate([[MOVE], kinds[1:][::-1]]).astype(kinds.dtype)
    # Of a curve's three points the first tells that it is one.
    last = np.flatnonzero(turned == CURVE)
    turned[last] = CURVE_DATA
    turned[last - 2] = CURVE
    return points[::-1], turned
