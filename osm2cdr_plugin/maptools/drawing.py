"""An area drawn on the canvas by mouse: a box, or a polygon corner by corner, its size in km2 beside the pointer."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle, QgsWkbTypes
from qgis.gui import QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel

from .places import crs_of, in_degrees, km2_of, sized_area

_ASIDE = QPoint(16, 18)
# A press that moves less, in pixels, is a click.
_CLICK = 4


class Drawing(QgsMapTool):
    """What both have in common. `drawn` carries a polygon in degrees; Escape begins anew, and then gives up."""

    drawn = pyqtSignal(QgsGeometry)

    def __init__(self, canvas: Any, band: Any) -> None:
        """`band` gives a rubber band its colours."""
        super().__init__(canvas)
        self._before: Any = None
        self.band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        band(self.band)
        self.badge = QLabel(canvas.viewport())
        self.badge.setObjectName("osm2cdrBadge")
        self.badge.setMargin(3)
        self.badge.setAutoFillBackground(True)
        self.badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.badge.hide()
        self.setCursor(Qt.CursorShape.CrossCursor)

    def start(self) -> None:
        """Take the mouse; the tool that had it gets it back."""
        if self.canvas().mapTool() is not self:
            self._before = self.canvas().mapTool()
            self.canvas().setMapTool(self)
        self.canvas().setFocus()

    def deactivate(self) -> None:
        """Another tool has the mouse."""
        self.forget()
        super().deactivate()

    def forget(self) -> None:
        """Drop what was drawn so far."""
        self.band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        self.badge.hide()

    def close(self) -> None:
        """Leave nothing on the canvas, for good."""
        self.give_back()
        self.canvas().scene().removeItem(self.band)
        self.badge.deleteLater()

    def give_back(self) -> None:
        """Let the tool that was there before have the mouse."""
        if self.canvas().mapTool() is self:
            if self._before is not None:
                self.canvas().setMapTool(self._before)
            else:
                self.canvas().unsetMapTool(self)

    def is_begun(self) -> bool:
        """Whether something is drawn already."""
        return int(self.band.numberOfVertices()) > 0

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802
        """Escape: begin anew, or give up."""
        if event.key() == Qt.Key.Key_Escape:
            if self.is_begun():
                self.forget()
            else:
                self.give_back()
            event.ignore()

    def show_size(self, at: QPoint) -> QgsGeometry | None:
        """Tell beside the pointer how large the drawn area is; returns it in degrees, None where it is none."""
        shape = in_degrees(self.band.asGeometry(), crs_of(self.canvas()))
        km2 = km2_of(shape) if shape is not None else 0.0
        self.badge.setVisible(km2 > 0)
        if km2 > 0:
            self.badge.setText(sized_area(km2))
            self.badge.adjustSize()
            room = self.canvas().viewport().size()
            x = min(at.x() + _ASIDE.x(), room.width() - self.badge.width())
            y = min(at.y() + _ASIDE.y(), room.height() - self.badge.height())
            self.badge.move(max(0, x), max(0, y))
        return shape if km2 > 0 else None

    def finish(self, at: QPoint) -> None:
        """Hand the area over, if it is one."""
        shape = self.show_size(at)
        self.forget()
        if shape is not None:
            self.give_back()
            self.drawn.emit(shape)


class BoxDrawing(Drawing):
    """A box: pressed at one corner and let go at the other, or a click at each."""

    def __init__(self, canvas: Any, band: Any) -> None:
        super().__init__(canvas, band)
        self._corner: QgsPointXY | None = None
        self._pressed = QPoint()

    def forget(self) -> None:
        """Drop the first corner too."""
        self._corner = None
        super().forget()

    def is_begun(self) -> bool:
        """Whether there is a first corner."""
        return self._corner is not None

    def canvasPressEvent(self, event: Any) -> None:  # noqa: N802
        """The first corner."""
        if event.button() == Qt.MouseButton.LeftButton and self._corner is None:
            self._corner, self._pressed = event.mapPoint(), event.pos()

    def canvasMoveEvent(self, event: Any) -> None:  # noqa: N802
        """The other corner is where the pointer is."""
        if self._corner is not None:
            self._stretch(event)
            self.show_size(event.pos())

    def canvasReleaseEvent(self, event: Any) -> None:  # noqa: N802
        """The other corner, unless it was a click at the first one."""
        if event.button() == Qt.MouseButton.RightButton:
            self.forget()
        elif self._corner is not None and (event.pos() - self._pressed).manhattanLength() > _CLICK:
            self._stretch(event)
            self.finish(event.pos())

    def _stretch(self, event: Any) -> None:
        if self._corner is not None:
            self.band.setToGeometry(QgsGeometry.fromRect(QgsRectangle(self._corner, event.mapPoint())), None)


class PolygonDrawing(Drawing):
    """A polygon: a click at each corner; a right click, a double click or Enter ends it, Backspace takes one back."""

    def __init__(self, canvas: Any, band: Any) -> None:
        super().__init__(canvas, band)
        self._corners: list[QgsPointXY] = []
        self._pointer = QPoint()

    def forget(self) -> None:
        """Drop all corners."""
        self._corners.clear()
        super().forget()

    def is_begun(self) -> bool:
        """Whether there is a corner."""
        return bool(self._corners)

    def canvasReleaseEvent(self, event: Any) -> None:  # noqa: N802
        """One more corner, or the end."""
        self._pointer = event.pos()
        if event.button() == Qt.MouseButton.RightButton:
            self._end()
        elif event.button() == Qt.MouseButton.LeftButton and event.mapPoint() not in self._corners[-1:]:
            self._corners.append(event.mapPoint())
            self._show()

    def canvasDoubleClickEvent(self, event: Any) -> None:  # noqa: N802
        """The end: its first click was the last corner."""
        self._pointer = event.pos()
        self._end()

    def canvasMoveEvent(self, event: Any) -> None:  # noqa: N802
        """The next corner would be where the pointer is."""
        self._pointer = event.pos()
        if self._corners:
            self._show(event.mapPoint())

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802
        """Enter ends it, Backspace takes the last corner back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._corners:
            self._corners.pop()
            self._show()
            # QGIS itself would delete selected objects.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _end(self) -> None:
        if len(self._corners) > 2:
            self._show()
            self.finish(self._pointer)
        else:
            self.forget()

    def _show(self, *more: QgsPointXY) -> None:
        corners = [*self._corners, *more]
        self.band.setToGeometry(QgsGeometry.fromPolygonXY([corners]), None)
        self.show_size(self._pointer)
