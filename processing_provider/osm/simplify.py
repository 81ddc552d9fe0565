"""Simplification that keeps neighbours together: every shared stretch of a boundary is simplified once.

All rings and lines of a job are cut into arcs at the vertices where more or fewer than two different edges meet
(M. Bostock, TopoJSON, 2012: the arcs of a topology); each arc is simplified (Douglas and Peucker, 1973) with the
smallest tolerance of its users, and the shapes are put together again. What would come out broken keeps its arcs.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from itertools import combinations
from typing import Iterator, Sequence, TypeVar

import numpy as np
from osgeo import ogr

from ..feedback import Feedback
from ..geo.gdal_settings import attempt

# OSM's own resolution: a coordinate is a whole number of these degrees.
_UNITS = 1e7
# Metres in a degree of latitude, at most: a tolerance in degrees made with it is never above that in metres.
_DEGREE = 111_700.0
_CHECK_EVERY = 2000
_ROUNDS = 8
# Square degrees that are no area: a thousandth of a square metre.
_NO_AREA = 1e-13
_Thing = TypeVar("_Thing")
_LINE_Z = struct.pack("<BI", 1, 0x80000002)


@dataclass
class Shape:
    """A line or polygon to be simplified: its rings or lines as (n, 2) arrays in lon/lat, and how far they may move."""

    geometry: ogr.Geometry
    tolerance: float
    chains: list[np.ndarray]
    polygon: bool


def simplified(
    geometries: Sequence[ogr.Geometry], tolerances: Sequence[float], feedback: Feedback
) -> list[ogr.Geometry]:
    """The geometries (lon/lat; lines, polygons, their multis) moved by at most their tolerance in metres.

    A tolerance of 0 leaves a shape as it is, and with it whatever its neighbours share with it.
    """
    given = list(zip(geometries, tolerances))
    shapes = [
        Shape(geometry, tolerance, _chains(geometry), geometry.GetDimension() == 2)
        for geometry, tolerance in _told(given, feedback.part(0, 20))
    ]
    chains = [chain for shape in shapes for chain in shape.chains]
    if not chains:
        return list(geometries)
    owners = np.repeat(np.arange(len(shapes)), [len(shape.chains) for shape in shapes])
    arcs, uses = _topology(chains, feedback.part(20, 40))
    limits = np.full(len(arcs), np.inf)
    for chain, owner in _told(list(enumerate(owners)), feedback.part(40, 40)):
        used = [arc for arc, _ in uses[chain]]
        limits[used] = np.minimum(limits[used], shapes[owner].tolerance)
    squeeze = math.cos(math.radians(float(np.mean([chain[0, 1] for chain in chains]))))
    limited = list(zip(arcs, limits))
    short = [_arc(arc, limit, squeeze) for arc, limit in _told(limited, feedback.part(40, 70))]
    users: dict[int, set[int]] = {}
    for chain, owner in _told(list(enumerate(owners)), feedback.part(70, 70)):
        for arc, _ in uses[chain]:
            users.setdefault(arc, set()).add(int(owner))
    first = np.concatenate(([0], np.cumsum([len(shape.chains) for shape in shapes])))
    result = list(geometries)
    waiting = {number for number, shape in enumerate(shapes) if shape.tolerance > 0}
    pairs: list[tuple[int, int]] | None = None
    for low in [70] + [99] * (_ROUNDS - 1):
        broken: set[int] = set()
        for number in _told(sorted(waiting), feedback.part(low, 85 if low == 70 else 100)):
            made = _rebuilt(shapes[number], [uses[c] for c in range(first[number], first[number + 1])], short)
            if made is None:
                broken.add(number)
            else:
                result[number] = made
        if not broken:
            pairs = _meeting(shapes, arcs, users, feedback.part(85, 85)) if pairs is None else pairs
            changed = [pair for pair in pairs if pair[0] in waiting or pair[1] in waiting]
            broken = _overlapping(shapes, result, changed, feedback.part(85, 100) if low == 70 else feedback)
        waiting = set()
        for number in broken:
            result[number] = shapes[number].geometry
            for chain in range(first[number], first[number + 1]):
                for arc, _ in uses[chain]:
                    if short[arc] is not arcs[arc]:
                        short[arc] = arcs[arc]
                        waiting |= {user for user in users[arc] if shapes[user].tolerance > 0}
        if not waiting:
            break
    return result


def _meeting(
    shapes: list[Shape], arcs: list[np.ndarray], users: dict[int, set[int]], feedback: Feedback
) -> list[tuple[int, int]]:
    """The pairs of polygons that have a point in common where arcs end."""
    meeting: dict[tuple[float, float], set[int]] = {}
    for number, arc in _told(list(enumerate(arcs)), feedback):
        areas = {user for user in users[number] if shapes[user].polygon}
        for end in (arc[0], arc[-1]):
            meeting.setdefault((float(end[0]), float(end[1])), set()).update(areas)
    return sorted({pair for those in meeting.values() if len(those) > 1 for pair in combinations(sorted(those), 2)})


def _overlapping(
    shapes: list[Shape], result: list[ogr.Geometry], pairs: list[tuple[int, int]], feedback: Feedback
) -> set[int]:
    """The polygons of `pairs` that overlap now and did not before."""
    found: set[int] = set()
    for a, b in _told(pairs, feedback):
        old_a, old_b, new_a, new_b = shapes[a].geometry, shapes[b].geometry, result[a], result[b]
        if (new_a is old_a and new_b is old_b) or new_a.Touches(new_b):
            continue
        if _shared(new_a, new_b) > _shared(old_a, old_b) + _NO_AREA:
            found |= {a, b}
    return found


def _shared(a: ogr.Geometry, b: ogr.Geometry) -> float:
    """The area that two polygons have in common, in square degrees."""
    common = attempt(a.Intersection, b)
    return float(common.GetArea()) if common is not None else 0.0


def _told(things: Sequence[_Thing], feedback: Feedback) -> Iterator[_Thing]:
    """The same things, with progress."""
    for number, thing in enumerate(things):
        if number % _CHECK_EVERY == 0:
            feedback.progress(100 * number / len(things), "simplifying")
        yield thing


def _chains(geometry: ogr.Geometry) -> list[np.ndarray]:
    """Every ring or line of a geometry as an array of lon/lat."""
    count = geometry.GetGeometryCount()
    if count == 0:
        points = geometry.GetPoints(2) if geometry.GetPointCount() else None
        return [np.array(points)] if points else []
    return [chain for index in range(count) for chain in _chains(geometry.GetGeometryRef(index))]


def _topology(chains: list[np.ndarray], feedback: Feedback) -> tuple[list[np.ndarray], list[list[tuple[int, bool]]]]:
    """The arcs of all chains, each once, and for each chain its arcs in order with whether they are turned."""
    points = np.concatenate(chains)
    feedback.progress(0, "simplifying")
    units = np.round(points * _UNITS).astype(np.int64)
    keys = (units[:, 0] << 32) ^ (units[:, 1] & 0xFFFFFFFF)
    _, ids = np.unique(keys, return_inverse=True)
    ids = ids.ravel()
    feedback.progress(1, "simplifying")
    lengths = np.array([len(chain) for chain in chains])
    ends = np.cumsum(lengths)
    starts = ends - lengths
    inner = np.ones(len(points), bool)
    inner[ends - 1] = False
    a, b = ids[:-1][inner[:-1]], ids[1:][inner[:-1]]
    moved = a != b
    count = int(ids.max()) + 1
    # Each edge once, as one number: rows are several times as slow to compare.
    edges = np.unique(np.minimum(a, b)[moved] * count + np.maximum(a, b)[moved])
    feedback.progress(2, "simplifying")
    degree = np.bincount(np.concatenate(np.divmod(edges, count)), minlength=count)
    node = degree != 2
    closed = ids[starts] == ids[ends - 1]
    # A line ends where it ends, also in the middle of another one's way.
    node[ids[starts[~closed]]] = True
    node[ids[ends[~closed] - 1]] = True
    arcs: list[np.ndarray] = []
    known: dict[tuple[int, ...], int] = {}
    uses: list[list[tuple[int, bool]]] = []
    for start, end, is_closed in _told(list(zip(starts, ends, closed)), feedback):
        order = np.arange(start, end)
        if is_closed:
            # A ring begins at a node, or where its smallest number is: alike for all who share it.
            body = order[:-1]
            marks = np.nonzero(node[ids[body]])[0]
            turn = marks[0] if len(marks) else int(np.argmin(ids[body]))
            order = np.concatenate([body[turn:], body[:turn], body[turn : turn + 1]])
        cuts = [0, *(np.nonzero(node[ids[order[1:-1]]])[0] + 1).tolist(), len(order) - 1]
        used = []
        for low, high in zip(cuts, cuts[1:]):
            piece = order[low : high + 1]
            path = ids[piece]
            turned = (path[0], path[1], path[-2]) > (path[-1], path[-2], path[1])
            key = (int(path[-1]), int(path[-2]), int(path[0]), len(path), int(path.sum())) if turned else (
                int(path[0]), int(path[1]), int(path[-1]), len(path), int(path.sum())
            )  # fmt: skip
            number = known.get(key)
            if number is None:
                number = known[key] = len(arcs)
                arcs.append(points[piece[::-1]] if turned else points[piece])
            used.append((number, bool(turned)))
        uses.append(used)
    return arcs, uses


def _arc(arc: np.ndarray, tolerance: float, squeeze: float) -> np.ndarray:
    """The arc with fewer points, its ends kept; the height of each point carries its number through GEOS."""
    if len(arc) < 3 or tolerance <= 0 or not math.isfinite(tolerance):
        return arc
    lifted = np.column_stack([arc[:, 0] * squeeze, arc[:, 1], np.arange(len(arc), dtype=float)])
    line = ogr.CreateGeometryFromWkb(_LINE_Z + struct.pack("<I", len(arc)) + lifted.tobytes())
    if (arc[0] == arc[-1]).all():
        # A ring of one arc would fall to a point: its farthest point is kept as well.
        middle = int(np.argmax(((lifted[:, :2] - lifted[0, :2]) ** 2).sum(axis=1)))
        if 0 < middle < len(arc) - 1:
            return np.concatenate(
                [_arc(arc[: middle + 1], tolerance, squeeze)[:-1], _arc(arc[middle:], tolerance, squeeze)]
            )
        return arc
    short = attempt(line.Simplify, tolerance / _DEGREE)
    if short is None or short.GetPointCount() < 2:
        return arc
    kept = np.frombuffer(bytes(short.ExportToWkb(ogr.wkbNDR))[9:], "<f8").reshape(-1, 3)[:, 2].astype(int)
    return arc if len(kept) == len(arc) else arc[kept]


def _rebuilt(shape: Shape, uses: list[list[tuple[int, bool]]], short: list[np.ndarray]) -> ogr.Geometry | None:
    """The shape from its arcs; None where a polygon would come out broken."""
    rings = []
    for used in uses:
        pieces = [short[arc][::-1] if turned else short[arc] for arc, turned in used]
        rings.append(np.concatenate([*(piece[:-1] for piece in pieces[:-1]), pieces[-1]]))
    if shape.polygon and any(len(ring) < 4 for ring in rings):
        return None
    waiting = iter(rings)
    made = attempt(ogr.CreateGeometryFromWkb, _wkb(shape.geometry, waiting))
    if made is None or (shape.polygon and not made.IsValid()):
        return None
    return made


def _wkb(geometry: ogr.Geometry, rings: object) -> bytes:
    """WKB of a geometry's structure with the coordinates of `rings`, an iterator."""
    name = geometry.GetGeometryName()
    count = geometry.GetGeometryCount()
    if name == "LINESTRING":
        ring = next(rings)  # type: ignore[call-overload]
        return struct.pack("<BII", 1, 2, len(ring)) + np.ascontiguousarray(ring).tobytes()
    if name == "POLYGON":
        parts = [next(rings) for _ in range(count)]  # type: ignore[call-overload]
        body = b"".join(struct.pack("<I", len(ring)) + np.ascontiguousarray(ring).tobytes() for ring in parts)
        return struct.pack("<BII", 1, 3, count) + body
    code = {"MULTILINESTRING": 5, "MULTIPOLYGON": 6}[name]
    body = b"".join(_wkb(geometry.GetGeometryRef(index), rings) for index in range(count))
    return struct.pack("<BII", 1, code, count) + body
