"""Coastline to land and sea: OSM's coast has the land on its left (OSM wiki, Tag:natural=coastline).

The coast lines and the frame's edge are noded together and polygonised; each face is land or sea by the
side of the coast that it lies on. A coast that ends inside the frame is led on to the edge, as an extract
cut too narrow leaves it.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math

from osgeo import ogr

from ..geo.geometry import extracted

Point = tuple[float, float]
# How far the coast is followed beyond the frame, by the side of a square as large.
_BEYOND = 1e-6


def land_and_sea(
    coast: list[ogr.Geometry], frame: ogr.Geometry, way: object
) -> tuple[ogr.Geometry | None, ogr.Geometry | None]:
    """The frame's land and sea as polygons, None for what it has not.

    `coast` holds lines in lon/lat, `way` leads from there to the frame's CRS (None: the same).
    """
    lines = _joined([_projected(line, way) for line in coast])
    inside = [piece for line in lines for piece in _lines(line.Intersection(frame)) if piece.Length() > 0]
    if not inside:
        wet = bool(lines) and _beside_nearest(lines, frame) == "sea"
        return (None, frame.Clone()) if wet else (frame.Clone(), None)
    edge = frame.GetBoundary()
    network = ogr.Geometry(ogr.wkbMultiLineString)
    # A little beyond the edge: where that is not along an axis, a rounded end would lie beside it, and no face close.
    beyond = frame.Buffer(_BEYOND * math.sqrt(frame.GetArea()), 1)
    for line in lines:
        for piece in _lines(line.Intersection(beyond)):
            network.AddGeometry(piece)
    for link in _led_on(inside, frame):
        network.AddGeometry(link)
    faces = network.Union(edge).Polygonize()
    land = ogr.Geometry(ogr.wkbMultiPolygon)
    sea = ogr.Geometry(ogr.wkbMultiPolygon)
    for index in range(faces.GetGeometryCount()):
        face = faces.GetGeometryRef(index)
        if not frame.Contains(face.PointOnSurface()):
            continue
        (land if _vote(face, inside) >= 0 else sea).AddGeometry(face)
    return _merged(land), _merged(sea)


def loose_ends(coast: list[ogr.Geometry], box: tuple[float, float, float, float]) -> list[Point]:
    """Where the coast ends inside a lon/lat box (west, south, east, north), from the west on: a whole coast never does.

    Two coasts that meet head on are no end of either.
    """
    ends: dict[Point, int] = {}
    for line in coast:
        last = line.GetPointCount() - 1
        for number in (0, last) if last > 0 else ():
            point = line.GetPoint_2D(number)
            ends[point] = ends.get(point, 0) + 1
    west, south, east, north = box
    return sorted(
        (x, y) for (x, y), count in ends.items() if count == 1 and west < x < east and south < y < north
    )  # fmt: skip


def _projected(line: ogr.Geometry, way: object) -> ogr.Geometry:
    result = line.Clone()
    if way is not None:
        result.Transform(way)
    return result


def _joined(lines: list[ogr.Geometry]) -> list[ogr.Geometry]:
    """Lines joined end to start, so that an end is a real end of the coast and not of a way."""
    starts: dict[Point, list[int]] = {}
    points = [line.GetPoints(2) for line in lines]
    for number, line in enumerate(points):
        starts.setdefault(tuple(line[0]), []).append(number)
    used = [False] * len(points)
    followed = {tuple(line[-1]) for line in points}
    order = sorted(range(len(points)), key=lambda number: tuple(points[number][0]) in followed)
    result = []
    for first in order:
        if used[first]:
            continue
        chain = list(points[first])
        used[first] = True
        while True:
            following = [n for n in starts.get(tuple(chain[-1]), ()) if not used[n]]
            if not following or tuple(chain[0]) == tuple(chain[-1]):
                break
            used[following[0]] = True
            chain.extend(points[following[0]][1:])
        joined = ogr.Geometry(ogr.wkbLineString)
        for x, y in chain:
            joined.AddPoint_2D(x, y)
        result.append(joined)
    return result


def _lines(geometry: ogr.Geometry | None) -> list[ogr.Geometry]:
    found = extracted(geometry, "line")
    if found is None:
        return []
    return [found.GetGeometryRef(index).Clone() for index in range(found.GetGeometryCount())]


def _led_on(pieces: list[ogr.Geometry], frame: ogr.Geometry) -> list[ogr.Geometry]:
    """Links from every loose end inside the frame straight to the nearest point of its edge."""
    edge = frame.GetBoundary()
    xmin, xmax, ymin, ymax = frame.GetEnvelope()
    near = 1e-7 * max(xmax - xmin, ymax - ymin)
    ends: dict[Point, int] = {}
    for piece in pieces:
        points = piece.GetPoints(2)
        for point in (tuple(points[0]), tuple(points[-1])):
            ends[point] = ends.get(point, 0) + 1
    links = []
    for (x, y), count in ends.items():
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(x, y)
        if count > 1 or edge.Distance(point) <= near:
            continue
        target = _nearest(edge, x, y)
        link = ogr.Geometry(ogr.wkbLineString)
        link.AddPoint_2D(x, y)
        # A little beyond the edge, so that rounding cannot leave the face open.
        link.AddPoint_2D(x + (target[0] - x) * (1 + 1e-6), y + (target[1] - y) * (1 + 1e-6))
        links.append(link)
    return links


def _nearest(line: ogr.Geometry, x: float, y: float) -> Point:
    """The point of `line` (a line or several) nearest to x, y."""
    best, result = math.inf, (x, y)
    parts = [line.GetGeometryRef(i) for i in range(line.GetGeometryCount())] or [line]
    for part in parts:
        points = part.GetPoints(2)
        for (ax, ay), (bx, by) in zip(points, points[1:]):
            dx, dy = bx - ax, by - ay
            length = dx * dx + dy * dy
            t = min(max(((x - ax) * dx + (y - ay) * dy) / length, 0.0), 1.0) if length else 0.0
            px, py = ax + t * dx, ay + t * dy
            distance = (px - x) ** 2 + (py - y) ** 2
            if distance < best:
                best, result = distance, (px, py)
    return result


def _vote(face: ogr.Geometry, coast: list[ogr.Geometry]) -> float:
    """Metres of coast that have the face on their left, less those that have it on their right."""
    west, east, south, north = face.GetEnvelope()
    reach = 1e-6 * max(east - west, north - south)
    # Both are asked of every piece of a coast, which a bare geometry looks through anew each time.
    near, inside = face.Buffer(reach, 1).CreatePreparedGeometry(), face.CreatePreparedGeometry()
    total = 0.0
    for line in coast:
        a, b, c, d = line.GetEnvelope()
        if b < west - reach or a > east + reach or d < south - reach or c > north + reach:
            continue
        points = line.GetPoints(2)
        for (ax, ay), (bx, by) in zip(points, points[1:]):
            mx, my = (ax + bx) / 2, (ay + by) / 2
            if not (west - reach <= mx <= east + reach and south - reach <= my <= north + reach):
                continue
            length = math.hypot(bx - ax, by - ay)
            if length <= reach:
                continue
            middle = ogr.Geometry(ogr.wkbPoint)
            middle.AddPoint_2D(mx, my)
            if not near.Intersects(middle):
                continue
            step = length * 1e-3
            nx, ny = -(by - ay) / length * step, (bx - ax) / length * step
            left = ogr.Geometry(ogr.wkbPoint)
            left.AddPoint_2D(mx + nx, my + ny)
            right = ogr.Geometry(ogr.wkbPoint)
            right.AddPoint_2D(mx - nx, my - ny)
            if inside.Contains(left):
                total += length
            elif inside.Contains(right):
                total -= length
    return total


def _beside_nearest(lines: list[ogr.Geometry], frame: ogr.Geometry) -> str:
    """`land` or `sea`: the side of the nearest coast that the frame's middle lies on."""
    centre = frame.PointOnSurface()
    x, y = centre.GetX(), centre.GetY()
    line = min(lines, key=lambda candidate: candidate.Distance(centre))
    best, side = math.inf, 0.0
    points = line.GetPoints(2)
    for (ax, ay), (bx, by) in zip(points, points[1:]):
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        if not length:
            continue
        t = min(max(((x - ax) * dx + (y - ay) * dy) / length, 0.0), 1.0)
        distance = (ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2
        if distance < best - 1e-12:
            best, side = distance, (dx * (y - ay) - dy * (x - ax)) / math.sqrt(length)
        elif abs(distance - best) <= 1e-12:
            # Nearest at a corner: the segment that the point stands off from more squarely knows its side.
            other = (dx * (y - ay) - dy * (x - ax)) / math.sqrt(length)
            side = other if abs(other) > abs(side) else side
    return "land" if side >= 0 else "sea"


def _merged(faces: ogr.Geometry) -> ogr.Geometry | None:
    return None if faces.IsEmpty() else extracted(faces.UnionCascaded(), "polygon")
