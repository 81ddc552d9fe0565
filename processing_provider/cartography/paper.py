"""The page as a raster in fine cells: what lies where, so that names find a place that is free."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Any, Iterable

import numpy as np
from qgis.core import QgsGeometry, QgsWkbTypes
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPen, QTransform

from ..frame import Page

Array = Any
# The raster's cell in mm, and the most cells that it has: on large sheets the cells grow.
_CELL = 0.25
_MOST_CELLS = 8e6


class Paper:
    """Page coordinates are millimetres from the lower left corner, y upwards.

    `cost` says how much a name over each cell would hide, `rails` where tracks lie that no street name may be printed
    over, `marks` what names rather leave free, `roads`, `water` and `houses` where those are; `taken` which label has
    the cell, 0 for none.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.width, self.height = page.width_mm, page.height_mm
        self.per_metre = page.width_mm / (page.xmax - page.xmin)
        self.cell = max(_CELL, math.sqrt(self.width * self.height / _MOST_CELLS))
        self.shape = (math.ceil(self.height / self.cell), math.ceil(self.width / self.cell))
        self.cost: Array = np.zeros(self.shape, np.float32)
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

    def cells(self, points: Array) -> tuple[Array, Array]:
        """Rows and columns of points (..., 2) on paper, those outside at the page's edge."""
        rows = ((self.height - points[..., 1]) / self.cell).astype(np.int32)
        columns = (points[..., 0] / self.cell).astype(np.int32)
        return rows.clip(0, self.shape[0] - 1), columns.clip(0, self.shape[1] - 1)

    def flat(self, points: Array) -> Array:
        """The cells of points (..., 2) on paper, numbered row by row."""
        rows, columns = self.cells(points)
        return rows * self.shape[1] + columns

    def mask(self, geometries: Iterable[QgsGeometry], width: float = 0.0) -> Array:
        """The cells that geometries of the map cover; lines are `width` mm wide."""
        image = QImage(self.shape[1], self.shape[0], QImage.Format.Format_Grayscale8)
        image.fill(0)
        painter = QPainter(image)
        factor = self.per_metre / self.cell
        painter.setTransform(
            QTransform(factor, 0, 0, -factor, -self.page.xmin * factor, self.page.ymin * factor + self.shape[0])
        )
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
        rows = np.frombuffer(bits, np.uint8).reshape(self.shape[0], image.bytesPerLine())
        return rows[:, : self.shape[1]] > 0

    def obstruct(self, mask: Array, cost: float) -> None:
        """Names cost at least `cost` in these cells."""
        np.maximum(self.cost, np.float32(cost), out=self.cost, where=mask)

    def is_inside(self, points: Array, margin: float = 0.8) -> Array:
        """Which of the points (..., 2) on paper lie on the page, `margin` mm from its edges."""
        size = np.array([self.width, self.height])
        return ((points > margin) & (points < size - margin)).all(-1)


class Sums:
    """Sums over boxes of a raster, each in one step (a summed-area table)."""

    def __init__(self, values: Array) -> None:
        self.table: Array = np.zeros((values.shape[0] + 1, values.shape[1] + 1))
        self.table[1:, 1:] = values.cumsum(0, dtype=np.float64).cumsum(1)

    def means(self, paper: Paper, centres: Array, size: tuple[float, float]) -> Array:
        """The means over boxes of one size (width, height in mm) round `centres` (n, 2)."""
        half = np.array(size) / 2
        top, left = paper.cells(np.stack([centres[:, 0] - half[0], centres[:, 1] + half[1]], -1))
        bottom, right = paper.cells(np.stack([centres[:, 0] + half[0], centres[:, 1] - half[1]], -1))
        bottom, right = bottom + 1, right + 1
        table = self.table
        total = table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left]
        return total / ((bottom - top) * (right - left))
