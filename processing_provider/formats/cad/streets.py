"""Where the names of streets stand in a drawing whose texts are straight: on the straightest stretches.

A name that no stretch is straight enough for is set letter by letter along the street.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Iterator

import numpy as np
from osgeo import ogr
from qgis.core import QgsGeometry

from ...osm.tables.map_data import Table
from .extents import LETTER

# How far a street may bend away beneath its name, by the height of a letter.
_BEND = 0.5
# A long street carries its name again after so many lengths of it.
_AGAIN = 12
_SAMPLES = 9


@dataclass(frozen=True)
class Placed:
    """A text with its middle at x, y and its angle in degrees; one of `parts` where a name is set by letters."""

    text: str
    x: float
    y: float
    angle: float
    parts: tuple[Placed, ...] = ()


def street_names(layer: ogr.Layer, table: Table, height: float) -> Iterator[Placed]:
    """The names of a layer of roads, in the order of the alphabet; coordinates in the layer's units."""
    if all(column != "name" for column, _ in table.columns):
        return
    groups: dict[str, list[QgsGeometry]] = {}
    layer.ResetReading()
    for feature in layer:
        if feature["name"]:
            geometry = QgsGeometry()
            geometry.fromWkb(bytes(feature.GetGeometryRef().ExportToWkb()))
            groups.setdefault(feature["name"], []).append(geometry)
    for name in sorted(groups):
        joined = QgsGeometry.collectGeometry(groups[name]).mergeLines()
        lines = [_points(part) for part in joined.asGeometryCollection()]
        yield from _on_lines(name, sorted(lines, key=lambda line: -line[1][-1]), height)


def _points(line: QgsGeometry) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The vertices (n, 2) of a line, and their distances from its beginning (n,)."""
    ring = ogr.CreateGeometryFromWkb(bytes(line.asWkb()))
    if ring.GetGeometryCount():
        ring = ring.GetGeometryRef(0)
    points = np.array(ring.GetPoints(2), dtype=float)
    steps = np.hypot(*np.diff(points, axis=0).T)
    return points, np.concatenate([[0.0], np.cumsum(steps)])


def _on_lines(name: str, lines: list[Any], height: float) -> Iterator[Placed]:
    length = len(name) * height * LETTER
    taken: list[tuple[float, float]] = []
    for number, (points, along) in enumerate(lines):
        whole = float(along[-1])
        # Only the longest line of a street carries a name that is longer than it.
        if whole < length and number:
            break
        pieces = max(1, int(whole // (length * _AGAIN)))
        for piece in range(pieces):
            span = (whole * piece / pieces, whole * (piece + 1) / pieces)
            placed = _on_stretch(name, points, along, span, length, height)
            # The other carriageway has the same name beside it.
            if all(math.hypot(placed.x - x, placed.y - y) > length * 1.5 for x, y in taken):
                taken.append((placed.x, placed.y))
                yield placed


def _on_stretch(name: str, points: Any, along: Any, span: tuple[float, float], length: float, height: float) -> Placed:
    """The straightest place for a name between two distances, that in the middle among equals."""
    low, high = span
    room = high - low - length
    starts = np.linspace(low, low + room, 33) if room > 0 else np.array([(low + high - length) / 2])
    at = starts[:, None] + np.linspace(0, length, _SAMPLES)
    x, y = np.interp(at, along, points[:, 0]), np.interp(at, along, points[:, 1])
    dx, dy = x[:, -1] - x[:, 0], y[:, -1] - y[:, 0]
    chord = np.maximum(np.hypot(dx, dy), 1e-9)
    bend = np.abs((x - x[:, :1]) * dy[:, None] - (y - y[:, :1]) * dx[:, None]).max(axis=1) / chord
    aside = np.abs(starts - (low + high - length) / 2)
    best = int(np.argmin(np.where(bend <= _BEND * height, aside, 1e9 + bend)))
    middle = _SAMPLES // 2
    angle = _upright(math.degrees(math.atan2(dy[best], dx[best])))
    straight = bend[best] <= _BEND * height and chord[best] > 0.9 * length
    parts = () if straight or room < 0 else _letters(name, points, along, float(starts[best]), length, angle)
    x_mid = x[best, middle] if parts else (x[best, 0] + x[best, -1]) / 2
    y_mid = y[best, middle] if parts else (y[best, 0] + y[best, -1]) / 2
    return Placed(name, float(x_mid), float(y_mid), angle, parts)


def _upright(angle: float) -> float:
    """Text is read from below: never upside down."""
    return (angle + 90) % 180 - 90


def _letters(name: str, points: Any, along: Any, start: float, length: float, angle: float) -> tuple[Placed, ...]:
    """One text for each letter, turned as the street is beneath it."""
    middles = start + (np.arange(len(name)) + 0.5) * length / len(name)
    before, after = middles - length / len(name) / 2, middles + length / len(name) / 2
    x0, x1 = np.interp(before, along, points[:, 0]), np.interp(after, along, points[:, 0])
    y0, y1 = np.interp(before, along, points[:, 1]), np.interp(after, along, points[:, 1])
    first, last = (x0[0], y0[0]), (x1[-1], y1[-1])
    turn = math.radians(angle)
    backwards = (last[0] - first[0]) * math.cos(turn) + (last[1] - first[1]) * math.sin(turn) < 0
    angles = np.degrees(np.arctan2(y1 - y0, x1 - x0)) + (180 if backwards else 0)
    letters = name[::-1] if backwards else name
    placed = [
        Placed(letter, float((x0[n] + x1[n]) / 2), float((y0[n] + y1[n]) / 2), float((angles[n] + 180) % 360 - 180))
        for n, letter in enumerate(letters)
        if letter != " "
    ]
    return tuple(placed[::-1] if backwards else placed)
