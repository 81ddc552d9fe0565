"""Footprints with their roofs as closed bodies; where roofs will not close, they are made flat."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .footprints import GRID, Footprints
from .model import Floats, Integers
from .roofs.frames import directed, rectangles
from .roofs.shapes import FLAT, HIPPED, RISE, RISE_OF_OTHERS, SHAPES
from .roofs.slopes import lines, roofs, within
from .subdivision.closing import closed
from .subdivision.ragged import spread, starts_of
from .subdivision.raising import NOTHING, Ground, Raised, subdivide
from .subdivision.stacks import Blocks, Slopes, levelled


@dataclass(frozen=True, eq=False)
class Shaped:
    """How footprints are raised, by polygon: `shape` in SHAPES or -1 for flat, `direction` that a slope looks to
    (degrees clockwise from north), metres above the ground.
    """

    shape: Integers
    direction: Floats
    base: Floats
    eave: Floats
    top: Floats

    def name(self, polygon: int) -> str:
        """The word for the roof of a polygon."""
        return FLAT if self.shape[polygon] < 0 else SHAPES[self.shape[polygon]]


def shaped(
    made: Footprints, shape: Integers, direction: Floats, is_across: Integers, base: Floats, top: Floats, roof: Floats,
    is_open: Integers,
) -> Shaped:  # fmt: skip
    """The eaves of footprints whose roofs have shapes (by polygon); NaN where a direction or the roof is not known.

    Where nobody says how high a roof is, its width does; it comes on top of walls that are `is_open`, else out of them.
    """
    starts, counts = made.outer_rings()
    frames = rectangles(made.corners / GRID, starts, counts)
    is_hipped = np.isin(shape, [SHAPES.index(name) for name in HIPPED])
    frames = directed(frames, np.where(is_hipped, np.nan, direction), np.where(is_hipped, False, is_across))
    rise = np.zeros(made.count)
    for place, name in enumerate(SHAPES):
        share, most = RISE.get(name, RISE_OF_OTHERS)
        of = shape == place
        width = np.minimum(frames.width, frames.length) if name not in ("skillion", "gabled") else frames.width
        rise[of] = np.minimum(share * width[of], most)
    known = np.isfinite(roof)
    sloped = shape >= 0
    top = np.where(is_open & sloped & ~known, top + rise, top)
    # A roof that nobody measured leaves the walls their greater part.
    rise = np.where(known, np.minimum(roof, top - base), np.minimum(rise, 0.6 * (top - base)))
    eave = np.where(sloped, top - rise, top)
    looks = np.degrees(np.arctan2(frames.across[:, 0], frames.across[:, 1])) % 360
    return Shaped(shape, looks, base, eave, top)


def raise_parts(made: Footprints, how: Shaped, hosts: Integers) -> tuple[Raised, Integers]:
    """The bodies of footprints, and the polygons that have a place in them, be they hidden in a taller one.

    A part whose host (by polygon, -1: none) stands as well takes its room.
    """
    segments, owners = made.segments()
    blocks = levelled(how.base, how.eave, how.top, how.shape >= 0)
    slopes, cuts = slopes_of(made, how, blocks)
    ground = hosted(subdivide(segments, owners, made.count, cuts), hosts)
    if not len(ground.faces):
        return NOTHING, np.zeros(0, "i8")
    return closed(ground, blocks, slopes)[0], np.unique(ground.owners)


def slopes_of(made: Footprints, how: Shaped, blocks: Blocks) -> tuple[Slopes | None, Integers | None]:
    """The heights of sloped roofs by polygon, and the lines that cut their footprints, in centimetres."""
    chosen = np.flatnonzero(blocks.sloped)
    if not len(chosen):
        return None, None
    own = made.chosen(chosen)
    starts, counts = own.outer_rings()
    frames = rectangles(own.corners / GRID, starts, counts)
    frames = directed(frames, how.direction[chosen], np.zeros(len(chosen), bool))
    outer = spread(starts, counts)
    bounds = np.concatenate([np.zeros(1, "i8"), np.cumsum(counts)])
    built = roofs(
        how.shape[chosen],
        frames,
        blocks.eave[chosen] / 1000,
        blocks.top[chosen] / 1000,
        own.corners[outer] / GRID,
        bounds,
    )
    of, ends = lines(built)
    ring_segments, ring_owners = own.segments()
    begins = starts_of(ring_owners, len(chosen))
    cuts = within(of, ends, ring_segments / GRID, begins[:-1], np.diff(begins))
    number = np.full(made.count, -1)
    number[chosen] = np.arange(len(chosen))
    return (lambda polygons, points: built.heights(number[polygons], points)), cuts


def hosted(ground: Ground, hosts: Integers) -> Ground:
    """Without outlines where a part of theirs stands."""
    has_host = hosts[ground.owners] >= 0
    if not has_host.any():
        return ground
    count = len(hosts) + 1
    taken = ground.faces[has_host] * count + hosts[ground.owners[has_host]]
    kept = ~np.isin(ground.faces * count + ground.owners, taken)
    return replace(ground, faces=ground.faces[kept], owners=ground.owners[kept])


def apart(made: Footprints, how: Shaped) -> Raised:
    """Every footprint as a body of its own, as if nothing else stood there; where one has no area it has none."""
    corners = made.corners
    if not len(corners):
        return raise_parts(made, how, np.full(made.count, -1))[0]
    # Each is taken to a place of its own, and back.
    begins = made.ring_starts[made.first_rings[:-1]]
    first = np.minimum.reduceat(corners, begins)
    side = int((np.maximum.reduceat(corners, begins) - first).max()) + 10 * GRID
    columns = int(np.ceil(np.sqrt(made.count)))
    place = np.column_stack([np.arange(made.count) % columns, np.arange(made.count) // columns]) * side
    move = place - first
    per_corner = np.repeat(made.ring_owners(), np.diff(made.ring_starts))
    moved = replace(made, corners=corners + move[per_corner])
    found, _ = raise_parts(moved, how, np.full(made.count, -1))
    owner = np.zeros(len(found.vertices), "i8")
    owner[found.triangles.ravel()] = np.repeat(found.owners, 3)
    vertices = found.vertices.copy()
    vertices[:, :2] -= move[owner] / GRID
    order = np.argsort(found.owners, kind="stable")
    return Raised(vertices, found.triangles[order], found.owners[order], found.surfaces[order], found.owners[order])
