"""Areas of several rings as one ring, for formats whose polygons have no holes: bridges of no width lead to each."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ...drawing.model import Path, Points


def one_ring(path: Path) -> Points:
    """The outline of all that a path of lines covers, (n, 2) mm, its last point the first: filled by whichever rule.

    Holes go round the other way. What a bridge covers is nothing, wherever it leads.
    """
    rings = [ring for ring in (_closed(points) for points, _, _ in path.subpaths()) if len(ring) > 3]
    if not rings:
        return _closed(path.points)
    if len(rings) == 1:
        return rings[0]
    depths = _depths(rings)
    turned = [ring if (_area(ring) > 0) == (depth % 2 == 0) else ring[::-1] for ring, depth in zip(rings, depths)]
    largest = int(np.argmax([abs(_area(ring)) for ring in rings]))
    whole = turned.pop(largest)
    # Loops by the place where they leave the largest ring.
    loops: dict[int, list[Points]] = {}
    for ring in turned:
        start = int(np.argmin(ring[:-1, 0]))
        loop = np.vstack([ring[start:-1], ring[: start + 1]])
        place = int(np.argmin(((whole - loop[0]) ** 2).sum(axis=1)))
        loops.setdefault(place, []).append(loop)
    pieces: list[Points] = []
    before = 0
    for place, leaving in sorted(loops.items()):
        pieces.append(whole[before : place + 1])
        for loop in leaving:
            pieces += [loop, whole[place : place + 1]]
        before = place + 1
    return np.vstack([*pieces, whole[before:]])


def _closed(ring: Points) -> Points:
    return ring if bool((ring[0] == ring[-1]).all()) else np.vstack([ring, ring[:1]])


def _area(ring: Points) -> float:
    """Twice the area, positive where a ring goes round clockwise on the page."""
    x, y = (ring - ring[0]).T
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))


def _depths(rings: list[Points]) -> list[int]:
    """In how many of the other rings each ring begins."""
    lows = np.array([ring.min(axis=0) for ring in rings])
    highs = np.array([ring.max(axis=0) for ring in rings])
    depths = []
    for number, ring in enumerate(rings):
        near = ((lows <= ring[0]) & (highs >= ring[0])).all(axis=1)
        near[number] = False
        depths.append(sum(_is_in(ring[0], rings[other]) for other in np.flatnonzero(near).tolist()))
    return depths


def _is_in(point: Points, ring: Points) -> bool:
    """Whether a point lies in a ring: a ray to the right crosses it an odd number of times."""
    (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
    crosses = (y0 > point[1]) != (y1 > point[1])
    x = x0[crosses] + (point[1] - y0[crosses]) * (x1[crosses] - x0[crosses]) / (y1[crosses] - y0[crosses])
    return bool((x > point[0]).sum() % 2)
