"""SVG drawn by QGIS's renderers through Qt's generator, the map cut at its frame."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from pathlib import Path
from typing import Callable
from xml.sax.saxutils import escape

from qgis.PyQt.QtCore import QRectF, QSize
from qgis.PyQt.QtGui import QPainter
from qgis.PyQt.QtSvg import QSvgGenerator
from qgis.PyQt.QtXml import QDomDocument

from ...cartography.picture import Picture
from ...cartography.pieces import EM, Text, draw
from ...cartography.sheet import paper_color
from ...errors import WriteError
from ..image.render import on_map
from ..proving import prove_size
from ..writing import Job, Written

# Units in the file: at 600 to the inch a stroke of 0.09 mm still is two units wide.
_DPI = 600
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(view: Picture, path: Path, job: Job) -> Written:
    """Draw the map and what stands round it; text stays text."""
    sheet, dot = view.page.sheet, _DPI / 25.4
    size = view.map_settings(_DPI).outputSize()

    def over(painter: QPainter) -> None:
        painter.scale(dot, dot)
        draw(view.furniture(), painter)

    whole = QSize(round(sheet.width * dot), round(sheet.height * dot))
    below = _drawn(path, size, lambda painter: on_map(view, painter, _DPI, job.feedback, vectors=True))
    above = _lettered(_drawn(path, whole, over), view)
    x, y = round(sheet.left * dot), round(sheet.top * dot)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        f'width="{sheet.width:.3f}mm" height="{sheet.height:.3f}mm" viewBox="0 0 {sheet.width * dot:.3f} '
        f'{sheet.height * dot:.3f}">\n'
        f"<title>{escape(_CONTROL.sub('', job.title))}</title>\n"
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">'
        f"<dc:rights>{escape(job.credit)}</dc:rights></rdf:Description></rdf:RDF></metadata>\n"
        f'<clipPath id="frame"><rect width="{size.width()}" height="{size.height()}"/></clipPath>\n'
        f'<rect id="paper" width="100%" height="100%" fill="{paper_color(view)}"/>\n'
        f'<g id="map" transform="translate({x} {y})"><g clip-path="url(#frame)">\n{below}</g></g>\n'
        f'<g id="sheet">\n{above}</g>\n</svg>\n'
    )
    path.write_text(text, encoding="utf-8")
    return Written(dict(view.objects))


def _drawn(path: Path, size: QSize, drawing: Callable[[QPainter], None]) -> str:
    """What Qt's generator makes of a drawing, without the file's head and end."""
    raw = path.with_suffix(".raw.svg")
    generator = QSvgGenerator()
    generator.setFileName(str(raw))
    generator.setResolution(_DPI)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    painter = QPainter(generator)
    try:
        drawing(painter)
    finally:
        painter.end()
    text = _CONTROL.sub("", raw.read_text(encoding="utf-8", errors="replace"))
    raw.unlink()
    if not text[-20:].rstrip().endswith("</svg>") or "<defs>" not in text:
        raise WriteError("write_failed", "SVG could not be written to its end.")
    return text[text.index("<defs>") : text.rindex("</svg>")]


def _lettered(text: str, view: Picture) -> str:
    """What Qt's generator forgets: the space between letters, and where a text is held when a font is missing."""
    for piece in view.furniture():
        if not isinstance(piece, Text) or not (piece.anchor or piece.lettering.spacing):
            continue
        rest = re.escape(escape(piece.text, {'"': "&quot;"})) + "</text>)"
        kept = re.compile(r'x="0"(?P<rest>[^<>]*>' + rest)
        held = {0.5: ' text-anchor="middle"', 1.0: ' text-anchor="end"'}.get(piece.anchor, "")
        spaced = f' letter-spacing="{piece.lettering.tracking(piece.text) * EM:.2f}"' if piece.lettering.spacing else ""
        x = piece.anchor * piece.width / piece.size * EM
        text = kept.sub(rf'x="{x:.2f}"{held}{spaced}\g<rest>', text, count=1)
    return text


def prove(path: Path, view: Picture, written: Written) -> None:
    """Parse the file again; it has paths."""
    data = prove_size(path, "SVG")
    document = QDomDocument()
    if not document.setContent(data):
        raise WriteError("not_proven", "SVG is not well-formed.")
    if document.elementsByTagName("path").isEmpty():
        raise WriteError("not_proven", "SVG came out without a path.")
