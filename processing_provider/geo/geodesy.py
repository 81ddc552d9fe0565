"""Areas on the WGS 84 ellipsoid, in km2."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import lru_cache
from typing import Iterable, Sequence

from .._vendor.geographiclib.geodesic import Geodesic

Point = tuple[float, float]
# The edges of a box follow its parallels, a geodesic does not: so many pieces bring them together.
_PIECES = 64


def ring_km2(ring: Iterable[Point]) -> float:
    """The area inside a ring of (lon, lat) points joined by geodesics, whichever way it runs."""
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in ring:
        polygon.AddPoint(lat, lon)
    return abs(float(polygon.Compute(False, True)[2])) / 1e6


# A request asks several times for the area of its one box.
@lru_cache(maxsize=256)
def box_km2(west: float, south: float, east: float, north: float) -> float:
    """The area of a lon/lat box between two parallels and two meridians."""
    if east - west > 180:
        # A ring as wide as this may as well lie round the rest of the earth.
        middle = (west + east) / 2
        return box_km2(west, south, middle, north) + box_km2(middle, south, east, north)
    steps = [west + (east - west) * number / _PIECES for number in range(_PIECES + 1)]
    return ring_km2([(lon, south) for lon in steps] + [(lon, north) for lon in reversed(steps)])


def polygons_km2(polygons: Sequence[Sequence[Sequence[Point]]]) -> float:
    """The area of polygons, each an outer ring and its holes."""
    return sum(ring_km2(rings[0]) - sum(ring_km2(hole) for hole in rings[1:]) for rings in polygons)
