"""Places in the order of a Hilbert curve: what lies near each other comes near each other."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable

import numpy as np

from ..ragged import Floats, Whole

_ORDER = 16


def along_curve(x: Floats, y: Floats, go_on: Callable[[], None] = lambda: None) -> Whole:
    """Where each place (any unit) lies along a curve through the box of all of them, in 2^16 steps a side.

    `go_on` is called now and then, and may raise.
    """
    a, b = _steps(x), _steps(y)
    result = np.zeros(len(a), np.int64)
    last = (1 << _ORDER) - 1
    for bit in range(_ORDER - 1, -1, -1):
        go_on()
        side = 1 << bit
        right, top = (a & side) > 0, (b & side) > 0
        result += side * side * ((3 * right) ^ top)
        # A lower quarter is mirrored so that it begins where the one before it ended; the right one turned over, too.
        low, over = ~top, ~top & right
        a, b = np.where(over, last - a, a), np.where(over, last - b, b)
        a, b = np.where(low, b, a), np.where(low, a, b)
    return result


def _steps(values: Floats) -> Whole:
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)
    steps: Whole = ((values - low) * ((1 << _ORDER) - 1) / ((high - low) or 1.0)).astype(np.int64)
    return steps
