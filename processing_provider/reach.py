"""What a request asks for before any data is read: on which pages, how far to read, and whether it can be at all."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable

from . import frame
from .area import MAX_KM2, Area
from .errors import RequestError
from .formats.catalogue import FORMATS, Format
from .formats.registry import availability
from .geodesy import box_km2
from .request import ExportRequest, check_image_size


def margin(area: Area, share: float = 0.1) -> tuple[float, float, float, float]:
    """The box to read: wider than the area by a tenth, for the page's corners and the coast."""
    x, y = (area.east - area.west) * share, (area.north - area.south) * share
    return area.west - x, area.south - y, area.east + x, area.north + y


def in_the_world(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A box without what lies beyond the poles and the antimeridian."""
    return max(box[0], -180.0), max(box[1], -90.0), min(box[2], 180.0), min(box[3], 90.0)


def reach(request: ExportRequest) -> tuple[float, float, float, float]:
    """The box to read for all formats: the area with its margin, and every sheet, which shows more than the area."""
    west, south, east, north = margin(request.area)
    for page in pages(request).values() if request.page else ():
        box = margin(Area(*frame.shown_box(page)), 0.02)
        west, south, east, north = min(west, box[0]), min(south, box[1]), max(east, box[2]), max(north, box[3])
    return west, south, east, north


def shown_area(request: ExportRequest) -> tuple[float, float, float, float]:
    """The box that is shown: the area, and on sheets what lies round it."""
    area = request.area
    boxes = [(area.west, area.south, area.east, area.north)]
    boxes += [frame.shown_box(page) for page in pages(request).values() if request.page]
    west, south, east, north = zip(*boxes)
    return min(west), min(south), max(east), max(north)


def pages(request: ExportRequest) -> dict[str, frame.Page]:
    """The page of each format that is a picture or a drawing."""
    items = [FORMATS[name] for name in request.formats if FORMATS[name].is_page]
    return {item.id: frame.make_page(request, crs_of(request, item)) for item in items}


def crs_of(request: ExportRequest, item: Format) -> str:
    """The CRS of a format's file, by its rule and what is asked for; empty for a page's own."""
    area, rule = request.area, item.crs
    asked = "" if item.has_fixed_crs else request.crs
    own = _OWN_CRS[rule]
    if asked and item.is_page and area.extent and not frame.spatial_reference(asked).IsProjected():
        # An extent in degrees is drawn in metres.
        return frame.local_crs(area) if rule == "page" else own(area)
    return asked or own(area)


# The CRS of each rule of the catalogue where none is asked for.
_OWN_CRS: dict[str, Callable[[Area], str]] = {
    "page": lambda area: "",
    "utm": frame.utm_crs,
    "4326": lambda area: frame.WGS84,
    "lonlat": lambda area: frame.WGS84,
    "local": frame.local_crs,
    "3857": lambda area: "EPSG:3857",
}


def check(request: ExportRequest, own_layers: bool = False) -> None:
    """What can be said before any data is read: formats there, CRS known, pictures not too large.

    `own_layers`: the data are the user's own, of which nothing has to be fetched.
    """
    for name in request.formats:
        reason = availability(FORMATS[name])
        if reason:
            raise RequestError("format_unavailable", reason, "formats")
    if request.crs:
        frame.projected_area(request.area, request.crs)
    for name, page in pages(request).items():
        item = FORMATS[name]
        if item.view == "picture":
            # A georeferenced picture is the map alone.
            sheet, whole = page.sheet, item.crs == "page"
            sides = (sheet.width, sheet.height) if whole else (page.width_mm, page.height_mm)
            check_image_size(*sides, request.dpi)
        if request.page and not own_layers:
            shown = box_km2(*frame.shown_box(page))
            if shown > max(MAX_KM2, request.area.km2):
                raise RequestError(
                    "sheet_too_large",
                    f"At 1:{page.scale} {request.page} shows {shown:,.0f} km2; at most {MAX_KM2:,.0f} km2 is allowed: "
                    "choose a larger scale, a smaller page, or leave the page out.",
                    "scale",
                )
