"""The outer rings of a vector tile's polygons, turned the way the specification has them.

Mapbox Vector Tile 2.1, 4.3.4.4: the first ring of a polygon has a positive area, with y downwards. Rounding to the
tile's units can turn a thin one round, and a reader then takes the polygon for a hole of nothing.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Iterable

import numpy as np

from .mvt import CLOSE, LINE, MOVE, POLYGON, Feature, Layer, numbers, unfolded, varint

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True)
class Rings:
    """All rings of some polygons: whose each is, where its points begin and end, the points, and the areas."""

    owner: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    points: npt.NDArray[np.int64]
    area: npt.NDArray[np.int64]


def rewind(layer: Layer) -> int:
    """Turn the first rings of the layer's polygons that lie the wrong way round; how many."""
    areas = [item for item in layer.features if item.kind == POLYGON]
    if not areas:
        return 0
    rings = read(areas)
    first = np.concatenate(([True], rings.owner[1:] != rings.owner[:-1]))
    wrong = np.flatnonzero(first & (rings.area < 0))
    for number in wrong:
        _turn(areas[rings.owner[number]], rings, int(number))
    return len(wrong)


def read(areas: list[Feature]) -> Rings:
    """The rings of polygons; points are counted from wherever the first one lies."""
    whole = numbers(b"".join(item.geometry for item in areas))
    lengths = [_count(item.geometry) for item in areas]
    commands, owner, sizes = [], [], []
    values, place = whole.tolist(), 0
    for number, length in enumerate(lengths):
        end = place + length
        while place < end:
            # A ring: move to, its first point; line to, the others; close.
            points = (values[place + 3] >> 3) + 1
            commands += [place, place + 3, place + 2 * points + 2]
            owner.append(number)
            sizes.append(points)
            place += 2 * points + 3
    steps = np.ones(len(whole), bool)
    steps[commands] = False
    points = np.cumsum(unfolded(whole[steps]).reshape(-1, 2), axis=0)
    start = np.concatenate(([0], np.cumsum(sizes)))
    return Rings(np.array(owner), start, points, _areas(points, start))


def _count(geometry: bytes) -> int:
    array = np.frombuffer(geometry, np.uint8)
    return int(np.count_nonzero(array < 0x80))


def _areas(points: npt.NDArray[np.int64], start: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Twice the area of each ring, positive where it is an outer one."""
    local = points - np.repeat(points[start[:-1]], np.diff(start), axis=0)
    following = np.roll(local, -1, axis=0)
    # After the last point of a ring comes its first, the origin.
    following[start[1:] - 1] = 0
    cross = local[:, 0] * following[:, 1] - following[:, 0] * local[:, 1]
    return np.add.reduceat(cross, start[:-1])


def _turn(item: Feature, rings: Rings, wrong: int) -> None:
    """Write a polygon anew with one of its rings turned."""
    mine = np.flatnonzero(rings.owner == rings.owner[wrong])
    # Where the cursor stood before: points go on from the polygons before this one.
    begin = int(rings.start[mine[0]])
    origin = rings.points[begin - 1] if begin else np.zeros(2, np.int64)
    whole = []
    for number in mine:
        ring = rings.points[rings.start[number] : rings.start[number + 1]] - origin
        whole.append(np.concatenate((ring[:1], ring[:0:-1])) if number == wrong else ring)
    item.geometry = encoded(whole)


def encoded(rings: Iterable[npt.NDArray[np.int64]]) -> bytes:
    """The geometry of polygons whose rings are these, each without its first point at the end."""
    cursor, parts = np.zeros(2, np.int64), []
    for ring in rings:
        moves = np.diff(ring, axis=0, prepend=cursor[None])
        folded = ((moves << 1) ^ (moves >> 63)).ravel().tolist()
        parts += [1 << 3 | MOVE, *folded[:2], len(ring) - 1 << 3 | LINE, *folded[2:], 1 << 3 | CLOSE]
        cursor = ring[-1]
    return b"".join(map(varint, parts))
