"""A picture as a pile of transparent layers, which laid over each other show what the picture shows.

QGIS paints layer by layer without labels, and then all labels together, so that they know of one another: each kind of
names is a layer of its own. Paper and ground lie beneath, what stands round the map lies above.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Callable, Iterator

import numpy as np
import numpy.typing as npt
from qgis.core import (
    QgsLabelPosition,
    QgsMapLayer,
    QgsMapSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QPointF, QRect, QSize, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from ...errors import WriteError
from ...feedback import Feedback
from ...text.phrases import one_line
from ...text.sentence import say
from ..sheet.decorations import TITLES, Piece, draw
from ..sheet.layout import furniture, paper_color
from .blending import unblended
from .paint import paint
from .picture import PackedLayer, Picture
from .settings import map_settings

MAP, NAMES, SHEET = "Map", "Names", "Sheet"
_MODES = QPainter.CompositionMode
_KNOWN_MODES = (_MODES.CompositionMode_SourceOver, _MODES.CompositionMode_Multiply, _MODES.CompositionMode_Screen)
# Characters of a name: Photoshop shows no more of it.
_LONGEST = 250
# Of all that is painted, what the layers without their names are, in percent.
_LAYERS = 60.0
# QGIS leaves out a layer of none, and of this much no pixel shows anything.
_LEAST_OPACITY = 0.001
# Millimetres round a label that are its own where no other is nearer, the farthest first.
_REACHES = (8.0, 5.0, 3.0, 2.0, 1.4, 1.0, 0.7, 0.4, 0.2, 0.0)
_Paint = Callable[[QPainter], object]


@dataclass(frozen=True, eq=False)
class PaintedLayer:
    """One layer: `pixels` (rows, columns, 4) are red, green, blue, alpha, not premultiplied, at a place on the sheet.

    Nothing is painted beyond them. `group` is MAP, NAMES or SHEET, or empty for what lies beneath all.
    """

    name: str
    group: str
    left: int
    top: int
    pixels: npt.NDArray[np.uint8]


def sheet_size(view: Picture, dpi: int) -> tuple[int, int]:
    """Width and height of the whole in pixels."""
    sheet, dots = view.page.sheet, view.page.dots(dpi)
    return round(sheet.width / 25.4 * dots), round(sheet.height / 25.4 * dots)


def on_sheet(layer: PaintedLayer, size: tuple[int, int]) -> PaintedLayer | None:
    """A layer without what lies beyond the sheet, as rounding may let a row of pixels; None where that is all."""
    rows, columns = layer.pixels.shape[:2]
    left, top = max(layer.left, 0), max(layer.top, 0)
    right, bottom = min(layer.left + columns, size[0]), min(layer.top + rows, size[1])
    if left >= right or top >= bottom:
        return None
    cut = layer.pixels[top - layer.top : bottom - layer.top, left - layer.left : right - layer.left]
    return PaintedLayer(layer.name, layer.group, left, top, np.ascontiguousarray(cut))


def layers(view: Picture, dpi: int, feedback: Feedback) -> Iterator[PaintedLayer]:
    """The layers that show something, the bottom one first; painted once where several formats are to have them."""
    if dpi in view.layered:
        for packed in view.layered[dpi]:
            feedback.check()
            pixels = np.frombuffer(zlib.decompress(packed.data), np.uint8).reshape(*packed.shape, 4)
            yield PaintedLayer(packed.name, packed.group, packed.left, packed.top, pixels)
        return
    kept: list[PackedLayer] = []
    taken: set[tuple[str, str]] = set()
    size = sheet_size(view, dpi)
    for layer in filter(None, (on_sheet(one, size) for one in _painted(view, dpi, feedback))):
        name, number = one_line(layer.name, _LONGEST) or "Layer", 2
        while (layer.group, name) in taken:
            name, number = f"{one_line(layer.name, _LONGEST - 8)} ({number})", number + 1
        taken.add((layer.group, name))
        if view.painted is not None:
            height, width = layer.pixels.shape[:2]
            data = zlib.compress(layer.pixels.tobytes(), 1)
            kept.append(PackedLayer(name, layer.group, layer.left, layer.top, (height, width), data))
        yield PaintedLayer(name, layer.group, layer.left, layer.top, layer.pixels)
    if view.painted is not None:
        view.layered.clear()
        view.layered[dpi] = kept


def _painted(view: Picture, dpi: int, feedback: Feedback) -> Iterator[PaintedLayer]:
    sheet, dots = view.page.sheet, view.page.dots(dpi)
    dot = dots / 25.4
    size = QSize(*sheet_size(view, dpi))
    left, top = round(sheet.left * dot), round(sheet.top * dot)
    settings = map_settings(view, dots)
    frame = QRect(left, top, settings.outputSize().width(), settings.outputSize().height())
    if not frame.contains(QRect(0, 0, size.width(), size.height())):
        yield from _one("Paper", "", size, lambda painter: painter.fillRect(0, 0, 1 << 20, 1 << 20,
                                                                            QColor(paper_color(view))))  # fmt: skip
    yield from _one("Background", "", size, lambda painter: painter.fillRect(frame, QColor(view.background)))
    yield from _map(view, settings, size, frame, feedback)
    pieces: dict[str, list[Piece]] = {}
    for piece in furniture(view):
        pieces.setdefault(TITLES[piece.name], []).append(piece)

    def scaled(some: list[Piece]) -> _Paint:
        def drawn(painter: QPainter) -> None:
            painter.scale(dot, dot)
            draw(some, painter)

        return drawn

    # Plates lie beneath whatever stands on them.
    for title in sorted(pieces, key=lambda one: one != "Plates"):
        yield from _one(title, SHEET, size, scaled(pieces[title]))


def _map(
    view: Picture, settings: QgsMapSettings, size: QSize, frame: QRect, feedback: Feedback
) -> Iterator[PaintedLayer]:
    """The map layer by layer without names, the bottom one first, then the names of each."""
    settings.setBackgroundColor(QColor(0, 0, 0, 0))
    settings.setFlag(QgsMapSettings.Flag.DrawLabeling, False)
    below = list(reversed(view.layers))
    for number, layer in enumerate(below):
        part = feedback.part(_LAYERS * number / len(below), _LAYERS * (number + 1) / len(below))
        part.progress(0)
        if isinstance(layer, QgsVectorLayer) and (layer.renderer() is None or layer.renderer().type() == "nullSymbol"):
            continue
        mode = layer.blendMode()
        if mode not in _KNOWN_MODES:
            feedback.warning(
                "layer_not_blended",
                say("The layer {0} is blended in a way that transparency cannot show: it lies over.", layer.name()),
            )
        yield from _one(layer.name(), MAP, size, _painting(view, settings, [layer], part), frame, mode)
    yield from _names(view, settings, size, frame, feedback.part(_LAYERS, 100))


def _names(
    view: Picture, settings: QgsMapSettings, size: QSize, frame: QRect, feedback: Feedback
) -> Iterator[PaintedLayer]:
    """The names of each layer: painted once, since QGIS puts some elsewhere the next time, and told apart by place."""
    labelled = [
        layer for layer in reversed(view.layers)
        if isinstance(layer, QgsVectorLayer) and (layer.labelsEnabled() or layer.diagramsEnabled())
    ]  # fmt: skip
    naming = QgsMapSettings(settings)
    naming.setFlag(QgsMapSettings.Flag.DrawLabeling, True)
    positions: list[QgsLabelPosition] = []
    draw_all = _painting(view, naming, labelled, feedback)
    with ExitStack() as stack:
        for layer in labelled:
            stack.enter_context(_unseen(layer))
        found = list(_one(NAMES, NAMES, size, lambda painter: positions.extend(draw_all(painter)), frame))
    for whole in found:
        owners = _owners(positions, [layer.id() for layer in labelled], settings, frame)
        rows, columns = whole.pixels.shape[:2]
        left, top = whole.left - frame.left(), whole.top - frame.top()
        owners = owners[top : top + rows, left : left + columns]
        for number, name in enumerate(["Labels", *(layer.name() for layer in labelled)]):
            pixels = np.where((owners == number)[..., None], whole.pixels, np.uint8(0))
            down, across = np.flatnonzero(pixels[..., 3].any(axis=1)), np.flatnonzero(pixels[..., 3].any(axis=0))
            if len(down):
                cut = pixels[down[0] : down[-1] + 1, across[0] : across[-1] + 1]
                yield PaintedLayer(name, NAMES, whole.left + int(across[0]), whole.top + int(down[0]), cut)


def _owners(
    positions: list[QgsLabelPosition], layer_ids: list[str], settings: QgsMapSettings, frame: QRect
) -> npt.NDArray[np.uint32]:
    """For each pixel of the frame whose label is nearest: 1 and up for the layers, 0 where none is near.

    Labels do not lie on each other, but the halos of two may.
    """
    image = QImage(frame.size(), QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    extent, dot = settings.visibleExtent(), settings.outputDpi() / 25.4
    scale = frame.width() / extent.width(), frame.height() / extent.height()
    shapes = [
        (
            layer_ids.index(one.layerID) + 1,
            QPolygonF([
                QPointF((p.x() - extent.xMinimum()) * scale[0], (extent.yMaximum() - p.y()) * scale[1])
                for p in one.cornerPoints
            ]),
        )
        for one in positions if one.layerID in layer_ids
    ]  # fmt: skip
    # What is nearer to a label is painted later.
    for reach in _REACHES:
        for number, shape in shapes:
            color = QColor.fromRgb(0xFF000000 | number)
            painter.setPen(QPen(color, 2 * reach * dot) if reach else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(color)
            painter.drawPolygon(shape)
    painter.end()
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    values = np.frombuffer(bits, np.uint32).reshape(image.height(), image.bytesPerLine() // 4)[:, : image.width()]
    return values & np.uint32(0xFFFFFF)


def _painting(
    view: Picture, settings: QgsMapSettings, some: list[QgsMapLayer], feedback: Feedback
) -> Callable[[QPainter], list[QgsLabelPosition]]:
    own = QgsMapSettings(settings)
    own.setLayers(list(reversed(some)))
    return lambda painter: paint(own, painter, feedback, view.is_foreign)


@contextmanager
def _unseen(layer: QgsVectorLayer) -> Iterator[None]:
    """A layer whose symbols are there, so that names keep clear of them, and are not seen."""
    opacity, mode = layer.opacity(), layer.blendMode()
    layer.setOpacity(_LEAST_OPACITY)
    layer.setBlendMode(_KNOWN_MODES[0])
    try:
        yield
    finally:
        layer.setOpacity(opacity)
        layer.setBlendMode(mode)


def _one(
    name: str, group: str, size: QSize, paint: _Paint, frame: QRect | None = None,
    mode: QPainter.CompositionMode | None = None,
) -> Iterator[PaintedLayer]:  # fmt: skip
    """What is painted, inside a frame from its corner on where there is one; nothing where nothing is."""
    place = frame or QRect(0, 0, size.width(), size.height())
    image = QImage(place.size(), QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise WriteError("no_memory", say("There is no memory for a picture of {0} x {1} pixels.", size.width(),
                                          size.height()))  # fmt: skip
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        paint(painter)
    finally:
        painter.end()
    if mode is not None:
        unblended(image, mode)
    box = painted_box(image)
    if not box.isEmpty():
        yield PaintedLayer(name, group, place.left() + box.left(), place.top() + box.top(), straight(image.copy(box)))


def painted_box(image: QImage) -> QRect:
    """The rectangle of an image of 32 bits outside which nothing is painted."""
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    pixels = np.frombuffer(bits, np.uint32).reshape(image.height(), image.bytesPerLine() // 4)[:, : image.width()]
    rows, columns = np.flatnonzero(pixels.any(axis=1)), np.flatnonzero(pixels.any(axis=0))
    if not len(rows):
        return QRect()
    return QRect(int(columns[0]), int(rows[0]), int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1)


def straight(image: QImage) -> npt.NDArray[np.uint8]:
    """Red, green, blue and alpha, not premultiplied."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    bits = plain.constBits()
    bits.setsize(plain.sizeInBytes())
    return np.frombuffer(bits, np.uint8).reshape(plain.height(), plain.width(), 4).copy()
