"""How large a text is on paper, and how it is broken into lines or abbreviated."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Callable

from qgis.core import QgsTextFormat
from qgis.PyQt.QtGui import QFont, QFontMetricsF

from ..symbology.label_styles import TextStyle

MM_PER_POINT = 25.4 / 72
_PIXELS = 200
# QGIS measures in whole pixels, and takes a text for up to so much larger.
_LARGER = 1.04
_TABLE = json.loads(Path(__file__).with_name("abbreviations.json").read_text(encoding="utf-8"))


def _letters(pattern: str) -> str:
    """Letters that everything has which a pattern of the table matches: they are looked for first, and fast."""
    plain = re.sub(r"\\.|\(\?<=.*?\)|\[.*?\]|.\?", " ", pattern)
    return max(plain.split(), key=len)


_SHORTER = [
    (_letters(pattern), re.compile(pattern), short) for rows in _TABLE.values() for pattern, short in rows
]  # fmt: skip


class _Measure:
    """Widths and heights of one font, by its size; the spacing of letters in mm."""

    def __init__(self, text: QgsTextFormat) -> None:
        font = QFont(text.font())
        self.spacing = font.letterSpacing() * MM_PER_POINT
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0)
        font.setPixelSize(_PIXELS)
        self._metrics = QFontMetricsF(font)
        self.height = self._metrics.height() / _PIXELS
        self._known: dict[str, float] = {}

    def ems(self, line: str) -> float:
        """The width of a line."""
        if line not in self._known:
            self._known[line] = self._metrics.horizontalAdvance(line) / _PIXELS
        return self._known[line]


class TextSize:
    """Measures texts of one format; sizes in points, results in mm.

    `drawn` tells the format that a text is drawn with, where the theme's font lacks its letters.
    """

    def __init__(self, text: QgsTextFormat, drawn: Callable[[QgsTextFormat, str], QgsTextFormat] | None = None) -> None:
        self._format = text
        self._drawn = drawn
        self._own = _Measure(text)
        self._others: dict[str, _Measure] = {}
        self.points = text.size()

    def _measure(self, text: str) -> _Measure:
        if self._drawn is None or text.isascii():
            return self._own
        if text not in self._others:
            format_ = self._drawn(self._format, text)
            self._others[text] = self._own if format_ is self._format else _Measure(format_)
        return self._others[text]

    def width(self, text: str, points: float = 0) -> float:
        """The width of the widest line, as QGIS takes it at most."""
        size = (points or self.points) * MM_PER_POINT
        measure = self._measure(text)
        return max(measure.ems(line) * size * _LARGER + len(line) * measure.spacing for line in text.split("\n"))

    def height(self, text: str, points: float = 0) -> float:
        """The height of all lines, as QGIS takes it at most."""
        em = (points or self.points) * MM_PER_POINT
        return self._measure(text).height * (text.count("\n") + 1) * em * _LARGER


class Sizes:
    """The sizes of texts by their style, each made once; `drawn` as in TextSize."""

    def __init__(self, drawn: Callable[[QgsTextFormat, str], QgsTextFormat]) -> None:
        self._drawn = drawn
        self._known: dict[str, TextSize] = {}

    def of(self, style: TextStyle) -> TextSize:
        """The sizes of texts in a style."""
        if style.name not in self._known:
            self._known[style.name] = TextSize(style.text, self._drawn)
        return self._known[style.name]


def abbreviated(name: str) -> str:
    """A street's name with its common words cut short (abbreviations.json); the same where there is none."""
    result = name
    for letters, pattern, short in _SHORTER:
        if letters in result:
            result = pattern.sub(short, result)
    return result if " " in result or len(result) > 4 else name


def wrapped(text: str, lines: int) -> str:
    """Text broken at spaces into at most so many lines, as even as can be."""
    words = text.split()
    if lines <= 1 or len(words) < 2:
        return " ".join(words)
    best = " ".join(words)
    for limit in range(max(map(len, words)), len(best)):
        rows = [words[0]]
        for word in words[1:]:
            if len(rows[-1]) + 1 + len(word) <= limit:
                rows[-1] += " " + word
            else:
                rows.append(word)
        if len(rows) <= lines:
            return "\n".join(rows)
    return best
