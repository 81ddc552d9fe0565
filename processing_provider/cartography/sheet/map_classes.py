"""The classes that are on a map: what a legend lists."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING, Iterator, NamedTuple

from qgis.core import QgsFeatureRequest, QgsMapLayer, QgsRuleBasedRenderer, QgsSymbol, QgsVectorLayer

from ...text.phrases import one_line
from ..rendering.entries import OWN_DATA

if TYPE_CHECKING:
    from ..rendering.picture import Picture

_LETTERS = 200
_MOST = 300
# Parts of other things: what is seen round a street, or on it.
_PARTS = ("– outlines", "– ground", "– bands", "One-way arrows", "Shields", "Road bridges", "Railway bridges",
          "Path bridges", "Index grid", f"{OWN_DATA} tints")  # fmt: skip
_OUTLINES = "Roads – outlines"
# Of a user's own areas, what shows within their edges.
_TINTS, _AREAS = f"{OWN_DATA} tints", f"{OWN_DATA} – areas"


class MapClass(NamedTuple):
    """One class: its name, its layer's, its symbols from the lowest up, the layer."""

    label: str
    layer: str
    symbols: list[QgsSymbol]
    source: QgsVectorLayer


def map_classes(view: Picture) -> list[MapClass]:
    """The classes that have an object on the map, of the top layer first."""
    edges: dict[str, QgsSymbol] = {}
    tints: dict[str, QgsSymbol] = {}
    for layer in view.layers:
        if layer.name() == _OUTLINES:
            # Links, which are thinner, come under the same name.
            for label, symbol in _drawn(layer, False):
                if label not in edges or symbol.width() > edges[label].width():
                    edges[label] = symbol
        elif layer.name() == _TINTS and not view.is_foreign:
            tints.update(_drawn(layer, False))
    found: dict[tuple[str, str], MapClass] = {}
    for layer in view.layers:
        name = one_line(layer.name(), _LETTERS)
        if not isinstance(layer, QgsVectorLayer) or (not view.is_foreign and any(part in name for part in _PARTS)):
            continue
        for label, symbol in _drawn(layer, True):
            shown = one_line(label if name.startswith(OWN_DATA) else label.replace("_", " "), _LETTERS) or name
            if len(found) < _MOST:
                below = [edges[label]] if name.startswith("Roads") and label in edges else []
                below += [tints[label]] if name == _AREAS and label in tints else []
                found.setdefault((shown, name), MapClass(shown, name, [*below, symbol], layer))
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
