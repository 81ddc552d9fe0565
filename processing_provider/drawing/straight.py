"""Names for programs that know straight texts alone: a name that bends is one text for each of its words."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Iterator

import numpy as np
from qgis.PyQt.QtGui import QFont, QFontMetricsF

from .model import Font, Line, Points

_EM = 1000
# Of an em: a name that bends no more than this is one text, others are one for each word.
_BENT = 0.35


def pieces(line: Line, rotation: float, size: float) -> Iterator[tuple[str, float, float, float, float]]:
    """Text, start of the baseline, width and turn (degrees, counterclockwise) of pieces that are straight."""
    if line.path is None or len(line.path) < 2:
        yield line.text, line.x, line.y, line.width, rotation
        return
    steps = np.hypot(*np.diff(line.path, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    bend = _sagitta(line.path)
    words = line.text.split(" ") if bend > _BENT * size else [line.text]
    letters, at = max(len(line.text), 1), 0
    for word in words:
        begin, end = at / letters * along[-1], (at + len(word)) / letters * along[-1]
        start, stop = (np.array([np.interp(one, along, line.path[:, axis]) for axis in (0, 1)]) for one in (begin, end))
        across, down = stop - start
        chord = math.hypot(across, down)
        turn = -math.degrees(math.atan2(down, across))
        if word:
            # The chord of a bend lies beside it: the middle of the text lies on the line.
            middle = np.array([np.interp((begin + end) / 2, along, line.path[:, axis]) for axis in (0, 1)])
            start = start + (middle - (start + stop) / 2) / 2
            yield word, float(start[0]), float(start[1]), chord, turn
        at += len(word) + 1


def _sagitta(path: Points) -> float:
    """How far a path leaves the straight line between its ends."""
    across, down = path[-1] - path[0]
    length = math.hypot(across, down) or 1.0
    return float(np.abs(((path - path[0]) @ np.array([-down, across])) / length).max())


def rise_and_fall(font: Font) -> tuple[float, float]:
    """How far letters rise above the baseline and fall below it, in em."""
    face = QFont(font.family)
    face.setPixelSize(_EM)
    measured = QFontMetricsF(face)
    return measured.ascent() / _EM, measured.descent() / _EM
