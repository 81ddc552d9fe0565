"""Bodies that are closed: where one is not, its sloped roofs are made flat, and what it touches is raised once more.

Where what is open has no slope, faces that end in a needle go, the smallest first.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..model import Flags, Integers
from .checking import open_edges
from .faces import Plane
from .pinches import NEEDLE
from .ragged import components
from .raising import Ground, Raised, raised
from .stacks import Blocks, Slopes

_TRIES = 4
# Where what is level is not closed, faces go that end in a needle and are smaller than so many square metres.
_NEEDLES = (4.0, 20.0, 100.0, float("inf"))


def closed(ground: Ground, blocks: Blocks, slopes: Slopes | None) -> tuple[Raised, Blocks]:
    """The bodies of blocks over a subdivision, and the blocks as they stand: some flat that were to have a slope."""
    found = latest = raised(ground, blocks, slopes)
    islands, tries, needle, larger = None, _TRIES - 1, NEEDLE, iter(_NEEDLES)
    while True:
        bad = np.unique(latest.owners[open_edges(latest.triangles).any(axis=1)])
        wrong = bad[blocks.sloped[bad]]
        if len(bad) and not len(wrong) and (more := next(larger, 0.0)):
            needle = more
            found = latest = raised(ground, blocks, slopes, needle)
            continue
        if not len(bad) or not tries or not blocks.sloped.any():
            return found, blocks
        tries -= 1
        if islands is None:
            islands = _islands(ground, len(blocks.base))
        around = np.isin(islands, islands[bad])
        blocks = blocks.flattened(wrong if len(wrong) else np.flatnonzero(around & blocks.sloped))
        latest = raised(over(ground, around[ground.owners]), blocks, slopes, needle)
        found = _beside(found, ~around, latest)


def _islands(ground: Ground, count: int) -> Integers:
    """For each of `count` owners the number of the island of faces that it stands on; islands share no point."""
    surface = ground.plane
    faces, points = surface.count + 1, len(surface.points)
    is_covered = np.zeros(faces, bool)
    is_covered[ground.faces] = True
    one, other = [ground.faces + points], [ground.owners + points + faces]
    for side in (surface.left, surface.right):
        there = is_covered[side]
        one += [side[there] + points] * 2
        other += [surface.edges[there, 0], surface.edges[there, 1]]
    label = components(points + faces + count, np.concatenate(one), np.concatenate(other))
    return label[points + faces :]


def over(ground: Ground, kept: Flags) -> Ground:
    """Some of the pairs of faces and owners of a subdivision (flags), and what is beside these faces alone."""
    faces, of = ground.faces[kept], ground.owners[kept]
    surface = ground.plane
    chosen = np.zeros(surface.count + 1, bool)
    chosen[faces] = True
    left, right = (np.where(chosen[side], side, surface.count) for side in (surface.left, surface.right))
    used = np.flatnonzero((left != surface.count) | (right != surface.count))
    plane = Plane(surface.points, surface.edges[used], left[used], right[used], surface.count)
    return replace(ground, plane=plane, faces=faces, owners=of)


def _beside(found: Raised, owners: Flags, more: Raised) -> Raised:
    """The bodies of some owners, flags by number, and others that touch none of them."""
    kept = owners[found.owners]
    used, index = np.unique(found.triangles[kept], return_inverse=True)
    bodies = found.bodies[kept]
    bodies = np.cumsum(np.append(0, np.diff(bodies) != 0)) if len(bodies) else bodies
    after = int(bodies[-1]) + 1 if len(bodies) else 0
    return Raised(
        np.concatenate([found.vertices[used], more.vertices]),
        np.concatenate([np.asarray(index, "i8").reshape(-1, 3), more.triangles + len(used)]),
        np.concatenate([found.owners[kept], more.owners]),
        np.concatenate([found.surfaces[kept], more.surfaces]),
        np.concatenate([bodies, more.bodies + after]),
    )
