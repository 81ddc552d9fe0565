"""PDF drawn by QGIS's renderers through Qt's writer: vectors, text as text, fonts embedded."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from pathlib import Path

from qgis.core import QgsMapSettings
from qgis.PyQt.QtCore import QMarginsF, QSizeF
from qgis.PyQt.QtGui import QColor, QPageSize, QPainter, QPdfWriter

from ...cartography.picture import Picture
from ...errors import WriteError
from .. import xmp
from ..image.render import paint, screen_resolution
from ..proving import prove_size
from ..writing import Job, Written

_DPI = 600


def write(view: Picture, path: Path, job: Job) -> Written:
    """Draw the page at its true size."""
    size = QSizeF(view.page.width_mm, view.page.height_mm)
    draw(view, path, job, QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch))
    return Written(dict(view.objects))


def draw(view: Picture, path: Path, job: Job, paper: QPageSize) -> None:
    """Write a PDF with the page in the upper left corner of `paper`."""
    writer = QPdfWriter(str(path))
    writer.setTitle(job.title)
    writer.setCreator("osm2cdr")
    writer.setPageSize(paper)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    resolution = screen_resolution()
    writer.setResolution(resolution)
    if hasattr(writer, "setDocumentXmpMetadata"):
        writer.setDocumentXmpMetadata(xmp.packet(job.title, job.credit))
    settings = view.map_settings(_DPI)
    settings.setFlag(QgsMapSettings.Flag.ForceVectorOutput, True)
    painter = QPainter()
    if not painter.begin(writer):
        raise WriteError("write_failed", "PDF could not be begun.")
    try:
        painter.scale(resolution / _DPI, resolution / _DPI)
        page = settings.outputSize()
        painter.setClipRect(0, 0, page.width(), page.height())
        painter.fillRect(0, 0, page.width(), page.height(), QColor(view.background))
        paint(settings, painter, job.feedback)
    finally:
        painter.end()


def prove(path: Path, view: Picture, written: Written) -> None:
    """The file is whole and its page has the right size (72 units to the inch)."""
    data = prove_size(path, "PDF", 1000)
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", data)
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-64:] or box is None:
        raise WriteError("not_proven", "PDF is not whole.")
    if abs(float(box[1]) / 72 * 25.4 - view.page.width_mm) > 0.5:
        raise WriteError("not_proven", "PDF has a page of the wrong size.")
