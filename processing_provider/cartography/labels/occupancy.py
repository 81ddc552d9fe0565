"""The page as a raster in fine cells: what lies where, so that names find a place that is free."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Iterable

import numpy as np
from qgis.core import QgsGeometry, QgsWkbTypes
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPen, QTransform

from ...request.pages import Page
from ..features.strokes import Array

# The raster's cell in mm, and the most cells that it has: on large sheets the cells grow.
_CELL = 0.25
_MOST_CELLS = 8e6
# The cost of a cell where a name would hide something that it must not.
HIDDEN = 100


class Paper:
    """Page coordinates are millimetres from the lower left corner, y upwards.

    `cost` says how much a name over each cell would hide, in parts of HIDDEN, `rails` where tracks lie that no street
    name may be printed over, `marks` what names rather leave free, `roads`, `water` and `houses` where those are;
    `taken` which label has the cell, 0 for none.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.width, self.height = page.width_mm, page.height_mm
        self.per_metre = page.width_mm / (page.xmax - page.xmin)
        self.cell = max(_CELL, math.sqrt(self.width * self.height / _MOST_CELLS))
        self.shape = (math.ceil(self.height / self.cell), math.ceil(self.width / self.cell))
        self.cost: Array = np.zeros(self.shape, np.uint8)
        self.rails: Array = np.zeros(self.shape, bool)
        self.marks: Array = np.zeros(self.shape, bool)
        self.roads: Array = np.zeros(self.shape, bool)
        self.water: Array = np.zeros(self.shape, bool)
        self.houses: Array = np.zeros(self.shape, bool)
        self.taken: Array = np.zeros(self.shape, np.int32)

    def to_paper(self, points: Array) -> Array:
        """Points (n, 2) of the map in mm on paper."""
        return (points - (self.page.xmin, self.page.ymin)) * self.per_metre

    def to_map(self, points: Array) -> Array:
        """Points (n, 2) on paper as coordinates of the map."""
        return points / self.per_metre + (self.page.xmin, self.page.ymin)

    def rows(self, y: Array) -> Array:
        """The rows of cells at these heights in mm on paper, those outside at the page's edge."""
        return _clipped((self.height - y) / self.cell, self.shape[0])

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

    def numbered(self, rows: Array, columns: Array) -> Array:
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
        white = QColor(255, 255, 255)
        pen = QPen(white, width / self.per_metre)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        for geometry in geometries:
            if geometry.type() == QgsWkbTypes.GeometryType.PolygonGeometry:
                painter.fillPath(geometry.constGet().asQPainterPath(), white)
            else:
                painter.strokePath(geometry.constGet().asQPainterPath(), pen)
        painter.end()
        bits = image.constBits()
        bits.setsize(image.sizeInBytes())
        rows = np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine())
        return rows[:, : image.width()] > 0

    def covered(self, points: Array) -> Array:
        """The cells (see flat) of points (n, 2) on paper, each once."""
        rows, columns = self.cells(points)
        top, left = rows.min(), columns.min()
        there = np.zeros((rows.max() - top + 1, columns.max() - left + 1), bool)
        there[rows - top, columns - left] = True
        rows, columns = np.nonzero(there)
        return self.numbered(rows + top, columns + left)

    def obstruct(self, mask: Array, cost: float) -> None:
        """Names cost at least `cost`, from 0 to 1 in steps of 1/100, in these cells."""
        np.maximum(self.cost, mask * np.uint8(round(cost * HIDDEN)), out=self.cost)

    def is_inside(self, points: Array, margin: float = 0.8) -> Array:
        """Which of the points (..., 2) on paper lie on the page, `margin` mm from its edges."""
        size = np.array([self.width, self.height])
        return ((points > margin) & (points < size - margin)).all(-1)


class Sums:
    """Sums over boxes of a raster of whole numbers, each in one step (a summed-area table); `unit` counts as 1."""

    def __init__(self, values: Array, unit: int = 1) -> None:
        self.unit = unit
        self.table: Array = np.zeros((values.shape[0] + 1, values.shape[1] + 1), np.int32)
        sums = self.table[1:, 1:]
        # Below 2 to the 31st: a raster has 8 million cells of at most 100.
        np.cumsum(values, 1, np.int32, out=sums)
        # Row by row: numpy's sum down the columns of a large raster takes ten times as long.
        for above, row in zip(sums, sums[1:]):
            np.add(above, row, out=row)

    def means(self, paper: Paper, centres: Array, size: Array | tuple[float, float]) -> Array:
        """The means over boxes round `centres` (n, 2), all of one size (width, height in mm) or each of its own."""
        half = np.asarray(size) / 2
        low, high = centres - half, centres + half
        top, left = paper.rows(high[:, 1]), paper.columns(low[:, 0])
        bottom, right = paper.rows(low[:, 1]) + 1, paper.columns(high[:, 0]) + 1
        table = self.table
        total = table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left]
        return total / ((bottom - top) * (right - left) * self.unit)


def _clipped(places: Array, count: int) -> Array:
    """Whole numbers below `count`; the plain functions, since numpy's clip takes ten times as long for few."""
    whole = np.asarray(places).astype(np.int32)
    return np.minimum(np.maximum(whole, 0), count - 1)
