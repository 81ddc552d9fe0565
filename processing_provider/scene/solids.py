"""Closed solids of building footprints: every edge belongs to exactly two faces."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from osgeo import ogr

from .model import BUILDINGS, FLOOR, ROOF, WALL, Floats, Integers, Mesh, Scene
from .triangles import Point, oriented, triangulate

# Coordinates are rounded to a centimetre, and a corner is one where it leaves its neighbours' line by more.
_GRID = 2
_STRAIGHT = 0.005


@dataclass(frozen=True, eq=False)
class Solid:
    """One closed body: vertices (n, 3), triangles (m, 3) counter-clockwise seen from outside, what each is of."""

    vertices: Floats
    triangles: Integers
    surfaces: Integers


def clean_ring(points: list[Point]) -> list[Point]:
    """An open ring on the centimetre grid without repeated points and without points on a straight line."""
    rounded = [(round(x, _GRID), round(y, _GRID)) for x, y in points]
    ring = [p for p, before in zip(rounded, rounded[-1:] + rounded[:-1]) if p != before]
    changed = True
    while changed and len(ring) > 3:
        changed = False
        for number, b in enumerate(ring):
            a, c = ring[number - 1], ring[(number + 1) % len(ring)]
            length = ((c[0] - a[0]) ** 2 + (c[1] - a[1]) ** 2) ** 0.5
            off = abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
            if off <= _STRAIGHT * max(length, _STRAIGHT):
                del ring[number]
                changed = True
                break
    return ring if len(ring) >= 3 else []


def footprints(geometry: ogr.Geometry) -> list[list[list[Point]]]:
    """The polygons of a footprint as clean rings, the outer one first."""
    flat = ogr.GT_Flatten(geometry.GetGeometryType())
    count = geometry.GetGeometryCount() if flat == ogr.wkbMultiPolygon else 1
    polygons = []
    for index in range(count):
        polygon = geometry.GetGeometryRef(index) if flat == ogr.wkbMultiPolygon else geometry
        rings = [
            clean_ring(polygon.GetGeometryRef(number).GetPoints(2)[:-1]) for number in range(polygon.GetGeometryCount())
        ]
        if rings and rings[0]:
            polygons.append([rings[0], *(ring for ring in rings[1:] if ring)])
    return polygons


def prism(rings: list[list[Point]], base: float, top: float) -> Solid | None:
    """A footprint raised from `base` to `top`; None where it crosses itself."""
    caps = triangulate(rings)
    if not caps:
        return None
    index = {point: number for number, point in enumerate(dict.fromkeys(point for ring in rings for point in ring))}
    # The vertices are those of the roof, then those of the floor.
    below = len(index)
    triangles: list[tuple[int, int, int]] = []
    for triangle in caps:
        a, b, c = (index[point] for point in triangle)
        triangles += [(a, b, c), (a + below, c + below, b + below)]
    for number, ring in enumerate(rings):
        turned = [index[point] for point in oriented(ring, number == 0)]
        for a, b in zip(turned, turned[1:] + turned[:1]):
            triangles += [(a + below, b + below, b), (a + below, b, a)]
    surfaces = np.full(len(triangles), WALL)
    surfaces[0 : 2 * len(caps) : 2], surfaces[1 : 2 * len(caps) : 2] = ROOF, FLOOR
    flat = np.array(list(index))
    vertices = np.column_stack([np.concatenate([flat, flat]), np.repeat([float(top), float(base)], below)])
    return Solid(vertices, np.array(triangles), surfaces)


def apart(scene: Scene) -> Mesh:
    """The buildings of a scene with every part closed by itself, in the order of the scene: its own body."""
    return next(mesh for mesh in scene.meshes if mesh.name == BUILDINGS)
