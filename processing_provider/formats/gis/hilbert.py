"""The order of boxes along a Hilbert curve (Hilbert, 1891), by which neighbours stand near each other in a file."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ...osm.ragged import Floats, Whole

_BITS = 16


def order(boxes: Floats) -> Whole:
    """The indices of boxes (n, 4: xmin, ymin, xmax, ymax), their centres along the curve; alike ones stay in order."""
    if not len(boxes):
        return np.empty(0, np.int64)
    centres = (boxes[:, :2] + boxes[:, 2:]) / 2
    low = centres.min(axis=0)
    size = np.maximum(np.ptp(centres, axis=0), np.finfo(float).tiny)
    x, y = np.floor((centres - low) / size * (2**_BITS - 1)).astype(np.int64).T
    ranked: Whole = np.argsort(distances(x, y), kind="stable")
    return ranked


def distances(x: Whole, y: Whole) -> Whole:
    """How far along the curve cells of a grid of 2**16 by 2**16 lie."""
    x, y = x.copy(), y.copy()
    total = np.zeros_like(x)
    side = 1 << (_BITS - 1)
    while side:
        right, upper = (x & side) > 0, (y & side) > 0
        total += side * side * ((3 * right) ^ upper)
        # Each quarter is turned, so that it begins where the one before ended.
        flip = right & ~upper
        x[flip], y[flip] = side - 1 - (x[flip] & (side - 1)), side - 1 - (y[flip] & (side - 1))
        swap = ~upper
        x[swap], y[swap] = y[swap].copy(), x[swap].copy()
        side >>= 1
    return total
