"""How a user's own data look: a line on its halo, a marker, the edge of an area and the tint within it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsFillSymbol, QgsLineSymbol, QgsMarkerSymbol, QgsSimpleMarkerSymbolLayer
from qgis.PyQt.QtGui import QColor

from ..features.reading import Thing
from ..themes.colors import contrast
from ..themes.loading import Theme
from .label_styles import LEGIBLE, Labels, TextStyle
from .symbols import MM, ROUND, fill, line, stroke

# Millimetres: a line, the edge of an area, a marker, and the halo round each.
_LINE, _EDGE, _MARKER, _HALO = 0.75, 0.45, 2.6, 0.25
# How much of an area's colour is seen.
_TINT = 0.25
_POINTS = 5.6
NAMES = "own data"


@dataclass(frozen=True)
class Look:
    """Colours as #RRGGBB, lengths in mm; `fill` is empty where an area has no tint."""

    color: str
    mm: float
    fill: str = ""
    opacity: float = 1.0


def accent(theme: Theme) -> str:
    """The colour of what has none of its own."""
    return theme.color.get("overlay") or theme.color["text"] or "#000000"


def look(theme: Theme, thing: Thing, geometry: str) -> Look:
    """How an object of the overlay's tables looks in a style."""
    own, width, size, opacity = (thing[name] for name in ("color", "width", "size", "opacity"))
    if theme.flags["hairlines"]:
        # Colours are what a tool does there: nobody's red is to be cut through.
        return Look(accent(theme), _MARKER if geometry == "point" else float(theme.width["thinnest"]))
    color = str(own or (geometry == "polygon" and thing["fill"]) or accent(theme))
    if geometry == "point":
        return Look(color, float(size or _MARKER))
    if geometry == "line":
        return Look(color, float(width or _LINE))
    share = float(opacity if opacity is not None else _TINT)
    tint = str(thing["fill"] or color) if share else ""
    return Look(color, float(width or _EDGE), tint, share)


def line_symbol(theme: Theme, one: Look) -> QgsLineSymbol:
    """A line on its halo."""
    halo = theme.color["halo"]
    below = [stroke(halo, one.mm + 2 * _HALO, ROUND)] if halo else []
    return line(*below, stroke(one.color, one.mm, ROUND))


def edge_symbol(one: Look) -> QgsFillSymbol:
    """The edge of an area."""
    return fill(None, one.color, one.mm)


def tint_symbol(one: Look) -> QgsFillSymbol:
    """The tint within an area, which lets the ground through."""
    tint = QColor(one.fill)
    tint.setAlphaF(one.opacity)
    return fill(tint.name(QColor.NameFormat.HexArgb))


def marker_symbol(theme: Theme, one: Look) -> QgsMarkerSymbol:
    """A round marker in its halo."""
    layer = QgsSimpleMarkerSymbolLayer()
    layer.setSize(one.mm)
    layer.setSizeUnit(MM)
    layer.setColor(QColor(one.color))
    layer.setStrokeColor(QColor(theme.color["halo"] or "#FFFFFF"))
    layer.setStrokeWidth(2 * _HALO)
    layer.setStrokeWidthUnit(MM)
    symbol = QgsMarkerSymbol()
    symbol.changeSymbolLayer(0, layer)
    return symbol


def name_style(labels: Labels) -> TextStyle:
    """How the names of markers and areas are written: in the accent where that reads on its halo, else as all text."""
    color = labels.theme.color
    halo, plain = color["halo"], color.get("text_place") or color["text"] or "#000000"
    own = accent(labels.theme)
    ground = halo or color["land"] or "#FFFFFF"
    text = own if contrast(own, ground) >= LEGIBLE else plain
    return TextStyle(NAMES, (), labels.text(_POINTS, text, halo, 0.5, bold=True), 10)
