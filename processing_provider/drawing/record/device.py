"""A paint device that keeps what a renderer paints, as paths, texts and pictures in millimetres.

Qt hands a paint engine everything in logical coordinates with the state beside it (Qt documentation, QPaintEngine).
It is called for every object, so that what it does there is as little as can be.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Iterable, Sequence, Union

import numpy as np
from qgis.PyQt.QtCore import QLineF, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontInfo,
    QImage,
    QPaintDevice,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
    QTextItem,
    QTransform,
)

from ...cartography.rendering.png import png
from ...text.sentence import say
from ..model import Color, Font, Image, Path, Stamp, Stroke
from . import changed_state
from .path_stream import NO_KINDS, NO_POINTS, PathStream, Way

# The mode of a polygon that is a line (QPaintEngine.PolylineMode).
_OPEN = 3
_CAPS = {Qt.PenCapStyle.FlatCap: "butt", Qt.PenCapStyle.RoundCap: "round", Qt.PenCapStyle.SquareCap: "square"}
_JOINS = {
    Qt.PenJoinStyle.MiterJoin: "miter", Qt.PenJoinStyle.SvgMiterJoin: "miter", Qt.PenJoinStyle.RoundJoin: "round",
    Qt.PenJoinStyle.BevelJoin: "bevel",
}  # fmt: skip
_PLAIN_MODE = QPainter.CompositionMode.CompositionMode_SourceOver
# What Qt draws for a pen of width 0 on a device of many dots to the inch.
_HAIRLINE = 0.05
_POINTS_PER_MM = 72 / 25.4


@dataclass
class Letters:
    """Text as the renderer handed it over: one line, or a single letter of a curved name; baseline start in mm."""

    text: str
    x: float
    y: float
    width: float
    rotation: float
    font: Font
    color: Color


Mark = Union[Path, Letters, Image, Stamp]


class RecordingDevice(QPaintDevice):
    """A device of `width` x `height` mm at `dpi`; what is painted on it goes to `marks`, in order.

    `lost` tells what a drawing cannot hold: patterns, gradients, blending, clipping.
    """

    def __init__(self, width: float, height: float, dpi: float) -> None:
        super().__init__()
        self.marks: list[Mark] = []
        self.lost: set[str] = set()
        self.size_mm = (width, height)
        self._metrics = self._known(dpi)
        self._engine = _Engine(self, dpi / 25.4)

    def paintEngine(self) -> QPaintEngine:  # noqa: N802
        """The engine that records."""
        return self._engine

    def settle(self) -> None:
        """Let all paths of `marks` have their points, which they get at the end of painting at the latest."""
        self._engine.paths.settle()

    def metric(self, metric: Any) -> int:
        """Size and resolution, as Qt asks for them."""
        return self._metrics.get(metric, 0)

    def _known(self, dpi: float) -> dict[Any, int]:
        names = QPaintDevice.PaintDeviceMetric
        width, height = self.size_mm
        known = {
            names.PdmWidth: width / 25.4 * dpi, names.PdmHeight: height / 25.4 * dpi,
            names.PdmWidthMM: width, names.PdmHeightMM: height, names.PdmNumColors: 1 << 24, names.PdmDepth: 32,
            names.PdmDpiX: dpi, names.PdmDpiY: dpi, names.PdmPhysicalDpiX: dpi, names.PdmPhysicalDpiY: dpi,
            names.PdmDevicePixelRatio: 1, names.PdmDevicePixelRatioScaled: int(self.devicePixelRatioFScale()),
        }  # fmt: skip
        return {name: round(value) for name, value in known.items()}


class _Engine(QPaintEngine):
    """Turns calls into marks."""

    def __init__(self, device: RecordingDevice, dots: float) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self._device = device
        self._dots = dots
        self.paths = PathStream()
        self._pen, self._brush, self._opacity = QPen(), QBrush(), 1.0
        # Made of the pen and the brush when they are asked for.
        self._stroke: tuple[Stroke | None] | None = None
        self._filled: tuple[Color | None, bool] | None = None
        self._clipped = False
        self._set_transform(QTransform())

    def begin(self, _device: QPaintDevice) -> bool:
        """Painting begins."""
        self.setActive(True)
        return True

    def end(self) -> bool:
        """Painting ends."""
        self.paths.settle()
        self.setActive(False)
        return True

    def type(self) -> Any:
        """Not one of Qt's own."""
        return QPaintEngine.Type.User

    def updateState(self, state: Any) -> None:  # noqa: N802
        """Keep what the next calls are painted with."""
        changed = changed_state.bits(state.state())
        if changed & changed_state.PEN:
            self._pen, self._stroke = state.pen(), None
        if changed & changed_state.BRUSH:
            self._brush, self._filled = state.brush(), None
        if changed & changed_state.OPACITY:
            self._opacity, self._stroke, self._filled = float(state.opacity()), None, None
        if changed & changed_state.TRANSFORM:
            self._set_transform(state.transform())
        if changed & changed_state.MODE and state.compositionMode() != _PLAIN_MODE:
            self._device.lost.add(say("blending"))
        if changed & changed_state.CLIP:
            self._set_clip(state)

    def _set_transform(self, way: QTransform) -> None:
        self._way = Way(way, self._dots)
        self._scale = math.sqrt(abs(way.determinant())) / self._dots
        self._angle = -math.degrees(math.atan2(way.m12(), way.m11()))
        self._stroke = None

    def _set_clip(self, state: Any) -> None:
        """A clip that holds the whole page changes nothing."""
        self._clipped = False
        if state.isClipEnabled():
            box = state.transform().mapRect(state.clipPath().boundingRect())
            width, height = (side * self._dots for side in self._device.size_mm)
            whole = box.isNull() or (
                box.left() <= 1 and box.top() <= 1 and box.right() >= width - 1 and box.bottom() >= height - 1
            )
            self._clipped = not whole

    def _color(self, color: QColor) -> Color:
        return Color(color.red(), color.green(), color.blue(), round(color.alphaF() * self._opacity, 4))

    def _outline(self) -> Stroke | None:
        if self._stroke is None:
            self._stroke = (self._made_stroke(),)
        return self._stroke[0]

    def _made_stroke(self) -> Stroke | None:
        pen = self._pen
        if pen.style() == Qt.PenStyle.NoPen or not pen.color().alpha():
            return None
        thin = pen.widthF() == 0
        width = _HAIRLINE if thin else pen.widthF() * (1 / self._dots if pen.isCosmetic() else self._scale)
        dash: tuple[float, ...] = ()
        if pen.style() != Qt.PenStyle.SolidLine:
            dash = tuple(round(length * width, 4) for length in pen.dashPattern())
        cap, join = _CAPS.get(pen.capStyle(), "butt"), _JOINS.get(pen.joinStyle(), "round")
        # Qt counts from the line's middle, but where SVG's own rule is asked for.
        limit = pen.miterLimit() * (1 if pen.joinStyle() == Qt.PenJoinStyle.SvgMiterJoin else 2)
        return Stroke(self._color(pen.color()), round(width, 4), cap, join, dash, limit)

    def _fill(self) -> Color | None:
        if self._filled is None:
            style, color = self._brush.style(), self._brush.color()
            is_plain = style in (Qt.BrushStyle.NoBrush, Qt.BrushStyle.SolidPattern)
            is_seen = style != Qt.BrushStyle.NoBrush and color.alpha()
            self._filled = (self._color(color) if is_seen else None), is_plain
        if not self._filled[1]:
            self._device.lost.add(say("patterns or gradients"))
        return self._filled[0]

    def _keep(self, path: Path) -> bool:
        """Whether a path of at least two points is painted at all."""
        if path.fill is None and path.stroke is None:
            return False
        if self._clipped:
            self._device.lost.add(say("clipping"))
        self._device.marks.append(path)
        return True

    def drawPath(self, path: QPainterPath) -> None:  # noqa: N802
        """Any path."""
        mark, count = Path(NO_POINTS, NO_KINDS, self._fill(), self._outline()), path.elementCount()
        if count > 1 and self._keep(mark):
            self.paths.add(path, count, self._way, mark)

    def drawPolygon(self, points: Sequence[QPointF], mode: Any) -> None:  # noqa: N802
        """A ring, or an open line."""
        path = QPainterPath()
        path.addPolygon(QPolygonF(points))
        if int(getattr(mode, "value", mode)) == _OPEN:
            self._draw_open(path)
            return
        first, last = points[0], points[-1]
        if first.x() != last.x() or first.y() != last.y():
            path.lineTo(first)
        self.drawPath(path)

    def drawLines(self, lines: Iterable[QLineF]) -> None:  # noqa: N802
        """Lines of two points each."""
        path = QPainterPath()
        for line in lines:
            path.moveTo(QPointF(line.p1()))
            path.lineTo(QPointF(line.p2()))
        self._draw_open(path)

    def drawPoints(self, points: Iterable[QPointF]) -> None:  # noqa: N802
        """Points are dots of the pen."""
        path = QPainterPath()
        for point in points:
            path.moveTo(QPointF(point))
            path.lineTo(QPointF(point) + QPointF(1e-6, 0))
        self._draw_open(path)

    def _draw_open(self, path: QPainterPath) -> None:
        before, self._filled = self._filled, (None, True)
        self.drawPath(path)
        self._filled = before

    def drawRects(self, rects: Iterable[QRectF]) -> None:  # noqa: N802
        """Rectangles."""
        for rect in rects:
            path = QPainterPath()
            path.addRect(QRectF(rect))
            self.drawPath(path)

    def drawEllipse(self, rect: QRectF) -> None:  # noqa: N802
        """A circle or ellipse: four Bezier curves."""
        path = QPainterPath()
        path.addEllipse(QRectF(rect))
        self.drawPath(path)

    def drawTextItem(self, point: QPointF, item: QTextItem) -> None:  # noqa: N802
        """A line of text, or one letter of it."""
        text = item.text()
        if not text:
            return
        x, y = self._way.mm(np.array([[point.x(), point.y()]]))[0]
        self._device.marks.append(
            Letters(
                text, float(x), float(y), item.width() * self._scale, self._angle,
                self._font(item.font()), self._color(self._pen.color()),
            )
        )  # fmt: skip

    def _font(self, font: QFont) -> Font:
        dots = QFontInfo(font).pixelSize() if font.pixelSize() < 0 else font.pixelSize()
        if font.pixelSize() < 0 and font.pointSizeF() > 0:
            dots = font.pointSizeF() / 72 * self._dots * 25.4
        size = dots * self._scale * _POINTS_PER_MM
        absolute = font.letterSpacingType() == QFont.SpacingType.AbsoluteSpacing
        spacing = font.letterSpacing() * self._scale if absolute else 0.0
        return Font(font.family(), round(size, 3), font.bold(), font.italic(), round(spacing, 4))

    def drawPixmap(self, rect: QRectF, pixmap: QPixmap, source: QRectF) -> None:  # noqa: N802
        """A picture."""
        self.drawImage(rect, pixmap.toImage(), source, Qt.ImageConversionFlag.AutoColor)

    def drawImage(self, rect: QRectF, image: QImage, source: QRectF, _flags: Any) -> None:  # noqa: N802
        """A picture."""
        part = source.toRect()
        cut = image if part == image.rect() else image.copy(part)
        corners = np.array([[rect.left(), rect.top()], [rect.right(), rect.top()], [rect.left(), rect.bottom()]])
        origin, right, down = self._way.mm(corners)
        matrix = (*(right - origin), *(down - origin), *origin)
        self._device.marks.append(Image(png(cut), tuple(float(value) for value in matrix)))  # type: ignore[arg-type]
