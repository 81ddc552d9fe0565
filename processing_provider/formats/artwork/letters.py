"""How far apart the letters of a straight text stand: for formats that keep a place for each."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import lru_cache

import numpy as np
from qgis.PyQt.QtGui import QTextLayout

from ...cartography.fonts import font_files
from ...drawing.model import Font, Line, Points
from ...drawing.shaping import EM, qt_font

_MM = 25.4 / 72
# How much narrower or wider than its own letters a text may be set, so that it fills its place.
_STRETCH = 0.08


@lru_cache(maxsize=20_000)
def _natural(text: str, family: str, bold: bool, italic: bool) -> tuple[float, ...]:
    """The advance of each 16-bit code of a text, in thousandths of the em; those that a letter is made of share it."""
    font = qt_font(Font(family, 1.0, bold, italic))
    font.setFamilies([family, *font_files.families()])
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1e9)
    layout.endLayout()
    count = len(text.encode("utf-16-le", "surrogatepass")) // 2
    # PyQt gives the place with the number of the letter that it belongs to, some versions the place alone.
    places = [_place(line.cursorToX(number)) for number in range(count + 1)]
    return tuple(abs(after - before) for before, after in zip(places, places[1:]))


def _place(told: object) -> float:
    return float(told[0]) if isinstance(told, tuple) else float(told)  # type: ignore[arg-type]


def advances(line: Line, font: Font, anchor: float) -> tuple[Points, float]:
    """The advance of each 16-bit code of a line in mm, and how far along the line the text begins."""
    size = font.size * _MM / EM
    steps = np.array(_natural(line.text, font.family, font.bold, font.italic)) * size + font.spacing
    whole = float(steps.sum())
    if whole > 0:
        steps = steps * float(np.clip(line.width / whole, 1 - _STRETCH, 1 + _STRETCH))
    return steps, anchor * (line.width - float(steps.sum()))
