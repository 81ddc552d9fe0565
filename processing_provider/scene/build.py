"""A scene of map data: every building raised from its footprint; one whose parts are mapped stands as its parts."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Dict, List, Mapping, Tuple

import numpy as np
from osgeo import gdal, ogr

from ..errors import ExportError
from ..feedback import Feedback
from ..geo.gdal_settings import quiet
from ..geo.projection import WGS84, transformation
from ..osm.tables.layers import BY_NAME
from ..osm.tables.map_data import MapData
from ..text.sentence import say
from .building_height import base_and_top
from .model import BUILDINGS, ROOF, Building, Material, Mesh, Part, Scene
from .solids import Solid, footprints, prism
from .triangles import oriented

_CHECK_EVERY = 200
# The share of an outline that its parts must cover to stand for all of it.
_COVERED = 0.9
_PLAIN = "#D9D9D9"
_WALLS, _ROOFS = range(2)
# The level from which on there are buildings; their parts, which stand on them, come later.
_FIRST_LEVEL = min(kind.detail for kind in BY_NAME[BUILDINGS].kinds)
Footprint = Tuple[ogr.Geometry, Dict[str, Any]]


def build_scene(
    data: MapData, colors: Mapping[str, str | None], feedback: Feedback, groups: tuple[str, ...] = (), level: int = 0
) -> Scene:
    """The buildings of map data in metres (frame.local_crs), with the colours of a style (themes.Theme.color).

    `groups` are the layers that were chosen (empty: all) and `level` the detail level, 0 where the data are somebody's
    own layers: of these all areas are raised where none is called buildings. Footprints that cross themselves are left
    out and told. ExportError where nothing is left.
    """
    names = _tables(data, not level)
    if not names:
        raise _no_buildings(groups, level)
    outlines, parts = _read(data, names)
    solids: list[Solid] = []
    buildings: list[Building] = []
    made: list[Part] = []
    lost = 0
    with quiet():
        standing = _without_covered(outlines, parts) + parts
        for number, (geometry, tags) in enumerate(standing):
            if number % _CHECK_EVERY == 0:
                feedback.progress(100 * number / len(standing))
            base, top = base_and_top(tags)
            first = len(made)
            for rings in footprints(geometry):
                solid = prism(rings, base, top)
                if solid is None:
                    lost += 1
                else:
                    solids.append(solid)
                    shape = tuple(np.array(oriented(ring, at == 0)) for at, ring in enumerate(rings))
                    made.append(Part(_id(tags), len(buildings), shape, base, top, top))
            if len(made) > first:
                buildings.append(_building(tags, tuple(range(first, len(made)))))
    if not solids:
        raise ExportError("no_buildings", "The area has no building that can be raised.")
    if lost:
        feedback.warning("footprints_left_out", say("Footprints that cross themselves are left out: {0}.", lost))
    meshes, materials = (_joined(BUILDINGS, solids),), _materials(colors)
    way = transformation(data.crs, WGS84)
    lon, lat = way.TransformPoint(0.0, 0.0)[:2] if way else (0.0, 0.0)
    return Scene(
        meshes, materials, data.crs, (lon, lat), data.area_wkt, data.date, data.source, data.notice,
        tuple(buildings), tuple(made),
    )  # fmt: skip


def _id(tags: Mapping[str, Any]) -> str:
    """The object of OpenStreetMap, `way/12`; empty of other layers."""
    return f"{tags['osm_type']}/{tags['osm_id']}" if tags.get("osm_type") else ""


def _building(tags: Mapping[str, Any], parts: tuple[int, ...]) -> Building:
    known = {key: value for key, value in tags.items() if value not in (None, "")}
    return Building(_id(tags), str(tags.get("building") or ""), str(tags.get("name") or ""), parts, known)


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


def _read(data: MapData, names: list[str]) -> tuple[list[Footprint], list[Footprint]]:
    """The outlines of buildings, and their parts."""
    outlines: List[Footprint] = []
    parts: List[Footprint] = []
    with quiet():
        dataset = gdal.OpenEx(str(data.path), gdal.OF_VECTOR)
        for name in names:
            layer = dataset.GetLayerByName(name)
            for feature in layer:
                tags = feature.items()
                (parts if tags.get("kind") == "part" else outlines).append((feature.GetGeometryRef().Clone(), tags))
        layer = dataset = None
    return outlines, parts


def _without_covered(outlines: list[Footprint], parts: list[Footprint]) -> list[Footprint]:
    """The outlines of which their parts leave a tenth or more bare."""
    if not parts:
        return outlines
    boxes = np.array([part.GetEnvelope() for part, _ in parts])
    kept = []
    for geometry, tags in outlines:
        xmin, xmax, ymin, ymax = geometry.GetEnvelope()
        apart = (boxes[:, 0] > xmax) | (boxes[:, 1] < xmin) | (boxes[:, 2] > ymax) | (boxes[:, 3] < ymin)
        near = [parts[number][0] for number in np.flatnonzero(~apart)]
        covered = sum(part.Intersection(geometry).Area() for part in near if part.Intersects(geometry))
        if covered < _COVERED * geometry.Area():
            kept.append((geometry, tags))
    return kept


def _joined(name: str, solids: list[Solid]) -> Mesh:
    """All solids as one mesh: roofs of one material, the rest of another."""
    counts = np.array([len(solid.vertices) for solid in solids])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    surfaces = np.concatenate([solid.surfaces for solid in solids])
    parts = np.repeat(np.arange(len(solids)), [len(solid.triangles) for solid in solids])
    return Mesh(
        name,
        np.concatenate([solid.vertices for solid in solids]),
        np.concatenate([solid.triangles + start for solid, start in zip(solids, starts)]),
        parts,
        surfaces,
        np.where(surfaces == ROOF, _ROOFS, _WALLS),
        parts,
        len(solids),
    )


def _materials(colors: Mapping[str, str | None]) -> tuple[Material, Material]:
    """The map shows houses from above: roofs have its colour, walls half of that of the lines round them."""
    roof = colors.get("building") or _PLAIN
    line = colors.get("building_line") or roof
    mixed = [(int(roof[at : at + 2], 16) + int(line[at : at + 2], 16)) // 2 for at in (1, 3, 5)]
    return Material("Walls", "#" + "".join(f"{value:02X}" for value in mixed)), Material("Roofs", roof.upper())
