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
# How far (mm) before and behind a letter its turn is taken.
_STEP = 0.05
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
    places = np.array([place for run in runs for place in run.places]).reshape(-1, 2) * size
    steps = np.array([step for run in runs for step in run.advances])
    half = steps / 2 * size * stretch
    middle = np.minimum(places[:, 0] * stretch + half, reached[-1])
    at, ahead, behind = (
        _at(path, reached, way)
        for way in (middle, np.minimum(middle + _STEP, reached[-1]), np.maximum(middle - _STEP, 0))
    )
    turns = np.arctan2(*(ahead - behind).T[::-1])
    cos, sin, up = np.cos(turns), np.sin(turns), places[:, 1]
    # The middle of the letter stands on the line, its start is half its width before.
    x, y = at[:, 0] - cos * half - sin * up, at[:, 1] - sin * half + cos * up
    glyphs = [(run, glyph) for run in runs for glyph in run.glyphs]
    rows = zip(glyphs, x.tolist(), y.tolist(), np.degrees(turns).tolist(), steps.tolist())
    return [Placed(run, glyph, *place) for (run, glyph), *place in rows]


def _at(path: Points, reached: Points, lengths: Points) -> Points:
    """The points so far along a path, (n, 2)."""
    return np.column_stack([np.interp(lengths, reached, path[:, axis]) for axis in (0, 1)])


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
