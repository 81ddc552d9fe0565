"""An item of a print layout, as QGIS paints it, as objects of a drawing."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import QgsLayoutItem, QgsLayoutItemLabel, QgsLayoutItemPage
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QPainter

from ...cartography.rendering.layouts import LayoutPage
from ..model import Item, Line, Text
from ..record.device import Letters, Mark, RecordingDevice
from ..record.recorder import DPI

_PAPER = "Paper"
# What of a line stays in its place where another font is wider.
_ANCHORS = {Qt.AlignmentFlag.AlignHCenter: 0.5, Qt.AlignmentFlag.AlignRight: 1.0}


def called(item: QgsLayoutItem) -> str:
    """What an item is called in a layout's own list, where it has no name by its kind."""
    if isinstance(item, QgsLayoutItemPage):
        return _PAPER
    return " ".join(str(item.displayName()).strip("<>").split()) or "Item"


def recorded(page: LayoutPage) -> tuple[list[Mark], set[str]]:
    """What QGIS paints of what is visible of a page, and what of it no drawing can hold."""
    device = RecordingDevice(*page.size, DPI)
    painter = QPainter()
    painter.begin(device)
    try:
        page.paint(painter, as_vectors=True)
    finally:
        painter.end()
    return device.marks, device.lost


def as_objects(marks: list[Mark], fixed: float = 0.0) -> list[Item]:
    """Marks as objects of a drawing: each line of text is one."""
    return [_text(mark, fixed) if isinstance(mark, Letters) else mark for mark in marks]


def _text(mark: Letters, fixed: float) -> Text:
    line = Line(mark.text, mark.x, mark.y, mark.width)
    return Text([line], mark.font, mark.color, None, mark.rotation, " ".join(mark.text.split()), anchor=fixed)


def anchor(item: QgsLayoutItem) -> float:
    """What of the lines of an item stays in its place where another font is wider: see Text."""
    return _ANCHORS.get(item.hAlign(), 0.0) if isinstance(item, QgsLayoutItemLabel) else 0.0
