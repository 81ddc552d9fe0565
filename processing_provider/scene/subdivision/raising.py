"""Footprints and heights as closed bodies: exactly two faces at every edge, houses that touch in one piece."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..model import FLOOR, ROOF, WALL, Floats, Integers
from .bridging import joined
from .covering import covers
from .ears import clip
from .faces import Plane, inner_points, plane
from .noding import node
from .pinches import NEEDLE, join_pinches
from .profiles import Heights, events, part_crossings
from .ragged import changes, components, spread
from .stacks import FINE, STEPS, Blocks, Slopes, Stack, stacks
from .tracing import Cycles, trace, without_ends

# Heights are kept as the lower part of a number that has the vertex above it.
_SPAN = 1 << 28
_ZERO = 1 << 27
# Joining a pinch may make another beside it.
_ROUNDS = 10


@dataclass(frozen=True, eq=False)
class Raised:
    """Bodies: vertices (n, 3) in metres, triangles (m, 3); of each its owner, its surface, its body. Sorted by body."""

    vertices: Floats
    triangles: Integers
    owners: Integers
    surfaces: Integers
    bodies: Integers


_NONE = np.zeros(0, "i8")
NOTHING = Raised(np.zeros((0, 3)), np.zeros((0, 3), "i8"), _NONE, _NONE, _NONE)


@dataclass(frozen=True, eq=False)
class Ground:
    """A subdivision and the areas that cover each of its faces: pairs of a face and an owner, sorted by face; the size
    of each face (square metres), and a point in it, in steps of the finest grid.
    """

    plane: Plane
    faces: Integers
    owners: Integers
    areas: Floats
    inner: Floats


def subdivide(rings: Integers, owners: Integers, count: int, cuts: Integers | None = None) -> Ground:
    """The faces between the rings of `count` areas, as segments (n, 4) in centimetres with their sorted owners.

    `cuts` (k, 4) part faces further. Areas of faces in square metres.
    """
    lines = rings if cuts is None or not len(cuts) else np.concatenate([rings, cuts])
    points, edges = node(lines)
    made, cycles, face = plane(points * FINE, without_ends(edges, len(points)))
    inner = inner_points(made.points, cycles, face, made.count)
    faces, which = covers(inner, rings * FINE, owners, count)
    areas = np.zeros(made.count + 1)
    np.add.at(areas, face, cycles.doubled / (2 * STEPS**2))
    return Ground(made, faces, which, areas, inner)


def raised(ground: Ground, blocks: Blocks, slopes: Slopes | None, needle: float = NEEDLE) -> Raised:
    """The bodies of blocks over a subdivision; faces below `needle` square metres go where they end in a pinch."""
    heights = Heights(slopes)
    surface, stack = ground.plane, stacks(ground.faces, ground.owners, blocks)
    known = np.zeros((0, 2), "i8")
    for _ in range(_ROUNDS):
        if slopes is not None:
            surface = part_crossings(surface, stack, heights, known)
            known = surface.edges
        surface, stack, is_changed = join_pinches(surface, stack, heights, needle)
        if not is_changed:
            break
    return _built(surface, stack, heights)


def _rings(surface: Plane, stack: Stack) -> tuple[Integers, Integers, Integers, Integers]:
    """One ring of vertices for each face that something stands on: corners, starts, lengths, the faces."""
    cycles: Cycles = trace(surface.points, surface.edges)
    sides = np.concatenate([surface.left, surface.right])
    face = sides[cycles.halves[cycles.starts]]
    is_solid = np.zeros(surface.count + 1, bool)
    is_solid[stack.face] = True
    walks = np.flatnonzero(is_solid[face])
    # The walk round a face comes before those round its islands.
    walks = walks[np.lexsort((-cycles.doubled[walks], face[walks]))]
    begins = changes(face[walks])
    sizes = np.diff(np.append(begins, len(walks)))
    plain = walks[begins[sizes == 1]]
    corners, lengths, faces = [cycles.corners], [cycles.lengths[plain]], [face[plain]]
    starts, behind = [cycles.starts[plain]], len(cycles.corners)
    for begin, size in zip(begins[sizes > 1], sizes[sizes > 1]):
        own = walks[begin : begin + size]
        ring = joined(
            surface.points,
            [cycles.corners[cycles.starts[one] : cycles.starts[one] + cycles.lengths[one]] for one in own],
        )
        corners.append(ring)
        starts.append(np.array([behind]))
        lengths.append(np.array([len(ring)]))
        faces.append(face[own[:1]])
        behind += len(ring)
    return np.concatenate(corners), np.concatenate(starts), np.concatenate(lengths), np.concatenate(faces)


def _built(surface: Plane, stack: Stack, heights: Heights) -> Raised:
    corners, starts, lengths, faces = _rings(surface, stack)
    flat, ring, _ = clip(surface.points, corners, starts, lengths)
    over = stack.starts(surface.count)
    face = faces[ring]
    counts = over[face + 1] - over[face]
    triangle, interval = np.repeat(np.arange(len(flat)), counts), spread(over[face], counts)
    high, low = stack.is_high[interval], stack.is_low[interval]
    top_corners, top_of = flat[triangle[high]], interval[high]
    tops = heights.tops(stack, surface, np.repeat(top_of, 3), top_corners.ravel()).reshape(-1, 3)
    roofs = top_corners * _SPAN + tops + _ZERO
    floors = flat[triangle[low]][:, ::-1] * _SPAN + stack.base[interval[low]][:, None] + _ZERO
    walls, wall_of, links = _walls(surface, stack, heights)
    keys, index = np.unique(np.concatenate([roofs.ravel(), floors.ravel(), walls.ravel()]), return_inverse=True)
    index = np.ravel(index)
    a0, a1, b0, b1 = index[3 * (len(roofs) + len(floors)) :].reshape(-1, 4).T
    # A wall takes up every level that its two verticals have: nothing ends between the corners of another triangle.
    along_b, along_a = np.maximum(b1 - b0, 0), np.maximum(a1 - a0, 0)
    k = spread(b0, along_b)
    first = np.column_stack([np.repeat(a0, along_b), k, k + 1])
    k = spread(a0, along_a)
    second = np.column_stack([k, np.repeat(b1, along_a), k + 1])
    triangles = np.concatenate([index[: 3 * (len(roofs) + len(floors))].reshape(-1, 3), first, second])
    of = np.concatenate([top_of, interval[low], np.repeat(wall_of, along_b), np.repeat(wall_of, along_a)])
    surfaces = np.repeat([ROOF, FLOOR, WALL], [len(roofs), len(floors), len(first) + len(second)])
    goes_on = np.flatnonzero(~stack.is_high)
    one, other = np.concatenate([links[:, 0], goes_on]), np.concatenate([links[:, 1], goes_on + 1])
    body = components(len(stack.face), one, other)[of]
    order = np.argsort(body, kind="stable")
    body = np.cumsum(np.append(0, np.diff(body[order]) != 0))
    at = surface.points[keys // _SPAN] / STEPS
    vertices = np.column_stack([at, (keys % _SPAN - _ZERO) / 1000])
    return Raised(vertices, triangles[order], stack.owner[of][order], surfaces[order], body)


def _walls(surface: Plane, stack: Stack, heights: Heights) -> tuple[Integers, Integers, Integers]:
    """Walls as keys of their corners (a low, a high, b low, b high), a to b with the solid on the left; the interval of
    each; and pairs of intervals that touch through an edge.
    """
    chosen = np.flatnonzero(surface.left != surface.right)
    found = events(surface, stack, heights, chosen)
    step = np.where(found.begins, 1, -1)
    count = [np.cumsum(np.where(side, step, 0)) for side in (found.is_left, ~found.is_left)]
    which = [np.cumsum(np.where(side, step * (found.interval + 1), 0)) for side in (found.is_left, ~found.is_left)]
    low, high, edge = found.low, found.high, found.edge
    is_room = (edge[1:] == edge[:-1]) & ((low[1:] > low[:-1]) | (high[1:] > high[:-1]))
    solid = [each[:-1] == 1 for each in count]
    at = np.flatnonzero(is_room & (solid[0] != solid[1]))
    is_left = solid[0][at]
    of = np.where(is_left, which[0][at], which[1][at]) - 1
    p, q = surface.edges[edge[at]].T
    a, b = np.where(is_left, p, q), np.where(is_left, q, p)
    a_low, a_high = np.where(is_left, low[at], high[at]), np.where(is_left, low[at + 1], high[at + 1])
    b_low, b_high = np.where(is_left, high[at], low[at]), np.where(is_left, high[at + 1], low[at + 1])
    walls = np.column_stack([a * _SPAN + a_low, a * _SPAN + a_high, b * _SPAN + b_low, b * _SPAN + b_high]) + _ZERO
    both = np.flatnonzero(is_room & solid[0] & solid[1])
    return walls, of, np.column_stack([which[0][both], which[1][both]]) - 1
