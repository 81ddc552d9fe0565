"""A drawing without transparency: what shines through takes the colour that is seen."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from qgis.PyQt.QtCore import QByteArray, QDataStream, QIODevice, QRectF, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from ...cartography.rendering.png import png
from ..model import Color, Drawing, Group, Image, Item, Layer, Path
from ..record.path_stream import ELEMENT
from .artwork_choices import Choices, apply, opaque

# What lies below a picture is painted as finely as this at least.
_DPI = 300
_CAPS = {"butt": Qt.PenCapStyle.FlatCap, "round": Qt.PenCapStyle.RoundCap, "square": Qt.PenCapStyle.SquareCap}
_JOINS = {
    "miter": Qt.PenJoinStyle.MiterJoin, "round": Qt.PenJoinStyle.RoundJoin, "bevel": Qt.PenJoinStyle.BevelJoin,
}  # fmt: skip


def flattened(drawing: Drawing, clear: bool = True) -> Drawing:
    """The drawing opaque: colours mixed with the page's, half clear pictures with what lies below them.

    What is wholly clear in pictures stays so, for formats that know a mask; without `clear` no picture lets through.
    """
    solid = opaque(drawing)
    lets_through = _is_half_clear if clear else _is_clear
    if not any(isinstance(item, Image) and lets_through(item) for item in solid.items):
        return solid
    layers: list[Layer] = []
    for layer in solid.layers:
        groups: list[Group] = []
        for group in layer.groups:
            items: list[Item] = []
            for item in group.items:
                if isinstance(item, Image) and lets_through(item):
                    below = replace(solid, layers=[*layers, replace(layer, groups=[*groups, Group("", items)])])
                    item = _laid_over(item, below, clear)
                items.append(item)
            groups.append(replace(group, items=items))
        layers.append(replace(layer, groups=groups))
    return replace(solid, layers=layers)


def _is_half_clear(picture: Image) -> bool:
    image = QImage.fromData(picture.png)
    return bool(image.hasAlphaChannel()) and bool(((alpha := _pixels(image)[..., 3]) > 0)[alpha < 255].any())


def _is_clear(picture: Image) -> bool:
    image = QImage.fromData(picture.png)
    return bool(image.hasAlphaChannel()) and bool((_pixels(image)[..., 3] < 255).any())


def _pixels(image: QImage) -> np.ndarray:
    """(height, width, 4) bytes of blue, green, red and alpha, not multiplied by it; a view of the image's own."""
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    return np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()]


def _laid_over(picture: Image, below: Drawing, keep: bool) -> Image:
    """The picture with what lies below it painted in; what is wholly clear stays so where that is to be kept."""
    over = QImage.fromData(picture.png).convertToFormat(QImage.Format.Format_ARGB32)
    sides = (math.hypot(*picture.matrix[start : start + 2]) / 25.4 * _DPI for start in (0, 2))
    fine = [max(math.ceil(side), own) for side, own in zip(sides, (over.width(), over.height()))]
    over = over.scaled(*fine)
    whole = QImage(over.size(), QImage.Format.Format_ARGB32)
    ground = below.background
    whole.fill(QColor(ground.red, ground.green, ground.blue))
    painter = QPainter(whole)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    a, b, c, d, e, f = picture.matrix
    place = QTransform(a / over.width(), b / over.width(), c / over.height(), d / over.height(), e, f)
    painter.setTransform(place.inverted()[0])
    for item in apply(below, Choices("outlines")).items:
        _paint(painter, item)
    painter.resetTransform()
    painter.drawImage(0, 0, over)
    painter.end()
    if not keep:
        return replace(picture, png=png(whole))
    clear = _pixels(over)[..., 3] == 0
    bits = whole.bits()
    bits.setsize(whole.sizeInBytes())
    seen = np.frombuffer(bits, np.uint8).reshape(whole.height(), whole.bytesPerLine() // 4, 4)[:, : whole.width()]
    seen[clear] = 0
    return replace(picture, png=png(whole))


def _paint(painter: QPainter, item: Item) -> None:
    """An object, in millimetres."""
    if isinstance(item, Image):
        a, b, c, d, e, f = item.matrix
        painter.save()
        painter.setTransform(QTransform(a, b, c, d, e, f), True)
        painter.drawImage(QRectF(0, 0, 1, 1), QImage.fromData(item.png))
        painter.restore()
    elif isinstance(item, Path):
        pen = QPen(Qt.PenStyle.NoPen)
        if item.stroke is not None:
            stroke = item.stroke
            pen = QPen(QBrush(_color(stroke.color)), stroke.width)
            pen.setCapStyle(_CAPS[stroke.cap])
            pen.setJoinStyle(_JOINS[stroke.join])
            pen.setMiterLimit(stroke.miter / 2)
            if stroke.dash:
                pen.setDashPattern([part / (stroke.width or 1) for part in stroke.dash])
        painter.setPen(pen)
        painter.setBrush(QBrush(_color(item.fill)) if item.fill is not None else QBrush())
        painter.drawPath(_path(item))


def _color(color: Color) -> QColor:
    return QColor(color.red, color.green, color.blue)


def _path(path: Path) -> QPainterPath:
    """The path as Qt's, through its own stream (Qt documentation, QDataStream): no vertex is touched by Python."""
    rows = np.zeros(len(path.points), ELEMENT)
    rows["kind"], rows["x"], rows["y"] = path.kinds, path.points[:, 0], path.points[:, 1]
    # The stream keeps no hold of its bytes.
    data = QByteArray(np.array(len(rows), ">i4").tobytes() + rows.tobytes() + np.array([0, 0], ">i4").tobytes())
    made = QPainterPath()
    QDataStream(data, QIODevice.OpenModeFlag.ReadOnly) >> made
    return made
