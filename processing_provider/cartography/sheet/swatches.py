"""The legend of a sheet: each class of the map with what it looks like, as rectangles and paths of their own."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Iterator

from qgis.core import (
    QgsFeatureRequest,
    QgsGeometry,
    QgsSimpleFillSymbolLayer,
    QgsSimpleLineSymbolLayer,
    QgsSimpleMarkerSymbolLayer,
    QgsSymbol,
    QgsSymbolLayer,
)
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QPainterPath, QPolygonF, QTransform

from ...text.translation import told_in
from ..rendering.entries import OWN_DATA, Key, Look
from ..symbology.symbols import mixed
from .decorations import Area, Piece, Shape
from .legend_words import legend_word
from .map_classes import MapClass, map_classes

if TYPE_CHECKING:
    from ..rendering.picture import Picture

_ICONS = "Points of interest"
_DOT_MM = 1.5
# No line is shown wider than this share of its swatch's height.
_WIDEST = 0.86


def legend_keys(picture: Picture, language: str = "") -> list[Key]:
    """The classes on a map, lines first, then areas, then points; those that look alike share a line.

    A user's own data come before all of them, each in a line of its own.
    """
    found: dict[object, Key] = {}
    owned: list[Key] = []
    for one in map_classes(picture):
        key = _key(picture, one, language)
        if key is None:
            continue
        if one.layer.startswith(OWN_DATA):
            owned.append(key)
            continue
        known = found.get(key.label)
        # Of a street's main part and its links, the main part.
        if known is None or known.look.width < key.look.width:
            found[key.label] = key
    shared: dict[object, Key] = {}
    for key in found.values():
        # Icons differ by their shapes.
        alike = key.look if key.icon is None else key.label
        known = shared.get(alike)
        shared[alike] = replace(known, label=f"{known.label}, {key.label}") if known else key
    return [*sorted(owned, key=_order), *sorted(shared.values(), key=_order)]


def _order(key: Key) -> tuple[bool, bool]:
    return bool(key.icon or key.look.is_dot), not key.look.strokes


def _key(picture: Picture, one: MapClass, language: str) -> Key | None:
    label = told_in(legend_word(one.layer, one.label), language)
    layers = [layer for symbol in one.symbols for layer in _layers(symbol)]
    if not layers:
        return None
    strokes: list[tuple[str, float, tuple[float, ...]]] = []
    for layer in layers:
        if isinstance(layer, QgsSimpleLineSymbolLayer):
            dashes = tuple(layer.customDashVector()) if layer.useCustomDashPattern() else ()
            strokes.append((layer.color().name(), layer.width(), dashes))
    top = layers[-1]
    if strokes:
        return Key(label, Look(tuple(strokes)))
    if isinstance(top, QgsSimpleMarkerSymbolLayer):
        return Key(label, Look(fill=top.color().name(), edge=top.strokeColor().name(), edge_mm=0.1, is_dot=True))
    if not isinstance(top, QgsSimpleFillSymbolLayer):
        return None
    fill = top.color().name() if top.brushStyle() != Qt.BrushStyle.NoBrush else ""
    if not fill and len(layers) > 1 and isinstance(layers[0], QgsSimpleFillSymbolLayer):
        # The tint of an area of one's own, as it is on the ground.
        fill = mixed(picture.background, layers[0].color().name(), layers[0].color().alphaF())
    if one.layer == _ICONS:
        return Key(label, Look(fill=fill), _icon(picture, one))
    if top.strokeStyle() == Qt.PenStyle.NoPen:
        return Key(label, Look(fill=fill))
    return Key(label, Look(fill=fill, edge=top.strokeColor().name(), edge_mm=top.strokeWidth()))


def _layers(symbol: QgsSymbol) -> Iterator[QgsSymbolLayer]:
    return (symbol.symbolLayer(number) for number in range(symbol.symbolLayerCount()))


def _icon(picture: Picture, one: MapClass) -> QPainterPath | None:
    """An icon of the class as it is on the map."""
    request = QgsFeatureRequest().setFilterExpression(f"\"kind\"='{one.label.lower()}'").setLimit(1)
    feature = next(iter(one.source.getFeatures(request)), None)
    if feature is None:
        return None
    shape = QgsGeometry(feature.geometry())
    middle, page = shape.boundingBox().center(), picture.page
    side = page.width_mm / (page.xmax - page.xmin)
    shape.transform(QTransform(side, 0, 0, -side, -middle.x() * side, middle.y() * side))
    path = QPainterPath()
    for polygon in shape.asMultiPolygon() if shape.isMultipart() else [shape.asPolygon()]:
        for ring in polygon:
            path.addPolygon(QPolygonF([QPointF(point.x(), point.y()) for point in ring]))
            path.closeSubpath()
    return path


def swatch(key: Key, box: QRectF, land: str) -> list[Piece]:
    """The pieces of a key in a box of the sheet, on the map's ground."""
    ground = Area("legend", box, land)
    centre = box.center()
    if key.icon is not None:
        return [Shape("legend", key.icon.translated(centre), key.look.fill)]
    if key.look.is_dot:
        dot = QPainterPath()
        dot.addEllipse(centre, _DOT_MM / 2, _DOT_MM / 2)
        return [Shape("legend", dot, key.look.fill), Shape("legend", dot, key.look.edge, key.look.edge_mm)]
    if key.look.strokes:
        return [ground, *(piece for stroke in key.look.strokes for piece in _line(stroke, box, key.look.width))]
    pieces: list[Piece] = [Area("legend", box, key.look.fill or land)]
    if key.look.edge:
        outline = QPainterPath()
        half = key.look.edge_mm / 2
        outline.addRect(box.adjusted(half, half, -half, -half))
        pieces.append(Shape("legend", outline, key.look.edge, key.look.edge_mm))
    return pieces


def _line(stroke: tuple[str, float, tuple[float, ...]], box: QRectF, widest: float) -> Iterator[Piece]:
    """A stroke across the box as rectangles, thinner where the widest has no room."""
    color, width, dashes = stroke
    width *= min(1.0, _WIDEST * box.height() / widest) if widest else 1.0
    top = box.center().y() - width / 2
    x, number = box.left(), 0
    while x < box.right():
        # A dash of no length is a dot where its ends are round.
        length = max(dashes[number % len(dashes)], 0.0 if number % 2 else width) if sum(dashes) else box.width()
        end = min(x + max(length, 0.01), box.right())
        if number % 2 == 0:
            yield Area("legend", QRectF(x, top, end - x, width), color)
        x, number = end, number + 1
