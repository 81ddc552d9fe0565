"""Pictures of a drawing with level edges, for formats that turn none; their pixels for formats that hold bitmaps."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QImage, QPainter, QTransform

from ...cartography.rendering.png import png
from ...drawing.model import Drawing, Image, Item

if TYPE_CHECKING:
    import numpy.typing as npt

# Sides of a picture that lie so near (mm) to the axes are level.
_LEVEL = 1e-6
_MOST = 8000


def upright(drawing: Drawing) -> Drawing:
    """The drawing with its turned pictures painted into level ones, clear at their corners."""
    if all(not isinstance(item, Image) or _is_level(item) for item in drawing.items):
        return drawing
    layers = [
        replace(
            layer, groups=[replace(group, items=[_levelled(item) for item in group.items]) for group in layer.groups]
        )
        for layer in drawing.layers
    ]
    return replace(drawing, layers=layers)


def box(picture: Image) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a picture, in mm."""
    a, b, c, d, e, f = picture.matrix
    xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
    return min(xs), min(ys), max(xs), max(ys)


def rgb(picture: Image) -> npt.NDArray[np.uint8]:
    """The pixels of an opaque picture, (height, width, 3) bytes of red, green and blue, the upper row first."""
    image = QImage.fromData(picture.png).convertToFormat(QImage.Format.Format_RGBA8888)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    array = np.frombuffer(bytes(bits), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return array[:, : image.width(), :3]


def _is_level(picture: Image) -> bool:
    a, b, c, d, _, _ = picture.matrix
    return abs(b) < _LEVEL and abs(c) < _LEVEL and a > 0 and d > 0


def _levelled(item: Item) -> Item:
    if not isinstance(item, Image) or _is_level(item):
        return item
    image = QImage.fromData(item.png)
    a, b, c, d, e, f = item.matrix
    left, top, right, bottom = box(item)
    fine = max(image.width() / (math.hypot(a, b) or 1), image.height() / (math.hypot(c, d) or 1))
    fine = min(fine, _MOST / max(right - left, bottom - top, 1e-9))
    width, height = max(1, math.ceil((right - left) * fine)), max(1, math.ceil((bottom - top) * fine))
    made = QImage(width, height, QImage.Format.Format_ARGB32)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    across, down = width / ((right - left) or 1), height / ((bottom - top) or 1)
    painter.setTransform(QTransform(a * across, b * down, c * across, d * down, (e - left) * across, (f - top) * down))
    painter.drawImage(QRectF(0, 0, 1, 1), image)
    painter.end()
    return replace(item, png=png(made), matrix=(right - left, 0.0, 0.0, bottom - top, left, top))
