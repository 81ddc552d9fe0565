"""Fonts of a PostScript program: Type 1 fonts of the glyphs that are used, drawn anew from the outlines of any font.

Adobe Type 1 Font Format, version 1.1: every interpreter has it, be the font's own file TrueType or CFF. Glyphs are
named by what they stand for (Adobe Glyph List), so that whoever makes a PDF of the program finds its words.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING, Iterable, Iterator

import numpy as np

from ...drawing.model import CURVE, LINE, MOVE
from ...drawing.record.path_stream import elements
from .faces import Face, tag

if TYPE_CHECKING:
    import numpy.typing as npt

# Numbers of a font's units lie in these ranges: one byte, two bytes, five.
_ONE, _TWO = 107, 1131
_HSBW, _CLOSE, _END, _MOVE, _LINE, _CURVE = b"\x0d", b"\x09", b"\x0e", b"\x15", b"\x05", b"\x08"
_KEY, _FACTOR, _STEP = 4330, 52845, 22719
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# Codes of letters beyond ASCII.
_FREE = (*range(128, 256), *range(1, 32))


class Codes:
    """How strings call a face's glyphs: a letter of ASCII by itself; fonts of 255 codes each, as many as it takes."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self._codes: dict[int, tuple[int, int]] = {}
        self._taken: set[tuple[int, int]] = set()
        self._free = self._places()

    def _places(self) -> Iterator[tuple[int, int]]:
        yield from ((0, code) for code in _FREE)
        for number in range(1, 258):
            yield from ((number, code) for code in range(1, 256))

    def code(self, glyph: int) -> tuple[int, int]:
        """The number of the font and the byte of a glyph."""
        known = self._codes.get(glyph)
        if known is None:
            letter = self.face.letters.get(glyph, "")
            own = (0, ord(letter)) if len(letter) == 1 and " " <= letter <= "~" else None
            known = own if own and own not in self._taken else next(self._free)
            self._codes[glyph] = known
            self._taken.add(known)
        return known

    @property
    def count(self) -> int:
        """How many fonts it takes."""
        return 1 + max((number for number, _ in self._codes.values()), default=0)

    def name(self, number: int) -> str:
        """The PostScript name of one of the fonts."""
        used = sorted(glyph for glyph, (font, _) in self._codes.items() if font == number)
        return f"{tag(used)}+{self.face.plain}"

    def program(self, number: int) -> str:
        """One of the fonts as a dictionary that defines itself."""
        codes = {glyph: code for glyph, (font, code) in self._codes.items() if font == number}
        names = dict(zip(codes, _names(self.face.letters.get(glyph, "") for glyph in codes)))
        shapes = [_outline(self.face, glyph) for glyph in codes]
        corners = np.concatenate([points for points, _ in shapes] or [np.zeros((1, 2), int)])
        low, high = (corners.min(axis=0), corners.max(axis=0)) if len(corners) else (np.zeros(2, int), np.zeros(2, int))
        encoding = "".join(f"dup {code} /{names[glyph]} put\n" for glyph, code in codes.items())
        strings = "".join(
            f"/{names[glyph]} <{_charstring(points, kinds, self.face.widths.get(glyph, 0)).hex()}> def\n"
            for (glyph, (points, kinds)) in zip(codes, shapes)
        )
        missing = _charstring(np.zeros((0, 2), int), np.zeros(0, np.uint8), 500).hex()
        words = {glyph: letter for glyph, letter in self.face.letters.items() if glyph in codes and letter}
        meanings = "".join(
            f"/{names[glyph]} <{letter.encode('utf-16-be', 'replace').hex()}> def\n" for glyph, letter in words.items()
        )
        # What glyphs stand for, by the convention of Adobe's and Microsoft's printer drivers.
        return (
            f"12 dict begin\n/FontType 1 def\n/PaintType 0 def\n/FontName /{self.name(number)} def\n"
            f"/FontMatrix [0.001 0 0 0.001 0 0] def\n/FontBBox {{{low[0]} {low[1]} {high[0]} {high[1]}}} def\n"
            f"/FontInfo 1 dict dup begin /GlyphNames2Unicode {len(words)} dict dup begin\n{meanings}end def end def\n"
            f"/Encoding 256 array 0 1 255 {{1 index exch /.notdef put}} for\n{encoding}def\n"
            "/Private 4 dict dup begin /BlueValues [] def /MinFeature {16 16} def /password 5839 def end def\n"
            f"/CharStrings {len(codes) + 1} dict dup begin\n/.notdef <{missing}> def\n{strings}end def\n"
            "currentdict end\ndup /FontName get exch definefont\n"
        )


def _names(letters: Iterable[str]) -> Iterator[str]:
    """A name for each glyph by its letters, the second of one name with a number behind."""
    seen: dict[str, int] = {}
    for word in letters:
        name = "_".join(_name(letter) for letter in word) or "unknown"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}.alt{seen[name]}"


def _name(letter: str) -> str:
    if letter.isascii() and letter.isalpha():
        return letter
    if letter.isascii() and letter.isdigit():
        return _DIGITS[int(letter)]
    return "space" if letter == " " else f"uni{ord(letter):04X}" if ord(letter) < 0x10000 else f"u{ord(letter):X}"


def _outline(face: Face, glyph: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """A glyph's points in thousandths of the em, y upwards, and what each is."""
    points, kinds = elements(face.font.pathForGlyph(glyph))
    return np.rint(points * (1, -1)).astype(int), kinds


def _charstring(points: npt.NDArray[np.int64], kinds: npt.NDArray[np.uint8], width: int) -> bytes:
    """The glyph's program, coded; a subpath's last point is left out where it is its first."""
    out = [_number(0), _number(width), _HSBW]
    here, left = np.zeros(2, int), 0
    starts = np.flatnonzero(kinds == MOVE)
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(kinds)]):
        again = end - start > 2 and kinds[end - 1] == LINE and bool((points[start] == points[end - 1]).all())
        last = end - 1 if again else end
        steps = np.diff(np.vstack([here, points[start:last]]), axis=0)
        for kind, (x, y) in zip(kinds[start:last].tolist(), steps.tolist()):
            out += [_number(x), _number(y)]
            left = 2 if kind == CURVE else left - 1
            if kind in (MOVE, LINE) or left == 0:
                out.append(_MOVE if kind == MOVE else _LINE if kind == LINE else _CURVE)
        here = points[last - 1]
        out.append(_CLOSE)
    return _coded(b"".join([*out, _END]))


def _number(value: int) -> bytes:
    """A whole number in as few bytes as it takes (6.2)."""
    if -_ONE <= value <= _ONE:
        return bytes([value + 139])
    if abs(value) <= _TWO:
        high, low = divmod(abs(value) - _ONE - 1, 256)
        return bytes([high + (247 if value > 0 else 251), low])
    return b"\xff" + value.to_bytes(4, "big", signed=True)


def _coded(program: bytes) -> bytes:
    """Charstring encryption (7.1), which is no secret: interpreters expect it."""
    key, out = _KEY, bytearray()
    for byte in bytes(4) + program:
        out.append(byte ^ (key >> 8))
        key = ((out[-1] + key) * _FACTOR + _STEP) & 0xFFFF
    return bytes(out)
