"""Whether the triangles that a file holds are closed."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np
import numpy.typing as npt


def is_closed(triangles: npt.NDArray[np.float32]) -> bool:
    """Whether every edge of triangles (n, 3, 3) is met by as many that run back."""
    points = np.ascontiguousarray(triangles.reshape(-1, 3)).view("<f4,<f4,<f4").ravel()
    _, index = np.unique(points, return_inverse=True)
    corners = index.reshape(-1, 3).astype("i8")
    edges = np.concatenate([corners[:, (0, 1)], corners[:, (1, 2)], corners[:, (2, 0)]])
    there = np.sort(edges[:, 0] * (index.max() + 1) + edges[:, 1])
    back = np.sort(edges[:, 1] * (index.max() + 1) + edges[:, 0])
    return np.array_equal(there, back)
