"""Houses and the plate under them as the closed bodies of each tile: each spot of it is one column up from the bed."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List

import numpy as np
from osgeo import ogr

from ..feedback import Feedback
from .footprints import GRID, footprints
from .model import ROOF, Flags, Floats, Integers, Mesh, Scene
from .raising_parts import Shaped, slopes_of
from .subdivision.closing import closed, over
from .subdivision.raising import Ground, Raised, subdivide
from .subdivision.stacks import STEPS, levelled
from .thin import Thickened

MODEL, PLATE = "model", "plate"
# How far what lies on the plate stands out of it, in millimetres; the highest claim on a spot comes last.
RELIEF = {"green": 0.2, "water": -0.4, "piers": 0.4, "railways": 0.4, "roads": 0.4, "bridges": 0.4}


@dataclass(frozen=True)
class Plate:
    """How thick a plate is (mm; 0: there is none), the millimetres of a metre, the units of a metre that are reckoned
    in, and the lines between tiles, the edges among them, in such units: from west to east, from south to north.
    """

    base: float
    per_metre: float
    unit: float
    lines: tuple[Floats, ...]


@dataclass(frozen=True, eq=False)
class _Layers:
    """The plate and what lies on it: sides (n, 4) in centimetres, the layer of each, and how high each layer is."""

    segments: Integers
    of: Integers
    tops: Floats


def cut(
    view: Scene, thin: Thickened, how: Shaped, plate: Plate, feedback: Feedback
) -> List[tuple[tuple[int, int], Raised]]:
    """The bodies of each tile that has any, by its row from the south and column from the west, counted from 0.

    Owners are polygons of `thin`, and behind them the layers on the plate.
    """
    made, of = thin.footprints, thin.polygons
    layers = _layers(view, plate)
    bottom = -plate.base / plate.per_metre * plate.unit
    eave = np.clip(how.eave[of] + thin.tops - how.top[of], 0.0, thin.tops)
    own = Shaped(how.shape[of], how.direction[of], np.full(made.count, bottom), eave, thin.tops)
    blocks = levelled(
        np.full(made.count + len(layers.tops), bottom), np.concatenate([eave, layers.tops]),
        np.concatenate([thin.tops, layers.tops]), np.concatenate([own.shape >= 0, np.zeros(len(layers.tops), bool)]),
    )  # fmt: skip
    slopes, breaks = slopes_of(made, own, blocks)
    segments, owners = made.segments()
    grid = _grid(plate)
    ground = subdivide(
        np.concatenate([segments, layers.segments]), np.concatenate([owners, layers.of + made.count]),
        made.count + len(layers.tops), grid if breaks is None else np.concatenate([breaks, grid]),
    )  # fmt: skip
    ground = _columns(ground, *_buildings(view, of), bool(plate.base))
    column, row = (
        np.searchsorted(lines[1:-1], ground.inner[ground.faces, axis] / STEPS) for axis, lines in enumerate(plate.lines)
    )
    number = row * len(plate.lines[0]) + column
    while True:
        before, found = blocks, []
        for tile in np.unique(number):
            feedback.check()
            kept = number == tile
            bodies, blocks = closed(over(ground, kept), blocks, slopes)
            found.append((divmod(int(tile), len(plate.lines[0])), bodies))
        # A roof that had to be made flat is so on every tile that it reaches into.
        if len(found) < 2 or np.array_equal(before.sloped, blocks.sloped):
            return found


def mesh_of(view: Scene, thin: Thickened, found: Raised, per_unit: float) -> Mesh:
    """The bodies of a tile in millimetres (so many are a unit), its corner at 0, 0, 0."""
    vertices = found.vertices - found.vertices.min(axis=0)
    parts = [view.parts[number] for number in thin.polygons]
    names = _on_plate(view)
    tops = np.array([part.cover for part in parts] + [number for _, number in names], "i8")
    sides = np.array([part.wall for part in parts] + [number for _, number in names], "i8")
    materials = np.where(found.surfaces == ROOF, tops[found.owners], sides[found.owners])
    houses = np.unique(found.owners[found.owners < len(parts)])
    # Whatever is no house is one object, the plate.
    place = np.searchsorted(houses, np.minimum(found.owners, len(parts)))
    return Mesh(
        MODEL, vertices * per_unit, found.triangles, place, found.surfaces, materials, found.bodies, len(houses)
    )


def _on_plate(view: Scene) -> List[tuple[str, int]]:
    """The layers on the plate from the lowest claim to the highest, the plate first, with their materials; the plate's
    comes behind those of the scene.
    """
    there = {mesh.name: int(mesh.materials[0]) for mesh in view.meshes if mesh.name in RELIEF and len(mesh.materials)}
    return [(PLATE, len(view.materials)), *((name, there[name]) for name in RELIEF if name in there)]


def _layers(view: Scene, plate: Plate) -> _Layers:
    """The plate and what lies on it; nothing where there is no plate."""
    segments: List[Integers] = []
    of, tops = [], []
    if plate.base:
        area = footprints([(bytes(ogr.CreateGeometryFromWkt(view.area_wkt).ExportToWkb(ogr.wkbNDR)), {})])
        for number, (name, _) in enumerate(_on_plate(view)):
            mesh = view.mesh(name)
            sides = area.segments()[0] / GRID if mesh is None else _outline(mesh)
            segments.append(np.rint(sides * (plate.unit * GRID)).astype("i8"))
            of.append(np.full(len(sides), number))
            tops.append(max(RELIEF.get(name, 0.0), -plate.base / 2) / plate.per_metre * plate.unit)
    none = np.zeros((0, 4), "i8")
    return _Layers(np.concatenate([none, *segments]), np.concatenate([none[:, 0], *of]), np.array(tops))


def _outline(mesh: Mesh) -> Floats:
    """The sides (n, 4), in metres, of what a mesh covers seen from above."""
    roofs = mesh.triangles[mesh.surfaces == ROOF]
    most = len(mesh.vertices)
    start, end = roofs.ravel(), np.roll(roofs, -1, axis=1).ravel()
    alone = ~np.isin(start * most + end, end * most + start)
    return np.hstack([mesh.vertices[start[alone], :2], mesh.vertices[end[alone], :2]])


def _grid(plate: Plate) -> Integers:
    """The lines between tiles (n, 4) in centimetres, a little longer than the plate."""
    (west, east), (south, north) = ((lines[0] - 1, lines[-1] + 1) for lines in plate.lines)
    upright = [(x, south, x, north) for x in plate.lines[0][1:-1]]
    level = [(west, y, east, y) for y in plate.lines[1][1:-1]]
    made: Integers = np.rint(np.array(upright + level).reshape(-1, 4) * GRID).astype("i8")
    return made


def _buildings(view: Scene, polygons: Integers) -> tuple[Integers, Flags]:
    """The building of each polygon, and whether it is the outline of one whose parts are there as well."""
    chosen = [view.parts[number] for number in polygons]
    is_outline = [part.id == view.buildings[part.building].id for part in chosen]
    return np.array([part.building for part in chosen], "i8"), np.array(is_outline, bool)


def _columns(ground: Ground, buildings: Integers, is_outline: Flags, has_plate: bool) -> Ground:
    """What each face is to be: its houses, their parts before their outlines, else the layer with the highest claim;
    what lies beyond the plate is nothing.
    """
    houses, faces, owners = len(buildings), ground.faces, ground.owners
    is_house = owners < houses
    kept = np.isin(faces, faces[owners == houses]) if has_plate else is_house
    built = np.isin(faces, faces[is_house])
    # Sorted by owner within a face: the last one is the highest claim.
    last = np.append(faces[1:] != faces[:-1], True)
    kept &= np.where(built, is_house, last)
    house = np.where(is_house, owners, 0)
    key = faces * (int(buildings.max(initial=0)) + 1) + buildings[house]
    bare = is_house & is_outline[house]
    kept &= ~(bare & np.isin(key, key[is_house & ~bare]))
    return replace(ground, faces=faces[kept], owners=owners[kept])
