"""Text as glyphs of fonts, by Qt's own shaping: kerning, joined scripts, fallback fonts."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import struct
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from qgis.PyQt.QtGui import QFont, QFontInfo, QPainterPath, QRawFont, QTextLayout, QTransform

from ..cartography.fonts import font_files
from .model import Drawing, Font, Line, Points

# Glyphs are measured at so many pixels to the em, so that nothing is rounded to pixels.
EM = 1000.0
_POSTSCRIPT = 6
# How much the letters of a name may be drawn apart or together, so that they fill their baseline.
_STRETCH = 0.08
# Scripts that join and stack their letters, and what is beyond the 16 bits of a code.
_COMPLEX = re.compile("[\u0590-\u1dff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufeff\U00010000-\U0010ffff]")
# What stands in for a family that the machine has in no OpenType font.
_STAND_INS = {"Times New Roman": "EB Garamond", "Courier New": "JetBrains Mono"}
_SANS = "Noto Sans"
# What every machine has something for.
_GENERIC = ("sans serif", "sans-serif", "sans", "serif", "monospace", "cursive", "fantasy")
# Qt makes no ligatures where letters stand apart, however little (1/64 is its least).
_APART = 1 / 64


@dataclass(frozen=True)
class Run:
    """Glyphs of one font: their numbers, and where each begins (x, y in thousandths of the em, y downwards)."""

    font: QRawFont
    glyphs: tuple[int, ...]
    places: tuple[tuple[float, float], ...]
    advances: tuple[float, ...]

    @property
    def face(self) -> str:
        """The font's PostScript name, as its file has it."""
        return postscript_name(self.font)


def postscript_name(font: QRawFont) -> str:
    """Name 6 of the font's table of names (OpenType 1.9, `name`); Qt's own name where it has none."""
    data = bytes(font.fontTable("name"))
    count, start = struct.unpack(">HH", data[2:6]) if len(data) >= 6 else (0, 0)
    for number in range(count):
        platform, _, _, name, size, place = struct.unpack(">6H", data[6 + 12 * number : 18 + 12 * number])
        if name == _POSTSCRIPT:
            text = data[start + place : start + place + size]
            return text.decode("utf-16-be" if platform in (0, 3) else "latin-1", "replace")
    return "".join(f"{font.familyName()}-{font.styleName()}".split())


def qt_font(font: Font) -> QFont:
    """The font at EM pixels."""
    result = QFont(font.family)
    result.setBold(font.bold)
    result.setItalic(font.italic)
    result.setPixelSize(int(EM))
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


def is_simple(text: str) -> bool:
    """Whether each letter can be a glyph of its own, one after the other (Latin, Greek, Cyrillic, Chinese, ...)."""
    return _COMPLEX.search(text) is None


@lru_cache(maxsize=20_000)
def shaped(text: str, family: str, bold: bool, italic: bool) -> tuple[Run, ...]:
    """The runs of a text in a font, without letter spacing.

    Without ligatures where the script does not need them: of what a glyph spells Inkscape reads the first letter alone
    ("Cofee").
    """
    font = qt_font(Font(family, 1.0, bold, italic))
    text = unicodedata.normalize("NFC", text)
    if is_simple(text):
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _APART)
    runs = _runs(text, font)
    if any(run.font.fontTable("head").isEmpty() for run in runs):
        # A Type 1 font of the machine has no tables that could go into a file.
        family = _STAND_INS.get(family, _SANS)
        font.setFamily(family)
        runs = _runs(text, font)
    if len({run.face for run in runs}) > 1:
        # What the font lacks is set in those that travel along before one of the machine's is taken.
        font.setFamilies([family, *font_files.families()])
        runs = _runs(text, font)
    return runs


def _runs(text: str, font: QFont) -> tuple[Run, ...]:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1e9)
    layout.endLayout()
    baseline = line.y() + line.ascent()
    runs = []
    for run in layout.glyphRuns():
        raw, glyphs = run.rawFont(), tuple(int(glyph) for glyph in run.glyphIndexes())
        places = tuple((float(place.x()), float(place.y() - baseline)) for place in run.positions())
        advances = tuple(float(step.x()) for step in raw.advancesForGlyphIndexes(list(glyphs)))
        runs.append(Run(raw, glyphs, places, advances))
    return tuple(runs)


def runs_of(text: str, font: Font) -> tuple[Run, ...]:
    """The same, for a font of the drawing."""
    return shaped(text, font.family, font.bold, font.italic)


def stand_ins(drawing: Drawing) -> dict[str, str]:
    """The families of a drawing that the machine has not got, each with what Latin letters are set in instead."""
    asked = {family for family, *_ in drawing.fonts if family.casefold() not in _GENERIC}
    missing = [family for family in asked if QFontInfo(QFont(family)).family().casefold() != family.casefold()]
    return {family: str(runs_of("a", Font(family, 1.0))[0].font.familyName()) for family in missing}


@dataclass(frozen=True)
class Placed:
    """A glyph on the page: its run's font, its number, its origin in mm and its turn in degrees, clockwise.

    `advance` is its width in thousandths of the em.
    """

    run: Run
    glyph: int
    x: float
    y: float
    turn: float
    advance: float


def along(line: Line, font: Font) -> list[Placed]:
    """The glyphs of a bent line, each on the baseline where it comes to stand, turned by the middle of its width."""
    path = line.path
    if path is None:
        return []
    reached = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    size = font.size * 25.4 / 72 / EM
    runs = runs_of(line.text, font)
    natural = max((x + step for run in runs for (x, _), step in zip(run.places, run.advances)), default=0.0) * size
    # A hair of difference between what was measured and what was placed is shared by all letters.
    stretch = float(np.clip(reached[-1] / natural, 1 - _STRETCH, 1 + _STRETCH)) if natural else 1.0
    result = []
    for run in runs:
        for glyph, (x, y), step in zip(run.glyphs, run.places, run.advances):
            start, middle = x * size * stretch, (x + step / 2) * size * stretch
            x1, y1 = _at(path, reached, min(middle, float(reached[-1])))
            ahead = _at(path, reached, min(middle + 0.05, float(reached[-1])))
            behind = _at(path, reached, max(min(middle, float(reached[-1])) - 0.05, 0.0))
            turn = float(np.degrees(np.arctan2(ahead[1] - behind[1], ahead[0] - behind[0])))
            # The middle of the letter stands on the line, its start is half its width before.
            cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
            half = middle - start
            place = np.array([x1 - cos * half, y1 - sin * half]) + np.array([-sin, cos]) * y * size
            result.append(Placed(run, glyph, float(place[0]), float(place[1]), turn, step))
    return result


def _at(path: Points, reached: Points, length: float) -> tuple[float, float]:
    """The point so far along a path."""
    return float(np.interp(length, reached, path[:, 0])), float(np.interp(length, reached, path[:, 1]))


def outlined(text: str, font: Font) -> QPainterPath:
    """The outlines of a straight text, its baseline beginning at (0, 0), in mm, y downwards."""
    size = font.size * 25.4 / 72 / EM
    whole = QPainterPath()
    number = 0
    for run in runs_of(text, font):
        for glyph, (x, y) in zip(run.glyphs, run.places):
            shape = run.font.pathForGlyph(glyph)
            whole.addPath(QTransform(size, 0, 0, size, x * size + number * font.spacing, y * size).map(shape))
            number += 1
    return whole
