"""A blended layer as a picture that does without blending: what it does to what lies below goes into its opacity."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np
from qgis.PyQt.QtGui import QImage, QPainter

_MODES = QPainter.CompositionMode


def unblended(image: QImage, mode: QPainter.CompositionMode) -> None:
    """Change premultiplied ARGB pixels of a layer that multiplies or screens, so that laying them over does the same.

    Exact over every colour where the layer is grey, as shaded relief is, and over white (multiply) or black (screen)
    where it is coloured. Other modes stay as they are.
    """
    if mode not in (_MODES.CompositionMode_Multiply, _MODES.CompositionMode_Screen):
        return
    bits = image.bits()
    bits.setsize(image.sizeInBytes())
    pixels = np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()]
    color, alpha = pixels[..., :3], pixels[..., 3]
    if mode == _MODES.CompositionMode_Screen:
        alpha[...] = color.max(axis=2)
        return
    # What is left of each channel below: 1 - a + a c.
    left = 255 - alpha[..., None] + color
    least = left.min(axis=2)
    color[...] = left - least[..., None]
    alpha[...] = 255 - least
