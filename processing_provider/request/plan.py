"""What a request asks for, worked out once before any data is read: CRSs, pages, how far to read; or that it cannot be.

Everything after it takes the plan; nobody asks again.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Callable, Mapping

from ..cartography.themes.loading import Theme, load_theme
from ..cartography.themes.points import with_points
from ..errors import RequestError
from ..formats.catalogue import FORMATS, Format
from ..formats.press_profile import chosen
from ..formats.registry import availability
from ..geo import crs_faults, projection
from ..geo.area import MAX_KM2, Area
from ..geo.geodesy import box_km2
from ..osm.tables.detail import DETAILS
from ..osm.tables.layers import OTHERS
from ..sources.overlay_files import check as check_overlay
from ..text.sentence import say
from .checks import check_image_size
from .export_request import ExportRequest
from .options import BY_FIELD
from .pages import SPECK_MM2, Page, make_page, shown_box

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Plan:
    """The CRS of each format (by id), the page of each picture's CRS, the style, and two boxes in degrees.

    `reach` is what to read for all formats: the area with its margin, and every sheet, which shows more than the area;
    `shown` what they show; `least` how many square metres an area without a name has at least to be seen in any of
    them, 0 where a format is no page and holds all.
    """

    request: ExportRequest
    crs: Mapping[str, str]
    pages: Mapping[str, Page]
    theme: Theme
    reach: Box
    shown: Box
    least: float = 0.0
    # Whether anything of what no layer knows is wanted.
    rest: bool = False

    def crs_for(self, item: Format) -> str:
        """The CRS of a format's file; of one that was not asked for it is worked out now."""
        return self.crs[item.id] if item.id in self.crs else crs_of(self.request, item)

    def page(self, crs: str) -> Page:
        """The page of a picture in `crs`; of one that no format asked for it is made now."""
        return self.pages.get(crs) or make_page(self.request, crs)

    def sheet(self) -> Page:
        """The page that comes with tables: in the CRS asked for where that is projected, else in a local one."""
        asked = self.request.crs
        # QGIS makes a legend of its own, which follows what is done to the layers.
        request = replace(self.request, sheet=(), subtitle="", magnify=str(BY_FIELD["magnify"].default))
        if asked and not projection.spatial_reference(asked).IsProjected():
            return make_page(request, projection.local_crs(self.request.area))
        return make_page(request) if request != self.request else self.page("")


def make_plan(request: ExportRequest, own_layers: bool = False) -> Plan:
    """Work it out; RequestError where a format is not there, a CRS is not known, or a picture is too large.

    `own_layers`: the data are the user's own, of which nothing has to be fetched.
    """
    items = available(request)
    check_overlay(request.overlay)
    if request.crs:
        projection.projected_area(request.area, request.crs)
    crs = {item.id: crs_of(request, item) for item in items}
    shown_in = dict.fromkeys(crs[item.id] for item in items if item.is_page)
    pages = {one: make_page(request, one) for one in shown_in}
    sheets = [shown_box(page) for page in pages.values()] if request.page else []
    for item in items:
        if item.view == "picture":
            _check_size(request, item, pages[crs[item.id]])
    if not own_layers:
        for page, box in zip(pages.values(), sheets):
            _check_sheet(request, page, box)
    wide = [margin(request.area), *(margin(Area(*box), 0.02) for box in sheets)]
    reach = _around(wide)
    only_pages = all(item.is_page for item in items)
    least = min(_speck(page, reach if one else None) for one, page in pages.items()) if only_pages else 0.0
    theme = with_points(load_theme(request.style), request.pois)
    return Plan(request, crs, pages, theme, reach, _around([request.area.box, *sheets]), least,
                wants_rest(request))  # fmt: skip


def available(request: ExportRequest) -> list[Format]:
    """The formats of a request; RequestError where one is not there, or its inks are not."""
    items = [FORMATS[name] for name in request.formats]
    for item in items:
        reason = availability(item, request.profile)
        if reason:
            raise RequestError("format_unavailable", reason, "formats")
    if request.profile:
        chosen(request.profile)
    return items


def wants_rest(request: ExportRequest) -> bool:
    """Whether what no layer knows is wanted: asked for by name, or all layers as tables; at the finest level alone."""
    asked = OTHERS in request.layers or (not request.layers and any(FORMATS[n].is_tables for n in request.formats))
    return asked and request.detail == max(DETAILS)


def _speck(page: Page, reach: Box | None) -> float:
    """The square metres of a speck on a page; of one in a CRS that was asked for, anywhere in `reach`.

    Such a CRS may tell lengths too long, as Mercator does away from the equator.
    """
    true = math.cos(math.radians(max(abs(reach[1]), abs(reach[3])))) if reach else 1.0
    return SPECK_MM2 * (page.scale / 1000 * true) ** 2


def _check_size(request: ExportRequest, item: Format, page: Page) -> None:
    # A georeferenced picture is the map alone.
    sheet, whole = page.sheet, item.crs == "page"
    width, height = (sheet.width, sheet.height) if whole else (page.width_mm, page.height_mm)
    check_image_size(width * page.magnify, height * page.magnify, request.dpi)


def _check_sheet(request: ExportRequest, page: Page, box: Box) -> None:
    shown = box_km2(*box)
    if shown > max(MAX_KM2, request.area.km2):
        raise RequestError(
            "sheet_too_large",
            say(
                "At 1:{0} {1} shows {2} km2; at most {3} km2 is allowed: choose a larger scale, a smaller page, or "
                "leave the page out.",
                page.printed_scale,
                request.page,
                f"{shown:,.0f}",
                f"{MAX_KM2:,.0f}",
            ),
            "scale",
        )


def _around(boxes: list[Box]) -> Box:
    west, south, east, north = zip(*boxes)
    return min(west), min(south), max(east), max(north)


def margin(area: Area, share: float = 0.1) -> Box:
    """The box to read: wider than the area by a tenth, for the page's corners and the coast."""
    x, y = (area.east - area.west) * share, (area.north - area.south) * share
    return area.west - x, area.south - y, area.east + x, area.north + y


def in_the_world(box: Box) -> Box:
    """A box without what lies beyond the poles and the antimeridian."""
    return max(box[0], -180.0), max(box[1], -90.0), min(box[2], 180.0), min(box[3], 90.0)


def crs_of(request: ExportRequest, item: Format) -> str:
    """The CRS of a format's file, by its rule and what is asked for; empty for a page's own."""
    area, rule = request.area, item.crs
    asked = "" if item.has_fixed_crs else request.crs
    own = _OWN_CRS[rule]
    if asked and (item.is_page or item.is_of_lengths) and not projection.spatial_reference(asked).IsProjected():
        # An extent in degrees is drawn in metres.
        if area.extent:
            return projection.local_crs(area) if rule == "page" else own(area)
        # A page says so itself as it is made.
        if item.is_of_lengths:
            raise crs_faults.not_of_lengths(asked)
    return asked or own(area)


# The CRS of each rule of the catalogue where none is asked for.
_OWN_CRS: dict[str, Callable[[Area], str]] = {
    "page": lambda area: "",
    "utm": projection.utm_crs,
    "4326": lambda area: projection.WGS84,
    "lonlat": lambda area: projection.WGS84,
    "local": projection.local_crs,
    "3857": lambda area: "EPSG:3857",
    "zone": projection.utm_crs,
    "platecarree": projection.plate_carree,
    "mercator": lambda area: "EPSG:3395",
}
