"""Glyphs of the letters that a map has, as MapLibre asks for them: 256 letters of a face in one file.

Facts: mapbox/node-fontnik, proto/glyphs.proto: a stack holds its name (1), range (2) and glyphs (3), of which each has
its letter (1), field (2), width (3), height (4), left (5), top (6) and advance (7), in pixels of a text of 24.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import unicodedata
from functools import cache
from typing import Dict, Iterable, Iterator

from qgis.PyQt.QtGui import QFont, QRawFont

from ..cartography.fonts import font_files
from ..cartography.fonts.scripts import GENERAL, families, is_straight, known_families, script_of
from ..feedback import Feedback
from ..tiles.mvt import entry, varint
from .distance import BORDER, field, segments
from .lettering import Face

_SIZE, _RANGE = 24, 256
# What browsers draw in their own fonts: ideographs, kana, hangul.
_LOCAL = ((0x2E80, 0x3000), (0x3001, 0xA4D0), (0xAC00, 0xD7B0), (0xF900, 0xFB00), (0xFE30, 0xFE50), (0xFF00, 0xFFF0))
# Scripts of names that run from the right, and the forms that letters of theirs have within words.
_TURNED = ("Arabic", "Hebrew")
_FORMS = (range(0xFB50, 0xFC00), range(0xFE70, 0xFEFD))
# Where MapLibre has the baseline below the top, whatever the font says of itself.
_ASCENT = 26
# MapLibre asks for no letters beyond the basic plane.
_END = 0x10000


def letters_of(texts: Iterable[str]) -> set[int]:
    """The numbers of the letters of texts, capitals of theirs too: a style may ask for them."""
    found: set[str] = set(" …-")
    for text in texts:
        found.update(text)
        found.update(text.upper())
    found |= _joined(found)
    return {ord(letter) for letter in found}


def glyphs(faces: Iterable[Face], letters: set[int], feedback: Feedback) -> Iterator[tuple[str, bytes]]:
    """The files of all faces, as (`NotoSans-Regular/0-255.pbf`, bytes). Raises Cancelled."""
    font_files.register()
    known = known_families()
    wanted = sorted(code for code in letters if code < _END and not _is_local(code) and chr(code).isprintable())
    for face in faces:
        fonts: Dict[str, QRawFont] = {}
        ranges: Dict[int, list[bytes]] = {code // _RANGE: [] for code in wanted}
        for code in wanted:
            feedback.check()
            font = _font_for(chr(code), face, known, fonts)
            if font is not None:
                ranges[code // _RANGE].append(entry(3, _glyph(font, code)))
        for number, found in ranges.items():
            first = number * _RANGE
            told = f"{first}-{first + _RANGE - 1}"
            stack = entry(1, face.name.encode()) + entry(2, told.encode()) + b"".join(found)
            yield f"{face.name}/{told}.pbf", entry(1, stack)


def unshaped(texts: Iterable[str]) -> int:
    """How many names are in a script whose letters join or stack, which MapLibre does not do.

    Arabic and Hebrew ones are none of them: a plugin joins and turns these (see is_turned).
    """
    return sum(
        any(script_of(letter).straight and script_of(letter).name not in _TURNED for letter in text)
        for text in set(texts) if is_straight(text)
    )  # fmt: skip


def is_turned(texts: Iterable[str]) -> bool:
    """Whether one of the names runs from the right."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for text in texts for letter in text)


def _joined(letters: Iterable[str]) -> set[str]:
    """The forms of Arabic letters within words, of which a plugin makes the names: those of letters that are there."""
    known = set(letters)
    return {chr(code) for part in _FORMS for code in part if _parts(code) and _parts(code) <= known}


@cache
def _parts(code: int) -> frozenset[str]:
    """The letters that a form stands for (UnicodeData.txt, decompositions); none where it is no form."""
    kind, *parts = unicodedata.decomposition(chr(code)).split() or [""]
    return frozenset(chr(int(part, 16)) for part in parts) if kind.startswith("<") else frozenset()


def _is_local(code: int) -> bool:
    return any(low <= code < high for low, high in _LOCAL)


def _font_for(letter: str, face: Face, known: frozenset[str], fonts: Dict[str, QRawFont]) -> QRawFont | None:
    """The first font that has the letter: the face's own, one of its script, the general one."""
    for family in (face.family, *families(script_of(letter), ""), GENERAL):
        if family in known:
            if family not in fonts:
                font = QFont(family)
                font.setPixelSize(_SIZE)
                font.setBold(face.bold)
                font.setItalic(face.italic)
                font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
                fonts[family] = QRawFont.fromFont(font)
            if fonts[family].supportsCharacter(ord(letter)):
                return fonts[family]
    return None


def _glyph(font: QRawFont, code: int) -> bytes:
    index = font.glyphIndexesForString(chr(code))[0]
    advance = font.advancesForGlyphIndexes([index])[0].x()
    path = font.pathForGlyph(index)
    left = top = width = height = 0
    # A blank has no field: an empty one is an error.
    body = b""
    if not path.isEmpty():
        box = path.boundingRect()
        left, top = math.floor(box.left()), math.floor(box.top())
        width, height = math.ceil(box.right()) - left, math.ceil(box.bottom()) - top
        shape = field(segments(path), left - BORDER, top - BORDER, width + 2 * BORDER, height + 2 * BORDER)
        body = entry(2, shape.tobytes())
    numbers = (
        (1, code),
        (3, width),
        (4, height),
        (5, _folded(left)),
        (6, _folded(-top - _ASCENT)),
        (7, round(advance)),
    )
    parts = {number: varint(number << 3) + varint(value) for number, value in numbers}
    return parts[1] + body + b"".join(parts[number] for number in range(3, 8))


def _folded(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1
