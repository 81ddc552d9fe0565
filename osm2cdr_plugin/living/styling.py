"""A map of the project in another style: each style is one of QGIS's own named styles of the layer.

So what somebody changed of the symbols stays in the style that it was changed in, and is there again when that style is
chosen; and a style that is new to a layer begins from nothing, whatever the layer looked like before.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import re
from typing import Any

from qgis.core import QgsMapLayer, QgsReadWriteContext, QgsVectorLayer
from qgis.PyQt.QtGui import QPainter
from qgis.PyQt.QtXml import QDomDocument

from ...processing_provider.cartography.styles.layer_styles import apply_style
from ...processing_provider.cartography.themes.loading import Theme

_PROPERTY = "osm2cdr/style of "
# Ids that a style gets anew wherever it is made, and what a program writes of itself.
_PASSING = re.compile(r"\{[0-9a-f-]{36}\}|version=\"[^\"]*\"")


class Look:
    """How a map is drawn: the style, the scale it is meant for, the detail level and the language of names."""

    def __init__(self, theme: Theme, scale: int, detail: int, language: str) -> None:
        self.theme, self.scale, self.detail, self.language = theme, scale, detail, language

    def give(self, layer: QgsVectorLayer, table: str, anew: bool = False) -> bool:
        """Show a layer in this style; what was changed of it by hand stays, unless `anew`.

        False where the style draws nothing of it.
        """
        manager, name = layer.styleManager(), self.theme.name
        if name not in manager.styles():
            if _mark(layer):
                manager.addStyleFromLayer(name)
                manager.setCurrentStyle(name)
            else:
                # The first one: what QGIS gave it by itself is nobody's.
                manager.renameStyle(manager.currentStyle(), name)
        else:
            manager.setCurrentStyle(name)
            if not anew and is_changed(layer):
                layer.triggerRepaint()
                return True
        _clean(layer)
        is_drawn = apply_style(layer, table, self.theme, self.scale, self.detail, self.language)
        layer.setCustomProperty(_PROPERTY + name, fingerprint(layer))
        layer.triggerRepaint()
        layer.emitStyleChanged()
        return is_drawn


def is_changed(layer: QgsVectorLayer) -> bool:
    """Whether somebody changed the symbols or labels of a layer since its style was given to it."""
    given = str(layer.customProperty(_PROPERTY + layer.styleManager().currentStyle(), "") or "")
    return bool(given) and given != fingerprint(layer)


def fingerprint(layer: QgsVectorLayer) -> str:
    """The same for symbols and labels that are the same, in whatever order a document has them."""
    kind = QgsMapLayer.StyleCategory
    document = QDomDocument()
    layer.exportNamedStyle(document, QgsReadWriteContext(), kind.Symbology | kind.Labeling)
    words = sorted(_PASSING.sub("", document.toString()).split())
    return hashlib.sha256(" ".join(words).encode("utf-8")).hexdigest()[:24]


def _mark(layer: QgsVectorLayer) -> bool:
    """Whether a style of ours was given to a layer before."""
    return any(str(key).startswith(_PROPERTY) for key in layer.customPropertyKeys())


def _clean(layer: Any) -> None:
    """Take away what a style of ours does not set, and another may have left."""
    layer.setOpacity(1.0)
    layer.setBlendMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    layer.setFeatureBlendMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    layer.setDiagramRenderer(None)
    layer.setScaleBasedVisibility(False)
