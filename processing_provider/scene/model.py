"""A scene: what stands in an area, as named meshes of triangles with materials, in metres, z up."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..osm.tables.map_data import NOTICE

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# What a triangle is a piece of; `Mesh.surfaces` has the numbers.
FLOOR, WALL, ROOF = range(3)


@dataclass(frozen=True)
class Material:
    """How a surface looks: a name for people and an opaque colour, #RRGGBB."""

    name: str
    color: str


@dataclass(frozen=True, eq=False)
class Mesh:
    """The solids of one layer, one after another: each closed, its triangles counter-clockwise seen from outside.

    `vertices` (n, 3) are metres in the scene's frame, `triangles` (m, 3) numbers of vertices; no two solids share one.
    Each triangle has its solid, counted from 0, its surface (FLOOR, WALL, ROOF) and its material, the number of one of
    the scene's.
    """

    name: str
    vertices: Floats
    triangles: Integers
    solids: Integers
    surfaces: Integers
    materials: Integers

    @property
    def count(self) -> int:
        """The number of solids."""
        return int(self.solids[-1]) + 1 if len(self.solids) else 0


@dataclass(frozen=True, eq=False)
class Scene:
    """The meshes of one area in a frame of its own: metres east, north and up.

    `crs` is that frame as a PROJ definition, `origin` the longitude and latitude of its x = y = 0; z = 0 is the ground.
    `area_wkt` is the exact area in that frame. `date` is the date of the data (ISO 8601) or empty, `source` a human
    name of where they came from.
    """

    meshes: tuple[Mesh, ...]
    materials: tuple[Material, ...]
    crs: str
    origin: tuple[float, float]
    area_wkt: str
    date: str = ""
    source: str = ""
    notice: str = NOTICE

    @property
    def counts(self) -> dict[str, int]:
        """The number of solids of each mesh, by its name."""
        return {mesh.name: mesh.count for mesh in self.meshes}
