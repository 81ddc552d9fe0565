"""From where a whole scene is seen first: from the south, above, looking down on its middle."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math

import numpy as np

from ...scene.model import Scene

_DOWN = math.radians(35)
# How far away, in the longest side of the scene; the field of view of both formats is an eighth of a circle.
_AWAY = 1.35


def viewpoint(view: Scene) -> tuple[str, str, float]:
    """Where one stands and what one looks at (x, y, z with y up, as texts), and the turn round x in radians."""
    low = np.min([mesh.vertices.min(axis=0) for mesh in view.meshes if len(mesh.vertices)], axis=0)
    high = np.max([mesh.vertices.max(axis=0) for mesh in view.meshes if len(mesh.vertices)], axis=0)
    east, north, _ = (low + high) / 2
    away = _AWAY * float(max(high - low))
    up, back = away * math.sin(_DOWN), away * math.cos(_DOWN)
    return f"{east:.1f} {up:.1f} {back - north:.1f}", f"{east:.1f} 0 {0.0 - north:.1f}", -_DOWN
