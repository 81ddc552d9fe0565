"""Markers of one symbol are painted once: what QGIS paints for the first of them stands in every other place."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace

import numpy as np
from qgis.core import QgsFeature, QgsRenderContext, QgsSymbol, QgsSymbolLayer, QgsWkbTypes
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QPointF

from ..model import Path, Stamp, Symbol
from .device import RecordingDevice

# Markers of many shapes each; a plain circle or square is one path, which programs take better as such.
_KINDS = ("SvgMarker",)


class Stamps:
    """The symbols of one layer that is recorded on `device`, whose dots to the mm are `dots`."""

    def __init__(self, device: RecordingDevice, dots: float) -> None:
        self._device = device
        self._dots = dots
        # By symbol and symbol layer; None for what is painted anew each time.
        self._known: dict[tuple[int, int], Symbol | None] = {}

    def begin(self) -> None:
        """A renderer starts: symbols of the last one are gone, and others may lie in their place."""
        self._known.clear()

    def paint(self, symbol: QgsSymbol, part: int, feature: QgsFeature, context: QgsRenderContext) -> bool:
        """Paint a symbol layer of a feature; False where it has to be painted by QGIS, which was not done."""
        key = sip.unwrapinstance(symbol), part
        if key in self._known and self._known[key] is None:
            return False
        if key not in self._known and not _is_steady(symbol, symbol.symbolLayer(part)):
            self._known[key] = None
            return False
        place = self._place(feature, context)
        if place is None:
            return False
        made = self._known.get(key)
        if made is None:
            made = self._known[key] = self._recorded(symbol, part, feature, context, place)
            return True
        self._device.marks.append(Stamp(made, *place))
        return True

    def _recorded(
        self, symbol: QgsSymbol, part: int, feature: QgsFeature, context: QgsRenderContext, place: tuple[float, float]
    ) -> Symbol | None:
        """What QGIS paints for a feature, as a symbol and its first stamp; None where it is no symbol of paths."""
        marks, lost = self._device.marks, set(self._device.lost)
        start = len(marks)
        symbol.renderFeature(feature, context, part, False, False)
        self._device.settle()
        made = marks[start:]
        paths = [mark for mark in made if isinstance(mark, Path)]
        if not paths or len(paths) < len(made) or self._device.lost != lost:
            return None
        origin = np.array(place)
        found = Symbol(tuple(replace(path, points=path.points - origin) for path in paths))
        marks[start:] = [Stamp(found, *place)]
        return found

    def _place(self, feature: QgsFeature, context: QgsRenderContext) -> tuple[float, float] | None:
        """Where a point lies on the sheet in mm; None for anything else."""
        geometry = feature.geometry()
        if QgsWkbTypes.flatType(geometry.wkbType()) != QgsWkbTypes.Type.Point:
            return None
        point = geometry.asPoint()
        way = context.coordinateTransform()
        if way.isValid():
            point = way.transform(point)
        dot = context.mapToPixel().transform(point)
        spot = context.painter().combinedTransform().map(QPointF(dot.x(), dot.y()))
        return spot.x() / self._dots, spot.y() / self._dots


def _is_steady(symbol: QgsSymbol, layer: QgsSymbolLayer) -> bool:
    """Whether all features get the same marker."""
    effect = layer.paintEffect()
    is_plain = effect is None or not effect.enabled()
    return layer.layerType() in _KINDS and is_plain and not symbol.hasDataDefinedProperties()
