"""A polygon with holes cut into triangles by clipping ears; no new vertices, so walls and caps meet.

Holes are first joined to the outer ring by a bridge to a vertex that sees them (D. Eberly, Triangulation by
Ear Clipping, 2008).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

Point = tuple[float, float]
Triangle = tuple[Point, Point, Point]


def triangulate(rings: list[list[Point]]) -> list[Triangle]:
    """Counter-clockwise triangles of an outer ring and its holes (open rings, at least three points each).

    Empty where the polygon cannot be cut up without crossing itself.
    """
    outer = oriented(rings[0], True)
    holes = sorted((oriented(hole, False) for hole in rings[1:]), key=lambda hole: -max(hole)[0])
    for hole in holes:
        outer = _bridged(outer, hole)
        if not outer:
            return []
    return _clip_ears(outer)


def signed_area(ring: list[Point]) -> float:
    """Twice the area, positive where the ring runs counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))


def oriented(ring: list[Point], counter_clockwise: bool) -> list[Point]:
    """The ring, turned where it runs the other way."""
    return ring if (signed_area(ring) > 0) == counter_clockwise else ring[::-1]


def _cross(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _inside(p: Point, a: Point, b: Point, c: Point) -> bool:
    return _cross(a, b, p) >= 0 and _cross(b, c, p) >= 0 and _cross(c, a, p) >= 0


def _bridged(outer: list[Point], hole: list[Point]) -> list[Point]:
    """The outer ring led into the hole at its rightmost point and back."""
    start = hole.index(max(hole))
    mx, my = hole[start]
    best, edge = float("inf"), -1
    for number, (a, b) in enumerate(zip(outer, outer[1:] + outer[:1])):
        if a[1] <= my <= b[1] and a[1] != b[1]:
            x = a[0] + (my - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
            if mx <= x < best:
                best, edge = x, number
    if edge < 0:
        return []
    a, b = outer[edge], outer[(edge + 1) % len(outer)]
    chosen = edge if a[0] > b[0] else (edge + 1) % len(outer)
    seen = outer[chosen]
    # A reflex vertex inside the triangle would stand in the way: the one nearest in angle is taken instead.
    corner = [(mx, my), (best, my), seen]
    corner = oriented(corner, True)
    least = float("inf")
    for number, p in enumerate(outer):
        before, after = outer[number - 1], outer[(number + 1) % len(outer)]
        if p == seen or _cross(before, p, after) > 0 or not _inside(p, corner[0], corner[1], corner[2]):
            continue
        dx, dy = p[0] - mx, abs(p[1] - my)
        if dx > 0 and dy / dx < least:
            least, chosen = dy / dx, number
    ring = hole[start:] + hole[:start]
    return [*outer[: chosen + 1], *ring, ring[0], *outer[chosen:]]


def _clip_ears(ring: list[Point]) -> list[Triangle]:
    points = list(ring)
    triangles: list[Triangle] = []
    while len(points) > 3:
        for number in range(len(points)):
            a, b, c = points[number - 1], points[number], points[(number + 1) % len(points)]
            if _cross(a, b, c) > 0 and not any(p not in (a, b, c) and _inside(p, a, b, c) for p in points):
                triangles.append((a, b, c))
                del points[number]
                break
        else:
            return []
    if _cross(points[0], points[1], points[2]) <= 0:
        return []
    triangles.append((points[0], points[1], points[2]))
    return triangles
