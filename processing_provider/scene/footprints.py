"""The footprints of a table: rings on whole centimetres, flat, one polygon after another."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Mapping

import numpy as np

from .model import Floats, Integers
from .subdivision.ragged import spread

# Steps of a metre in which corners are counted.
GRID = 100


@dataclass(frozen=True, eq=False)
class Footprints:
    """Polygons: `tags[features[i]]` are those of polygon i, whose rings are those from first_rings[i] on, the outer one
    first; ring k has the corners (whole centimetres) from ring_starts[k] on, open. Both lists end with the end.
    """

    tags: List[Dict[str, Any]]
    features: Integers
    first_rings: Integers
    ring_starts: Integers
    corners: Integers

    @property
    def count(self) -> int:
        """The number of polygons."""
        return len(self.features)

    def ring_owners(self) -> Integers:
        """The polygon of each ring."""
        return np.repeat(np.arange(self.count), np.diff(self.first_rings))

    def segments(self) -> tuple[Integers, Integers]:
        """The sides of all rings (n, 4), sorted by the polygon that each is of."""
        lengths = np.diff(self.ring_starts)
        then = np.arange(len(self.corners)) + 1
        then[self.ring_starts[1:] - 1] = self.ring_starts[:-1]
        owners = np.repeat(np.repeat(np.arange(self.count), np.diff(self.first_rings)), lengths)
        return np.hstack([self.corners, self.corners[then]]), owners

    def outer_rings(self) -> tuple[Integers, Integers]:
        """Where the outer ring of each polygon starts, and how many corners it has."""
        first = self.first_rings[:-1]
        return self.ring_starts[first], self.ring_starts[first + 1] - self.ring_starts[first]

    def chosen(self, which: Integers) -> Footprints:
        """Some of the polygons."""
        counts = np.diff(self.first_rings)[which]
        rings = spread(self.first_rings[which], counts)
        lengths = np.diff(self.ring_starts)[rings]
        return Footprints(
            self.tags, self.features[which], _bounds(counts), _bounds(lengths),
            self.corners[spread(self.ring_starts[rings], lengths)],
        )  # fmt: skip

    def rings(self, polygon: int) -> tuple[Floats, ...]:
        """The rings of a polygon in metres."""
        first, last = int(self.first_rings[polygon]), int(self.first_rings[polygon + 1])
        bounds = self.ring_starts[first : last + 1].tolist()
        return tuple(self.corners[a:b] / GRID for a, b in zip(bounds, bounds[1:]))


def _bounds(counts: Integers) -> Integers:
    return np.concatenate([np.zeros(1, "i8"), np.cumsum(counts)])


def footprints(features: Iterable[tuple[bytes, Mapping[str, Any]]]) -> Footprints:
    """The polygons of geometries as little-endian WKB with their tags; rings of less than three corners are none.

    Outer rings run counter-clockwise, inner ones clockwise.
    """
    tags: List[Dict[str, Any]] = []
    owners: List[int] = []
    ring_counts: List[int] = []
    rings: List[Any] = []
    for wkb, known in features:
        number = len(tags)
        tags.append(dict(known))
        for polygon in _polygons(wkb):
            owners.append(number)
            ring_counts.append(len(polygon))
            rings += polygon
    counts = np.array([len(ring) // 16 for ring in rings], "i8")
    flat = np.frombuffer(b"".join(rings), "<f8").reshape(-1, 2)
    made = Footprints(
        tags, np.array(owners, "i8"), _bounds(np.array(ring_counts, "i8")), _bounds(counts),
        np.rint(flat * GRID).astype("i8"),
    )  # fmt: skip
    return _oriented(_without_repeats(made))


def _polygons(wkb: bytes) -> List[List[bytes]]:
    """The rings of each polygon of a geometry, as bytes of their points, the last of which repeats the first."""
    kind, count = struct.unpack_from("<II", wkb, 1)
    at, number = 5, 1
    if kind % 1000 == 6:
        at, number = 9, count
    elif kind % 1000 != 3:
        return []
    found = []
    for _ in range(number):
        if kind % 1000 == 6:
            at += 5
        (rings,) = struct.unpack_from("<I", wkb, at)
        at += 4
        polygon = []
        for _ in range(rings):
            (points,) = struct.unpack_from("<I", wkb, at)
            polygon.append(wkb[at + 4 : at + 4 + 16 * points])
            at += 4 + 16 * points
        if polygon and len(polygon[0]) >= 64:
            found.append([ring for ring in polygon if len(ring) >= 64])
    return found


def _without_repeats(made: Footprints) -> Footprints:
    """Without corners that are those before them on the grid, and thus without the last of each ring."""
    lengths = np.diff(made.ring_starts)
    ring = np.repeat(np.arange(len(lengths)), lengths)
    same = np.zeros(len(made.corners), bool)
    same[1:] = (made.corners[1:] == made.corners[:-1]).all(axis=1) & (ring[1:] == ring[:-1])
    last = made.ring_starts[1:] - 1
    # What repeats the first corner at the end goes, unless it is the first.
    same[last] |= (made.corners[last] == made.corners[made.ring_starts[:-1]]).all(axis=1) & (lengths > 1)
    kept = np.bincount(ring[~same], minlength=len(lengths)) if len(ring) else lengths
    return Footprints(made.tags, made.features, made.first_rings, _bounds(kept), made.corners[~same])


def _oriented(made: Footprints) -> Footprints:
    """With outer rings counter-clockwise, inner ones clockwise."""
    if not len(made.corners):
        return made
    starts, lengths = made.ring_starts[:-1], np.diff(made.ring_starts)
    ring = np.repeat(np.arange(len(lengths)), lengths)
    then = np.arange(len(made.corners)) + 1
    then[made.ring_starts[1:] - 1] = starts
    local = made.corners - made.corners[starts][ring]
    areas = np.add.reduceat(local[:, 0] * local[then, 1] - local[then, 0] * local[:, 1], starts)
    is_outer = np.zeros(len(lengths), bool)
    is_outer[made.first_rings[:-1]] = True
    turned = (areas > 0) != is_outer
    place = np.arange(len(ring))
    place = np.where(turned[ring], starts[ring] + made.ring_starts[1:][ring] - 1 - place, place)
    return Footprints(made.tags, made.features, made.first_rings, made.ring_starts, made.corners[place])
