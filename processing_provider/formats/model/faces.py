"""The parts of a scene's buildings as closed bodies of plane faces, for formats that know faces with holes.

A flat part is its footprint raised: two faces with holes and a wall for each side. One with another roof is the
triangles that it has in the scene.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

import numpy as np

from ...geo.projection import transformation
from ...scene.model import ASSUMED, FLOOR, ROOF, WALL, Building, Floats, Part, Scene
from ...scene.solids import apart
from .pieces import by_number

FLAT = "flat"
# Columns of the map data that serve drawing, or are told by other means.
_WITHIN = ("osm_id", "osm_type", "name", "building", "layer", "tunnel", "bridge", "area")


@dataclass(frozen=True, eq=False)
class Face:
    """A plane face of a body: what it is (FLOOR, WALL, ROOF), and its rings, open, numbers of the body's points.

    The outer ring runs counter-clockwise seen from outside, holes the other way.
    """

    surface: int
    rings: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class Body:
    """A part as a closed body: its points (n, 3), z up, and its faces, which meet at every edge."""

    part: Part
    points: Floats
    faces: tuple[Face, ...]


def bodies(scene: Scene) -> Iterator[Body]:
    """The body of every part, in the order of the scene."""
    mesh = apart(scene)
    for part, rows in zip(scene.parts, by_number(mesh.parts, len(scene.parts))):
        if part.roof == FLAT:
            yield _raised(part)
            continue
        used, index = np.unique(mesh.triangles[rows], return_inverse=True)
        kinds = mesh.surfaces[rows].tolist()
        corners = index.reshape(-1, 3).tolist()
        made = tuple(Face(kind, (tuple(three),)) for kind, three in zip(kinds, corners))
        yield Body(part, mesh.vertices[used], made)


def _raised(part: Part) -> Body:
    """Points of the floor, then as many of the roof, ring by ring."""
    flat = np.concatenate(part.rings)
    count = len(flat)
    points = np.column_stack([np.concatenate([flat, flat]), np.repeat([part.base, part.top], count)])
    floors, roofs, walls = [], [], []
    start = 0
    for ring in part.rings:
        low = tuple(range(start, start + len(ring)))
        floors.append(low[::-1])
        roofs.append(tuple(number + count for number in low))
        for one, other in zip(low, low[1:] + low[:1]):
            walls.append(Face(WALL, ((one, other, other + count, one + count),)))
        start += len(ring)
    return Body(part, points, (Face(FLOOR, tuple(floors)), Face(ROOF, tuple(roofs)), *walls))


def tags(building: Building) -> dict[str, str | int | float]:
    """What is known of a building besides its name, its id as OpenStreetMap's pages have it."""
    plain = {
        key: value
        for key, value in building.tags.items()
        if isinstance(value, (str, int, float)) and key not in _WITHIN
    }
    return {**({"osm_id": building.id} if building.id else {}), **plain}


def height(building: Building, scene: Scene) -> float:
    """How high a building is above its lowest floor, in metres."""
    parts = [scene.parts[number] for number in building.parts]
    return max(part.top for part in parts) - min(part.base for part in parts)


def measured(building: Building, scene: Scene) -> float | None:
    """The same to the centimetre, where it was not assumed for want of tags."""
    return None if source(building, scene) == ASSUMED else round(height(building, scene), 2)


def source(building: Building, scene: Scene) -> str:
    """Where its height comes from: `height`, `levels` or `assumed`."""
    return scene.measured(building).source


def material(part: Part, face: Face) -> int:
    """The number of the scene's material that a face has: that of the roof, or of the walls, which a floor has too."""
    return part.cover if face.surface == ROOF else part.wall


def part_height(part: Part) -> float | None:
    """How high a part is, to the centimetre, where that was not assumed."""
    return None if part.source == ASSUMED else round(part.top - part.base, 2)


def storeys(building: Building, scene: Scene) -> int:
    """Its storeys as tagged, whole ones; 0 where nobody tagged them."""
    return int(max(scene.parts[number].levels for number in building.parts))


def utm(scene: Scene) -> int:
    """The EPSG code of the UTM zone (WGS 84) that the origin of the scene lies in."""
    longitude, latitude = scene.origin
    return (32600 if latitude >= 0 else 32700) + min(int((longitude + 180) // 6) + 1, 60)


def placed(points: Floats, scene: Scene, crs: str) -> Floats:
    """Points of the scene in another CRS, their heights as they are."""
    way = transformation(scene.crs, crs)
    if way is None or not len(points):
        return points
    moved = np.array(way.TransformPoints(points[:, :2].tolist()))
    return np.column_stack([moved[:, :2], points[:, 2]])
