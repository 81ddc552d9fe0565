"""The rectangle that a user sees, in a CRS of the project, as the area of a request."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsRectangle,
)

from ...errors import RequestError
from ...geo.area import Area, Extent
from ...geo.projection import EDGE_PIECES, WGS84
from ...text.sentence import say

_LONLAT = QgsCoordinateReferenceSystem(WGS84)


def crs_name(crs: QgsCoordinateReferenceSystem) -> str:
    """The CRS as requests have it: its code, or a PROJ string where it is nobody's but the user's."""
    code = str(crs.authid())
    return code if code.split(":")[0] in ("EPSG", "ESRI") else str(crs.toProj())


def area_of(
    box: QgsRectangle,
    given: QgsCoordinateReferenceSystem,
    target: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> Area:
    """The area of a rectangle in the CRS `given`: exactly a rectangle there, or in `target` where that is projected.

    Raises RequestError where it is empty or lies nowhere.
    """
    if box.isEmpty() or not box.isFinite():
        raise RequestError("bad_extent", "The extent is empty: its sides must rise in pairs.", "extent")
    nowhere = RequestError("bad_extent", say("The extent lies outside what {0} can show.", crs_name(target)), "extent")
    crs = given
    try:
        if target.isValid() and not target.isGeographic() and target != given:
            box = QgsCoordinateTransform(given, target, context).transformBoundingBox(box)
            crs = target
        way = QgsCoordinateTransform(crs, _LONLAT, context)
        middle = way.transform(box.center())
        outline = QgsGeometry.fromRect(box).densifyByCount(EDGE_PIECES)
        outline.transform(way)
    except QgsCsException as error:
        raise nowhere from error
    ring = [(point.x(), point.y()) for point in outline.asPolygon()[0]]
    centre = (middle.x(), middle.y())
    if not box.isFinite() or not all(math.isfinite(value) for point in [*ring, centre] for value in point):
        raise nowhere
    extent = Extent(crs_name(crs), box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum(), centre)
    lons, lats = [point[0] for point in ring], [point[1] for point in ring]
    # Round a pole or across the antimeridian the outline of a rectangle is none in degrees.
    steps = [other - one for one, other in zip(lons, lons[1:])]
    torn = any(abs(step) > 180 for step in steps)
    west, east = (-180.0, 180.0) if torn else (max(min(lons), -180.0), min(max(lons), 180.0))
    south, north = max(min(lats), -90.0), min(max(lats), 90.0)
    if abs(sum((step + 180) % 360 - 180 for step in steps)) > 180:
        south, north = (south, 90.0) if middle.y() > 0 else (-90.0, north)
    if west >= east or south >= north:
        raise nowhere
    inside = not torn and min(lons) >= -180 and max(lons) <= 180 and min(lats) >= south and max(lats) <= north
    rings = ((tuple(ring),),) if inside and crs != _LONLAT else ()
    return Area(west, south, east, north, rings, extent)
