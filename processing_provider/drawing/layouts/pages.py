"""A page of a print layout as a drawing: QGIS paints item after item, each of which is a layer.

Maps are taken apart further, into their own layers, as an exported canvas is.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np
from qgis.core import QgsLayoutItem, QgsLayoutItemMap
from qgis.PyQt.QtCore import QRect
from qgis.PyQt.QtGui import QImage

from ...cartography.rendering.blending import unblended
from ...cartography.rendering.layered import painted_box
from ...cartography.rendering.layouts import LayoutPage, alone
from ...cartography.rendering.png import png
from ...feedback import Feedback
from ...text.phrases import listed
from ...text.sentence import joined, say
from ..clean.framing import framed
from ..model import Color, Drawing, Group, Image, Layer
from ..record.device import Mark
from ..record.recorder import tell_apart
from .items import anchor, as_objects, called, recorded
from .maps import is_upright, map_in_layers, place_in_the_world

_PICTURE_DPI = 300
# Pixels of the longer side of a preview.
_PREVIEW = 256
_WHITE = Color(255, 255, 255)


def record_page(page: LayoutPage, feedback: Feedback) -> Drawing:
    """The drawing of a page; raises Cancelled where asked to stop, and warns of what becomes a picture."""
    width, height = page.size
    whole = (0.0, 0.0, width, height)
    drawing = Drawing(width, height, _WHITE, whole, notice=page.notice)
    drawing.crs, drawing.extent = place_in_the_world(page)
    drawing.preview = _preview(page)
    items = page.items
    for number, item in enumerate(items):
        part = feedback.part(100 * number / len(items), 100 * (number + 1) / len(items))
        part.progress(0, "drawing")
        if isinstance(item, QgsLayoutItemMap) and is_upright(item):
            made = map_in_layers(item, page, part)
        else:
            made = [Layer(called(item), _groups(item, page, part))]
        drawing.layers += framed(made, whole)
    tell_apart(drawing.layers)
    if pictures := [layer.title for layer in drawing.layers if layer.groups and _is_picture(layer)]:
        feedback.warning(
            "pictures",
            say("As pictures, not as objects, come {0} of the {1} layers of a page: {2}.", len(pictures),
                len(drawing.layers), listed(pictures)),
        )  # fmt: skip
    return drawing


def _is_picture(layer: Layer) -> bool:
    return all(isinstance(item, Image) for item in layer.items)


def _groups(item: QgsLayoutItem, page: LayoutPage, feedback: Feedback) -> list[Group]:
    """The objects of an item, or its picture."""
    name, reasons, marks = called(item), set[str](), list[Mark]()
    if item.containsAdvancedEffects() or item.itemOpacity() < 1:
        reasons.add(say("effects or transparency"))
    elif isinstance(item, QgsLayoutItemMap):
        reasons.add(say("it is turned, or cut by a shape"))
    else:
        with alone(page, item):
            marks, reasons = recorded(page)
        if not marks:
            # A web page is painted as pixels or not at all.
            reasons.add(say("it has no objects"))
    feedback.check()
    if not reasons:
        return [Group(name, as_objects(marks, anchor(item)))]
    made = _as_picture(item, page)
    if made is None:
        return []
    feedback.warning(
        "item_as_picture", say("The item {0} is kept as a picture: {1}.", name, joined(sorted(reasons), ", "))
    )
    return [Group(name, [made])]


def _as_picture(item: QgsLayoutItem, page: LayoutPage) -> Image | None:
    """An item in pixels, of what it covers of the page; None where that is nothing."""
    with alone(page, item):
        image = page.image(_PICTURE_DPI, transparent=True)
    unblended(image, item.blendMode())
    box: QRect = painted_box(image)
    if box.isEmpty():
        return None
    x, y = page.size[0] / image.width(), page.size[1] / image.height()
    place = (box.width() * x, 0.0, 0.0, box.height() * y, box.left() * x, box.top() * y)
    return Image(png(image.copy(box)), place, called(item))


def _preview(page: LayoutPage) -> np.ndarray:
    """The page in small."""
    dpi = _PREVIEW / max(page.size) * 25.4
    image = page.image(dpi).convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    rows = np.frombuffer(bytes(bits), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()
