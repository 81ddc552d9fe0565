"""Areas without holes, as Garmin's devices know them: one that has some is cut through these."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator

import numpy as np
from osgeo import ogr

from ...geo.geometry import extracted
from ...osm.ragged import Floats


def without_holes(polygon: ogr.Geometry) -> Iterator[Floats]:
    """The outlines (n, 2) of pieces that cover a polygon, or several, and nothing else; the first point once.

    The cut goes through the middle of the hole that as many holes lie on either side of, so that a wood with a
    thousand clearings is cut ten times and not a thousand.
    """
    waiting = [polygon]
    while waiting:
        geometry = waiting.pop()
        if geometry.GetGeometryName() != "POLYGON":
            waiting += [geometry.GetGeometryRef(part).Clone() for part in range(geometry.GetGeometryCount())]
        elif geometry.GetGeometryCount() > 1:
            waiting += _halves(geometry)
        elif geometry.GetGeometryCount():
            yield np.array(geometry.GetGeometryRef(0).GetPoints())[:-1, :2]


def _halves(polygon: ogr.Geometry) -> list[ogr.Geometry]:
    west, east, south, north = polygon.GetEnvelope()
    across = east - west > north - south
    boxes = [polygon.GetGeometryRef(ring).GetEnvelope() for ring in range(1, polygon.GetGeometryCount())]
    middles = sorted((box[0] + box[1]) / 2 if across else (box[2] + box[3]) / 2 for box in boxes)
    at = middles[len(middles) // 2]
    low, high = ((west, at, south, north), (at, east, south, north))
    if not across:
        low, high = ((west, east, south, at), (west, east, at, north))
    pieces = (extracted(polygon.Intersection(_box(*half)), "polygon") for half in (low, high))
    return [piece for piece in pieces if piece is not None]


def _box(west: float, east: float, south: float, north: float) -> ogr.Geometry:
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in ((west, south), (east, south), (east, north), (west, north), (west, south)):
        ring.AddPoint_2D(x, y)
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(ring)
    return polygon
