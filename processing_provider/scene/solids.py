"""Closed solids of building footprints: every edge belongs to exactly two faces."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from osgeo import ogr

from .triangles import Point, oriented, triangulate

Vertex = tuple[float, float, float]
Face = tuple[Vertex, Vertex, Vertex]
# Coordinates are rounded to a centimetre, and a corner is one where it leaves its neighbours' line by more.
_GRID = 2
_STRAIGHT = 0.005


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


def prism(rings: list[list[Point]], base: float, top: float) -> list[Face]:
    """The faces of a footprint raised from `base` to `top`, seen from outside counter-clockwise.

    Empty where the footprint crosses itself.
    """
    caps = triangulate(rings)
    if not caps:
        return []
    faces: list[Face] = []
    for a, b, c in caps:
        faces.append(((*a, top), (*b, top), (*c, top)))
        faces.append(((*a, base), (*c, base), (*b, base)))
    for number, ring in enumerate(rings):
        turned = oriented(ring, number == 0)
        for a, b in zip(turned, turned[1:] + turned[:1]):
            faces.append(((*a, base), (*b, base), (*b, top)))
            faces.append(((*a, base), (*b, top), (*a, top)))
    return faces
