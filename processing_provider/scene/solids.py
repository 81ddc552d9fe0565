"""Each part of a scene as a body of its own, with the walls that its neighbours hide."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Sequence

import numpy as np

from .footprints import GRID, Footprints
from .model import BUILDINGS, ROOF, Mesh, Part, Scene
from .raising_parts import Shaped
from .raising_parts import apart as raised_apart
from .roofs.shapes import SHAPES


def footprints_of(parts: Sequence[Part], by: float = 1.0) -> tuple[Footprints, Shaped]:
    """The footprints of parts, in their order, and how they are raised, a metre being `by` of it."""
    rings = [ring for part in parts for ring in part.rings]
    bounds = np.concatenate([[0], np.cumsum([len(ring) for ring in rings])]).astype("i8")
    made = Footprints(
        [], np.arange(len(parts)), np.concatenate([[0], np.cumsum([len(part.rings) for part in parts])]).astype("i8"),
        bounds, np.rint(np.concatenate(rings) * (GRID * by)).astype("i8"),
    )  # fmt: skip
    shape = np.array([SHAPES.index(part.roof) if part.roof in SHAPES else -1 for part in parts])
    base, eave, top, direction = (
        np.array([getattr(part, name) for part in parts], "f8") for name in ("base", "eave", "top", "direction")
    )
    return made, Shaped(shape, direction, base * by, eave * by, top * by)


def apart(scene: Scene) -> Mesh:
    """The buildings of a scene with every part closed by itself, in the order of the scene: its own body."""
    parts = scene.parts
    found = raised_apart(*footprints_of(parts))
    wall, cover = (np.array([getattr(part, name) for part in parts], "i8") for name in ("wall", "cover"))
    materials = np.where(found.surfaces == ROOF, cover[found.owners], wall[found.owners])
    return Mesh(
        BUILDINGS, found.vertices, found.triangles, found.owners, found.surfaces, materials, found.bodies, len(parts)
    )
