"""Fonts inside a PDF: the glyphs that are used, with the letters that they stand for (ISO 32000-1, 9.7 and 9.10.3)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from dataclasses import dataclass, field

from qgis.PyQt.QtGui import QRawFont

from ...drawing.shaping import EM, Run, postscript_name, shaped
from . import pdf_objects as pdf
from . import sfnt

_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL = """
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
_LIGATURES = ("ffi", "ffl", "ff", "fi", "fl", "tt", "ti", "ft")


@dataclass
class Face:
    """A font of the file: how content calls it, its object, and the letters of its glyphs."""

    label: str
    number: int
    font: QRawFont
    letters: dict[int, str] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)


class Fonts:
    """The fonts of a file, as they come to be used."""

    def __init__(self, file: pdf.PdfFile) -> None:
        self._file = file
        self.faces: dict[str, Face] = {}

    def face(self, run: Run, text: str) -> Face:
        """The font of a run; `text` is what the run, maybe with others, spells."""
        known = self.faces.get(run.face)
        if known is None:
            known = self.faces[run.face] = Face(f"F{len(self.faces) + 1}", self._file.take(), run.font)
        for glyph, advance in zip(run.glyphs, run.advances):
            known.widths[glyph] = round(advance)
        if any(glyph not in known.letters for glyph in run.glyphs):
            for letter in set(text):
                for glyph in run.font.glyphIndexesForString(letter):
                    known.letters.setdefault(int(glyph), letter)
            self._ligatures(known, run, text)
        return known

    def _ligatures(self, face: Face, run: Run, text: str) -> None:
        """Glyphs that stand for several letters."""
        if any(glyph not in face.letters for glyph in run.glyphs):
            family, name = str(run.font.familyName()), run.face
            for letters in _LIGATURES:
                if letters in text:
                    made = shaped(letters, family, "Bold" in name, "Italic" in name)
                    if len(made) == 1 and len(made[0].glyphs) == 1:
                        face.letters.setdefault(made[0].glyphs[0], letters)

    def write(self) -> None:
        """Put all fonts into the file."""
        for face in self.faces.values():
            self._write(face)

    def _write(self, face: Face) -> None:
        tables = sfnt.tables(face.font)
        is_cff = "CFF " in tables
        used = sorted(face.widths)
        if is_cff:
            program = self._file.stream(tables["CFF "], "/Subtype /CIDFontType0C")
        else:
            data = sfnt.subset(tables, used)
            program = self._file.stream(data, f"/Length1 {len(data)}")
        family, style = str(face.font.familyName()), postscript_name(face.font)
        plain = "".join(c for c in style if c.isascii() and (c.isalnum() or c == "-"))
        base = pdf.name(plain if is_cff else f"{_tag(used)}+{plain}")
        scale = 1000 / struct.unpack(">H", tables["head"][18:20])[0]
        box = " ".join(str(round(value * scale)) for value in struct.unpack(">4h", tables["head"][36:44]))
        ascent, descent = round(face.font.ascent() / EM * 1000), -round(face.font.descent() / EM * 1000)
        angle = -12 if "Italic" in style else 0
        descriptor = self._file.put(
            f"<< /Type /FontDescriptor /FontName {base} /FontFamily {pdf.text(family)} "
            f"/Flags {4 | (64 if angle else 0)} /FontBBox [{box}] /ItalicAngle {angle} "
            f"/Ascent {ascent} /Descent {descent} "
            f"/CapHeight {round(face.font.capHeight() / EM * 1000)} /StemV {140 if 'Bold' in style else 80} "
            f"/{'FontFile3' if is_cff else 'FontFile2'} {pdf.reference(program)} >>"
        )
        widths = " ".join(f"{glyph} [{face.widths[glyph]}]" for glyph in used)
        kind = "/CIDFontType0" if is_cff else "/CIDFontType2 /CIDToGIDMap /Identity"
        descendant = self._file.put(
            f"<< /Type /Font /Subtype {kind} /BaseFont {base} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            f"/Supplement 0 >> /FontDescriptor {pdf.reference(descriptor)} /DW 1000 /W [{widths}] >>"
        )
        letters = self._file.stream(_to_unicode(face.letters, used))
        self._file.put(
            f"<< /Type /Font /Subtype /Type0 /BaseFont {base} /Encoding /Identity-H "
            f"/DescendantFonts [{pdf.reference(descendant)}] /ToUnicode {pdf.reference(letters)} >>",
            face.number,
        )


def _tag(glyphs: list[int]) -> str:
    """Six letters that tell one subset from another."""
    value = hash(tuple(glyphs)) & 0xFFFFFFFF
    return "".join(chr(65 + value // 26**place % 26) for place in range(6))


def _to_unicode(letters: dict[int, str], used: list[int]) -> bytes:
    """A CMap from glyphs to letters."""
    known = [(glyph, letters[glyph]) for glyph in used if glyph in letters]
    blocks = []
    for start in range(0, len(known), 100):
        lines = [
            f"<{glyph:04X}> <{value.encode('utf-16-be').hex().upper()}>" for glyph, value in known[start : start + 100]
        ]
        blocks.append(f"{len(lines)} beginbfchar\n" + "\n".join(lines) + "\nendbfchar")
    return (_CMAP_HEAD + "\n".join(blocks) + _CMAP_TAIL).encode("ascii")
