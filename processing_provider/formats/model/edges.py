"""Whether the triangles that a file holds are closed."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ...scene.subdivision.checking import open_edges


def is_closed(triangles: npt.NDArray[np.float32], bodies: npt.NDArray[np.int64] | None = None) -> bool:
    """Whether every edge of triangles (n, 3, 3) has exactly two faces, which run along it in turn.

    Of solids that may touch, each closed by itself, `bodies` (n,) says which one each triangle is of.
    """
    points = np.ascontiguousarray(triangles.reshape(-1, 3)).view("<f4,<f4,<f4").ravel()
    _, index = np.unique(points, return_inverse=True)
    if bodies is not None:
        _, index = np.unique(np.repeat(bodies, 3) * len(points) + index.ravel(), return_inverse=True)
    return not open_edges(index.reshape(-1, 3).astype("i8")).any()
