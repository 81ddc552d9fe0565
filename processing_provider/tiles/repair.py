"""Polygons of a vector tile whose rings no longer fit together, put together anew.

Mapbox Vector Tile 2.1, 4.3.4.4: what is a hole and what another polygon is told by the direction of a ring alone.
Rounding to the tile's units can turn thin rings round, or lead one through itself; only such polygons are worked at
(see sound), which are few.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Iterator, List, Sequence

import numpy as np
from osgeo import ogr

if TYPE_CHECKING:
    import numpy.typing as npt

    Ring = npt.NDArray[np.int64]

_POLYGON, _MULTIPOLYGON = 3, 6
_MANY, _COUNT = struct.Struct("<BII"), struct.Struct("<I")
# Bytes of a point.
_POINT = 16
# Rounding what was put together anew can break it once more.
_TRIES = 3


def is_valid(rings: Sequence[bytes], outer: Sequence[bool]) -> bool:
    """Whether GEOS finds no fault in the polygons of rings: the doubles of their points, and which begin a polygon."""
    return bool(_polygons(rings, outer).IsValid())


def area(ring: Ring) -> int:
    """Twice the area of a ring, positive where it runs as an outer one does."""
    x, y = ring.T
    return int(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]) + x[-1] * y[0] - x[0] * y[-1])


def sound(parts: List[Ring]) -> List[Ring]:
    """The rings of what lies in an odd number of rings, turned as the specification has them; none where that is
    nothing.
    """
    for _ in range(_TRIES):
        whole = ogr.Geometry(ogr.wkbPolygon)
        for part in parts:
            ring = _shape([part]).MakeValid()
            whole = whole.SymDifference(ring) if ring is not None else whole
            if whole is None:
                return []
        parts = list(_rounded(whole))
        if not parts or _shape(parts).IsValid():
            return parts
    return []


def _rounded(shape: ogr.Geometry) -> Iterator[Ring]:
    """The rings of polygons in whole units, outer ones with y downwards from left to right, holes the other way."""
    if shape.GetGeometryType() == ogr.wkbPolygon:
        for place in range(shape.GetGeometryCount()):
            points = np.rint(np.array(shape.GetGeometryRef(place).GetPoints())[:-1, :2]).astype(np.int64)
            ring = points[(points != points[np.arange(-1, len(points) - 1)]).any(axis=1)]
            size = area(ring) if len(ring) > 2 else 0
            if size:
                yield ring if (size > 0) == (place == 0) else ring[::-1]
            elif place == 0:
                return
    else:
        for place in range(shape.GetGeometryCount()):
            yield from _rounded(shape.GetGeometryRef(place))


def _shape(parts: List[Ring]) -> ogr.Geometry:
    """Polygons as a reader of the tile takes them: each ring that runs as an outer one begins another."""
    return _polygons([part.astype("<f8").tobytes() for part in parts], [area(part) > 0 for part in parts])


def _polygons(rings: Sequence[bytes], outer: Sequence[bool]) -> ogr.Geometry:
    """Rings as one multipolygon (OGC 06-103r4, 8.2)."""
    first = [0] + [place for place, begins in enumerate(outer) if begins and place]
    pieces = [_MANY.pack(1, _MULTIPOLYGON, len(first))]
    for low, high in zip(first, [*first[1:], len(rings)]):
        pieces.append(_MANY.pack(1, _POLYGON, high - low))
        for ring in rings[low:high]:
            pieces += [_COUNT.pack(len(ring) // _POINT + 1), ring, ring[:_POINT]]
    return ogr.CreateGeometryFromWkb(b"".join(pieces))
