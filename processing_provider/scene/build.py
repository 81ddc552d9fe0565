"""A scene of map data: every building raised from its footprint; one whose parts are mapped stands as its parts."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Iterator, Mapping

import numpy as np
from osgeo import gdal, ogr

from ..errors import ExportError
from ..feedback import Feedback
from ..geo.gdal_settings import quiet
from ..geo.projection import WGS84, transformation
from ..osm.tables.layers import BY_NAME
from ..osm.tables.map_data import MapData
from ..text.sentence import say
from .building_parts import building_parts, with_looks, with_parts
from .footprints import Footprints, footprints
from .looks import looks
from .model import ASSUMED, BUILDINGS, ROOF, Material, Mesh, Scene
from .raising_parts import raise_parts
from .surroundings import surroundings

_CHECK_EVERY = 200
_PLAIN = "#D9D9D9"
# The level from which on there are buildings; their parts, which stand on them, come later.
_FIRST_LEVEL = min(kind.detail for kind in BY_NAME[BUILDINGS].kinds)


def build_scene(
    data: MapData,
    colors: Mapping[str, str | None],
    feedback: Feedback,
    groups: tuple[str, ...] = (),
    level: int = 0,
    with_surroundings: bool = False,
) -> Scene:
    """The buildings of map data in metres (frame.local_crs), with the colours of a style (themes.Theme.color).

    `groups` are the layers that were chosen (empty: all) and `level` the detail level, 0 where the data are somebody's
    own layers: of these all areas are raised where none is called buildings. Footprints without an area are left out
    and told, as are heights that no building has and those that nobody tagged. ExportError where nothing is left.
    `with_surroundings` adds the other layers of the map, ground, water, streets and what else is there.
    """
    names = _tables(data, not level)
    if not names:
        raise _no_buildings(groups, level)
    return scene_of(data, _read(data, names, feedback), colors, feedback, with_surroundings)


def scene_of(
    data: MapData,
    shapes: Footprints,
    colors: Mapping[str, str | None],
    feedback: Feedback,
    with_surroundings: bool = False,
) -> Scene:
    """The same of footprints that were read."""
    made = building_parts(shapes)
    feedback.progress(30)
    found, placed = raise_parts(made.footprints, made.how, made.hosts)
    feedback.progress(90)
    if not len(found.triangles):
        raise ExportError("no_buildings", "The area has no building that can be raised.")
    buildings, parts, numbers = with_parts(made, placed)
    # An outline that is wholly its parts' has no place of its own, and is there all the same.
    lost = len(np.setdiff1d(np.arange(made.footprints.count), np.concatenate([placed, made.hosts])))
    if lost:
        feedback.warning("footprints_left_out", say("Footprints of buildings without an area, left out: {0}.", lost))
    if made.doubtful:
        feedback.warning("heights_left_out", say("Heights that no building has, left aside: {0}.", made.doubtful))
    look = looks(made.footprints.tags, made.footprints.features, made.buildings, _materials(colors))
    if look.unread:
        text = say("Colours of buildings that nobody can read, left aside: {0}.", look.unread)
        feedback.warning("colours_left_out", text)
    covers = np.where(found.surfaces == ROOF, look.covers[found.owners], look.walls[found.owners])
    parts = with_looks(parts, look.walls[placed], look.covers[placed])
    mesh = Mesh(
        BUILDINGS,
        found.vertices,
        found.triangles,
        numbers[found.owners],
        found.surfaces,
        covers,
        found.bodies,
        len(parts),
    )
    materials = look.materials
    others, more = surroundings(data, colors, len(materials), feedback) if with_surroundings else ([], [])
    way = transformation(data.crs, WGS84)
    lon, lat = way.TransformPoint(0.0, 0.0)[:2] if way else (0.0, 0.0)
    scene = Scene(
        (mesh, *others), (*materials, *more), data.crs, (lon, lat), data.area_wkt, data.date, data.source, data.notice,
        buildings, parts,
    )  # fmt: skip
    _tell_of_assumed(scene, feedback)
    return scene


def _tell_of_assumed(scene: Scene, feedback: Feedback) -> None:
    """Say how many buildings are as high as their kind for want of tags, and how high that is."""
    tallest = [scene.measured(building) for building in scene.buildings]
    assumed = sorted(round(part.top - part.base, 1) for part in tallest if part.source == ASSUMED)
    if not assumed:
        return
    low, high = f"{assumed[0]:g}", f"{assumed[-1]:g}"
    known = (f"{len(assumed):,}", f"{len(tallest):,}", low)
    if low == high:
        text = say("{0} of {1} buildings have no height or levels and are taken as {2} m high.", *known)
    else:
        text = say(
            "{0} of {1} buildings have no height or levels and are taken as {2} to {3} m high, by their kind.",
            *known,
            high,
        )
    feedback.warning("heights_assumed", text)


def _tables(data: MapData, are_own: bool) -> list[str]:
    """The buildings; where the data are somebody's own layers without any, all their areas."""
    buildings = data.table(BUILDINGS)
    if buildings is None and are_own:
        return [table.name for table in data.tables if table.geometry == "polygon"]
    return [BUILDINGS] if buildings is not None and buildings.features else []


def _no_buildings(groups: tuple[str, ...], level: int) -> ExportError:
    """Why there are none, and what helps, if anything does."""
    if not level:
        return ExportError("no_buildings", "The layers of INPUT have no areas that could be raised.", "input")
    if groups and BUILDINGS not in groups:
        return ExportError("no_buildings", "The chosen layers have no buildings; choose the layer buildings.", "layers")
    if level < _FIRST_LEVEL:
        text = say("The area has no buildings at this detail level; take level {0} or higher.", _FIRST_LEVEL)
        return ExportError("no_buildings", text, "detail")
    return ExportError("no_buildings", "The area has no buildings.")


def _read(data: MapData, names: list[str], feedback: Feedback) -> Footprints:
    with quiet():
        dataset = gdal.OpenEx(str(data.path), gdal.OF_VECTOR)
        made = footprints(_features(dataset, names, feedback))
        dataset = None
    return made


def _features(dataset: gdal.Dataset, names: list[str], feedback: Feedback) -> Iterator[tuple[bytes, Mapping[str, Any]]]:
    """The shape of each building, and what its table says of it."""
    for name in names:
        layer = dataset.GetLayerByName(name)
        fields = [field.GetName() for field in layer.schema]
        for number, feature in enumerate(layer):
            if number % _CHECK_EVERY == 0:
                feedback.check()
            shape = feature.GetGeometryRef()
            if shape is None:
                continue
            shape.FlattenTo2D()
            tags = {field: feature.GetField(at) for at, field in enumerate(fields) if feature.IsFieldSetAndNotNull(at)}
            if not _is_below(tags):
                yield bytes(shape.ExportToWkb(ogr.wkbNDR)), tags


def _is_below(tags: Mapping[str, Any]) -> bool:
    """Whether a building lies under the ground."""
    return str(tags.get("location") or "") == "underground" or float(tags.get("layer") or 0) < 0


def _materials(colors: Mapping[str, str | None]) -> tuple[Material, Material]:
    """The map shows houses from above: roofs have its colour, walls half of that of the lines round them."""
    roof = colors.get("building") or _PLAIN
    line = colors.get("building_line") or roof
    mixed = [(int(roof[at : at + 2], 16) + int(line[at : at + 2], 16)) // 2 for at in (1, 3, 5)]
    wall = "#" + "".join(f"{value:02X}" for value in mixed)
    return Material(say("Walls"), wall), Material(say("Roofs"), roof.upper())
