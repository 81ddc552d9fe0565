"""A face with islands in it as one ring: each island is joined to what surrounds it by a way there and back.

Islands are joined from the east to the west, each from its easternmost point to the nearest corner that sees it; one
does, be it of an island that was joined before. Faces with islands are few, so these are taken one by one.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..model import Flags, Integers


def joined(points: Integers, rings: list[Integers]) -> Integers:
    """One ring of vertices: `rings[0]` runs counter-clockwise round the face, the others clockwise round islands."""
    ring = rings[0]
    islands = sorted(rings[1:], key=lambda one: (-int(points[one, 0].max()), int(points[one, 1].max())))
    for island in islands:
        start = int(np.argmax(points[island, 0]))
        turned = np.roll(island, -start)
        place = _seen(points, ring, int(turned[0]))
        ring = np.concatenate([ring[: place + 1], turned, turned[:1], ring[place:]])
    return ring


def _seen(points: Integers, ring: Integers, vertex: int) -> int:
    """The place in the ring that sees a vertex in it, in whose wedge the vertex lies."""
    at = points[ring]
    then, before = np.roll(at, -1, axis=0), np.roll(at, 1, axis=0)
    target = points[vertex]
    away = ((at - target) ** 2).sum(axis=1)
    # West of it the island itself and those that are still to be joined would be in the way, as a wall of it may
    # right north or south of it.
    usable = _in_wedge(before, at, then, target) & (ring != vertex) & (at[:, 0] > target[0])
    # The nearest that nothing hides; one that is nearer is seldom hidden.
    for place in np.argsort(np.where(usable, away, np.iinfo("i8").max), kind="stable"):
        if not usable[place]:
            break
        if not _is_hidden(at, then, at[place], target):
            return int(place)
    raise ValueError("no vertex sees the island")


def _side(a: Integers, b: Integers, c: Integers) -> Integers:
    side: Integers = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
        c[..., 0] - a[..., 0]
    )
    return side


def _in_wedge(before: Integers, at: Integers, then: Integers, target: Integers) -> Flags:
    """Whether the way from each corner to the target runs inside, left of both its edges."""
    turns_left = _side(before, at, then) > 0
    left, ahead = _side(before, at, target[None]) > 0, _side(at, then, target[None]) > 0
    both: Flags = np.where(turns_left, left & ahead, left | ahead)
    return both


def _is_hidden(at: Integers, then: Integers, one: Integers, other: Integers) -> bool:
    """Whether an edge or a corner of the ring lies on the way between two points."""
    of_one, of_other = _side(at, then, one[None]), _side(at, then, other[None])
    of_at, of_then = _side(one[None], other[None], at), _side(one[None], other[None], then)
    across = (np.sign(of_one) * np.sign(of_other) < 0) & (np.sign(of_at) * np.sign(of_then) < 0)
    low, high = np.minimum(one, other), np.maximum(one, other)
    is_end = (at == one).all(axis=1) | (at == other).all(axis=1)
    on_it = (of_at == 0) & ((at >= low) & (at <= high)).all(axis=1) & ~is_end
    return bool(across.any() or on_it.any())
