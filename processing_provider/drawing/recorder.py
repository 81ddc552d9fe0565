"""From styled layers to a drawing: QGIS's own renderers draw, the drawing remembers.

Each layer is rendered by itself without labels; then all layers once more, painting nothing but their labels, since
labels must know of one another and of what stands in their way.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np
from qgis.core import QgsLabelPosition, QgsMapLayer, QgsMapSettings, QgsNullSymbolRenderer, QgsVectorLayer
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from ..cartography.picture import Picture
from ..feedback import Feedback
from ..formats.image.render import paint
from .attribution import PLAIN, AttributingRenderer, Source
from .device import RecordingDevice
from .grouping import grouped
from .model import Color, Drawing, Group, Image, Layer, Path, rectangle
from .names import Position, put_together

# Text and lines know no dots; it only rules how finely QGIS measures text.
_DPI = 600
# Pixels of the longer side of a preview.
_PREVIEW = 256


def record(picture: Picture, feedback: Feedback) -> Drawing:
    """The drawing of a picture; raises Cancelled where asked to stop."""
    page = picture.page
    background = _color(QColor(picture.background))
    drawing = Drawing(page.width_mm, page.height_mm, background, (0.0, 0.0, page.width_mm, page.height_mm))
    drawing.notice, drawing.crs = picture.notice, page.crs
    drawing.extent = (page.xmin, page.ymin, page.xmax, page.ymax)
    ground = rectangle(*drawing.frame, background)
    drawing.layers.append(Layer("Background", [Group("Background", [ground])]))
    drawing.preview = _preview(picture, feedback)
    settings = picture.map_settings(_DPI)
    settings.setFlag(QgsMapSettings.Flag.ForceVectorOutput, True)
    settings.setFlag(QgsMapSettings.Flag.DrawLabeling, False)
    # Every job would fill its page first.
    settings.setBackgroundColor(QColor(0, 0, 0, 0))
    layers = list(reversed(picture.layers))
    for number, layer in enumerate(layers):
        feedback.progress(70 * number / len(layers), "drawing")
        made = _layer(layer, settings, feedback, picture)
        if made.groups:
            drawing.layers.append(made)
    drawing.layers += _labels(layers, settings, feedback.part(70, 100), picture)
    return drawing


def _color(color: QColor) -> Color:
    return Color(color.red(), color.green(), color.blue(), color.alphaF())


def _preview(picture: Picture, feedback: Feedback) -> np.ndarray:
    """The picture in small, without its names."""
    page = picture.page
    settings = picture.map_settings(_PREVIEW * 25.4 / max(page.width_mm, page.height_mm))
    settings.setFlag(QgsMapSettings.Flag.DrawLabeling, False)
    image = QImage(settings.outputSize(), QImage.Format.Format_RGB888)
    image.fill(QColor(picture.background))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        paint(settings, painter, feedback)
    finally:
        painter.end()
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    rows = np.frombuffer(bytes(bits), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def _layer(layer: QgsMapLayer, settings: QgsMapSettings, feedback: Feedback, picture: Picture) -> Layer:
    """One layer without its labels."""
    told: list[tuple[int, Source]] = []
    device = RecordingDevice(picture.page.width_mm, picture.page.height_mm, _DPI)
    original = layer.renderer() if isinstance(layer, QgsVectorLayer) else None
    if original is not None and original.type() == "nullSymbol":
        return Layer(layer.name())
    shown = layer
    if original is not None and original.type() in PLAIN:
        shown = layer.clone()
        shown.setRenderer(AttributingRenderer(original.clone(), lambda s: told.append((len(device.marks), s))))
    _paint(settings, [shown], device, feedback)
    items = []
    starts = [start for start, _ in told] + [len(device.marks)]
    for (start, source), end in zip(told, starts[1:]):
        for mark in device.marks[start:end]:
            if isinstance(mark, (Path, Image)):
                mark.name, mark.key = source.name, source.key
                items.append((source.title, source.part, source.parts, mark))
    if not told:
        items = [("", 0, 1, mark) for mark in device.marks if isinstance(mark, (Path, Image))]
    return Layer(layer.name(), grouped(items))


def _labels(layers: list[QgsMapLayer], settings: QgsMapSettings, feedback: Feedback, picture: Picture) -> list[Layer]:
    """A layer of texts for each layer that has labels, in order."""
    page = picture.page
    device = RecordingDevice(page.width_mm, page.height_mm, _DPI)
    shown, titles = [], {}
    for layer in layers:
        if not isinstance(layer, QgsVectorLayer):
            continue
        copy = layer.clone()
        # The copy's own renderer is gone with the next line that sets another.
        inner = layer.renderer()
        if inner is not None and inner.type() in PLAIN:
            copy.setRenderer(AttributingRenderer(inner.clone(), lambda _source: None, False))
        elif layer.labelsEnabled():
            copy.setRenderer(QgsNullSymbolRenderer())
        else:
            continue
        has_symbols = inner is not None and inner.type() != "nullSymbol"
        titles[copy.id()] = f"{layer.name()} – names" if has_symbols else layer.name()
        shown.append(copy)
    naming = QgsMapSettings(settings)
    naming.setFlag(QgsMapSettings.Flag.DrawLabeling, True)
    positions = _paint(naming, shown, device, feedback)
    extent = settings.visibleExtent()
    scale = page.width_mm / extent.width(), page.height_mm / extent.height()

    def place(x: float, y: float) -> tuple[float, float]:
        return (x - extent.xMinimum()) * scale[0], (extent.yMaximum() - y) * scale[1]

    found = [
        Position(label.labelText, label.layerID, label.featureId, [place(p.x(), p.y()) for p in label.cornerPoints])
        for label in positions
    ]
    made: dict[str, Layer] = {}
    for layer_id, items in put_together(device.marks, found):
        title = titles.get(layer_id, "Labels")
        layer = made.setdefault(title, Layer(title, [Group(title)]))
        layer.groups[0].items += items
    order = list(titles.values())
    return sorted(made.values(), key=lambda layer: order.index(layer.name) if layer.name in order else -1)


def _paint(
    settings: QgsMapSettings, layers: list[QgsMapLayer], device: RecordingDevice, feedback: Feedback
) -> list[QgsLabelPosition]:
    """Render layers (the bottom one first) onto the device; the labels that were placed."""
    own = QgsMapSettings(settings)
    own.setLayers(list(reversed(layers)))
    painter = QPainter()
    painter.begin(device)
    try:
        return paint(own, painter, feedback)
    finally:
        painter.end()
