"""The two frames of a job: the page of a picture, and the exact area of everything else.

A lon/lat box is tilted and bent in a projected CRS. Pictures therefore get the upright rectangle round the
projected area (the page, at a round scale); GIS, CAD and 3D get the exact area, its edges densified before
they are projected.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import RequestError
from .papers import PAPERS

if TYPE_CHECKING:
    from osgeo import ogr, osr

    from .request import Area, ExportRequest

WGS84 = "EPSG:4326"
# Mantissas of the scales that a reader of maps takes for round.
ROUND_SCALES = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 10.0)
# An edge of a box is cut in so many pieces before it is projected: at 100 pieces the sagitta of a parallel
# 5 degrees long is below a millimetre on any paper.
EDGE_PIECES = 100


@dataclass(frozen=True)
class Page:
    """The rectangle that a picture shows, in metres of `crs`, and its size on paper in mm."""

    crs: str
    xmin: float
    ymin: float
    xmax: float
    ymax: float
    scale: int
    width_mm: float
    height_mm: float

    @property
    def wkt(self) -> str:
        """The rectangle as a WKT polygon in `crs`."""
        x0, y0, x1, y1 = self.xmin, self.ymin, self.xmax, self.ymax
        return f"POLYGON(({x0!r} {y0!r},{x1!r} {y0!r},{x1!r} {y1!r},{x0!r} {y1!r},{x0!r} {y0!r}))"


def local_crs(area: Area) -> str:
    """A transverse Mercator on WGS 84 with its origin at the centre of `area`, metres, true scale there."""
    lon, lat = (area.west + area.east) / 2, (area.south + area.north) / 2
    return f"+proj=tmerc +lat_0={lat:.6f} +lon_0={lon:.6f} +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs"


def utm_crs(area: Area) -> str:
    """The UTM zone (WGS 84) of the area's centre, with the exceptions of Norway and Svalbard."""
    lon, lat = (area.west + area.east) / 2, (area.south + area.north) / 2
    zone = min(int((lon + 180) // 6) + 1, 60)
    if 56 <= lat < 64 and 3 <= lon < 12:
        zone = 32
    elif 72 <= lat <= 84 and 0 <= lon < 42:
        zone = 31 + 2 * int((lon + 3) // 12)
    return f"EPSG:{(32600 if lat >= 0 else 32700) + zone}"


def spatial_reference(crs: str) -> osr.SpatialReference:
    """The CRS with axes in x, y order; RequestError where PROJ does not know it."""
    from osgeo import osr

    from .gdal_env import quiet

    reference = osr.SpatialReference()
    with quiet():
        try:
            failed = reference.SetFromUserInput(crs)
        except RuntimeError:
            failed = 1
    if failed:
        raise RequestError("unknown_crs", f"The CRS {crs!r} is not known; give one as EPSG:n or ESRI:n.", "crs")
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
        if not result.IsValid():
            result = result.MakeValid()
        return result
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for lon, lat in (
        (area.west, area.south),
        (area.east, area.south),
        (area.east, area.north),
        (area.west, area.north),
        (area.west, area.south),
    ):
        ring.AddPoint_2D(lon, lat)
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(ring)
    return polygon


def projected_area(area: Area, crs: str) -> ogr.Geometry:
    """The exact area in `crs`, its edges densified first so that they stay on the parallels."""
    polygon = area_polygon(area)
    way = transformation(WGS84, crs)
    if way is None:
        return polygon
    polygon.Segmentize(max(area.east - area.west, area.north - area.south) / EDGE_PIECES)
    from .gdal_env import quiet

    with quiet():
        try:
            failed = polygon.Transform(way)
        except RuntimeError:
            failed = 1
    envelope = polygon.GetEnvelope()
    if failed or not all(math.isfinite(value) for value in envelope):
        raise RequestError("crs_out_of_area", f"The area lies outside what {crs} can show; choose another CRS.", "crs")
    return polygon


def best_scale(width_m: float, height_m: float, paper: tuple[float, float]) -> int:
    """The largest round scale at which `width_m` x `height_m` fits on `paper` (mm), as it lies."""
    short, long = sorted(paper)
    sheet = (long, short) if width_m >= height_m else (short, long)
    exact = max(width_m * 1000 / sheet[0], height_m * 1000 / sheet[1], 1.0)
    magnitude = 10.0 ** math.floor(math.log10(exact))
    for mantissa in ROUND_SCALES:
        if mantissa * magnitude >= exact * (1 - 1e-9):
            return math.ceil(mantissa * magnitude)
    return math.ceil(10 * magnitude)


def make_page(request: ExportRequest, crs: str = "") -> Page:
    """The page of a picture of the request's area; in `crs`, or the request's, or a local one.

    Raises RequestError where the scale asked for does not fit the paper asked for.
    """
    target = crs or request.crs or local_crs(request.area)
    reference = spatial_reference(target)
    if not reference.IsProjected():
        raise RequestError(
            "crs_not_projected",
            f"A picture needs a projected CRS in metres, and {target} counts in degrees; leave CRS empty or choose a "
            "projected one such as EPSG:3857.",
            "crs",
        )
    xmin, xmax, ymin, ymax = projected_area(request.area, target).GetEnvelope()
    metres = reference.GetLinearUnits()
    width, height = (xmax - xmin) * metres, (ymax - ymin) * metres
    # Ground metres, not map metres: a Web Mercator page at 60 degrees north would else be at half its scale.
    stretch = _stretch(request.area, target)
    width, height = width / stretch, height / stretch
    paper = PAPERS[request.page or "A4"]
    fitting = best_scale(width, height, paper)
    scale = request.scale or fitting
    if request.scale and request.page:
        short, long = sorted(paper)
        sheet = (long, short) if width >= height else (short, long)
        if width * 1000 / scale > sheet[0] + 0.5 or height * 1000 / scale > sheet[1] + 0.5:
            raise RequestError(
                "scale_too_large",
                f"At 1:{scale} the area is {width * 1000 / scale:.0f} x {height * 1000 / scale:.0f} mm and does not "
                f"fit {request.page}; 1:{fitting} does, or leave the page out.",
                "scale",
            )
    return Page(target, xmin, ymin, xmax, ymax, scale, width * 1000 / scale, height * 1000 / scale)


def _stretch(area: Area, crs: str) -> float:
    """How many map metres of `crs` one metre on the ground has at the area's centre."""
    from osgeo import ogr

    if crs.startswith("+proj=tmerc"):
        return 1.0
    lon, lat = (area.west + area.east) / 2, (area.south + area.north) / 2
    half = 0.001
    line = ogr.Geometry(ogr.wkbLineString)
    line.AddPoint_2D(lon, lat - half)
    line.AddPoint_2D(lon, lat + half)
    ground = line.Clone()
    line.Transform(transformation(WGS84, crs))
    ground.Transform(transformation(WGS84, local_crs(area)))
    metres = spatial_reference(crs).GetLinearUnits()
    return line.Length() * metres / ground.Length() if ground.Length() else 1.0
