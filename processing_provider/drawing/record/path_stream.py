"""Paths of Qt as arrays, through its own stream (Qt documentation, QDataStream): no vertex is touched by Python.

Paths of a layer are many and short, so that they are read all at once.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np
from qgis.PyQt.QtCore import QByteArray, QDataStream, QIODevice
from qgis.PyQt.QtGui import QPainterPath, QTransform

from ..model import Path, Points

ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
# A path begins with its number of elements, and ends with two numbers more: words of so many bytes.
_HEAD, _TAIL, _WORD = 1, 2, 4
# The points and kinds of a path that is not settled.
NO_POINTS, NO_KINDS = np.empty((0, 2)), np.empty(0, np.uint8)


class Way:
    """A transformation from Qt's dots to millimetres."""

    __slots__ = ("across", "down", "offset")

    def __init__(self, way: QTransform, dots: float) -> None:
        self.across = way.m11() / dots, way.m12() / dots
        self.down = way.m21() / dots, way.m22() / dots
        self.offset = way.dx() / dots, way.dy() / dots

    @property
    def is_upright(self) -> bool:
        """Whether it turns nothing."""
        return not (self.across[1] or self.down[0])

    def mm(self, points: Points) -> Points:
        """Points (n, 2) in millimetres."""
        return points @ np.array([self.across, self.down]) + np.array(self.offset)


class PathStream:
    """Paths that were painted, whose points are read together when they are settled."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._data = QByteArray()
        self._stream = QDataStream(self._data, QIODevice.OpenModeFlag.WriteOnly)
        self._waiting: list[tuple[Path, int, Way]] = []

    def add(self, path: QPainterPath, count: int, way: Way, mark: Path) -> None:
        """Take a path of at least two elements, `count` in all; `mark` gets its points in mm with the next `settle`."""
        _ = self._stream << path
        self._waiting.append((mark, count, way))

    def settle(self) -> None:
        """Give all marks that wait their points and kinds."""
        if not self._waiting:
            return
        waiting, words = self._waiting, np.frombuffer(bytes(self._data), ">i4")
        self._begin()
        counts = np.array([count for _, count, _ in waiting])
        # A path is a word of its own, its elements, and two words.
        sizes = _HEAD + _TAIL + counts * (ELEMENT.itemsize // _WORD)
        ends, keep = sizes.cumsum(), np.ones(len(words), bool)
        for place in (ends - sizes, ends - 2, ends - 1):
            keep[place] = False
        found = words[keep].view(ELEMENT)
        points, kinds = _points(found), found["kind"].astype(np.uint8)
        _transform(points, counts, [way for *_, way in waiting])
        firsts = counts.cumsum() - counts
        low, high = (edge.reduceat(points, firsts, axis=0).tolist() for edge in (np.minimum, np.maximum))
        for (mark, count, _), first, (left, top), (right, bottom) in zip(waiting, firsts.tolist(), low, high):
            mark.points, mark.kinds = points[first : first + count], kinds[first : first + count]
            mark.know_box((left, top, right, bottom))


def _points(found: np.ndarray) -> Points:
    points = np.empty((len(found), 2))
    points[:, 0], points[:, 1] = found["x"], found["y"]
    return points


def _transform(points: Points, counts: np.ndarray, ways: list[Way]) -> None:
    """Take the points of paths, so many of each one after another, to millimetres, each by its way; in place."""
    upright = np.array([way.is_upright for way in ways])
    ends = counts.cumsum()
    for number in np.flatnonzero(~upright).tolist():
        piece = points[ends[number] - counts[number] : ends[number]]
        piece[:] = ways[number].mm(piece)
    scales = np.array([(way.across[0], way.down[1]) if way.is_upright else (1.0, 1.0) for way in ways])
    offsets = np.array([way.offset for way in ways]) * upright[:, None]
    points *= np.repeat(scales, counts, axis=0)
    points += np.repeat(offsets, counts, axis=0)


def elements(path: QPainterPath) -> tuple[Points, np.ndarray]:
    """A path's points, (n, 2), and what each is, by the kinds of the model."""
    data = QByteArray()
    _ = QDataStream(data, QIODevice.OpenModeFlag.WriteOnly) << path
    found = np.frombuffer(bytes(data)[_WORD * _HEAD :][: ELEMENT.itemsize * path.elementCount()], ELEMENT)
    return _points(found), found["kind"].astype(np.uint8)
