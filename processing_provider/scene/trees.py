"""Trees as bodies of few triangles: a trunk and a crown, round or pointed, each closed."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math

import numpy as np
from osgeo import gdal

from ..feedback import Feedback
from ..geo.gdal_settings import quiet
from ..osm.tables.map_data import MapData
from .model import ROOF, WALL, Flags, Floats, Integers, Mesh

TABLE = "trees"
_CHECK_EVERY = 500
# Metres where nobody measured; a crown is so wide for its tree's height, a trunk so thick.
_HEIGHT, _MOST = 8.0, 120.0
_CROWN, _TRUNK = 0.6, 0.04
_SIDES = 6


def trees(data: MapData, material: int, feedback: Feedback) -> Mesh | None:
    """All trees of map data; of several at one spot one stands. None where there are none."""
    rows = _read(data, feedback)
    if not len(rows):
        return None
    _, first = np.unique(np.rint(rows[:, :2] * 10).astype("i8"), axis=0, return_index=True)
    rows = rows[np.sort(first)]
    points, triangles, is_trunk = _template()
    x, y, height, crown, pointed = rows.T[:, :, None]
    foot = height * 0.25
    # The template's third column says where between foot and top a point lies, trunks reach into their crown.
    level = points[:, 2]
    wide = np.where(is_trunk, height * _TRUNK, crown / 2 * np.where(level > 0.6, 1 - 0.5 * pointed, 1.0))
    z = np.where(is_trunk, level * foot * 1.2, foot + (height - foot) * level)
    vertices = np.stack([x + points[:, 0] * wide, y + points[:, 1] * wide, z + 0 * x], axis=2).reshape(-1, 3)
    count, size = len(rows), len(points)
    every = (triangles[None] + size * np.arange(count)[:, None, None]).reshape(-1, 3)
    parts = np.repeat(np.arange(count), len(triangles))
    trunk = is_trunk[triangles[:, 0]]
    bodies = 2 * parts + np.tile(np.where(trunk, 0, 1), count)
    surfaces = np.tile(np.where(trunk, WALL, ROOF), count)
    return Mesh(TABLE, vertices, every, parts, surfaces, np.full(len(every), material), bodies, count)


def _read(data: MapData, feedback: Feedback) -> Floats:
    """Rows of x, y, height, width of the crown in metres, and 1 for conifers."""
    if data.table(TABLE) is None:
        return np.zeros((0, 5))
    rows = []
    with quiet():
        dataset = gdal.OpenEx(str(data.path), gdal.OF_VECTOR)
        for number, feature in enumerate(dataset.GetLayerByName(TABLE)):
            if number % _CHECK_EVERY == 0:
                feedback.check()
            tags, shape = feature.items(), feature.GetGeometryRef()
            if shape is None:
                continue
            height = float(tags.get("height") or 0)
            height = height if 1 <= height <= _MOST else _HEIGHT
            crown = float(tags.get("diameter_crown") or 0)
            crown = crown if 0.5 <= crown <= 2 * height else _CROWN * height
            rows.append((shape.GetX(), shape.GetY(), height, crown, float(tags.get("leaf_type") == "needleleaved")))
        dataset = None
    return np.array(rows, "f8").reshape(-1, 5)


def _template() -> tuple[Floats, Integers, Flags]:
    """Points of a tree (radii and levels of 1), its triangles, and which points are of its trunk."""
    turn = [2 * math.pi * k / _SIDES for k in range(_SIDES)]
    rings = [(0.55, 0.12), (1.0, 0.4), (0.7, 0.8)]
    points = [(0.0, 0.0, 0.0)] + [(r * math.cos(a), r * math.sin(a), z) for r, z in rings for a in turn]
    points.append((0.0, 0.0, 1.0))
    triangles = []
    for k in range(_SIDES):
        n = (k + 1) % _SIDES
        triangles.append((0, 1 + n, 1 + k))
        for ring in range(len(rings) - 1):
            a, b = 1 + ring * _SIDES + k, 1 + ring * _SIDES + n
            triangles += [(a, b, b + _SIDES), (a, b + _SIDES, a + _SIDES)]
        last = 1 + (len(rings) - 1) * _SIDES
        triangles.append((last + k, last + n, len(points) - 1))
    crown = len(points)
    square = [(1, 1), (-1, 1), (-1, -1), (1, -1)]
    points += [(float(a), float(b), z) for z in (0.0, 1.0) for a, b in square]
    triangles += [(crown, crown + 3, crown + 2), (crown, crown + 2, crown + 1)]
    triangles += [(crown + 4, crown + 5, crown + 6), (crown + 4, crown + 6, crown + 7)]
    for k in range(4):
        a, b = crown + k, crown + (k + 1) % 4
        triangles += [(a, b, b + 4), (a, b + 4, a + 4)]
    made = np.array(points)
    return made, np.array(triangles), np.arange(len(points)) >= crown
