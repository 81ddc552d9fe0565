"""What stands round a map and on it, as objects of a drawing: its texts stay whole."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np
from qgis.PyQt.QtGui import QColor, QPainterPath

from ...cartography.sheet.decorations import TITLES, Area, Piece, Text
from ..model import Color, Font, Group, Item, Layer, Line, Path, Stroke, rectangle
from ..model import Text as Words

_POINTS = 72 / 25.4


def furnished(pieces: list[Piece]) -> list[Layer]:
    """One layer over the map, a group for each kind of thing; none where there is nothing."""
    groups: dict[str, Group] = {}
    for piece in pieces:
        title = TITLES[piece.name]
        groups.setdefault(title, Group(title)).items.append(_item(piece))
    # Plates lie beneath whatever stands on them.
    ordered = sorted(groups.values(), key=lambda group: group.name != "Plates")
    return [Layer("Sheet", ordered, clipped=False)] if ordered else []


def _item(piece: Piece) -> Item:
    color = _color(piece.color)
    if isinstance(piece, Area):
        return rectangle(piece.box.left(), piece.box.top(), piece.box.right(), piece.box.bottom(), color)
    if isinstance(piece, Text):
        face = piece.lettering
        spacing = face.tracking(piece.text) * piece.size if face.spacing else 0.0
        font = Font(face.font.family(), round(piece.size * _POINTS, 3), face.font.bold(), False, round(spacing, 4))
        line = Line(piece.text, piece.box.left(), piece.y, piece.width)
        return Words([line], font, color, name=piece.text, anchor=piece.anchor)
    points, kinds = _corners(piece.path)
    if piece.stroke:
        return Path(points, kinds, None, Stroke(color, round(piece.stroke, 4), "square", "miter"))
    return Path(points, kinds, color)


def _color(color: str) -> Color:
    value = QColor(color)
    return Color(value.red(), value.green(), value.blue(), value.alphaF())


def _corners(path: QPainterPath) -> tuple[np.ndarray, np.ndarray]:
    """Points and kinds of a path of few elements."""
    elements = [path.elementAt(number) for number in range(path.elementCount())]
    kinds = np.array([int(getattr(element.type, "value", element.type)) for element in elements], np.uint8)
    return np.array([(element.x, element.y) for element in elements], float), kinds
