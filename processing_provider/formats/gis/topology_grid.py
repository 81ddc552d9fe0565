"""The lines and rings of map data on the grid of a TopoJSON file, and the arcs that they share."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np

from ...osm import wkb
from ...osm.ragged import Flags, Floats, Whole, starts_of
from ...osm.topology import Topology, topology

# The places of a topology are whole numbers of this unit, of 31 bits.
_UNIT = 1e-7
_MOST_STEPS = 2**31 - 1


@dataclass(frozen=True)
class Grid:
    """Where a grid begins and how wide its steps are, by axis; `box` is xmin, ymin, xmax, ymax of what is on it."""

    origin: Floats
    step: Floats
    box: tuple[float, float, float, float]

    def places(self, points: Floats) -> Whole:
        """Points (n, 2) as whole steps from the origin."""
        places: Whole = np.rint((points - self.origin) / self.step).astype(np.int64)
        return places


def grid(box: tuple[float, float, float, float], step: float, count: int) -> Grid:
    """The grid of a box: steps of the CRS's units, or so many (`count`) along each axis where that is not 0."""
    low, high = np.array(box[:2]), np.array(box[2:])
    size = np.maximum(high - low, step)
    steps = size / (count - 1) if count else np.full(2, step)
    return Grid(low, np.maximum(steps, size / _MOST_STEPS), box)


def arcs(shapes: Sequence[bytes], on: Grid) -> tuple[Topology, Whole]:
    """The arcs of lines and polygons, and per shape the number of its first line or ring (one more at the end).

    Outer rings run clockwise and holes against it, as D3 fills them on the globe. Points that fall on the one before
    are left out, unless too few remain of a line or ring.
    """
    found = wkb.chains(shapes)
    points = wkb.points(shapes, found)
    if not len(found.counts):
        return topology(np.zeros((2, 2)), np.array([2])), found.first
    rings = np.repeat(found.areas, np.diff(found.first))
    backwards = rings & (_is_clockwise(points, found.counts) != _outer(shapes, int(rings.sum()), rings))
    places = on.places(points[_turned(found.counts, backwards)])
    del points
    kept = _kept(places, found.counts, np.where(rings, 4, 2))
    counts = np.add.reduceat(kept.astype(np.int64), starts_of(found.counts))
    return topology(places[kept] * _UNIT, counts), found.first


def parts(shape: bytes) -> list[int]:
    """How many lines or rings each part of a shape has."""
    start = wkb.wkb_start(shape)
    code, count = shape[start + 1], int.from_bytes(shape[start + 5 : start + 9], "little")
    if code == 5:
        return [1] * count
    at, rings = start + 9, []
    for _ in range(count):
        rings.append(int.from_bytes(shape[at + 5 : at + 9], "little"))
        at += 9
        for _ in range(rings[-1]):
            at += 4 + 16 * int.from_bytes(shape[at : at + 4], "little")
    return rings


def _outer(shapes: Sequence[bytes], total: int, rings: Flags) -> Flags:
    """Which chains are the first ring of a polygon."""
    outer = np.zeros(len(rings), bool)
    counts = np.array([n for shape in shapes if wkb.is_polygon(shape) for n in parts(shape)], np.int64)
    first = np.zeros(total, bool)
    first[starts_of(counts)] = True
    outer[rings] = first
    return outer


def _is_clockwise(points: Floats, counts: Whole) -> Flags:
    """Whether the area that each chain encloses is counted negative."""
    starts = starts_of(counts)
    # Near the origin, where differences of products are exact enough.
    x, y = (points - np.repeat(points[starts], counts, axis=0)).T
    cross = np.zeros(len(points))
    cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    cross[starts + counts - 1] = 0
    clockwise: Flags = np.add.reduceat(cross, starts) < 0
    return clockwise


def _turned(counts: Whole, backwards: Flags) -> Whole:
    """The indices of all points, those of some chains from their last to their first."""
    index = np.arange(int(counts.sum()))
    starts = starts_of(counts)
    other = np.repeat(2 * starts + counts - 1, counts) - index
    return np.where(np.repeat(backwards, counts), other, index)


def _kept(places: Whole, counts: Whole, least: Whole) -> Flags:
    """Which points stay: not those that lie where the one before does, while `least` of a chain remain."""
    starts = starts_of(counts)
    kept = np.ones(len(places), bool)
    kept[1:] = (places[1:] != places[:-1]).any(axis=1)
    kept[starts] = True
    few = np.add.reduceat(kept.astype(np.int64), starts) < least
    kept |= np.repeat(few, counts)
    return kept
