"""The preview of a CorelDRAW 12 document: a device-independent bitmap of 256 colours."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ....drawing.model import Kinds
from .riff import i32, u16, u32

_SIDE = 96


def thumbnail(preview: Kinds | None) -> bytes:
    """A `DISP` of red, green and blue (height, width, 3); its lowest row comes first."""
    levels = np.arange(256)
    # Six steps of red and green, seven of blue; what is left of the palette stays black.
    red, green, blue = levels // 42 * 51, levels // 7 % 6 * 51, levels % 7 * 42
    palette = np.stack([blue, green, red, np.zeros_like(levels)], axis=1).clip(0, 255).astype(np.uint8)
    pixels = np.full((_SIDE, _SIDE), 5 * 42 + 5 * 7 + 6, np.uint8)
    if preview is not None:
        height, width = preview.shape[:2]
        factor = _SIDE / max(height, width)
        tall, wide = max(1, round(height * factor)), max(1, round(width * factor))
        rows, columns = np.arange(tall) * height // tall, np.arange(wide) * width // wide
        small = preview[rows][:, columns].astype(int)
        numbers = (small[..., 0] + 25) // 51 * 42 + (small[..., 1] + 25) // 51 * 7 + (small[..., 2] + 21) // 42
        top, left = (_SIDE - tall) // 2, (_SIDE - wide) // 2
        pixels[top : top + tall, left : left + wide] = numbers.clip(0, 255)
    head = u32(40) + i32(_SIDE, _SIDE) + u16(1, 8) + u32(0, _SIDE * _SIDE, 3780, 3780, 256, 0)
    upwards: bytes = pixels[::-1].tobytes()
    return u32(8) + head + bytes(palette.tobytes()) + upwards
