"""Segments on a grid of whole numbers, cut where they cross or pass a point: iterated snap rounding.

Every end point and every crossing is a hot pixel, the unit square round a grid point; a segment that runs through one
is led through its middle (J. Hobby, Practical Segment Intersection with Finite Precision Output, 1999). That is done
again until nothing changes, since a segment that was moved may meet others.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Tuple

import numpy as np

from ..model import Flags, Floats, Integers
from .ragged import changes, spread

# The side of the cells in which segments look for each other, in grid steps (centimetres): about a wall's length.
CELL = 800
# Nearly all are done after three.
_ROUNDS = 40
_SHIFT = 1 << 31
Cuts = Tuple[Integers, Integers]


def node(segments: Integers) -> tuple[Integers, Integers]:
    """Points (n, 2) and undirected edges (m, 2) of segments (k, 4): no two edges meet but at their ends.

    Segments without length and those that are there twice go.
    """
    pieces, _ = _unique(segments)
    fresh = np.ones(len(pieces), bool)
    for _ in range(_ROUNDS):
        of, points = _cuts(pieces, fresh)
        if not len(of):
            break
        pieces, fresh = _split(pieces, of, points)
    ends = pieces.reshape(-1, 2)
    _, first, index = np.unique(_key(ends), return_index=True, return_inverse=True)
    return ends[first], np.asarray(index, "i8").reshape(-1, 2)


def _key(points: Integers) -> Integers:
    key: Integers = points[:, 0] * _SHIFT + points[:, 1]
    return key


def _unique(segments: Integers) -> tuple[Integers, Integers]:
    """Each once, its lower end first; and which of those given it is, the first of equal ones."""
    first, second = _key(segments[:, :2]), _key(segments[:, 2:])
    turned = first > second
    segments = np.where(turned[:, None], segments[:, [2, 3, 0, 1]], segments)
    low, high = np.minimum(first, second), np.maximum(first, second)
    order = np.lexsort((high, low))
    order = order[low[order] != high[order]]
    low, high = low[order], high[order]
    new = np.ones(len(order), bool)
    new[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return segments[order[new]], order[new]


def _pairs(pieces: Integers, fresh: Flags) -> tuple[Integers, Integers]:
    """Pairs of segments whose boxes meet, one of them fresh at least."""
    cells, of = _cells(pieces)
    order = np.argsort(cells, kind="stable")
    cells, of = cells[order], of[order]
    begins = changes(cells)
    sizes = np.diff(np.append(begins, len(cells)))
    ends = np.repeat(begins + sizes, sizes)
    later = ends - np.arange(len(cells)) - 1
    one, other = np.repeat(of, later), of[spread(np.arange(len(cells)) + 1, later)]
    low, high = np.minimum(pieces[:, :2], pieces[:, 2:]), np.maximum(pieces[:, :2], pieces[:, 2:])
    meet = (
        (fresh[one] | fresh[other])
        & (low[one, 0] <= high[other, 0]) & (low[other, 0] <= high[one, 0])
        & (low[one, 1] <= high[other, 1]) & (low[other, 1] <= high[one, 1])
    )  # fmt: skip
    one, other = one[meet], other[meet]
    keys = np.unique(np.minimum(one, other) * len(pieces) + np.maximum(one, other))
    return keys // len(pieces), keys % len(pieces)


def _cells(pieces: Integers) -> tuple[Integers, Integers]:
    """The cells that each segment runs through (and few beside), column by column: their keys, whose they are."""
    x0, x1 = np.minimum(pieces[:, 0], pieces[:, 2]), np.maximum(pieces[:, 0], pieces[:, 2])
    first = x0 // CELL
    columns = x1 // CELL - first + 1
    of = np.repeat(np.arange(len(pieces)), columns)
    column = spread(first, columns)
    x, y, dx, dy = pieces[of, 0], pieces[of, 1], (pieces[:, 2] - pieces[:, 0])[of], (pieces[:, 3] - pieces[:, 1])[of]
    left, right = np.maximum(column * CELL, x0[of]), np.minimum((column + 1) * CELL, x1[of])
    upright = dx == 0
    slope = dy / np.where(upright, 1, dx)
    at = np.where(upright, y, y + slope * (left - x)), np.where(upright, y + dy, y + slope * (right - x))
    # What runs along the edge of a cell is in both.
    low = np.floor((np.minimum(*at) - 1) / CELL).astype("i8")
    rows = np.floor((np.maximum(*at) + 1) / CELL).astype("i8") - low + 1
    which = np.repeat(np.arange(len(of)), rows)
    keys: Integers = column[which] * _SHIFT + spread(low, rows)
    return keys, of[which]


def _cross(a: Integers, b: Integers, c: Integers) -> Integers:
    cross: Integers = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    return cross


def _cuts(pieces: Integers, fresh: Flags) -> tuple[Integers, Integers]:
    """Which segments are to be cut, and at which points."""
    one, other = _pairs(pieces, fresh)
    a, b, c, d = pieces[one, :2], pieces[one, 2:], pieces[other, :2], pieces[other, 2:]
    of_c, of_d, of_a, of_b = _cross(a, b, c), _cross(a, b, d), _cross(c, d, a), _cross(c, d, b)
    crossing = (np.sign(of_c) * np.sign(of_d) < 0) & (np.sign(of_a) * np.sign(of_b) < 0)
    at = np.flatnonzero(crossing)
    share = of_a[at] / (of_a[at] - of_b[at])
    met: Floats = a[at] + (b[at] - a[at]) * share[:, None]
    points = np.rint(met).astype("i8")
    found = [(one[at], points), (other[at], points)]
    for which, start, end, point, side in (
        (one, a, b, c, of_c), (one, a, b, d, of_d), (other, c, d, a, of_a), (other, c, d, b, of_b),
    ):  # fmt: skip
        near = 2 * np.abs(side) <= np.abs(end - start).sum(axis=1)
        near &= ((point >= np.minimum(start, end)) & (point <= np.maximum(start, end))).all(axis=1)
        found.append((which[near], point[near]))
    of, points = np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])
    is_end = (points == pieces[of, :2]).all(axis=1) | (points == pieces[of, 2:]).all(axis=1)
    return of[~is_end], points[~is_end]


def _split(pieces: Integers, of: Integers, points: Integers) -> tuple[Integers, Flags]:
    """The segments in pieces, and which of them are new."""
    cut = np.zeros(len(pieces), bool)
    cut[of] = True
    whole, broken = pieces[~cut], np.flatnonzero(cut)
    places = np.concatenate([pieces[broken, :2], points, pieces[broken, 2:]])
    owners = np.concatenate([broken, of, broken])
    ahead = pieces[owners, 2:] - pieces[owners, :2]
    along = ((places - pieces[owners, :2]) * ahead).sum(axis=1)
    order = np.lexsort((along, owners))
    places, owners = places[order], owners[order]
    follow = np.flatnonzero(owners[1:] == owners[:-1])
    new = np.concatenate([places[follow], places[follow + 1]], axis=1)
    both, source = _unique(np.concatenate([whole, new]))
    # What was there before met nothing, and need look only at the new ones.
    return both, source >= len(whole)
