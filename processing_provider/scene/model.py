"""A scene: what stands in an area, as named meshes of triangles with materials, in metres, z up.

What a writer takes of it:

- **Bodies** (`Scene.meshes`, their `bodies`): houses that touch are one closed body, without walls between them. STL,
  3MF and whatever else is printed or cut writes these as they are; every edge of a mesh has exactly two faces.
- **Parts** (`Scene.meshes`, their `parts`): the same triangles by the part of a building that they belong to (OBJ, DAE,
  FBX, X3D, VRML, glTF, three.js: an object or a group for each building). One building taken alone is open where it
  leans on its neighbour, which nobody sees.
- **Solids** (`solids.apart(scene)`): every part closed by itself, with the walls that neighbours hide, in the order of
  `Scene.parts` (IFC, CityGML, CityJSON, STEP, OpenSCAD, 3DM, KMZ: a body for each building). `Scene.buildings` and
  `Scene.parts` say what each is, and have its footprint to be extruded by whoever wants prisms.

Layers are meshes of their own, `buildings` the first; the others (`ground`, `water`, `roads`, `green` ...) are there
where they were asked for. Their `parts` count objects, which `Scene.parts` does not list.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Mapping

import numpy as np
import numpy.typing as npt

from ..osm.tables.map_data import NOTICE

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# What a triangle is a piece of; `Mesh.surfaces` has the numbers.
FLOOR, WALL, ROOF = range(3)
BUILDINGS = "buildings"
# Where a height comes from: its tag, levels as tagged, or nothing but the kind of the building.
BY_HEIGHT, BY_LEVELS, ASSUMED = "height", "levels", "assumed"


@dataclass(frozen=True)
class Material:
    """How a surface looks: a name for people and an opaque colour, #RRGGBB."""

    name: str
    color: str


@dataclass(frozen=True, eq=False)
class Part:
    """A piece of a building that stands by itself, one polygon raised from `base` to `eave`, a roof on it to `top`.

    `id` is the object that it was mapped as (`way/12`, empty of layers that are no OSM), `building` the number of its
    Building. `rings` are the footprint, each ring (n, 2) in metres and open, the outer one first and counter-clockwise,
    holes clockwise. Metres above the ground: `base`, `eave`, `top`; a flat roof has its eave at the top. `levels` are
    storeys as tagged, those of the roof left out; 0 where nobody tagged them, `roof_levels` likewise. `wall` and
    `cover` are the numbers of the materials of its walls and of its roof. `roof` is the shape (roof:shape of the OSM
    wiki), and `direction` is where a slope of it looks to, degrees clockwise from north. `source` is where its height
    comes from: BY_HEIGHT, BY_LEVELS or ASSUMED.
    """

    id: str
    building: int
    rings: tuple[Floats, ...]
    base: float
    eave: float
    top: float
    roof: str = "flat"
    levels: float = 0.0
    roof_levels: float = 0.0
    wall: int = 0
    cover: int = 1
    direction: float = 0.0
    source: str = BY_HEIGHT


@dataclass(frozen=True, eq=False)
class Building:
    """A building: the object that it is (`way/12`), its kind (the value of `building`), name, attributes of the table
    of buildings that have a value, and the numbers of its parts in `Scene.parts`; a plain one has one part, itself.
    """

    id: str
    kind: str
    name: str
    parts: tuple[int, ...]
    tags: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Mesh:
    """The surfaces of one layer, its triangles counter-clockwise seen from outside.

    `vertices` (n, 3) are metres in the scene's frame, `triangles` (m, 3) numbers of vertices. Each triangle has its
    part (in `buildings` the number of one of the scene's, in other layers of one of its objects), its surface (FLOOR,
    WALL, ROOF), its material, the number of one of the scene's, and its closed body, counted from 0. Bodies share no
    edge; parts do where they touch. `count` is how many parts there are.
    """

    name: str
    vertices: Floats
    triangles: Integers
    parts: Integers
    surfaces: Integers
    materials: Integers
    bodies: Integers
    count: int

    @property
    def solids(self) -> Integers:
        """The parts, by the name that they had while each was a closed solid."""
        return self.parts


@dataclass(frozen=True, eq=False)
class Scene:
    """The meshes of one area in a frame of its own: metres east, north and up.

    `crs` is that frame as a PROJ definition, `origin` the longitude and latitude of its x = y = 0; z = 0 is the ground.
    `area_wkt` is the exact area in that frame. `date` is the date of the data (ISO 8601) or empty, `source` a human
    name of where they came from. `buildings` and `parts` say what the mesh `buildings` is made of.

    For a printer (`printed`) the meshes are in millimetres, `per_metre` of them a metre, from 0, 0, 0 on; where it is
    too large for the bed, each of its `tiles` is such a scene.
    """

    meshes: tuple[Mesh, ...]
    materials: tuple[Material, ...]
    crs: str
    origin: tuple[float, float]
    area_wkt: str
    date: str = ""
    source: str = ""
    notice: str = NOTICE
    buildings: tuple[Building, ...] = ()
    parts: tuple[Part, ...] = ()
    per_metre: float = 0.0
    tiles: tuple[Tile, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """The number of parts of each mesh, by its name."""
        return {mesh.name: mesh.count for mesh in self.meshes}

    def measured(self, building: Building) -> Part:
        """The part that says how high a building is, its tallest."""
        return max((self.parts[number] for number in building.parts), key=lambda part: part.top)

    @property
    def alone(self) -> Scene:
        """The buildings alone, for who has no use for what lies round them."""
        if len(self.meshes) == 1:
            return self
        meshes = tuple(mesh for mesh in self.meshes if mesh.name == BUILDINGS)
        used = max([1, *(max(part.wall, part.cover) for part in self.parts)]) + 1
        return replace(self, meshes=meshes, materials=self.materials[:used])

    def mesh(self, name: str) -> Mesh | None:
        """The mesh of a layer, or None."""
        return next((mesh for mesh in self.meshes if mesh.name == name), None)


@dataclass(frozen=True, eq=False)
class Tile:
    """A piece of a scene that is printed by itself: its row from the north and column from the west, counted from 1."""

    row: int
    column: int
    scene: Scene
