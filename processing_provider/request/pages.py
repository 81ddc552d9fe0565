"""The page of a picture: the upright rectangle round the projected area, at a round scale.

A lon/lat box is tilted and bent in a projected CRS. On a named paper the page grows round the area's centre until it
fills the sheet's frame; GIS, CAD and 3D take the exact area (see geo.projection).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import RequestError
from ..geo import crs_faults
from ..geo.projection import EDGE_PIECES, WGS84, local_crs, projected_area, spatial_reference, transformation
from .papers import Sheet, fitted_sheet, named_sheet, paper

if TYPE_CHECKING:
    from ..geo.area import Area
from ..text.sentence import say
from .export_request import ExportRequest

# Mantissas of the scales that a reader of maps takes for round.
ROUND_SCALES = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 10.0)

# An area smaller than this on paper is a speck of dirt.
SPECK_MM2 = 0.05


@dataclass(frozen=True)
class Page:
    """The rectangle that a picture shows, in units of `crs`, and the sheet that it lies on.

    `north` is where north is at its centre: degrees clockwise from up. Map and sheet are laid out at `scale`, and
    enlarged `magnify` times as a whole when they are written: all mm here are those before it.
    """

    crs: str
    xmin: float
    ymin: float
    xmax: float
    ymax: float
    scale: int
    sheet: Sheet
    north: float = 0.0
    title: str = ""
    magnify: float = 1.0
    subtitle: str = ""

    @property
    def width_mm(self) -> float:
        """The width of the map on the sheet, as it is laid out."""
        return self.sheet.map_width

    @property
    def height_mm(self) -> float:
        """The height of the map on the sheet, as it is laid out."""
        return self.sheet.map_height

    @property
    def printed_scale(self) -> int:
        """The scale of what is written."""
        return round(self.scale / self.magnify)

    def dots(self, dpi: float) -> float:
        """Dots to an inch of the sheet as it is laid out, where what is written has `dpi`."""
        return dpi * self.magnify

    @property
    def wkt(self) -> str:
        """The rectangle as a WKT polygon in `crs`."""
        x0, y0, x1, y1 = self.xmin, self.ymin, self.xmax, self.ymax
        return f"POLYGON(({x0!r} {y0!r},{x1!r} {y0!r},{x1!r} {y1!r},{x0!r} {y1!r},{x0!r} {y0!r}))"


def best_scale(width_m: float, height_m: float, room: tuple[float, float]) -> int:
    """The largest round scale at which `width_m` x `height_m` fits in a room of width x height mm."""
    exact = max(width_m * 1000 / room[0], height_m * 1000 / room[1], 1.0)
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
        raise crs_faults.not_projected(target)
    xmin, xmax, ymin, ymax = projected_area(request.area, target).GetEnvelope()
    # Ground metres, not map metres: a Web Mercator page at 60 degrees north would else be at half its scale.
    stretch, north = _stretch_and_north(request.area, target)
    unit = reference.GetLinearUnits() / stretch
    width, height = (xmax - xmin) * unit, (ymax - ymin) * unit
    title, subtitle, factor = request.title.strip(), request.subtitle.strip(), float(request.magnify)
    titled, subtitled = bool(title), bool(subtitle)
    if not request.page:
        scale = request.scale or best_scale(width, height, paper("A4", width >= height))
        drawn = scale * factor
        sheet = fitted_sheet(width * 1000 / drawn, height * 1000 / drawn, titled, subtitled)
        return Page(target, xmin, ymin, xmax, ymax, round(drawn), sheet, north, title, factor, subtitle)
    landscape = width >= height if request.orientation == "auto" else request.orientation == "landscape"
    across, down = paper(request.page, landscape)
    sheet = named_sheet(across / factor, down / factor, titled, request.sheet, subtitled)
    room = sheet.map_width * factor, sheet.map_height * factor
    fitting = best_scale(width, height, room)
    scale = request.scale or fitting
    # A hair of a millimetre is forgiven, not more: the whole area must be inside the frame.
    if width * 1000 / scale > room[0] + 0.01 or height * 1000 / scale > room[1] + 0.01:
        raise RequestError(
            "scale_too_large",
            say(
                "At 1:{0} the area is {1} x {2} mm and does not fit the {3} x {4} mm of the map on {5};"
                " 1:{6} does, or leave the page out.",
                scale,
                f"{width * 1000 / scale:.0f}",
                f"{height * 1000 / scale:.0f}",
                f"{room[0]:.0f}",
                f"{room[1]:.0f}",
                request.page,
                fitting,
            ),
            "scale",
        )
    x, y = (xmin + xmax) / 2, (ymin + ymax) / 2
    half_x, half_y = (side * scale / 2000 / unit for side in room)
    box = x - half_x, y - half_y, x + half_x, y + half_y
    return Page(target, *box, round(scale * factor), sheet, north, title, factor, subtitle)


def shown_box(page: Page) -> tuple[float, float, float, float]:
    """West, south, east, north of what a page shows; RequestError where that leaves the CRS or the world."""
    from osgeo import ogr

    from ..geo.gdal_settings import quiet

    frame = ogr.CreateGeometryFromWkt(page.wkt)
    frame.Segmentize(max(page.xmax - page.xmin, page.ymax - page.ymin) / EDGE_PIECES)
    centre = ogr.CreateGeometryFromWkt(f"POINT({(page.xmin + page.xmax) / 2!r} {(page.ymin + page.ymax) / 2!r})")
    with quiet():
        try:
            way = transformation(page.crs, WGS84)
            failed = frame.Transform(way) or centre.Transform(way)
        except RuntimeError:
            failed = 1
    ring = frame.GetGeometryRef(0)
    if failed or not all(math.isfinite(value) for value in frame.GetEnvelope()):
        raise RequestError(
            "sheet_too_large",
            say(
                "At 1:{0} the sheet shows more than {1} can; choose a larger scale or another CRS.",
                page.printed_scale,
                page.crs,
            ),
            "scale",
        )
    lon, lats = centre.GetX(), [point[1] for point in ring.GetPoints()]
    # Beside the antimeridian the longitudes go on counting.
    lons = [lon + (point[0] - lon + 180) % 360 - 180 for point in ring.GetPoints()]
    return max(min(lons), -180.0), min(lats), min(max(lons), 180.0), max(lats)


def _stretch_and_north(area: Area, crs: str) -> tuple[float, float]:
    """At the area's centre: how many map metres of `crs` a metre on the ground has, and where north is.

    North in degrees clockwise from the map's up.
    """
    from osgeo import ogr

    if crs == local_crs(area):
        return 1.0, 0.0
    lon, lat = area.centre
    half = 0.001
    line = ogr.Geometry(ogr.wkbLineString)
    line.AddPoint_2D(lon, lat - half)
    line.AddPoint_2D(lon, lat + half)
    ground = line.Clone()
    line.Transform(transformation(WGS84, crs))
    ground.Transform(transformation(WGS84, local_crs(area)))
    north = math.degrees(math.atan2(line.GetX(1) - line.GetX(0), line.GetY(1) - line.GetY(0)))
    metres = spatial_reference(crs).GetLinearUnits()
    return (line.Length() * metres / ground.Length() if ground.Length() else 1.0), north
