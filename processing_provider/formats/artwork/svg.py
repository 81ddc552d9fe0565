"""SVG drawn by QGIS's renderers through Qt's generator, cut at the page."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape

from qgis.core import QgsMapSettings
from qgis.PyQt.QtCore import QRectF, QSize
from qgis.PyQt.QtGui import QColor, QPainter
from qgis.PyQt.QtSvg import QSvgGenerator
from qgis.PyQt.QtXml import QDomDocument

from ...cartography.picture import Picture
from ...errors import WriteError
from ..image.render import paint
from ..proving import prove_size
from ..writing import Job, Written

# Units in the file: at 600 to the inch a stroke of 0.09 mm still is two units wide.
_DPI = 600
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(view: Picture, path: Path, job: Job) -> Written:
    """Draw the page; text stays text."""
    settings = view.map_settings(_DPI)
    settings.setFlag(QgsMapSettings.Flag.ForceVectorOutput, True)
    size: QSize = settings.outputSize()
    raw = path.with_suffix(".raw.svg")
    generator = QSvgGenerator()
    generator.setFileName(str(raw))
    generator.setResolution(_DPI)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    painter = QPainter(generator)
    try:
        painter.fillRect(0, 0, size.width(), size.height(), QColor(view.background))
        paint(settings, painter, job.feedback)
    finally:
        painter.end()
    if not raw.read_bytes()[-20:].rstrip().endswith(b"</svg>"):
        raise WriteError("write_failed", "SVG could not be written to its end.")
    text = _CONTROL.sub("", raw.read_text(encoding="utf-8"))
    raw.unlink()
    path.write_text(_finished(text, view, job), encoding="utf-8")
    return Written(dict(view.objects))


def _finished(text: str, view: Picture, job: Job) -> str:
    """The file with its true size in mm, title, licence, and a clip at the page's edge."""
    width, height = view.page.width_mm, view.page.height_mm
    box = re.search(r'viewBox="([\d. ]+)"', text)
    if box is None:
        raise WriteError("write_failed", "SVG came out of Qt in an unknown form.")
    _, _, units_x, units_y = box[1].split()
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        f'width="{width:.3f}mm" height="{height:.3f}mm" viewBox="0 0 {units_x} {units_y}">\n'
        f"<title>{escape(_CONTROL.sub('', job.title))}</title>\n"
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">'
        f"<dc:rights>{escape(job.credit)}</dc:rights></rdf:Description></rdf:RDF></metadata>\n"
        f'<clipPath id="page"><rect width="{units_x}" height="{units_y}"/></clipPath>\n<g clip-path="url(#page)">\n'
    )
    body = text[text.index("<defs>") : text.rindex("</svg>")]
    return head + body + "</g>\n</svg>\n"


def prove(path: Path, view: Picture, written: Written) -> None:
    """Parse the file again; it has paths."""
    data = prove_size(path, "SVG")
    document = QDomDocument()
    if not document.setContent(data):
        raise WriteError("not_proven", "SVG is not well-formed.")
    if document.elementsByTagName("path").isEmpty():
        raise WriteError("not_proven", "SVG came out without a path.")
