"""How each view is built from the stages: one builder for each view of the catalogue, and nothing falls through."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Dict, Protocol

from ..feedback import Feedback
from ..formats.catalogue import VIEWS, Format
from ..request.options import BY_FORMAT_OPTION
from ..text.sentence import say
from .stages import Stages
from .tiling import tiles
from .tooling import toolpaths

if TYPE_CHECKING:
    from ..cartography.rendering.picture import Picture


class View(Protocol):
    """What all views have: whose data it is."""

    @property
    def notice(self) -> str:
        """The notice that goes with the data."""
        ...


Builder = Callable[[Stages, Format, Feedback], View]


def _data(stages: Stages, item: Format, feedback: Feedback) -> View:
    # A drawing's texts are seen, a table's values are looked up.
    return stages.data(stages.plan.crs_for(item), feedback, "drawn_names" in item.abilities, rest=item.is_tables)


def _source(stages: Stages, item: Format, feedback: Feedback) -> View:
    return stages.source_data(feedback)


def _picture(stages: Stages, item: Format, feedback: Feedback) -> View:
    picture = stages.picture(stages.plan.crs_for(item), feedback)
    _warn(stages, picture, item, feedback)
    return picture


def _drawing(stages: Stages, item: Format, feedback: Feedback) -> View:
    crs = stages.plan.crs_for(item)
    drawing = stages.drawing(crs, feedback, "symbols" in item.abilities)
    _warn(stages, stages.picture(crs, feedback), item, feedback)
    return drawing


def _warn(stages: Stages, picture: Picture, item: Format, feedback: Feedback) -> None:
    """Tell that a page is a rectangle; where it has the sheet round the map, what no font has of its texts."""
    from ..cartography.sheet.texts import warn_of_lost

    _warn_of_rectangle(stages, feedback)
    if item.crs == "page":
        warn_of_lost(picture, feedback, stages.request.title)


def _warn_of_rectangle(stages: Stages, feedback: Feedback) -> None:
    if stages.request.area.rings and not stages.canvas:
        feedback.warning(
            "page_is_rectangle",
            "Pictures and artwork show the rectangle round the area; data and tiles end at its edge.",
        )


def _scene(stages: Stages, item: Format, feedback: Feedback) -> View:
    made = stages.scene(feedback)
    return made if BY_FORMAT_OPTION["surroundings"].is_heeded_by(item) else made.alone


def _heights(stages: Stages, item: Format, feedback: Feedback) -> View:
    return stages.heights(stages.plan.crs_for(item), feedback)


def _tiles(stages: Stages, item: Format, feedback: Feedback) -> View:
    return tiles(stages, item, feedback)


def _toolpaths(stages: Stages, item: Format, feedback: Feedback) -> View:
    _warn_of_rectangle(stages, feedback)
    return toolpaths(stages, item, feedback)


def _network(stages: Stages, item: Format, feedback: Feedback) -> View:
    return stages.network(stages.plan.crs_for(item), feedback)


BUILDERS: Dict[str, Builder] = {
    "data": _data,
    "source": _source,
    "picture": _picture,
    "drawing": _drawing,
    "toolpaths": _toolpaths,
    "scene": _scene,
    "heights": _heights,
    "tiles": _tiles,
    "network": _network,
}
if set(BUILDERS) != set(VIEWS):
    raise ImportError(f"Each view has one builder, these have not: {', '.join(sorted(set(BUILDERS) ^ set(VIEWS)))}.")


def build(stages: Stages, item: Format, feedback: Feedback) -> View:
    """The view that a format consumes, in its CRS; a CRS that was asked for in vain is told."""
    asked = stages.request.crs
    if asked and item.has_fixed_crs and asked != stages.plan.crs_for(item):
        _tell(item, feedback)
    return BUILDERS[item.view](stages, item, feedback.noted(stages.told_of(item)))


def _tell(item: Format, feedback: Feedback) -> None:
    """Say in which CRS a format always is."""
    if item.crs in ("lonlat", "platecarree"):
        feedback.warning("crs_ignored", say("{0} is always in longitude and latitude.", say(item.name)))
    elif item.crs == "local":
        feedback.warning("crs_ignored", say("{0} is always in metres round the middle of the area.", say(item.name)))
    elif item.crs == "zone":
        feedback.warning("crs_ignored", say("{0} is always in the UTM zone of the area's middle.", say(item.name)))
    elif item.crs == "mercator":
        feedback.warning("crs_ignored", say("{0} is always in World Mercator (EPSG:3395).", say(item.name)))
    else:
        feedback.warning("crs_ignored", say("{0} is always in Web Mercator (EPSG:3857).", say(item.name)))
