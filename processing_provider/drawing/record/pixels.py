"""What of a drawing is pixels: layers that are kept as pictures, and the preview."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np
from qgis.core import QgsMapLayer, QgsMapSettings, QgsVectorLayer
from qgis.PyQt.QtCore import QPoint, QRect
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from ...cartography.rendering.blending import unblended
from ...cartography.rendering.layered import painted_box
from ...cartography.rendering.paint import paint
from ...cartography.rendering.picture import Picture
from ...cartography.rendering.png import png
from ...cartography.rendering.settings import map_settings
from ...cartography.sheet.decorations import draw
from ...cartography.sheet.layout import furniture, paper_color
from ...feedback import Feedback
from ..model import Image

# Resolution of layers that are kept as pictures.
_PICTURE_DPI = 300
# Pixels of the longer side of a preview.
_PREVIEW = 256


def preview(picture: Picture, feedback: Feedback) -> np.ndarray:
    """The sheet in small, without the map's names."""
    sheet = picture.page.sheet
    dot = _PREVIEW / max(sheet.width, sheet.height)
    settings = map_settings(picture, dot * 25.4)
    settings.setFlag(QgsMapSettings.Flag.DrawLabeling, False)
    image = QImage(round(sheet.width * dot) or 1, round(sheet.height * dot) or 1, QImage.Format.Format_RGB888)
    image.fill(QColor(paper_color(picture)))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        painter.translate(round(sheet.left * dot), round(sheet.top * dot))
        painter.fillRect(QRect(QPoint(0, 0), settings.outputSize()), QColor(picture.background))
        paint(settings, painter, feedback, picture.is_foreign)
        painter.resetTransform()
        painter.scale(dot, dot)
        draw(furniture(picture), painter)
    finally:
        painter.end()
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    rows = np.frombuffer(bytes(bits), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def as_picture(layer: QgsMapLayer, picture: Picture, feedback: Feedback) -> Image | None:
    """A layer as pixels, without its labels where they come as texts; None where it shows nothing."""
    settings = map_settings(picture, _PICTURE_DPI)
    settings.setFlag(QgsMapSettings.Flag.DrawLabeling, not isinstance(layer, QgsVectorLayer))
    settings.setBackgroundColor(QColor(0, 0, 0, 0))
    settings.setLayers([layer])
    image = QImage(settings.outputSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        paint(settings, painter, feedback, picture.is_foreign)
    finally:
        painter.end()
    unblended(image, layer.blendMode())
    box = painted_box(image)
    if box.isEmpty():
        return None
    sheet = picture.page.sheet
    x, y = sheet.map_width / image.width(), sheet.map_height / image.height()
    place = (box.width() * x, 0.0, 0.0, box.height() * y, sheet.left + box.left() * x, sheet.top + box.top() * y)
    return Image(png(image.copy(box)), place, layer.name())
