"""Fonts inside a PDF: the glyphs that are used, with the letters that they stand for (ISO 32000-1, 9.7 and 9.10.3)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct

from ...drawing.shaping import EM
from . import pdf_objects as pdf
from . import sfnt
from .faces import Face, Faces, tag

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


def write(file: pdf.PdfFile, faces: Faces) -> dict[str, int]:
    """Put the fonts into the file; the object of each by its label."""
    return {face.label: _write(file, face) for face in faces.faces.values()}


def _write(file: pdf.PdfFile, face: Face) -> int:
    tables = sfnt.tables(face.font)
    is_cff = "CFF " in tables
    used = sorted(face.widths)
    if is_cff:
        program = file.stream(tables["CFF "], "/Subtype /CIDFontType0C")
    else:
        data = sfnt.subset(tables, used)
        program = file.stream(data, f"/Length1 {len(data)}")
    family, style = str(face.font.familyName()), face.name
    base = pdf.name(face.plain if is_cff else f"{tag(used)}+{face.plain}")
    scale = 1000 / struct.unpack(">H", tables["head"][18:20])[0]
    box = " ".join(str(round(value * scale)) for value in struct.unpack(">4h", tables["head"][36:44]))
    ascent, descent = round(face.font.ascent() / EM * 1000), -round(face.font.descent() / EM * 1000)
    angle = -12 if "Italic" in style else 0
    descriptor = file.put(
        f"<< /Type /FontDescriptor /FontName {base} /FontFamily {pdf.byte_string(family)} "
        f"/Flags {4 | (64 if angle else 0)} /FontBBox [{box}] /ItalicAngle {angle} "
        f"/Ascent {ascent} /Descent {descent} "
        f"/CapHeight {round(face.font.capHeight() / EM * 1000)} /StemV {140 if 'Bold' in style else 80} "
        f"/{'FontFile3' if is_cff else 'FontFile2'} {pdf.reference(program)} >>"
    )
    widths = " ".join(f"{glyph} [{face.widths[glyph]}]" for glyph in used)
    kind = "/CIDFontType0" if is_cff else "/CIDFontType2 /CIDToGIDMap /Identity"
    descendant = file.put(
        f"<< /Type /Font /Subtype {kind} /BaseFont {base} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        f"/Supplement 0 >> /FontDescriptor {pdf.reference(descriptor)} /DW 1000 /W [{widths}] >>"
    )
    letters = file.stream(_to_unicode(face.letters, used))
    return file.put(
        f"<< /Type /Font /Subtype /Type0 /BaseFont {base} /Encoding /Identity-H "
        f"/DescendantFonts [{pdf.reference(descendant)}] /ToUnicode {pdf.reference(letters)} >>"
    )


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
