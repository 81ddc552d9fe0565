"""A map of a print layout, taken apart: its ground, the layers that it shows, their names, its grids and its frame."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsLayoutItemMap, QgsLayoutObject, QgsVectorLayer
from qgis.PyQt.QtCore import QSizeF
from qgis.PyQt.QtGui import QPainter

from ...cartography.rendering.canvas import Canvas
from ...cartography.rendering.canvas_area import crs_name
from ...cartography.rendering.layouts import LayoutPage, alone
from ...cartography.rendering.picture import Picture
from ...feedback import Feedback
from ...request.pages import Page
from ...request.papers import Sheet
from ..clean.framing import framed
from ..clean.tidy import tidy
from ..model import Color, Drawing, Group, Layer
from ..record.recorder import DPI, map_layers
from ..things import LABELS
from .items import as_objects, called, recorded

if TYPE_CHECKING:
    from ..model import Box

_PLAIN_MODE = QPainter.CompositionMode.CompositionMode_SourceOver
# Percent of a map that its layers take; the rest is what QGIS paints round them.
_LAYERS = 90.0
# What may make an item another one than it says.
_PROPERTIES = QgsLayoutObject.DataDefinedProperty
_CHANGING = (_PROPERTIES.ExcludeFromExports, _PROPERTIES.Opacity, _PROPERTIES.BlendMode, _PROPERTIES.ItemRotation)


def is_upright(item: QgsLayoutItemMap) -> bool:
    """Whether a map can be taken apart: an upright rectangle that nothing shines through."""
    properties = item.dataDefinedProperties()
    return not (
        item.itemRotation() % 360
        or item.itemOpacity() < 1
        or item.blendMode() != _PLAIN_MODE
        or item.itemClippingSettings().isActive()
        or any(properties.isActive(one) for one in _CHANGING)
    )


def map_in_layers(item: QgsLayoutItemMap, page: LayoutPage, feedback: Feedback) -> list[Layer]:
    """The map's layers, in one parent of its name."""
    box = page.box(item)
    frame = box.left(), box.top(), box.right(), box.bottom()
    layers: list[Layer] = []
    picture = _picture(item, page, frame, feedback.part(0, 10))
    below, over, above = _round(item, page)
    if picture is not None:
        made = framed(map_layers(picture, feedback.part(10, _LAYERS)), frame)
        cleaned = Drawing(*page.size, Color(255, 255, 255), frame, made)
        layers = tidy(cleaned).layers
    shapes = [layer for layer in layers if layer.parent != LABELS]
    whole = [*below, *shapes, *over, *(layer for layer in layers if layer.parent == LABELS), *above]
    name = called(item)
    for layer in whole:
        layer.parent = name
    return whole


def _picture(item: QgsLayoutItemMap, page: LayoutPage, frame: Box, feedback: Feedback) -> Picture | None:
    """What the map shows, on the page; of copies, whose looks may change for a while. None where it has no layers."""
    left, top, right, bottom = frame
    size = QSizeF((right - left) / 25.4 * DPI, (bottom - top) / 25.4 * DPI)
    settings = item.mapSettings(item.extent(), size, DPI, True)
    layers = [layer for layer in settings.layers() if layer is not None and layer.isValid() and layer.isSpatial()]
    if not layers:
        return None
    crs, extent = settings.destinationCrs(), item.extent()
    canvas = Canvas.take(layers, crs, page.context, styles=settings.layerStyleOverrides(), as_data=False)
    for text in canvas.warnings:
        feedback.warning("layer_left_out", text)
    canvas.adopt()
    settings.setLayers([])
    settings.setLayerStyleOverrides({})
    canvas.settings = settings
    sheet = _bare(page.size, frame)
    place = Page(crs_name(crs), extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum(),
                 round(item.scale()), sheet)  # fmt: skip
    return canvas.drawn(place, crs, feedback)


def _bare(size: tuple[float, float], frame: Box) -> Sheet:
    left, top, right, bottom = frame
    return Sheet(*size, left, top, right - left, bottom - top, 0.0, 2.0, None, True, bare=True)


def _round(item: QgsLayoutItemMap, page: LayoutPage) -> tuple[list[Layer], list[Layer], list[Layer]]:
    """What QGIS paints below the map's layers, above them, and above their names, each part for itself.

    The ground; overviews that names lie on; grids and the frame.
    """
    # In the place of its layers, so that nothing of them is painted.
    nothing = QgsVectorLayer("Point", "nothing", "memory")
    before = item.keepLayerSet(), item.layers(), item.followVisibilityPreset()
    below: list[Layer] = []
    over: list[Layer] = []
    above: list[Layer] = []
    item.setFollowVisibilityPreset(False)
    item.setKeepLayerSet(True)
    item.setLayers([nothing])
    try:
        target = below
        with alone(page, item):
            item.startLayeredExport()
            try:
                while item.nextExportPart():
                    about = item.exportLayerDetails()
                    if about.mapLayerId == nothing.id():
                        target = over
                    elif target is over and not about.mapLayerId:
                        target = above
                    marks, _ = recorded(page)
                    if marks:
                        name = about.name.rpartition(": ")[2] or "Map"
                        target.append(Layer(name, [Group(name, as_objects(marks))]))
            finally:
                item.stopLayeredExport()
    finally:
        item.setLayers(before[1])
        item.setKeepLayerSet(before[0])
        item.setFollowVisibilityPreset(before[2])
    return below, over, above


def place_in_the_world(page: LayoutPage) -> tuple[str, Box]:
    """CRS and extent of the whole page as its reference map continues; no CRS where there is no such map.

    A turned map has no extent with upright sides, and one in degrees no lengths.
    """
    nowhere = "", (0.0, 0.0, 0.0, 0.0)
    item = page.layout.referenceMap()
    if item is None or item not in page.items or not is_upright(item) or item.mapRotation() % 360:
        return nowhere
    if not item.crs().isValid() or item.crs().isGeographic():
        return nowhere
    box, extent, (width, height) = page.box(item), item.extent(), page.size
    x, y = extent.width() / box.width(), extent.height() / box.height()
    left, top = extent.xMinimum() - box.left() * x, extent.yMaximum() + box.top() * y
    return crs_name(item.crs()), (left, top - height * y, left + width * x, top)
