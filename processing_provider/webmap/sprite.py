"""The icons of points of interest as one picture of distances, and where each lies in it.

Facts: MapLibre Style Specification, "Sprite": an icon that is `sdf` takes its colour and halo from the style.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Dict, Iterable

import numpy as np
from qgis.PyQt.QtCore import QBuffer, QIODevice
from qgis.PyQt.QtGui import QImage, QPainterPath, QPolygonF, QTransform

from ..cartography.symbology import icons
from .distance import BORDER, field, segments
from .points import ICON
from .shields import PLATE, plate

_COLUMNS = 12


def sprite(names: Iterable[str]) -> tuple[bytes, Dict[str, Any]]:
    """The picture (PNG), and the index of the icons of these names and of the plate of road numbers."""
    wanted = [*sorted(set(names)), PLATE]
    side = ICON + 2 * BORDER
    rows = max(1, -(-len(wanted) // _COLUMNS))
    pixels = np.zeros((rows * side, _COLUMNS * side, 4), np.uint8)
    index: Dict[str, Any] = {}
    for number, name in enumerate(wanted):
        x, y = number % _COLUMNS * side, number // _COLUMNS * side
        drawn, more = plate() if name == PLATE else (None, {})
        pieces = segments(drawn) if drawn is not None else _outline(name, ICON)
        pixels[y : y + side, x : x + side, 3] = field(pieces, -BORDER, -BORDER, side, side, True)
        index[name] = {"x": x, "y": y, "width": side, "height": side, "pixelRatio": 1, "sdf": True, **more}
    height, width = pixels.shape[:2]
    image = QImage(pixels.tobytes(), width, height, width * 4, QImage.Format.Format_RGBA8888)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data()), index


def _outline(name: str, side: int) -> Any:
    """An icon's outline in pixels, y down, in a box from 0 to `side`."""
    path = QPainterPath()
    shape = icons.shape(name)
    for polygon in shape.asMultiPolygon() if shape.isMultipart() else [shape.asPolygon()]:
        for ring in polygon:
            path.addPolygon(QPolygonF([point.toQPointF() for point in ring]))
    place = QTransform(side, 0, 0, -side, side / 2, side / 2)
    return segments(place.map(path))
