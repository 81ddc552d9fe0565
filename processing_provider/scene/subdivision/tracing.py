"""The faces between edges: half-edges are walked round, the face always on the left."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..model import Integers
from .ragged import changes


@dataclass(frozen=True, eq=False)
class Cycles:
    """Closed walks, one behind another: `halves` are half-edges in walking order, walk i those from starts[i] on.

    Half-edge h of m edges runs along edge h where h < m, against edge h - m otherwise; `corners` are the vertices that
    they come from. `doubled` are twice the areas: positive round a face, negative (or none) round what lies in one.
    """

    halves: Integers
    corners: Integers
    starts: Integers
    lengths: Integers
    doubled: Integers

    @property
    def of(self) -> Integers:
        """The walk that each half-edge in `halves` is of."""
        return np.repeat(np.arange(len(self.starts)), self.lengths)


def trace(points: Integers, edges: Integers) -> Cycles:
    """All walks of a planar graph; `points` (n, 2), `edges` (m, 2)."""
    if not len(edges):
        none = np.zeros(0, "i8")
        return Cycles(none, none, none, none, none)
    source = np.concatenate([edges[:, 0], edges[:, 1]])
    target = np.concatenate([edges[:, 1], edges[:, 0]])
    count = len(edges)
    ahead = points[target] - points[source]
    order = np.lexsort((np.arctan2(ahead[:, 1], ahead[:, 0]), source))
    # The next one round the vertex, clockwise.
    begins = changes(source[order])
    before = np.arange(len(order)) - 1
    before[begins] = np.append(begins[1:], len(order)) - 1
    clockwise = np.empty(len(order), "i8")
    clockwise[order] = order[before]
    follow = clockwise[(np.arange(2 * count) + count) % (2 * count)]
    root, rank = _ranked(follow)
    order = np.lexsort((rank, root))
    starts = changes(root[order])
    corners = source[order]
    local = points[corners] - np.repeat(points[corners[starts]], np.diff(np.append(starts, len(order))), axis=0)
    onward = np.arange(len(order)) + 1
    onward[np.append(starts[1:], len(order)) - 1] = starts
    areas = local[:, 0] * local[onward, 1] - local[onward, 0] * local[:, 1]
    doubled = np.add.reduceat(areas, starts)
    return Cycles(order, corners, starts, np.diff(np.append(starts, len(order))), doubled)


def _ranked(follow: Integers) -> tuple[Integers, Integers]:
    """For each element of a permutation: the least of its cycle, and how many steps behind that it comes."""
    label, jump = np.arange(len(follow)), follow
    while True:
        lower = np.minimum(label, label[jump])
        if np.array_equal(lower, label):
            break
        label, jump = lower, jump[jump]
    # How many steps lead to the least.
    is_root = label == np.arange(len(follow))
    jump = np.where(is_root, np.arange(len(follow)), follow)
    steps = (~is_root).astype("i8")
    while True:
        more = steps + steps[jump]
        if np.array_equal(more, steps):
            break
        steps, jump = more, jump[jump]
    # The farthest from it comes right behind it.
    return label, np.where(is_root, 0, -steps)


def without_ends(edges: Integers, count: int) -> Integers:
    """The edges without those that lead nowhere, so that each has two faces or is a bridge between others."""
    while len(edges):
        degree = np.bincount(edges.ravel(), minlength=count)
        kept = (degree[edges] > 1).all(axis=1)
        if kept.all():
            break
        edges = edges[kept]
    return edges
