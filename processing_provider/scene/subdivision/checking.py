"""Whether triangles close bodies: at every edge exactly two faces, one running each way."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..model import Flags, Integers
from .ragged import changes


def open_edges(triangles: Integers) -> Flags:
    """Which of the edges 0-1, 1-2, 2-0 of triangles (n, 3) have not exactly one other face, as flags (n, 3)."""
    start, end = triangles.ravel(), np.roll(triangles, -1, axis=1).ravel()
    most = int(triangles.max()) + 1 if len(triangles) else 1
    # Both ways of an edge have the same number, but for the last bit.
    keys = (np.minimum(start, end) * most + np.maximum(start, end)) * 2 + (start > end)
    known = np.sort(keys)
    ahead, back = known[::2], known[1::2]
    if (
        len(ahead) == len(back) and (ahead % 2 == 0).all() and (ahead + 1 == back).all() and (start != end).all()
        and (ahead[1:] > ahead[:-1]).all()
    ):  # fmt: skip
        return np.zeros((len(triangles), 3), bool)
    order = np.argsort(keys, kind="stable")
    known = keys[order]
    begins = changes(known >> 1)
    counts = np.diff(np.append(begins, len(known)))
    # Two of them, which are not the same.
    good = (counts == 2) & (known[begins] != known[np.minimum(begins + 1, len(known) - 1)])
    bad = np.empty(len(keys), bool)
    bad[order] = np.repeat(~good, counts)
    result: Flags = (bad | (start == end)).reshape(-1, 3)
    return result
