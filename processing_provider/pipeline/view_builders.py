"""How each view is built from the stages: one builder for each view of the catalogue, and nothing falls through."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Dict, Protocol

from ..errors import ExportError
from ..feedback import Feedback
from ..formats.catalogue import FORMATS, VIEWS, Format
from ..text.sentence import Sentence, joined, say
from .drawings import text_for
from .printing import scene_for
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
    drawing = stages.drawing(crs, feedback, "symbols" in item.abilities, text_for(stages.request, item))
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
    return scene_for(stages, item, feedback)


def _heights(stages: Stages, item: Format, feedback: Feedback) -> View:
    return stages.heights(stages.plan.crs_for(item), feedback)


def _tiles(stages: Stages, item: Format, feedback: Feedback) -> View:
    return tiles(stages, item, feedback)


def _toolpaths(stages: Stages, item: Format, feedback: Feedback) -> View:
    _warn_of_rectangle(stages, feedback)
    return toolpaths(stages, item, feedback)


def _network(stages: Stages, item: Format, feedback: Feedback) -> View:
    return stages.network(stages.plan.crs_for(item), feedback)


def _navigation(stages: Stages, item: Format, feedback: Feedback) -> View:
    from ..network.navigation import Navigation

    crs, network = stages.plan.crs_for(item), None
    # A device shows names, and does not look them up by another language's.
    data = stages.data(crs, feedback.part(0, 50), True)
    if not stages.inputs:
        try:
            network = stages.network(crs, feedback.part(50, 100))
        except ExportError as error:
            if error.code != "no_streets":
                raise
    if network is None:
        feedback.warning("no_routes", "The map has no streets to find routes along.")
    return Navigation(data, network)


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
    "navigation": _navigation,
}
if set(BUILDERS) != set(VIEWS):
    raise ImportError(f"Each view has one builder, these have not: {', '.join(sorted(set(BUILDERS) ^ set(VIEWS)))}.")


def build(stages: Stages, item: Format, feedback: Feedback) -> View:
    """The view that a format consumes, in its CRS; a CRS that was asked for in vain is told, by the first of many."""
    others = _unmoved(stages, item)
    if others and others[0] == item:
        feedback.warning("crs_ignored", _always(others))
    return BUILDERS[item.view](stages, item, feedback.noted(stages.told_of(item)))


def ignored_crs(stages: Stages, item: Format) -> list[str]:
    """What is to be known of a format's file where the CRS that was asked for is not its own: a sentence, or none."""
    others = _unmoved(stages, item)
    return [_always(others)] if others else []


def _unmoved(stages: Stages, item: Format) -> list[Format]:
    """The formats of a job that keep the same CRS as this one though another was asked for; none where it heeds it."""
    asked = stages.request.crs
    if not asked or not item.has_fixed_crs or asked == stages.plan.crs_for(item):
        return []
    return [other for other in map(FORMATS.__getitem__, stages.request.formats) if other.crs == item.crs]


def _always(items: list[Format]) -> Sentence:
    """In which CRS formats always are."""
    names, rule = joined((say(item.name) for item in items), ", "), items[0].crs
    if rule in ("lonlat", "platecarree"):
        return say("Always in longitude and latitude: {0}.", names)
    if rule == "local":
        return say("Always in metres round the middle of the area: {0}.", names)
    if rule == "zone":
        return say("Always in the UTM zone of the area's middle: {0}.", names)
    if rule == "mercator":
        return say("Always in World Mercator (EPSG:3395): {0}.", names)
    return say("Always in Web Mercator (EPSG:3857): {0}.", names)
