"""From map data and a theme to a picture, stage by stage, the bottom layer first."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import Iterator

from ..errors import WriteError
from ..feedback import Feedback
from ..osm.tables.map_data import MapData
from ..request.pages import Page
from ..sources.project_layers import Input
from ..text.sentence import say
from .fonts import font_files
from .labels.names import names
from .labels.own_data_names import own_data_names
from .rendering.entries import IndexEntry
from .rendering.picture import Picture
from .sheet.ink import Ink
from .sheet.layout import furniture
from .sheet.panel import arranged
from .sheet.swatches import legend_keys
from .stages.builder import Builder
from .stages.buildings import built
from .stages.ground import ground
from .stages.index import draw_lines, index_entries
from .stages.overlays import bands, overlays
from .stages.own_data import own_data
from .stages.own_layers import own_layers
from .stages.pois import pois
from .stages.route_plates import route_plates
from .stages.shields import shields
from .stages.transport import network
from .themes.loading import Theme

# Each adds its layers above those before; two give things to a later one, and all keep to one account of what is taken.
_STAGES = 8
# The narrowest map that is drawn, in mm on the sheet.
_NARROW_MM = 0.5


def build_picture(
    data: MapData,
    page: Page,
    theme: Theme,
    detail: int,
    feedback: Feedback,
    inputs: tuple[Input, ...] = (),
    language: str = "",
) -> Picture:
    """The picture of `data` (cut at the page, in its CRS) in a style; raises Cancelled where asked to stop.

    `inputs` are what `data` was made of where that is not OpenStreetMap: they bring styles of their own.
    `language` is that of the names where one was asked for.
    """
    if not page.sheet.bare and min(page.width_mm, page.height_mm) < _NARROW_MM:
        # QGIS paints nothing that is narrower than a pixel, and calls that invalid settings.
        raise WriteError(
            "area_too_narrow",
            say(
                "The map would be {0} x {1} mm, which is too narrow to be drawn; choose a wider area.",
                f"{page.width_mm:.2g}", f"{page.height_mm:.3g}",
            ),
        )  # fmt: skip
    font_files.register()
    builder = Builder(data, page, theme, detail, feedback, language)
    if inputs:
        own_layers(builder, inputs)
        own = any(item.renderer for item in inputs)
        return builder.picture("#FFFFFF" if own else theme.color["land"] or "#FFFFFF")
    if theme.flags["labels"]:
        builder.letterer.choose_names()
    with unswept(), builder.reading():
        unnamed, index = _drawn(builder, feedback)
    builder.letterer.warn(feedback)
    picture = builder.picture(theme.color["land"] or "#FFFFFF", unnamed)
    picture.index, picture.language = index, language
    furnish(picture, feedback)
    if page.sheet.bare:
        return picture
    if picture.notice and not any(piece.name == "notice" for piece in furniture(picture)):
        feedback.warning(
            "no_notice",
            say(
                "The page is too small for the notice of whose data it shows; write beside the picture: {0}.",
                picture.notice,
            ),
        )
    return picture


def furnish(picture: Picture, feedback: Feedback) -> None:
    """The legend of what is on a picture, where its sheet has one; told what of legend and index has no room."""
    sheet = picture.page.sheet
    if "legend" in sheet.parts:
        picture.keys = legend_keys(picture, picture.language)
    if sheet.panel is None:
        return
    left_out = arranged(picture, Ink(picture)).left_out
    if left_out:
        feedback.warning(
            "index_cut",
            say(
                "Legend and index have room for all but {0} lines, of which the least important are left out; choose a "
                "larger page or a smaller area.",
                left_out,
            ),
        )


@contextmanager
def unswept() -> Iterator[None]:
    """Python looks for no cycles: a picture's many small objects make it look often, and none of them is in one."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _drawn(builder: Builder, feedback: Feedback) -> tuple[dict[tuple[str, str], str], list[IndexEntry]]:
    """All stages, the lowest first; which names found no place, and why; the names of the sheet's index."""
    done = 0

    def begin() -> Builder:
        nonlocal done
        feedback.progress(100 * done / _STAGES, "drawing layers")
        done += 1
        return builder

    ground(begin())
    boundaries = bands(begin())
    built(begin())
    network(begin())
    overlays(begin(), boundaries)
    draw_lines(builder)
    own_data(builder)
    own_data_names(builder)
    begin()
    route_plates(builder)
    shields(builder)
    points = pois(begin())
    return names(begin(), points), index_entries(builder, points)
