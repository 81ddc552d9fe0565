"""Pieces of a document of Word: paragraphs, tables, pictures, sections."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Sequence

from ...text.xml_text import escape, quoteattr
from .ooxml import DECLARATION, OFFICE

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PLACED = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
# Twentieths of a point.
_TWIPS_PER_MM = 1440 / 25.4
# The width of a page's text, in millimetres.
_ROOM = 170


def _twips(mm: float) -> int:
    return round(mm * _TWIPS_PER_MM)


def document(body: str) -> str:
    """The main part."""
    spaces = f'xmlns:w="{_WORDS}" xmlns:r="{OFFICE}" xmlns:wp="{_PLACED}" xmlns:a="{_MAIN}" xmlns:pic="{_PICTURE}"'
    return f"{DECLARATION}<w:document {spaces}><w:body>{body}</w:body></w:document>"


def text(words: str, bold: bool = False) -> str:
    """A run of text."""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(words: str) -> str:
    """A paragraph of plain text."""
    return f"<w:p>{text(words)}</w:p>"


def heading(words: str, level: int = 1) -> str:
    """A heading of a level."""
    return f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>{text(words)}</w:p>'


def section(width: float, height: float, margin: float, last: bool = False) -> str:
    """The end of a section, whose pages are so many millimetres large; the last one ends the document."""
    turned = ' w:orient="landscape"' if width > height else ""
    sides = " ".join(f'w:{side}="{_twips(margin)}"' for side in ("top", "right", "bottom", "left"))
    made = (
        f'<w:sectPr><w:pgSz w:w="{_twips(width)}" w:h="{_twips(height)}"{turned}/>'
        f'<w:pgMar {sides} w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
    )
    if last:
        return made
    # A line that leaves no second page beneath the picture.
    return f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{made}</w:pPr></w:p>'


def table(rows: Sequence[Sequence[str]], shares: Sequence[int] = (3, 7), head: bool = False) -> str:
    """Rows of cells of runs, whose columns share the page; the first row stands on each page where it is a `head`."""
    widths = [_twips(_ROOM * share / sum(shares)) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = []
    for number, row in enumerate(rows):
        repeated = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head and not number else (
            "<w:trPr><w:cantSplit/></w:trPr>")  # fmt: skip
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"<w:p>{cell}</w:p></w:tc>"
            for width, cell in zip(widths, row)
        )
        lines.append(f"<w:tr>{repeated}{cells}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _graphic(relation: str, number: int, size: tuple[int, int]) -> str:
    width, height = size
    return (
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )


def inline(relation: str, number: int, label: str, size: tuple[int, int]) -> str:
    """A picture in a line; `size` in EMU, `label` for those who do not see it."""
    width, height = size
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Symbol {number}" descr={quoteattr(label)}/>'
        f"{_graphic(relation, number, size)}</wp:inline></w:drawing></w:r>"
    )


def anchored(relation: str, name: str, label: str, size: tuple[int, int]) -> str:
    """A picture from the page's upper left corner on, in a line of its own."""
    width, height = size
    place = '<wp:position{0} relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:position{0}>'
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="0" '
        f'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>{place.format("H")}{place.format("V")}'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="1" name="{name}" descr={quoteattr(label)}/>{_graphic(relation, 1, size)}'
        "</wp:anchor></w:drawing></w:r></w:p>"
    )


def styles() -> str:
    """Headings that a table of contents finds, and tables with lines."""
    font = '<w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:cs="Noto Sans" w:eastAsia="Noto Sans"/>'
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>'
        '<w:spacing w:before="240" w:after="120"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for level, size in ((1, 36), (2, 26))
    )
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 30), ("left", 108), ("bottom", 30), ("right", 108))
    )
    margins = f"<w:tblCellMar>{margins}</w:tblCellMar>"
    return (
        f'{DECLARATION}<w:styles xmlns:w="{_WORDS}"><w:docDefaults><w:rPrDefault><w:rPr>{font}<w:sz w:val="20"/>'
        '</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        f'<w:name w:val="Normal"/></w:style>{headings}<w:style w:type="table" w:styleId="TableGrid">'
        f'<w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>{sides}</w:tblBorders>{margins}</w:tblPr></w:style>'
        "</w:styles>"
    )
