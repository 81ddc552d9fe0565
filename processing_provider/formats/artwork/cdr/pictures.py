"""Pictures of a CorelDRAW 12 document: their pixels in a table before all else, a place for each on the page.

Facts: a file of CorelDRAW 13 with 31 of them, see docs/corel.md.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .riff import i32, u16, u32

if TYPE_CHECKING:
    import numpy.typing as npt

PICTURE_TYPE = 5
# The argument that only pictures have, as real files have it.
EXTRA, EXTRA_VALUE = 0x3F2, u32(0x8001)
_RGB, _BITS = 1, 24
# Where the pixels of a record begin, and the two parts before them.
_PIXELS, _PART, _WHOLE = 0x76, 0x28, 8
_RECTANGLE = bytes((0x0C, 0x44, 0x44, 0x44, 0x48))


def pixels(number: int, rgb: npt.NDArray[np.uint8], fine: tuple[float, float]) -> bytes:
    """A `bmp`: (height, width, 3) bytes of red, green and blue, the upper row first; `fine` is pixels to the mm."""
    height, width = rgb.shape[:2]
    stride = -(-3 * width // 4) * 4
    rows = np.zeros((height, stride), np.uint8)
    rows[:, : 3 * width] = rgb[::-1, :, ::-1].reshape(height, 3 * width)
    length = _PIXELS + rows.size
    # Thousandths of pixels to the metre.
    across, down = (min(round(side * 1_000_000), 0x7FFFFFFF) for side in fine)
    return b"".join(
        (
            u32(number, 1), b"UI\0\0", u32(length - _WHOLE, 0, _PART - _WHOLE, 0, 0, 2, 0xFF),
            b"RI", u32(length - _PART, 0, _PIXELS - _PART, _RGB, 1, width, height, 1, _BITS, stride, rows.size, 0),
            u32(across, down, 0, 0x40), bytes(12), rows.tobytes(),
        )
    )  # fmt: skip


def shape(number: int, width: int, height: int) -> bytes:
    """The shape of a picture's object: its rectangle in pixels, the lower left one first."""
    corners = ((0, 0), (width, 0), (width, height), (0, height), (0, 0))
    points = b"".join(i32(*corner) for corner in corners)
    box = i32(0, height, width, 0, 0, height, width, 0)
    return b"".join(
        (
            box, u16(2, _BITS), u32(width, height, 0, number, 0, 0, 0xFFFFFFFF, 0, 0), u32(len(corners)), points,
            _RECTANGLE,
        )
    )  # fmt: skip
