"""Paths of a drawing as OGR geometries, and back: for cutting, merging and widening by GEOS."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from dataclasses import replace

import numpy as np
from osgeo import ogr

from ..geo.gdal_settings import attempt
from .model import CURVE, LINE, MOVE, Path, Points

# A curve becomes so many lines.
_STEPS = np.linspace(0, 1, 13)[1:, None]
# Rings of less mm2 are what two edges that hardly differ leave between them.
_SPECK = 0.002


def polyline(points: Points, kinds: np.ndarray) -> Points:
    """A subpath with its curves as lines."""
    if not (kinds == CURVE).any():
        return points
    pieces: list[Points] = []
    index = 0
    while index < len(points):
        if kinds[index] == CURVE:
            start, one, two, end = points[index - 1 : index + 3]
            rest = 1 - _STEPS
            pieces.append(rest**3 * start + 3 * rest**2 * _STEPS * one + 3 * rest * _STEPS**2 * two + _STEPS**3 * end)
            index += 3
        else:
            pieces.append(points[index : index + 1])
            index += 1
    return np.concatenate(pieces)


def without_curves(path: Path, tolerance: float) -> Path:
    """The path with lines in place of its curves, as few as lie within a tolerance (mm); all curves at once."""
    kinds, points = path.kinds, path.points
    first = np.flatnonzero(kinds == CURVE)
    if not len(first):
        return path
    start, one, two, end = (points[first + place] for place in (-1, 0, 1, 2))
    with np.errstate(invalid="ignore", over="ignore"):
        bend = np.hypot(*np.maximum(np.abs(start - 2 * one + two), np.abs(one - 2 * two + end)).T)
        counts = np.nan_to_num(np.ceil(np.sqrt(0.75 * bend / tolerance)), nan=1.0).clip(1, 100).astype(int)
        # How many points each becomes: a curve's are all at its first one.
        many = np.ones(len(kinds), int)
        many[first], many[first + 1], many[first + 2] = counts, 0, 0
        source = np.repeat(np.arange(len(kinds)), many)
        curve = np.repeat(np.arange(len(first)), counts)
        past = ((np.arange(len(curve)) - np.repeat(np.cumsum(counts) - counts, counts) + 1) / counts[curve])[:, None]
        rest = 1 - past
        made = points[source]
        made[kinds[source] == CURVE] = (
            rest**3 * start[curve] + 3 * rest**2 * past * one[curve] + 3 * rest * past**2 * two[curve]
            + past**3 * end[curve]
        )  # fmt: skip
    made[np.cumsum(many)[first + 2] - 1] = end
    return replace(path, points=made, kinds=np.where(kinds[source] == MOVE, MOVE, LINE).astype(np.uint8))


def polygon(rings: list[Points]) -> ogr.Geometry:
    """A polygon of rings, the first one its outline."""
    body = b"".join(struct.pack("<I", len(ring)) + np.ascontiguousarray(ring, "<f8").tobytes() for ring in rings)
    return ogr.CreateGeometryFromWkb(struct.pack("<BII", 1, 3, len(rings)) + body)


def as_area(path: Path) -> ogr.Geometry:
    """A multipolygon by the even-odd rule: what two rings share is a hole."""
    whole = ogr.Geometry(ogr.wkbMultiPolygon)
    for points, kinds, _ in path.subpaths():
        ring = polyline(points, kinds)
        if len(ring) >= 4:
            one = polygon([ring])
            one = one if one.IsValid() else attempt(one.MakeValid)
            whole = (attempt(whole.SymDifference, one) if one is not None else None) or whole
    return ogr.ForceToMultiPolygon(whole)


def as_lines(path: Path) -> ogr.Geometry:
    """A multilinestring."""
    whole = ogr.Geometry(ogr.wkbMultiLineString)
    for points, kinds, _ in path.subpaths():
        line = np.ascontiguousarray(polyline(points, kinds), "<f8")
        whole.AddGeometry(ogr.CreateGeometryFromWkb(struct.pack("<BII", 1, 2, len(line)) + line.tobytes()))
    return whole


def path_of(geometry: ogr.Geometry, like: Path) -> list[Path]:
    """The geometry's rings or lines as one path that looks `like` another; none where there is nothing."""
    is_area = like.fill is not None
    chains = [chain for chain in _chains(geometry, 2 if is_area else 1) if not is_area or _size(chain) > _SPECK]
    if not chains:
        return []
    kinds = np.full(sum(len(chain) for chain in chains), LINE, np.uint8)
    kinds[np.cumsum([0, *(len(chain) for chain in chains[:-1])])] = MOVE
    return [replace(like, points=np.concatenate(chains), kinds=kinds)]


def _size(ring: Points) -> float:
    x, y = (ring - ring[0]).T
    return abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2


def _chains(geometry: ogr.Geometry, dimension: int) -> list[Points]:
    """The rings or lines of a geometry, of its parts of one dimension alone."""
    count = geometry.GetGeometryCount()
    if count == 0:
        points = geometry.GetPoints(2) if geometry.GetPointCount() > 1 else None
        return [np.array(points)] if points else []
    parts = [geometry.GetGeometryRef(index) for index in range(count)]
    is_ring = geometry.GetGeometryName() == "POLYGON"
    return [c for part in parts if is_ring or part.GetDimension() == dimension for c in _chains(part, dimension)]
