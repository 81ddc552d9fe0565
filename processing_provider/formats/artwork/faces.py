"""The fonts of a file as they come to be used: which glyphs, how wide they are, and the letters that they stand for."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from qgis.PyQt.QtGui import QRawFont

from ...drawing.model import Drawing
from ...drawing.shaping import Run, stand_ins
from ...text.sentence import joined, say
from ..contract import Job


@dataclass
class Face:
    """A font of the file: how content calls it, its PostScript name, the letters and the widths of its glyphs."""

    label: str
    name: str
    font: QRawFont
    letters: dict[int, str] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        """The name with the letters alone that are safe in every format."""
        return "".join(letter for letter in self.name if letter.isascii() and (letter.isalnum() or letter == "-"))


def tag(glyphs: list[int]) -> str:
    """Six letters that tell one subset of a font from another (ISO 32000-1, 9.6.4)."""
    value = hash(tuple(glyphs)) & 0xFFFFFFFF
    return "".join(chr(65 + value // 26**place % 26) for place in range(6))


def tell_stand_ins(drawing: Drawing, job: Job, kind: str) -> None:
    """Warn of fonts that are not those that the names are said to have: they are embedded, and stay."""
    others = stand_ins(drawing)
    if others:
        told = joined([say("{0} ({1} in its place)", family, other) for family, other in sorted(others.items())], ", ")
        text = say("{0} should hold fonts that this machine lacks: {1}; install them and export again.", kind, told)
        job.feedback.warning("font_stands_in", text)


class Faces:
    """The fonts of a file by their PostScript names."""

    def __init__(self) -> None:
        self.faces: dict[str, Face] = {}

    def face(self, run: Run, text: str) -> Face:
        """The font of a run; `text` is what the run, maybe with others, spells."""
        known = self.faces.get(run.face)
        if known is None:
            known = self.faces[run.face] = Face(f"F{len(self.faces) + 1}", run.face, run.font)
        for glyph, advance in zip(run.glyphs, run.advances):
            known.widths[glyph] = round(advance)
        if any(glyph not in known.letters for glyph in run.glyphs):
            text = unicodedata.normalize("NFC", text)
            for letter in sorted(set(text)):
                for glyph in run.font.glyphIndexesForString(letter):
                    known.letters.setdefault(int(glyph), letter)
            # Comparing takes the square of a long text: only where it has something to find.
            if any(glyph not in known.letters for glyph in run.glyphs):
                _others(known, run, text)
        return known


def _others(face: Face, run: Run, text: str) -> None:
    """The letters of glyphs that stand for them between certain neighbours, as the others leave them over.

    Arabic letters that are joined, half letters of Indic scripts, alternates of Latin ones: what has no letter is lost
    to programs that read glyph by glyph.
    """
    letters = [(letter, int(glyph)) for letter in text for glyph in run.font.glyphIndexesForString(letter)[:1]]
    order = sorted(range(len(run.glyphs)), key=lambda number: run.places[number][0])
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        order.reverse()
    glyphs = [run.glyphs[number] for number in order]
    matcher = SequenceMatcher(None, glyphs, [glyph for _, glyph in letters], autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "replace":
            left = [letter for letter, _ in letters[first:last]]
            for number, glyph in enumerate(glyphs[start:end]):
                spelled = "".join(left[number:] if number == end - start - 1 else left[number : number + 1])
                if spelled:
                    face.letters.setdefault(glyph, spelled)
