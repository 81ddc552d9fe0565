"""A page in millimetres and in fine cells, and which cells shapes cover."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Iterable

import numpy as np
from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle, QgsWkbTypes
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QBrush, QColor, QImage, QPainter, QPen, QTransform

from ...request.pages import Page
from ..features.strokes import Array
from .boxes import Box

# The raster's cell in mm, and the most cells that it has: on large sheets the cells grow.
_CELL = 0.25
_MOST_CELLS = 8e6
# Icons and the like are put on cells in steps of so many mm: less at an edge is the space round what is drawn.
_STEP = 0.2


class Grid:
    """The measures of one page: lengths are millimetres on paper from its lower left corner, y upwards.

    `per_metre` is how many of them a unit of the map has. Cells are numbered row by row from the upper left one.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.width, self.height = page.width_mm, page.height_mm
        self.per_metre = page.width_mm / (page.xmax - page.xmin)
        self.cell = max(_CELL, math.sqrt(self.width * self.height / _MOST_CELLS))
        self.shape = (math.ceil(self.height / self.cell), math.ceil(self.width / self.cell))

    def to_paper(self, points: Array) -> Array:
        """Points (n, 2) of the map in mm on paper."""
        return (points - (self.page.xmin, self.page.ymin)) * self.per_metre

    def to_map(self, points: Array) -> Array:
        """Points (n, 2) on paper as coordinates of the map."""
        return points / self.per_metre + (self.page.xmin, self.page.ymin)

    def spot(self, point: QgsPointXY) -> tuple[float, float]:
        """A point of the map in mm on paper."""
        return (point.x() - self.page.xmin) * self.per_metre, (point.y() - self.page.ymin) * self.per_metre

    def point(self, x: float, y: float) -> QgsPointXY:
        """A point on paper as one of the map."""
        return QgsPointXY(x / self.per_metre + self.page.xmin, y / self.per_metre + self.page.ymin)

    def rectangle(self, box: Box) -> QgsRectangle:
        """A box on paper as one of the map."""
        left, low, right, high = (side / self.per_metre for side in box)
        x, y = self.page.xmin, self.page.ymin
        return QgsRectangle(left + x, low + y, right + x, high + y)

    def rows(self, y: Array) -> Array:
        """The rows of cells at these heights in mm on paper, those outside at the page's edge."""
        down = np.asarray(self.height - y)
        down /= self.cell
        return _clipped(down, self.shape[0])

    def columns(self, x: Array) -> Array:
        """The columns of cells this far from the left in mm on paper, those outside at the page's edge."""
        return _clipped(x / self.cell, self.shape[1])

    def cells(self, points: Array) -> tuple[Array, Array]:
        """Rows and columns of points (..., 2) on paper, those outside at the page's edge."""
        return self.rows(points[..., 1]), self.columns(points[..., 0])

    def flat(self, points: Array) -> Array:
        """The cells of points (..., 2) on paper, numbered row by row."""
        rows, columns = self.cells(points)
        return self.numbered(rows, columns)

    def inner(self, x: Array, y: Array) -> Array:
        """The cells of points on the page, numbered row by row."""
        cells: Array = ((self.height - y) / self.cell).astype(np.intp)
        cells *= self.shape[1]
        cells += (x / self.cell).astype(np.intp)
        return cells

    def numbered(self, rows: Array, columns: Array | int) -> Array:
        """Cells numbered row by row."""
        return rows * self.shape[1] + columns

    def window(self, shape: QgsGeometry) -> tuple[int, int, int, int]:
        """The first row and column of cells that a geometry of the map may cover, and those after its last."""
        box = shape.boundingBox()
        corners = self.to_paper(np.array([[box.xMinimum(), box.yMaximum()], [box.xMaximum(), box.yMinimum()]]))
        rows, columns = self.cells(corners)
        # A cell more to each side, for rounding.
        top, left = max(int(rows[0]) - 1, 0), max(int(columns[0]) - 1, 0)
        return top, left, min(int(rows[1]) + 2, self.shape[0]), min(int(columns[1]) + 2, self.shape[1])

    def mask(
        self, geometries: Iterable[QgsGeometry], width: float = 0.0, window: tuple[int, int, int, int] | None = None
    ) -> Array:
        """The cells that geometries of the map cover, of all or those of a window; lines are `width` mm wide."""
        top, left, bottom, right = window or (0, 0, *self.shape)
        image = QImage(right - left, bottom - top, QImage.Format.Format_Grayscale8)
        image.fill(0)
        painter = QPainter(image)
        factor = self.per_metre / self.cell
        # The raster's last row ends at or below the page's lower edge, its first row begins at the upper one.
        down = self.page.ymin * factor + self.height / self.cell - top
        painter.setTransform(QTransform(factor, 0, 0, -factor, -self.page.xmin * factor - left, down))
        white = QBrush(QColor(255, 255, 255))
        pen = QPen(white, width / self.per_metre)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        area, fill, stroke = QgsWkbTypes.GeometryType.PolygonGeometry, painter.fillPath, painter.strokePath
        for geometry in geometries:
            if geometry.type() == area:
                fill(geometry.constGet().asQPainterPath(), white)
            else:
                stroke(geometry.constGet().asQPainterPath(), pen)
        painter.end()
        bits = image.constBits()
        bits.setsize(image.sizeInBytes())
        rows = np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine())
        return rows[:, : image.width()] > 0

    def touched(self, box: Box) -> tuple[slice, slice]:
        """The rows and columns of cells on the page that a box touches."""
        rows = _span((self.height - box[3]) / self.cell, (self.height - box[1]) / self.cell, self.shape[0])
        return rows, _span(box[0] / self.cell, box[2] / self.cell, self.shape[1])

    def block(self, rows: slice, columns: slice) -> Array:
        """The cells of these rows and columns, each once."""
        first = np.arange(rows.start, rows.stop)[:, None] * self.shape[1]
        return (first + np.arange(columns.start, columns.stop)).reshape(-1)

    def inked(self, box: Box) -> tuple[slice, slice]:
        """The rows and columns of cells on the page of a box whose size is taken down to whole steps."""
        right, high = (box[side] + _whole(box[side + 2] - box[side]) for side in (0, 1))
        return self.touched((box[0], box[1], right, high))

    def is_inside(self, points: Array, margin: float = 0.8) -> Array:
        """Which of the points (..., 2) on paper lie on the page, `margin` mm from its edges."""
        return self.is_on_page(points[..., 0], points[..., 1], margin)

    def is_on_page(self, x: Array, y: Array, margin: float = 0.8) -> Array:
        """As `is_inside`, of points given by how far they are from the left and from the lower edge."""
        right, top = self.width - margin, self.height - margin
        return (x > margin) & (x < right) & (y > margin) & (y < top)  # type: ignore[no-any-return]


def _clipped(places: Array, count: int) -> Array:
    """Whole numbers below `count`, as numpy takes indices; its clip takes ten times as long for few."""
    whole: Array = np.asarray(places).astype(np.intp)
    np.maximum(whole, 0, out=whole)
    np.minimum(whole, count - 1, out=whole)
    return whole


def _whole(size: float) -> float:
    """A size less what is over whole steps; a millionth is no more than rounding."""
    return math.floor(size / _STEP + 1e-6) * _STEP


def _span(first: float, last: float, count: int) -> slice:
    """The whole numbers from `first` to `last` of those below `count`; empty where both lie outside."""
    return slice(min(max(math.floor(first), 0), count), min(max(math.floor(last) + 1, 0), count))
