"""CRSs of an area, and the area in them; its edges are densified before they are projected."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from . import crs_faults

if TYPE_CHECKING:
    from osgeo import ogr, osr

    from .area import Area

WGS84 = "EPSG:4326"


# An edge of a box is cut in so many pieces before it is projected: at 100 pieces the sagitta of a parallel
# 5 degrees long is below a millimetre on any paper.
EDGE_PIECES = 100


# Degrees beyond which a transverse Mercator bends an area too much.
_WIDE = 20.0


def local_crs(area: Area) -> str:
    """A transverse Mercator on WGS 84 with its origin at the centre of `area`, metres, true scale there.

    For an area too wide for that, the plate carrée that is true at its centre.
    """
    lon, lat = area.centre
    if max(area.east - area.west, area.north - area.south) > _WIDE:
        return plate_carree(area)
    return f"+proj=tmerc +lat_0={lat:.6f} +lon_0={lon:.6f} +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs"


def plate_carree(area: Area) -> str:
    """Longitude and latitude, in metres at the centre of `area`: a rectangle in one is a rectangle in the other."""
    lon, lat = area.centre
    return f"+proj=eqc +lat_ts={lat:.6f} +lon_0={lon:.6f} +datum=WGS84 +units=m +no_defs"


def utm_crs(area: Area) -> str:
    """The UTM zone (WGS 84) of the area's centre, with the exceptions of Norway and Svalbard."""
    lon, lat = area.centre
    zone = min(int((lon + 180) // 6) + 1, 60)
    if 56 <= lat < 64 and 3 <= lon < 12:
        zone = 32
    elif 72 <= lat <= 84 and 0 <= lon < 42:
        zone = 31 + 2 * int((lon + 3) // 12)
    return f"EPSG:{(32600 if lat >= 0 else 32700) + zone}"


def spatial_reference(crs: str) -> osr.SpatialReference:
    """The CRS with axes in x, y order; RequestError where PROJ does not know it, or it is none of maps."""
    return _looked_up(crs).Clone()


@lru_cache(maxsize=64)
def _looked_up(crs: str) -> osr.SpatialReference:
    from osgeo import osr

    from .gdal_settings import quiet

    reference = osr.SpatialReference()
    with quiet():
        try:
            failed = reference.SetFromUserInput(crs)
        except RuntimeError:
            failed = 1
    if failed:
        raise crs_faults.unknown(crs)
    if not (reference.IsProjected() or reference.IsGeographic()):
        raise crs_faults.no_map(crs)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


def transformation(source: str, target: str) -> osr.CoordinateTransformation | None:
    """The way from one CRS to another, None where they are the same."""
    from osgeo import osr

    if source == target:
        return None
    return osr.CoordinateTransformation(spatial_reference(source), spatial_reference(target))


def area_polygon(area: Area) -> ogr.Geometry:
    """The area as an OGR (multi)polygon in lon/lat; the edges of a box follow its parallels."""
    from osgeo import ogr

    if area.rings:
        result = ogr.Geometry(ogr.wkbMultiPolygon)
        for rings in area.rings:
            polygon = ogr.Geometry(ogr.wkbPolygon)
            for points in rings:
                ring = ogr.Geometry(ogr.wkbLinearRing)
                for lon, lat in points:
                    ring.AddPoint_2D(float(lon), float(lat))
                ring.CloseRings()
                polygon.AddGeometry(ring)
            result.AddGeometry(polygon)
        # Where polygons overlap, both are meant.
        return result if result.IsValid() else _united(result)
    return _rectangle(area.west, area.south, area.east, area.north)


def _united(shape: ogr.Geometry) -> ogr.Geometry:
    """All of polygons that cross themselves or each other."""
    from osgeo import ogr

    whole = ogr.Geometry(ogr.wkbPolygon)
    for index in range(shape.GetGeometryCount()):
        whole = whole.Union(shape.GetGeometryRef(index).MakeValid())
    return whole


def projected_area(area: Area, crs: str) -> ogr.Geometry:
    """The exact area in `crs`, its edges densified first so that they stay on the parallels."""
    if area.extent and area.extent.crs == crs:
        return _rectangle(area.extent.xmin, area.extent.ymin, area.extent.xmax, area.extent.ymax)
    polygon = area_polygon(area)
    use = spatial_reference(crs).GetAreaOfUse()
    sides = (use.west_lon_degree, use.south_lat_degree, use.east_lon_degree, use.north_lat_degree) if use else None
    if sides and crs_faults.is_far(area, *sides):
        raise crs_faults.out_of_area(crs)
    way = transformation(WGS84, crs)
    if way is None:
        return polygon
    polygon.Segmentize(max(area.east - area.west, area.north - area.south) / EDGE_PIECES)
    from .gdal_settings import quiet

    with quiet():
        try:
            failed = polygon.Transform(way)
        except RuntimeError:
            failed = 1
    envelope = polygon.GetEnvelope()
    if failed or not all(math.isfinite(value) for value in envelope):
        raise crs_faults.out_of_area(crs)
    return polygon


def _rectangle(west: float, south: float, east: float, north: float) -> ogr.Geometry:
    from osgeo import ogr

    ring = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in ((west, south), (east, south), (east, north), (west, north), (west, south)):
        ring.AddPoint_2D(x, y)
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(ring)
    return polygon
