"""Selective masking, which hides parts of other layers."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtXml import QDomDocument, QDomElement


def masks(layer: QgsVectorLayer) -> bool:
    """Whether its names or symbols hide parts of other layers (selective masking), which copies of layers do not."""
    document = QDomDocument()
    layer.exportNamedStyle(document)
    # No class of PyQGIS tells it.
    texts = (mask for mask in _elements(document, "text-mask") if mask.attribute("maskEnabled") == "1")
    # As QGIS writes them from 3.26 on, and as it did before.
    options = [(option, "name", "value") for option in _elements(document, "Option")]
    options += [(option, "k", "v") for option in _elements(document, "prop")]
    symbols = (
        option.attribute(value) for option, name, value in options if option.attribute(name) == "mask_symbollayers"
    )
    return any([*(mask.attribute("maskedSymbolLayers") for mask in texts), *symbols])


def _elements(document: QDomDocument, tag: str) -> Iterator[QDomElement]:
    found = document.elementsByTagName(tag)
    return (found.at(number).toElement() for number in range(found.count()))
