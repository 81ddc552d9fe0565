"""From styled layers to a drawing: QGIS's own renderers draw, the drawing remembers.

Each layer is rendered by itself without labels; then all layers once more, painting nothing but their labels, since
labels must know of one another and of what stands in their way.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Iterator

from qgis.core import (
    QgsFeatureRenderer,
    QgsLabelPosition,
    QgsMapLayer,
    QgsMapSettings,
    QgsNullSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor, QPainter

from ...cartography.rendering.paint import paint
from ...cartography.rendering.picture import Picture
from ...cartography.rendering.settings import map_settings
from ...cartography.sheet.layout import furniture, paper_color
from ...cartography.themes.loading import Theme
from ...feedback import Feedback
from ...text.sentence import joined, say
from ..model import Color, Drawing, Group, Image, Item, Layer, Path, Stamp, Text, rectangle
from ..things import LABELS
from .decorations import furnished
from .device import Letters, RecordingDevice
from .enlarging import enlarged
from .grouping import grouped
from .naming import has_things, own_together, whole_names, with_names
from .pixels import as_picture, preview
from .provenance import PLAIN, AttributingRenderer, Source
from .stamping import Stamps
from .steps import Steps
from .texts import Position, put_together

# Text and lines know no dots; it only rules how finely QGIS measures text.
DPI = 600
# Percent of a drawing when its preview is there, and its layers without their names; of a layer before it is kept.
_SEEN, _LAYERS, _TRIED = 5.0, 70.0, 80.0


def record(picture: Picture, feedback: Feedback) -> Drawing:
    """The drawing of a picture on its sheet; raises Cancelled where asked to stop."""
    page, sheet = picture.page, picture.page.sheet
    background, paper = _color(QColor(picture.background)), _color(QColor(paper_color(picture)))
    frame = (sheet.left, sheet.top, sheet.left + sheet.map_width, sheet.top + sheet.map_height)
    drawing = Drawing(sheet.width, sheet.height, paper, frame)
    drawing.notice, drawing.crs = picture.notice, page.crs
    drawing.extent = (page.xmin, page.ymin, page.xmax, page.ymax)
    if frame != (0.0, 0.0, sheet.width, sheet.height):
        whole = rectangle(0, 0, sheet.width, sheet.height, paper)
        drawing.layers.append(Layer("Paper", [Group("Paper", [whole])], clipped=False))
    ground = rectangle(*drawing.frame, background)
    drawing.layers.append(Layer("Background", [Group("Background", [ground])]))
    drawing.preview = preview(picture, feedback.part(0, _SEEN))
    drawing.layers += map_layers(picture, feedback.part(_SEEN, 100))
    drawing.swatches = _swatches(drawing, picture.theme)
    drawing.layers += furnished(furniture(picture))
    tell_apart(drawing.layers)
    return enlarged(drawing, page.magnify)


def map_layers(picture: Picture, feedback: Feedback) -> list[Layer]:
    """The layers of a map in its place on the sheet, the bottom one first, and those of its names."""
    made: list[Layer] = []
    settings = map_settings(picture, DPI)
    settings.setFlag(QgsMapSettings.Flag.ForceVectorOutput, True)
    settings.setFlag(QgsMapSettings.Flag.DrawLabeling, False)
    # Every job would fill its page first.
    settings.setBackgroundColor(QColor(0, 0, 0, 0))
    layers, numbers = list(reversed(picture.layers)), count(1)
    for number, layer in enumerate(layers):
        share = _LAYERS / len(layers)
        part = feedback.part(share * number, share * (number + 1))
        part.progress(0, "drawing")
        one = _layer(layer, settings, part, picture, numbers)
        if one.groups:
            made.append(one)
    named = _labels(layers, settings, feedback.part(_LAYERS, 100), picture)
    named_too = with_names(made, named, numbers)
    return named_too if picture.is_foreign else own_together(named_too)


def tell_apart(layers: list[Layer]) -> None:
    """Number layers of one name: a project may have several, or one that is called as a part of the sheet is."""
    taken = {layer.name for layer in layers if not layer.clipped}
    for layer in layers:
        if layer.clipped:
            name, number = layer.name, 2
            while layer.name in taken:
                layer.name, number = f"{name} ({number})", number + 1
            taken.add(layer.name)


def _swatches(drawing: Drawing, theme: Theme) -> dict[str, Color]:
    """The colours of the drawing by the style's tokens for them, each by the first that it has."""
    used = set()
    for item in drawing.items:
        if isinstance(item, Path):
            used |= {color.hex for color in (item.fill, item.stroke.color if item.stroke else None) if color}
        elif isinstance(item, Text):
            used.add(item.color.hex)
    named: dict[str, str] = {}
    for token, value in theme.color.items():
        if value and value.upper() in used:
            named.setdefault(value.upper(), token.replace("_", " ").capitalize())
    return {name: _color(QColor(value)) for value, name in named.items()}


def _color(color: QColor) -> Color:
    return Color(color.red(), color.green(), color.blue(), color.alphaF())


@contextmanager
def dressed(layer: QgsVectorLayer, renderer: QgsFeatureRenderer) -> Iterator[None]:
    """The layer opaque and with another renderer, for a while.

    A copy would do, but copies that are made and dropped beside a window's own thread can be taken for its own.
    """
    before = layer.renderer().clone() if layer.renderer() is not None else None
    opacity, modes = layer.opacity(), (layer.blendMode(), layer.featureBlendMode())
    layer.setRenderer(renderer)
    if not isinstance(renderer, AttributingRenderer) or not renderer.paints:
        # Of a layer that shines through there would be an empty picture.
        layer.setOpacity(1.0)
        layer.setBlendMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        layer.setFeatureBlendMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    try:
        yield
    finally:
        layer.setRenderer(before)
        layer.setOpacity(opacity)
        layer.setBlendMode(modes[0])
        layer.setFeatureBlendMode(modes[1])


def _layer(
    layer: QgsMapLayer, settings: QgsMapSettings, feedback: Feedback, picture: Picture, numbers: Iterator[int]
) -> Layer:
    """One layer without its labels; `numbers` are those of things."""
    told: list[tuple[int, Source]] = []
    device = _device(picture)
    original = layer.renderer() if isinstance(layer, QgsVectorLayer) else None
    if original is None:
        blended = layer.blendMode() != QPainter.CompositionMode.CompositionMode_SourceOver
        return _kept(layer, picture, feedback, {say("it has no objects"), *([say("blending")] if blended else [])})
    if original.type() == "nullSymbol":
        return Layer(layer.name())
    trying, counted = feedback.part(0, _TRIED), original.type() in PLAIN
    are_things = has_things(layer) and not original.usingSymbolLevels()
    with ExitStack() as stack:
        if counted:
            steps = Steps(trying, picture.objects.get(layer.name(), layer.featureCount()))
            # The markers of our own styles stay shapes, as those who work on a map expect them.
            stamps = Stamps(device, DPI / 25.4) if picture.is_foreign else None
            attributing = AttributingRenderer(
                original.clone(), lambda s: told.append((len(device.marks), s)), steps, stamps=stamps
            )
            attributing.take_over(original)
            # Gone with the next line: what stays of it here would be taken for whatever comes to lie in its place.
            del original
            stack.enter_context(dressed(layer, attributing))
        _paint(settings, [layer], device, trying, picture, counted)
    reasons = set(device.lost)
    if any(isinstance(mark, Image) for mark in device.marks):
        reasons.add(say("effects or transparency"))
    if any(isinstance(mark, Letters) for mark in device.marks):
        reasons.add(say("letters as symbols"))
    if reasons:
        return _kept(layer, picture, feedback.part(_TRIED, 100), reasons)
    items = []
    starts = [start for start, _ in told] + [len(device.marks)]
    thing, before = 0, -1
    for (start, source), end in zip(told, starts[1:]):
        if are_things and source.feature != before:
            thing, before = next(numbers), source.feature
        for mark in device.marks[start:end]:
            if isinstance(mark, (Path, Image, Stamp)):
                mark.name, mark.key, mark.thing = source.name, source.key, thing
                items.append((source.title, source.part, source.parts, mark))
    if not told:
        items = [("", 0, 1, mark) for mark in device.marks if isinstance(mark, (Path, Image, Stamp))]
    return Layer(layer.name(), grouped(items))


def _kept(layer: QgsMapLayer, picture: Picture, feedback: Feedback, reasons: set[str]) -> Layer:
    """A layer as a picture, and a warning that says why."""
    made = as_picture(layer, picture, feedback)
    if made is None:
        return Layer(layer.name())
    feedback.warning(
        "layer_as_picture", say("The layer {0} is kept as a picture: {1}.", layer.name(), _listed(reasons))
    )
    return Layer(layer.name(), [Group(layer.name(), [made])])


def _listed(reasons: set[str]) -> str:
    return joined(sorted(reasons), ", ")


def _silent(layer: QgsVectorLayer) -> tuple[QgsFeatureRenderer | None, bool]:
    """A renderer that lets a layer be labelled and paints nothing, None where nothing is; whether it has symbols."""
    inner = layer.renderer()
    has_symbols = inner is not None and inner.type() != "nullSymbol"
    if not layer.labelsEnabled() and not layer.diagramsEnabled():
        # Nor do its features stand in the way of labels.
        return None, has_symbols
    if inner is not None and inner.type() in PLAIN:
        return AttributingRenderer(inner.clone(), lambda _source: None, paint=False), has_symbols
    return QgsNullSymbolRenderer(), has_symbols


def _labels(
    layers: list[QgsMapLayer], settings: QgsMapSettings, feedback: Feedback, picture: Picture
) -> list[tuple[str, list[list[Item]]]]:
    """For each layer that has labels, in order: its title, and the objects of each label."""
    sheet = picture.page.sheet
    device = _device(picture)
    shown, titles = [], {}
    with ExitStack() as stack:
        for layer in layers:
            if not isinstance(layer, QgsVectorLayer):
                continue
            silent, has_symbols = _silent(layer)
            if silent is None:
                continue
            stack.enter_context(dressed(layer, silent))
            titles[layer.id()] = f"{layer.name()} – names" if has_symbols else layer.name()
            shown.append(layer)
        naming = QgsMapSettings(settings)
        naming.setFlag(QgsMapSettings.Flag.DrawLabeling, True)
        positions = _paint(naming, shown, device, feedback, picture)
    size, to_pixel = settings.outputSize(), settings.mapToPixel()
    scale = sheet.map_width / size.width(), sheet.map_height / size.height()

    def place(x: float, y: float) -> tuple[float, float]:
        dot = to_pixel.transform(x, y)
        return sheet.left + dot.x() * scale[0], sheet.top + dot.y() * scale[1]

    whole = whole_names(shown)
    found = [
        Position(
            label.labelText, label.layerID, label.featureId, [place(p.x(), p.y()) for p in label.cornerPoints],
            whole.get((label.layerID, label.featureId), ""),
        )
        for label in positions
    ]  # fmt: skip
    made: dict[str, list[list[Item]]] = {}
    for layer_id, items in put_together(device.marks, found):
        made.setdefault(titles.get(layer_id, LABELS), []).append(items)
    order = list(titles.values())
    return sorted(made.items(), key=lambda layer: order.index(layer[0]) if layer[0] in order else -1)


def _device(picture: Picture) -> RecordingDevice:
    return RecordingDevice(picture.page.sheet.width, picture.page.sheet.height, DPI)


def _paint(
    settings: QgsMapSettings,
    layers: list[QgsMapLayer],
    device: RecordingDevice,
    feedback: Feedback,
    picture: Picture,
    counted: bool = False,
) -> list[QgsLabelPosition]:
    """Render layers (the bottom one first) onto the device, into the sheet's frame; the labels that were placed."""
    own = QgsMapSettings(settings)
    own.setLayers(list(reversed(layers)))
    painter = QPainter()
    painter.begin(device)
    painter.translate(picture.page.sheet.left * DPI / 25.4, picture.page.sheet.top * DPI / 25.4)
    try:
        return paint(own, painter, feedback, picture.is_foreign, counted)
    finally:
        painter.end()
