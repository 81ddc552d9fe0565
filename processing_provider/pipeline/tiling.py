"""Tiles from the stages: zooms by the area, each of data staged at the detail level that suits it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Callable, Iterator

from ..feedback import Feedback
from ..formats.catalogue import FORMATS, Format
from ..geo.projection import projected_area
from ..osm.tables.map_data import MapData
from ..request.export_request import ExportRequest
from ..request.options import BY_FORMAT_OPTION
from ..text.sentence import say
from ..tiles import grid
from ..tiles.grid import Grid
from ..tiles.model import PAINTED, VECTOR, Tile, Tiles
from ..tiles.spool import Spool
from .stages import Stages

# A side of vector tiles, in pixels of the screen.
_VECTOR_SIZE = 512
# The highest zoom has at most so many of them: all of the largest area at the finest level, and more zooms of a town.
_MOST_VECTOR = 400_000


def tiles(stages: Stages, item: Format, feedback: Feedback) -> Tiles:
    """Painted or vector tiles, as the format has them; made once for all formats of a job."""
    kind = PAINTED if item.is_painted else VECTOR
    if kind not in stages.tiles:
        made = _painted(stages, feedback) if item.is_painted else _vector(stages, feedback)
        asked = sum(FORMATS[name].view == "tiles" and FORMATS[name].is_painted == item.is_painted
                    for name in stages.request.formats)  # fmt: skip
        # The page that goes with vector tiles has them once more.
        if asked > 1 or (kind == VECTOR and has_page(stages.request)):
            produce = partial(_noted, made.produce, stages.told_of(item))
            made = replace(made, produce=Spool(produce, stages.work / f"{kind}.tiles"))
        stages.tiles[kind] = replace(made, date=made.date or stages.date, source=made.source or stages.source)
    return stages.tiles[kind]


def has_page(request: ExportRequest) -> bool:
    """Whether one of the formats comes with the page that shows it."""
    return "mvt" in request.formats or bool(request.options.get("web_map"))


def _noted(produce: Callable[[Feedback], Iterator[Tile]], told: list[str], feedback: Feedback) -> Iterator[Tile]:
    """The tiles, and note what is warned of: it is so of all formats that have them."""
    return produce(feedback.noted(told))


def _vector(stages: Stages, feedback: Feedback) -> Tiles:
    from ..tiles import vector
    from ..tiles.level import Level

    request = stages.request
    rows: dict[int, Level] = {}
    data: dict[int, MapData] = {}

    def take(level: int, low: float, high: float) -> None:
        rows[level] = Level()
        data[level] = stages.handed(grid.CRS, rows[level].keep, feedback.part(low, high), level)

    # The request's level first: where that has nothing, there is nothing.
    take(request.detail, 0, 50)
    chosen = _grid(request, _VECTOR_SIZE, feedback, 0, _MOST_VECTOR)
    levels = _levels(stages, chosen)
    wanted = sorted(set(levels.values()))
    share = 50 / len(wanted)
    for place, level in enumerate(wanted):
        if level not in data:
            take(level, 50 + share * place, 50 + share * (place + 1))
    some = {level: data[level] for level in wanted}
    return vector.build(some, {level: rows[level] for level in wanted}, levels, chosen, request.language)


def _painted(stages: Stages, feedback: Feedback) -> Tiles:
    from qgis.core import QgsGeometry

    from ..tiles import painted

    request = stages.request
    size = int(request.options.get("tile_size") or BY_FORMAT_OPTION["tile_size"].default)
    # A screen shows a painted zoom as it is: there is one more, where vector tiles are drawn larger.
    chosen = _grid(request, size, feedback, 1, painted.MOST_PIXELS // size**2)
    outline = None
    if request.area.rings:
        # In geo's own edges, so that both kinds of tiles end at the same place.
        outline = QgsGeometry.fromWkt(projected_area(request.area, grid.CRS).ExportToWkt())
    return painted.build(_levels(stages, chosen), chosen, stages.styled, feedback, outline)


def _grid(request: ExportRequest, size: int, feedback: Feedback, beyond: int, most: int) -> Grid:
    """The zooms that were asked for or suit the area; fewer than those are told."""
    asked = int(request.options.get("min_zoom") or 0), int(request.options.get("max_zoom") or 0)
    suited = grid.grid_of(request.area.box, size, request.detail, beyond, asked=asked)
    chosen = grid.grid_of(request.area.box, size, request.detail, beyond, most, asked)
    if chosen.maxzoom < suited.maxzoom:
        feedback.warning(
            "fewer_zooms",
            say(
                "The tiles end at zoom {0} and not at {1}, which would be {2} tiles of this area; choose a "
                "smaller one for more.",
                chosen.maxzoom,
                suited.maxzoom,
                f"{suited.count(suited.maxzoom):,}",
            ),
        )
    return chosen


def _levels(stages: Stages, chosen: Grid) -> dict[int, int]:
    """The detail level of each zoom; layers that somebody else made have one alone."""
    detail = stages.request.detail
    if stages.inputs or stages.canvas:
        return dict.fromkeys(chosen.zooms, detail)
    return {zoom: grid.suited(zoom, chosen.size, detail) for zoom in chosen.zooms}
