"""The dots of settlements on overviews, told apart at a glance: capitals, towns, villages.

A star is a country's capital, a ring with a dot a region's; cities and towns are full, villages and hamlets are rings.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import NamedTuple

from qgis.core import QgsMarkerSymbol, QgsSimpleMarkerSymbolLayer, QgsSimpleMarkerSymbolLayerBase
from qgis.PyQt.QtGui import QColor

from ..themes.loading import Theme
from .importance import COUNTRY, REGION
from .roads import Case
from .symbols import MM


class Dot(NamedTuple):
    """A kind of dot: the class in the legend, the diameter in mm, that of what is full in it, and the shape."""

    label: str
    mm: float
    full: float
    shape: str = "circle"


# By what a place is the seat of, else by its kind.
SEATS = {COUNTRY: Dot("Capitals", 2.9, 2.9, "star"), REGION: Dot("Regional capitals", 1.75, 0.85)}
DOTS = {
    "city": Dot("Cities", 1.45, 1.45),
    "town": Dot("Towns", 1.1, 1.1),
    "village": Dot("Villages", 1.0, 0.0),
    "hamlet": Dot("Hamlets", 0.75, 0.0),
}
# The line of a ring, and of the edge that parts a dot from the roads that meet in it, in mm.
_RING, _EDGE = 0.2, 0.14


def dot_of(kind: str, seat: int) -> Dot:
    """The dot of a settlement (see importance.seat)."""
    return SEATS.get(seat) or DOTS[kind]


def dot_cases(theme: Theme) -> list[Case]:
    """The symbol of each kind of dot, by its label as `kind`."""
    ink, ground = theme.color["text_place"] or "", theme.color["halo"] or "#FFFFFF"
    dots = (*SEATS.values(), *DOTS.values())
    return [(f"\"kind\"='{dot.label}'", _symbol(dot, ink, ground), dot.label) for dot in dots]


def _symbol(dot: Dot, ink: str, ground: str) -> QgsMarkerSymbol:
    symbol = QgsMarkerSymbol()
    if dot.full < dot.mm:
        symbol.changeSymbolLayer(0, _marker(dot.shape, dot.mm, ground, ink, _RING))
        if dot.full:
            symbol.appendSymbolLayer(_marker(dot.shape, dot.full, ink, ink, 0.0))
    else:
        symbol.changeSymbolLayer(0, _marker(dot.shape, dot.mm, ink, ground, _EDGE))
    return symbol


def _marker(shape: str, mm: float, color: str, outline: str, width: float) -> QgsSimpleMarkerSymbolLayer:
    layer = QgsSimpleMarkerSymbolLayer()
    layer.setShape(QgsSimpleMarkerSymbolLayerBase.decodeShape(shape)[0])
    layer.setSize(mm)
    layer.setSizeUnit(MM)
    layer.setColor(QColor(color))
    layer.setStrokeColor(QColor(outline))
    layer.setStrokeWidth(width)
    layer.setStrokeWidthUnit(MM)
    return layer
