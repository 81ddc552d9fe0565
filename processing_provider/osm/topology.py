"""The arcs of many lines and rings: each stretch between places where not just two different edges meet, once.

After M. Bostock, TopoJSON, 2012; on flat arrays, so that no line has a Python loop of its own.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .ragged import Flags, Floats, Whole, ragged, starts_of

# OSM's own resolution: a coordinate is a whole number of these degrees.
_UNITS = 1e7
_FAR = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Topology:
    """The arcs of some chains (lines or rings).

    Arc `a` has the points `points[first[a]:end[a]]` and the numbers of places `places[first[a]:end[a]]`; chain `c` is
    made of the arcs `used[use[c]:use[c + 1]]`, one after the other, those backwards that are `turned`.
    """

    points: Floats
    places: Whole
    first: Whole
    end: Whole
    use: Whole
    used: Whole
    turned: Flags


def topology(points: Floats, lengths: Whole) -> Topology:
    """Cut chains into arcs: `points` (n, 2; lon/lat) of all of them, `lengths` how many each has, 2 or more."""
    ids = _places(points)
    starts = starts_of(lengths)
    ends = starts + lengths
    closed = ids[starts] == ids[ends - 1]
    node = _nodes(ids, starts, ends, closed)
    order = _ordered(ids, node, starts, lengths, closed)
    cut = node[ids[order]]
    cut[starts] = cut[ends - 1] = True
    at = np.nonzero(cut)[0]
    # From each cut to the next, but from the end of a chain.
    low = at[~np.isin(at, ends - 1)]
    high = at[~np.isin(at, starts)]
    use = np.concatenate(([0], np.searchsorted(low, ends)))
    return _each_once(points, ids, order, low, high, use)


def _places(points: Floats) -> Whole:
    """A number for each place, the same for the same."""
    units = np.round(points * _UNITS).astype(np.int64)
    keys = (units[:, 0] << 32) ^ (units[:, 1] & 0xFFFFFFFF)
    _, ids = np.unique(keys, return_inverse=True)
    return ids.ravel()


def _nodes(ids: Whole, starts: Whole, ends: Whole, closed: Flags) -> Flags:
    """Whether a place is one where arcs end."""
    inner = np.ones(len(ids), bool)
    inner[ends - 1] = False
    a, b = ids[:-1][inner[:-1]], ids[1:][inner[:-1]]
    moved = a != b
    count = int(ids.max()) + 1
    # Each edge once, as one number: rows are several times as slow to compare.
    edges = np.unique(np.minimum(a, b)[moved] * count + np.maximum(a, b)[moved])
    degree = np.bincount(np.concatenate(np.divmod(edges, count)), minlength=count)
    node = degree != 2
    # A line ends where it ends, also in the middle of another one's way.
    node[ids[starts[~closed]]] = True
    node[ids[ends[~closed] - 1]] = True
    return node


def _ordered(ids: Whole, node: Flags, starts: Whole, lengths: Whole, closed: Flags) -> Whole:
    """The indices of all points, those of each ring from a node on, or where its smallest number is: alike for all who
    share it."""
    order = np.arange(len(ids))
    if not closed.any():
        return order
    first, around = starts[closed], lengths[closed] - 1
    body = ragged(first, first + around)
    owner = np.repeat(np.arange(len(first)), around)
    at = starts_of(around)
    marked = np.minimum.reduceat(np.where(node[ids[body]], body, _FAR), at)
    least = np.minimum.reduceat(ids[body], at)
    smallest = np.minimum.reduceat(np.where(ids[body] == least[owner], body, _FAR), at)
    turn = np.where(marked < _FAR, marked, smallest) - first
    whole = ragged(first, first + around + 1)
    again = np.repeat(np.arange(len(first)), around + 1)
    order[whole] = first[again] + (whole - first[again] + turn[again]) % around[again]
    return order


def _each_once(points: Floats, ids: Whole, order: Whole, low: Whole, high: Whole, use: Whole) -> Topology:
    """Stretches of the ordered points as arcs: the same one, whichever way it runs, is kept once."""
    path = ids[order]
    total = np.concatenate(([0], np.cumsum(path)))
    a, b, c, d = path[low], path[low + 1], path[high - 1], path[high]
    turned = (a > d) | ((a == d) & (b > c))
    keys = (
        np.where(turned, d, a), np.where(turned, c, b), np.where(turned, a, d), high - low,
        total[high + 1] - total[low],
    )  # fmt: skip
    rank = np.lexsort(keys)
    new = np.zeros(len(rank), bool)
    new[:1] = True
    for key in keys:
        new[1:] |= np.diff(key[rank]) != 0
    group = np.empty(len(rank), np.int64)
    group[rank] = np.cumsum(new) - 1
    # Numbered as they come.
    _, met, group = np.unique(group, return_index=True, return_inverse=True)
    place = np.empty(len(met), np.int64)
    place[np.argsort(met)] = np.arange(len(met))
    met = np.sort(met)
    counts = high[met] - low[met] + 1
    owner = np.repeat(np.arange(len(met)), counts)
    within = ragged(np.zeros_like(counts), counts)
    back = turned[met][owner]
    index = order[np.where(back, high[met][owner] - within, low[met][owner] + within)]
    first = starts_of(counts)
    return Topology(points[index], ids[index], first, first + counts, use, place[group.ravel()], turned)
