"""The lines that the letters of a name stand on: smooth, and long enough for QGIS."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math

import numpy as np

from ..features.strokes import Array, length

# The sag below which a name is set straight, in mm.
STRAIGHT = 0.2


def normals(line: Array) -> Array:
    """The directions to the left of a line at its points, each of length 1."""
    steps = np.empty_like(line)
    steps[1:-1] = line[2:] - line[:-2]
    steps[0], steps[-1] = line[1] - line[0], line[-1] - line[-2]
    steps /= np.hypot(steps[:, 0], steps[:, 1])[:, None]
    left = np.empty_like(steps)
    np.negative(steps[:, 1], out=left[:, 0])
    left[:, 1] = steps[:, 0]
    return left


def lettered(line: Array, wanted: float) -> Array:
    """The path that a text is set on: straight where the line nearly is, and read from the left, or upwards."""
    chord = line[-1] - line[0]
    reach = math.hypot(*chord)
    sag = ((line - line[0]) @ np.array([-chord[1], chord[0]])) / reach
    if np.ptp(sag) <= STRAIGHT:
        along = chord / reach
        middle = (line[0] + line[-1]) / 2 + np.array([-along[1], along[0]]) * (sag.max() + sag.min()) / 2
        line = np.stack([middle - along * wanted / 2, middle + along * wanted / 2])
    else:
        line = longer(line, wanted)
    steps = np.diff(line, axis=0)
    east, north = (steps / np.hypot(*steps.T)[:, None]).mean(0)
    # Most letters upright; a name straight up or down is read upwards.
    is_backward = east < -0.02 or (abs(east) <= 0.02 and north < 0)
    return line[::-1] if is_backward else line


def longer(line: Array, wanted: float) -> Array:
    """A line made as long as wanted by going straight on at both ends."""
    more = (wanted - length(line)) / 2
    return longer_by(line, more) if more > 0 else line


def longer_by(line: Array, more: float) -> Array:
    """A line that goes straight on at both ends for so much more each."""
    (ax, ay), (bx, by) = line[:2].tolist()
    (cx, cy), (dx, dy) = line[-2:].tolist()
    # In plain numbers: numpy takes ten times as long for one.
    first, last = math.hypot(ax - bx, ay - by), math.hypot(dx - cx, dy - cy)
    result = np.empty((len(line) + 2, 2))
    result[0] = ax + (ax - bx) / first * more, ay + (ay - by) / first * more
    result[1:-1] = line
    result[-1] = dx + (dx - cx) / last * more, dy + (dy - cy) / last * more
    return result
