"""Features as the polylines that every CAD format draws: to the millimetre, without repeated points."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator, List, Tuple

from osgeo import ogr

Points = List[Tuple[float, float]]


def polylines(geometry: ogr.Geometry, kind: str) -> Iterator[tuple[Points, bool]]:
    """Points and closedness of every line, or of every ring of every polygon; what falls to a point is left out."""
    for index in range(geometry.GetGeometryCount()):
        part = geometry.GetGeometryRef(index)
        closed = kind == "polygon"
        chains = [part.GetGeometryRef(ring) for ring in range(part.GetGeometryCount())] if closed else [part]
        for chain in chains:
            points = rounded(chain.GetPoints(2), closed)
            if len(points) >= (3 if closed else 2):
                yield points, closed


def rounded(points: Points, closed: bool) -> Points:
    """To the millimetre, each point once; a ring without its first point at the end."""
    near = [(round(x, 3), round(y, 3)) for x, y in points]
    kept = [p for n, p in enumerate(near) if n == 0 or p != near[n - 1]]
    if closed and len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return kept
