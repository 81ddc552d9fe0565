"""Symbols and renderers from tokens. A token that is None draws nothing: that is decided here alone."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable, Sequence

from qgis.core import (
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsRuleBasedRenderer,
    QgsSimpleFillSymbolLayer,
    QgsSimpleLineSymbolLayer,
    QgsSimpleMarkerSymbolLayer,
    QgsSvgMarkerSymbolLayer,
    QgsSymbol,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

MM = QgsUnitTypes.RenderUnit.RenderMillimeters
FLAT = Qt.PenCapStyle.FlatCap
ROUND = Qt.PenCapStyle.RoundCap


def stroke(
    color: str, width: float, cap: Qt.PenCapStyle = ROUND, dash: Sequence[float] = (), level: int = 0
) -> QgsSimpleLineSymbolLayer:
    """A stroke in mm; `level` is its pass among the symbol levels of a renderer."""
    layer = QgsSimpleLineSymbolLayer(QColor(color), width)
    layer.setWidthUnit(MM)
    layer.setPenCapStyle(cap)
    layer.setPenJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        layer.setUseCustomDashPattern(True)
        layer.setCustomDashVector([float(length) for length in dash])
        layer.setCustomDashPatternUnit(MM)
    layer.setRenderingPass(level)
    return layer


def line(*strokes: QgsSimpleLineSymbolLayer) -> QgsLineSymbol:
    """A line symbol of strokes, the lowest first."""
    symbol = QgsLineSymbol()
    symbol.changeSymbolLayer(0, strokes[0])
    for layer in strokes[1:]:
        symbol.appendSymbolLayer(layer)
    symbol.setClipFeaturesToExtent(False)
    return symbol


def fill(color: str | None, outline: str | None = None, width: float = 0.1) -> QgsFillSymbol:
    """A plain fill, an outline in mm, or both."""
    layer = QgsSimpleFillSymbolLayer(QColor(color or "#FFFFFF"))
    if not color:
        layer.setBrushStyle(Qt.BrushStyle.NoBrush)
    if outline:
        layer.setStrokeColor(QColor(outline))
        layer.setStrokeWidth(width)
        layer.setStrokeWidthUnit(MM)
        layer.setPenJoinStyle(Qt.PenJoinStyle.MiterJoin)
    else:
        layer.setStrokeStyle(Qt.PenStyle.NoPen)
    symbol = QgsFillSymbol()
    symbol.changeSymbolLayer(0, layer)
    symbol.setClipFeaturesToExtent(False)
    return symbol


def edge(color: str, width: float, dash: Sequence[float] = ()) -> QgsFillSymbol:
    """The outline of an area alone, in mm."""
    symbol = QgsFillSymbol()
    layer = QgsSimpleLineSymbolLayer(QColor(color), width)
    layer.setWidthUnit(MM)
    if dash:
        layer.setUseCustomDashPattern(True)
        layer.setCustomDashVector([float(length) for length in dash])
        layer.setCustomDashPatternUnit(MM)
    symbol.changeSymbolLayer(0, layer)
    symbol.setClipFeaturesToExtent(False)
    return symbol


def icon(color: str, halo: str, halo_mm: float = 0.28) -> QgsFillSymbol:
    """A shape on a halo of `halo_mm` round it, which keeps it legible on any ground."""
    symbol = fill(halo, halo, 2 * halo_mm)
    below = symbol.symbolLayer(0)
    below.setPenJoinStyle(Qt.PenJoinStyle.RoundJoin)
    above = QgsSimpleFillSymbolLayer(QColor(color))
    above.setStrokeStyle(Qt.PenStyle.NoPen)
    symbol.appendSymbolLayer(above)
    return symbol


def svg_marker(source: str, color: str, size: float) -> QgsMarkerSymbol:
    """A marker of an SVG (a path or base64 text), `size` in mm."""
    layer = QgsSvgMarkerSymbolLayer(source, size)
    layer.setSizeUnit(MM)
    layer.setFillColor(QColor(color))
    symbol = QgsMarkerSymbol()
    symbol.changeSymbolLayer(0, layer)
    return symbol


def dot(color: str, outline: str, size: float, metres: bool = False) -> QgsMarkerSymbol:
    """A round marker, `size` in mm or in metres on the ground."""
    layer = QgsSimpleMarkerSymbolLayer()
    layer.setSize(size)
    layer.setSizeUnit(QgsUnitTypes.RenderUnit.RenderMetersInMapUnits if metres else MM)
    layer.setColor(QColor(color))
    layer.setStrokeColor(QColor(outline))
    layer.setStrokeWidth(0.1)
    symbol = QgsMarkerSymbol()
    symbol.changeSymbolLayer(0, layer)
    return symbol


def rules(cases: Iterable[tuple[str, QgsSymbol, str]], levels: bool = False) -> QgsRuleBasedRenderer | None:
    """A renderer of (expression, symbol, label); None where there is no case."""
    root = QgsRuleBasedRenderer.Rule(None)
    for expression, symbol, label in cases:
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, expression, label))
    if not root.children():
        return None
    renderer = QgsRuleBasedRenderer(root)
    renderer.setUsingSymbolLevels(levels)
    return renderer


def one_of(field: str, values: Iterable[str]) -> str:
    """The expression that a field has one of these values."""
    return f'"{field}" IN (' + ",".join(f"'{value}'" for value in values) + ")"


def luma(color: str) -> float:
    """How bright a colour is, from 0 to 1."""
    value = QColor(color)
    return 0.299 * value.redF() + 0.587 * value.greenF() + 0.114 * value.blueF()


def mixed(color: str, other: str, share: float) -> str:
    """A colour with a `share` of another in it."""
    pairs = zip(QColor(color).getRgb()[:3], QColor(other).getRgb()[:3])
    return QColor(*(round(a * (1 - share) + b * share) for a, b in pairs)).name()


def faint(color: str, share: float) -> str:
    """A colour that lets what lies below it through."""
    value = QColor(color)
    value.setAlphaF(share)
    return value.name(QColor.NameFormat.HexArgb)
