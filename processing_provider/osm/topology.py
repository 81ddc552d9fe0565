"""The arcs of many lines and rings: each stretch between places where not just two different edges meet, once.

After M. Bostock, TopoJSON, 2012; on flat arrays, so that no line has a Python loop of its own.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .ragged import Flags, Floats, Numbers, Whole, ragged, slices, starts_of

# OSM's own resolution: a coordinate is a whole number of these degrees.
_UNITS = 1e7
_FAR = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Topology:
    """The arcs of some chains (lines or rings).

    Arc `a` has the points `points[first[a]:end[a]]` and the numbers of places `places[first[a]:end[a]]`; chain `c` is
    made of the arcs `used[use[c]:use[c + 1]]`, one after the other, those backwards that are `turned`. Places have
    numbers of 32 bits.
    """

    points: Floats
    places: Numbers
    first: Whole
    end: Whole
    use: Whole
    used: Whole
    turned: Flags


def topology(points: Floats, lengths: Whole) -> Topology:
    """Cut chains into arcs: `points` (n, 2; lon/lat) of all of them, `lengths` how many each has, 2 or more.

    Of a region there are ten millions of points: what has a number for each is as narrow as it can be.
    """
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


def _places(points: Floats) -> Numbers:
    """A number for each place, the same for the same."""
    keys, y = (np.round(points[:, axis] * _UNITS).astype(np.int64) for axis in (0, 1))
    keys <<= 32
    y &= 0xFFFFFFFF
    keys ^= y
    del y
    order = np.argsort(keys)
    keys = keys[order]
    new = np.zeros(len(keys), bool)
    new[1:] = keys[1:] != keys[:-1]
    ids = np.empty(len(keys), np.int32)
    ids[order] = np.cumsum(new, dtype=np.int32)
    return ids


def _nodes(ids: Numbers, starts: Whole, ends: Whole, closed: Flags) -> Flags:
    """Whether a place is one where arcs end."""
    moved = ids[:-1] != ids[1:]
    moved[ends[:-1] - 1] = False
    a, b = ids[:-1][moved], ids[1:][moved]
    count = int(ids.max()) + 1
    # Each edge once, as one number: rows are several times as slow to compare.
    edges = np.minimum(a, b).astype(np.int64)
    edges *= count
    edges += np.maximum(a, b)
    del a, b, moved
    edges.sort()
    new = np.ones(len(edges), bool)
    new[1:] = edges[1:] != edges[:-1]
    edges = edges[new]
    degree = np.bincount(edges // count, minlength=count)
    degree += np.bincount(edges % count, minlength=count)
    node: Flags = degree != 2
    # A line ends where it ends, also in the middle of another one's way.
    node[ids[starts[~closed]]] = True
    node[ids[ends[~closed] - 1]] = True
    return node


def _ordered(ids: Numbers, node: Flags, starts: Whole, lengths: Whole, closed: Flags) -> Numbers:
    """The indices of all points, those of each ring from a node on, or where its smallest number is: alike for all who
    share it."""
    order = np.arange(len(ids), dtype=np.int32)
    begins, counts = starts[closed], lengths[closed]
    for some in slices(counts):
        first, around = begins[some], counts[some] - 1
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


def _each_once(points: Floats, ids: Numbers, order: Numbers, low: Whole, high: Whole, use: Whole) -> Topology:
    """Stretches of the ordered points as arcs: the same one, whichever way it runs, is kept once."""
    path = ids[order]
    total = np.concatenate(([0], np.cumsum(path, dtype=np.int64)))
    length = total[high + 1] - total[low]
    del total
    a, b, c, d = path[low], path[low + 1], path[high - 1], path[high]
    del path
    turned = (a > d) | ((a == d) & (b > c))
    keys = (np.where(turned, d, a), np.where(turned, c, b), np.where(turned, a, d), high - low, length)
    del a, b, c, d, length
    rank = np.lexsort(keys)
    new = np.zeros(len(rank), bool)
    new[:1] = True
    for key in keys:
        new[1:] |= np.diff(key[rank]) != 0
    del keys, key
    group = np.empty(len(rank), np.int64)
    group[rank] = np.cumsum(new) - 1
    # The first of each, since what is alike stays in its order; numbered as they come.
    met = rank[new]
    del rank, new
    place = np.empty(len(met), np.int64)
    place[np.argsort(met)] = np.arange(len(met))
    met.sort()
    used = place[group]
    del place, group
    counts = high[met] - low[met] + 1
    first = starts_of(counts)
    index = np.empty(int(counts.sum()), np.int32)
    for some in slices(counts):
        begin, end, back = low[met[some]], high[met[some]], turned[met[some]]
        owner = np.repeat(np.arange(len(begin)), counts[some])
        within = ragged(np.zeros_like(begin), counts[some])
        index[first[some][0] : first[some][0] + len(within)] = order[
            np.where(back[owner], end[owner] - within, begin[owner] + within)
        ]
    return Topology(points[index], ids[index], first, first + counts, use, used, turned)
