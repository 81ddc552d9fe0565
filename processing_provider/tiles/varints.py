"""Numbers as Protocol Buffers has them, many at once: seven bits a byte, the lowest first.

Facts: Protocol Buffers' encoding, "Base 128 Varints" and "Signed Integers" (zigzag).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..osm.ragged import Whole

if TYPE_CHECKING:
    from typing_extensions import TypeAlias

Bytes: TypeAlias = "np.ndarray[Any, np.dtype[np.uint8]]"
# Numbers have less than 63 bits.
_SHIFTS = range(7, 63, 7)


def folded(steps: Whole) -> Whole:
    """Numbers of either sign as ones that have none, the small ones small."""
    result: Whole = (steps << 1) ^ (steps >> 63)
    return result


def sizes(values: Whole) -> Whole:
    """How many bytes each of the numbers takes."""
    found = np.ones(len(values), np.int64)
    most = int(values.max()) if len(values) else 0
    for shift in _SHIFTS:
        if most >> shift == 0:
            break
        found += values >= 1 << shift
    return found


def packed(values: Whole, size: Whole) -> Bytes:
    """The numbers one behind the other; `size` is how many bytes each takes."""
    at = np.cumsum(size) - size
    out = np.empty(int(size.sum()), np.uint8)
    left = values
    while len(left):
        more = left > 0x7F
        out[at] = (left & 0x7F) | (more.astype(np.int64) << 7)
        at, left = at[more] + 1, left[more] >> 7
    return out
