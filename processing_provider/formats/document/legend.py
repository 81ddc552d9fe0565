"""The legend of a map: the classes that are on it, each with its symbol as it is drawn there."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import NamedTuple

from qgis.core import QgsRenderContext, QgsSymbol
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from ...cartography.rendering.picture import Picture
from ...cartography.sheet.map_classes import map_classes

SWATCH_MM = (9.0, 5.0)
_DOTS = 12


class Entry(NamedTuple):
    """One class: its name, its layer's, its symbol on the map's ground."""

    label: str
    layer: str
    swatch: QImage


def legend(view: Picture) -> list[Entry]:
    """The classes that have an object on the map, of the top layer first."""
    return [Entry(one.label, one.layer, _swatch(one.symbols, view.background)) for one in map_classes(view)]


def _swatch(symbols: list[QgsSymbol], background: str) -> QImage:
    size = QSize(*(round(side * _DOTS) for side in SWATCH_MM))
    result = QImage(size, QImage.Format.Format_RGB32)
    result.fill(QColor(background))
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    context = QgsRenderContext.fromQPainter(painter)
    # As wide as on the map.
    context.setScaleFactor(_DOTS)
    for symbol in symbols:
        symbol.clone().drawPreviewIcon(painter, size, context)
    painter.end()
    return result
