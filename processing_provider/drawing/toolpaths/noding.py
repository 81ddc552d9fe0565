"""Lines that share a way drawn once: corners that nearly meet are one, walls of two houses one line."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt
from qgis.core import QgsGeometry

from ..model import Box, Points

Integers = npt.NDArray[np.int64]
# Corners are kept to so many mm, and what lies closer to each other, or to a line, is one place.
_GRID, _NEAR = 0.005, 0.02
# Cells in which what may be near is looked for, and how far apart a line asks for them, in mm.
_CELL, _STEP = 0.5, 0.25
# Lines on the frame are cut with it.
_ON_FRAME = 0.02
_PAIR = np.dtype([("order", "u1"), ("kind", "<u4"), ("count", "<u4"), ("points", "<f8", (2, 2))])
_LINE, _LINES = 2, 5


def within(segments: Points, box: Box) -> Points:
    """The parts of segments (n, 4: x, y, x, y) in a box (Liang and Barsky 1984), those along its edge left out."""
    left, top, right, bottom = box
    low, high = _inside(segments, box)
    keep = low < high
    segments, low, high = segments[keep], low[keep], high[keep]
    start, step = segments[:, :2], segments[:, 2:] - segments[:, :2]
    cut = np.hstack([start + low[:, None] * step, start + high[:, None] * step])
    along = np.zeros(len(cut), bool)
    for axis, edges in ((0, (left, right)), (1, (top, bottom))):
        for edge in edges:
            along |= (abs(cut[:, axis] - edge) < _ON_FRAME) & (abs(cut[:, axis + 2] - edge) < _ON_FRAME)
    return cut[~along]


def _inside(segments: Points, box: Box) -> tuple[Points, Points]:
    """From where to where, as shares of its length, each segment is in a box; the first not below the second: never."""
    left, top, right, bottom = box
    start, step = segments[:, :2], segments[:, 2:] - segments[:, :2]
    low, high = np.zeros(len(segments)), np.ones(len(segments))
    for axis, least, most in ((0, left, right), (1, top, bottom)):
        with np.errstate(divide="ignore", invalid="ignore"):
            one, two = (least - start[:, axis]) / step[:, axis], (most - start[:, axis]) / step[:, axis]
        level = step[:, axis] == 0
        inside = (start[:, axis] >= least) & (start[:, axis] <= most)
        one = np.where(level, np.where(inside, -np.inf, np.inf), one)
        two = np.where(level, np.inf, two)
        low, high = np.maximum(low, np.minimum(one, two)), np.minimum(high, np.maximum(one, two))
    return low, high


def without(segments: Points, box: Box) -> Points:
    """The parts of segments (n, 4) outside a box."""
    low, high = _inside(segments, box)
    crosses = low < high
    beside, crossing, low, high = segments[~crosses], segments[crosses], low[crosses], high[crosses]
    start, step = crossing[:, :2], crossing[:, 2:] - crossing[:, :2]
    first = np.hstack([start, start + low[:, None] * step])[low > 0]
    second = np.hstack([start + high[:, None] * step, crossing[:, 2:]])[high < 1]
    return np.concatenate([beside, first, second])


def joined(segments: Points) -> list[Points]:
    """Segments (n, 4) as the fewest lines, each way once; a line ends where others meet it or it is closed."""
    nodes, edges = _noded(segments)
    if not len(edges):
        return []
    # Places that became one bend a fine curve to and fro.
    return lines_of(_geometry(nodes[edges]).mergeLines().simplify(_NEAR))


def away_from(segments: Points, strokes: Points, room: float) -> Points:
    """The parts of segments (n, 4) that are further than `room` mm from strokes (m, 4), to a quarter of one."""
    if not len(segments) or not len(strokes):
        return segments
    taken, _, _ = _sampled(strokes, room / 3)
    keys = _keys(_cells(taken, room))
    order = np.argsort(keys, kind="stable")
    points, segment, along = _sampled(segments, _STEP)
    asked = _around(_cells(points, room))
    which, place = _matches(asked.ravel(), keys[order])
    which, other = which // asked.shape[1], order[place]
    free = np.ones(len(points), bool)
    free[which[np.hypot(*(points[which] - taken[other]).T) < room]] = False
    # Between two places that are free, of one segment, its piece stays; pieces that follow one another are one.
    kept = free[:-1] & free[1:] & (segment[:-1] == segment[1:])
    joins = kept[:-1] & kept[1:] & (segment[:-2] == segment[1:-1])
    first = np.flatnonzero(kept & ~np.concatenate([[False], joins]))
    last = np.flatnonzero(kept & ~np.concatenate([joins, [False]])) + 1
    start, step = segments[segment[first], :2], segments[segment[first], 2:] - segments[segment[first], :2]
    parts: Points = np.hstack([start + along[first, None] * step, start + along[last, None] * step])
    return parts


def _sampled(segments: Points, apart: float) -> tuple[Points, Integers, Points]:
    """Places on segments (n, 4) at most so far apart, their ends among them; which segment, and how far along it."""
    start, step = segments[:, :2], segments[:, 2:] - segments[:, :2]
    steps = np.ceil(np.hypot(*step.T) / apart).astype(np.int64) + 1
    steps = np.maximum(steps, 2)
    which = np.repeat(np.arange(len(segments)), steps)
    count = np.arange(len(which)) - np.repeat(np.cumsum(steps) - steps, steps)
    along = count / (steps[which] - 1)
    return start[which] + along[:, None] * step[which], which, along


def _geometry(ends: Points) -> QgsGeometry:
    """Pairs of places (n, 2, 2) as lines of QGIS."""
    pairs = np.empty(len(ends), _PAIR)
    pairs["order"], pairs["kind"], pairs["count"], pairs["points"] = 1, _LINE, 2, ends
    geometry = QgsGeometry()
    geometry.fromWkb(struct.pack("<BII", 1, _LINES, len(pairs)) + pairs.tobytes())
    return geometry


def lines_of(geometry: QgsGeometry) -> list[Points]:
    """The lines of a geometry of QGIS, each (n, 2)."""
    data = bytes(geometry.asWkb())
    _, kind, count = struct.unpack_from("<BII", data)
    if kind == _LINE:
        return [np.frombuffer(data, "<f8", 2 * count, 9).reshape(-1, 2)]
    found, place = [], 9
    for _ in range(count):
        length = struct.unpack_from("<I", data, place + 5)[0]
        found.append(np.frombuffer(data, "<f8", 2 * length, place + 9).reshape(-1, 2))
        place += 9 + 16 * length
    return found


def _noded(segments: Points) -> tuple[Points, Integers]:
    """Places (n, 2) and the pairs of them (m, 2) that segments connect, none twice."""
    places = np.rint(segments.reshape(-1, 2) / _GRID).astype(np.int64)
    _, first, number = np.unique(_keys(places), return_index=True, return_inverse=True)
    nodes = places[first] * _GRID
    edges = _same(nodes)[number].reshape(-1, 2)
    edges = _once(edges)
    return nodes, _once(_split(nodes, edges))


def _keys(places: Integers) -> Integers:
    """One number for each pair of whole numbers."""
    keys: Integers = (places[:, 0] << 32) + (places[:, 1] & 0xFFFFFFFF)
    return keys


def _once(edges: Integers) -> Integers:
    """Each pair once, whichever way, without those of a place with itself."""
    edges = np.sort(edges[edges[:, 0] != edges[:, 1]], axis=1)
    order = np.unique(_keys(edges), return_index=True)[1]
    return edges[np.sort(order)]


def _cells(points: Points, size: float) -> Integers:
    return np.floor(points / size).astype(np.int64)


def _matches(asked: Integers, sorted_keys: Integers) -> tuple[Integers, Integers]:
    """For each key that is asked for, the places where it stands among sorted ones: (which asked, which place)."""
    low, high = (np.searchsorted(sorted_keys, asked, side) for side in ("left", "right"))
    counts = high - low
    which = np.repeat(np.arange(len(asked)), counts)
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
    return which, place


def _around(cells: Integers) -> Integers:
    """The keys of each cell and its eight neighbours, (n, 9)."""
    shifts = np.array([(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)])
    return _keys((cells[:, None] + shifts).reshape(-1, 2)).reshape(-1, len(shifts))


def _same(nodes: Points) -> Integers:
    """For each place the first of those that are near it."""
    cells = _cells(nodes, _NEAR)
    keys = _keys(cells)
    order = np.argsort(keys, kind="stable")
    asked = _around(cells)
    which, place = _matches(asked.ravel(), keys[order])
    which, other = which // asked.shape[1], order[place]
    near = np.hypot(*(nodes[which] - nodes[other]).T) < _NEAR
    which, other = which[near], other[near]
    least = np.arange(len(nodes))
    np.minimum.at(least, which, other)
    # Not from one to the next: a fine curve would shrink to a point.
    is_first = least == np.arange(len(nodes))
    label: Integers = np.where(is_first[least], least, np.arange(len(nodes)))
    return label


def _split(nodes: Points, edges: Integers) -> Integers:
    """The pairs, those that another place lies on being two."""
    used = np.unique(edges)
    keys = _keys(_cells(nodes[used], _CELL))
    order = np.argsort(keys, kind="stable")
    held = np.unique(keys)
    start, end = nodes[edges[:, 0]], nodes[edges[:, 1]]
    lengths = np.hypot(*(end - start).T)
    places, edge, _ = _sampled(np.hstack([start, end]), _STEP)
    around = _around(_cells(places, _CELL))
    edge, asked = np.repeat(edge, around.shape[1]), around.ravel()
    # A cell that several steps of a line ask for is asked once; most of them hold nothing.
    number = np.searchsorted(held, asked).clip(max=len(held) - 1)
    is_held = held[number] == asked
    both = np.unique(edge[is_held] * len(held) + number[is_held])
    edge, number = both // max(len(held), 1), both % max(len(held), 1)
    which, place = _matches(held[number], keys[order])
    edge, node = edge[which], used[order[place]]
    own = (node == edges[edge, 0]) | (node == edges[edge, 1])
    edge, node = edge[~own], node[~own]
    way, offset = (end - start)[edge], nodes[node] - start[edge]
    share = (way * offset).sum(axis=1) / np.maximum(lengths[edge] ** 2, 1e-12)
    away = abs(way[:, 0] * offset[:, 1] - way[:, 1] * offset[:, 0]) / np.maximum(lengths[edge], 1e-12)
    on = (share > 0) & (share < 1) & (away < _NEAR)
    edge, node, share = edge[on], node[on], share[on]
    every = np.concatenate([np.arange(len(edges)), edge, np.arange(len(edges))])
    at = np.concatenate([np.full(len(edges), -1.0), share, np.full(len(edges), 2.0)])
    place = np.concatenate([edges[:, 0], node, edges[:, 1]])
    order = np.lexsort((at, every))
    every, place = every[order], place[order]
    same = every[:-1] == every[1:]
    return np.column_stack([place[:-1][same], place[1:][same]])
