"""The legend of a map: the classes that are on it, each with its symbol as it is drawn there."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator, NamedTuple

from qgis.core import (
    QgsFeatureRequest,
    QgsMapLayer,
    QgsRenderContext,
    QgsRuleBasedRenderer,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from ...cartography.rendering.picture import Picture
from ...text.phrases import one_line

SWATCH_MM = (9.0, 5.0)
_DOTS = 12
_LETTERS = 200
_MOST = 300
# Parts of other things: what is seen round a street, or on it.
_PARTS = ("– outlines", "– ground", "– bands", "One-way arrows", "Shields", "Road bridges", "Railway bridges",
          "Path bridges")  # fmt: skip
_OUTLINES = "Roads – outlines"


class Entry(NamedTuple):
    """One class: its name, its layer's, its symbol on the map's ground."""

    label: str
    layer: str
    swatch: QImage


def legend(view: Picture) -> list[Entry]:
    """The classes that have an object on the map, of the top layer first."""
    edges = {
        label: symbol for layer in view.layers if layer.name() == _OUTLINES for label, symbol in _drawn(layer, False)
    }
    found: dict[tuple[str, str], Entry] = {}
    for layer in view.layers:
        name = one_line(layer.name(), _LETTERS)
        if not isinstance(layer, QgsVectorLayer) or (not view.is_foreign and any(part in name for part in _PARTS)):
            continue
        for label, symbol in _drawn(layer, True):
            shown = one_line(label.replace("_", " "), _LETTERS) or name
            if len(found) < _MOST:
                below = [edges[label]] if name.startswith("Roads") and label in edges else []
                found.setdefault((shown, name), Entry(shown, name, _swatch([*below, symbol], view.background)))
    return list(found.values())


def _drawn(layer: QgsMapLayer, present: bool) -> Iterator[tuple[str, QgsSymbol]]:
    """Name and symbol of each class of a layer; of those alone that take a feature, where they are to be `present`."""
    renderer = layer.renderer()
    if isinstance(renderer, QgsRuleBasedRenderer):
        for rule in renderer.rootRule().descendants():
            if rule.symbol() is not None and (not present or _takes(layer, rule.filterExpression())):
                yield rule.label(), rule.symbol()
    elif renderer is not None:
        for item in renderer.legendSymbolItems():
            if item.symbol() is not None:
                yield item.label(), item.symbol()


def _takes(layer: QgsVectorLayer, expression: str) -> bool:
    request = QgsFeatureRequest().setLimit(1)
    if expression and expression != "ELSE":
        request.setFilterExpression(expression)
    return bool(list(layer.getFeatures(request)))


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
