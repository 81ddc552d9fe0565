"""Whether triangles close bodies: at every edge exactly two faces, one running each way."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..model import Flags, Integers


def open_edges(triangles: Integers) -> Flags:
    """Which of the edges 0-1, 1-2, 2-0 of triangles (n, 3) have not exactly one other face, as flags (n, 3)."""
    start, end = triangles.ravel(), np.roll(triangles, -1, axis=1).ravel()
    most = int(triangles.max()) + 1 if len(triangles) else 1
    there, back = start * most + end, end * most + start
    known = np.sort(there)
    if (known[1:] > known[:-1]).all() and (start != end).all() and np.array_equal(known, np.sort(back)):
        return np.zeros((len(triangles), 3), bool)
    left, right = np.searchsorted(known, back, "left"), np.searchsorted(known, back, "right")
    own_left, own_right = np.searchsorted(known, there, "left"), np.searchsorted(known, there, "right")
    bad: Flags = (right - left != 1) | (own_right - own_left != 1) | (start == end)
    return bad.reshape(-1, 3)
