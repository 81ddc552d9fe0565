"""The order of the work: what lies inside before what is round it, and each line near where the last one ended."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math

import numpy as np
from qgis.core import QgsGeometry, QgsPointXY

from ...feedback import Feedback
from ..model import Box, Points

# Lines to a cell of the search, and how many times fewer there must be for the cells to be made anew.
_TO_A_CELL, _FEWER = 2.0, 4
_CHECK_EVERY = 1000


def faces(lines: list[Points]) -> list[QgsGeometry]:
    """The areas that lines enclose, each without those inside it."""
    return list(QgsGeometry.polygonize([_line(line) for line in lines]).asGeometryCollection())


def nested(lines: list[Points], areas: list[QgsGeometry]) -> list[list[Points]]:
    """The lines by how deep they lie in the holes of areas, the deepest first."""
    holes = [ring for area in areas for ring in area.asPolygon()[1:]]
    if not holes:
        return [lines]
    depth = np.zeros(len(lines), int)
    # A line lies on one side of a hole, which is of lines itself; its middle is not where it may touch it.
    middles = np.array([line[:2].mean(axis=0) for line in lines])
    for ring in holes:
        points = np.array([(point.x(), point.y()) for point in ring])
        low, high = points.min(axis=0), points.max(axis=0)
        near = np.flatnonzero(((middles >= low) & (middles <= high)).all(axis=1))
        hole = QgsGeometry.fromPolygonXY([ring])
        for number in near:
            x, y = middles[number]
            # What is on the ring itself is cut with what it holds.
            depth[number] += hole.contains(QgsPointXY(x, y)) or _is_on(points, x, y)
    return [[lines[number] for number in np.flatnonzero(depth == level)] for level in sorted(set(depth), reverse=True)]


def _is_on(ring: Points, x: float, y: float) -> bool:
    """Whether a point lies on a ring."""
    start, step = ring[:-1], np.diff(ring, axis=0)
    share = (((x, y) - start) * step).sum(axis=1) / np.maximum((step**2).sum(axis=1), 1e-18)
    nearest = start + np.clip(share, 0, 1)[:, None] * step
    return bool((np.hypot(*(nearest - (x, y)).T) < 1e-6).any())


def _line(line: Points) -> QgsGeometry:
    return QgsGeometry.fromPolylineXY([QgsPointXY(x, y) for x, y in line.tolist()])


def sorted_lines(lines: list[Points], start: Points, page: Box, feedback: Feedback) -> list[Points]:
    """The lines, each turned and chosen so that the way to it is short: always the nearest one that is left.

    `start` is where the tool is, `page` what they lie in. A closed line begins at its corner that is nearest.
    """
    left = _Nearest(lines, page)
    done: list[Points] = []
    place = (float(start[0]), float(start[1]))
    while len(left):
        if len(done) % _CHECK_EVERY == 0:
            feedback.check()
        number, is_end = left.take(*place)
        line = lines[number]
        if (line[0] == line[-1]).all():
            corner = int(np.argmin(((line[:-1] - place) ** 2).sum(axis=1)))
            line = np.concatenate([line[corner:-1], line[: corner + 1]])
        elif is_end:
            line = line[::-1]
        if done and (done[-1][-1] == line[0]).all() and not (done[-1][0] == done[-1][-1]).all():
            # The tool stays down.
            done[-1] = np.concatenate([done[-1], line[1:]])
        else:
            done.append(line)
        place = float(line[-1, 0]), float(line[-1, 1])
    return done


class _Nearest:
    """The ends of lines in cells, from which the nearest one is taken."""

    def __init__(self, lines: list[Points], page: Box) -> None:
        self._ends = [(*line[0].tolist(), *line[-1].tolist()) for line in lines]
        self._left = set(range(len(lines)))
        self._area = max((page[2] - page[0]) * (page[3] - page[1]), 1.0)
        self._fill()

    def __len__(self) -> int:
        return len(self._left)

    def _fill(self) -> None:
        """Lay what is left in cells, a few to each."""
        self._filled = len(self._left)
        self._size = math.sqrt(self._area * _TO_A_CELL / max(2 * self._filled, 1))
        self._cells: dict[tuple[int, int], list[tuple[float, float, int, bool]]] = {}
        for number in sorted(self._left):
            x, y, end_x, end_y = self._ends[number]
            self._cells.setdefault(self._cell(x, y), []).append((x, y, number, False))
            self._cells.setdefault(self._cell(end_x, end_y), []).append((end_x, end_y, number, True))
        columns, rows = zip(*self._cells) if self._cells else ((0,), (0,))
        self._span = min(columns), max(columns), min(rows), max(rows)

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        return int(x // self._size), int(y // self._size)

    def take(self, x: float, y: float) -> tuple[int, bool]:
        """The line whose end is nearest, and whether that is its last point; it is left no more."""
        if len(self._left) * _FEWER < self._filled:
            self._fill()
        column, row = self._cell(x, y)
        best, found, is_end, ring = math.inf, -1, False, 0
        west, east, north, south = self._span
        last = max(abs(column - west), abs(column - east), abs(row - north), abs(row - south))
        while ring <= last and (ring - 1) * self._size < best:
            for cell in _ring(column, row, ring):
                entries = self._cells.get(cell)
                if not entries:
                    continue
                kept = [entry for entry in entries if entry[2] in self._left]
                self._cells[cell] = kept
                for end_x, end_y, number, turned in kept:
                    far = math.hypot(end_x - x, end_y - y)
                    if far < best:
                        best, found, is_end = far, number, turned
            ring += 1
        self._left.remove(found)
        return found, is_end


def _ring(column: int, row: int, away: int) -> list[tuple[int, int]]:
    """The cells that are so many cells away."""
    if not away:
        return [(column, row)]
    across = range(column - away, column + away + 1)
    down = range(row - away + 1, row + away)
    return [(x, y) for y in (row - away, row + away) for x in across] + [
        (x, y) for x in (column - away, column + away) for y in down
    ]
