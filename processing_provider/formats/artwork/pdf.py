"""PDF drawn by QGIS's renderers through Qt's writer: vectors, text as text, fonts embedded."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from pathlib import Path

from qgis.PyQt.QtCore import QMarginsF, QSizeF
from qgis.PyQt.QtGui import QPageSize, QPainter, QPdfWriter

from ...cartography.picture import Picture
from ...errors import WriteError
from .. import xmp
from ..image.render import on_sheet, screen_resolution
from ..proving import prove_size
from ..writing import Job, Written

_DPI = 600
_MEDIA_BOX = re.compile(rb"/MediaBox\s*\[\s*([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s*\]")


def write(view: Picture, path: Path, job: Job) -> Written:
    """Draw the sheet at its true size."""
    sheet = view.page.sheet
    size = QSizeF(sheet.width, sheet.height)
    draw(view, path, job, QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch))
    _true_size(path, sheet.width, sheet.height)
    return Written(dict(view.objects))


def draw(view: Picture, path: Path, job: Job, paper: QPageSize) -> None:
    """Write a PDF with the sheet in the upper left corner of `paper`."""
    writer = QPdfWriter(str(path))
    writer.setTitle(job.title)
    writer.setCreator("osm2cdr")
    writer.setPageSize(paper)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    resolution = screen_resolution()
    writer.setResolution(resolution)
    if hasattr(writer, "setDocumentXmpMetadata"):
        writer.setDocumentXmpMetadata(xmp.packet(job.title, job.credit))
    painter = QPainter()
    if not painter.begin(writer):
        raise WriteError("write_failed", "PDF could not be begun.")
    try:
        painter.scale(resolution / _DPI, resolution / _DPI)
        on_sheet(view, painter, _DPI, job.feedback, vectors=True)
    finally:
        painter.end()


def _true_size(path: Path, width: float, height: float) -> None:
    """Qt rounds a page to whole points, but has written them with six decimals: there is room for the true box.

    The drawing hangs from the upper edge, so the lower one moves.
    """
    with path.open("r+b") as file:
        box = _MEDIA_BOX.search(file.read())
        if box is None:
            raise WriteError("write_failed", "PDF came out of Qt in an unknown form.")
        top = float(box[4])
        true = b"%d %.4f %.4f %d" % (0, top - height / 25.4 * 72, width / 25.4 * 72, top)
        room = box.end(4) - box.start(1)
        if len(true) <= room:
            file.seek(box.start(1))
            file.write(true.ljust(room))


def prove(path: Path, view: Picture, written: Written) -> None:
    """The file is whole and its page has the right size (72 units to the inch)."""
    data = prove_size(path, "PDF", 1000)
    box = _MEDIA_BOX.search(data)
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-64:] or box is None:
        raise WriteError("not_proven", "PDF is not whole.")
    left, bottom, right, top = (float(edge) / 72 * 25.4 for edge in box.groups())
    sheet = view.page.sheet
    if max(abs(right - left - sheet.width), abs(top - bottom - sheet.height)) > 0.01:
        raise WriteError("not_proven", "PDF has a page of the wrong size.")
