"""BMP (BITMAPINFOHEADER, 24 bits a pixel, not compressed), which has no place for a title or a notice.

Facts: learn.microsoft.com/windows/win32/gdi/bitmap-storage; resolution is kept as pixels per metre.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtGui import QImage, QImageWriter

from ...cartography.rendering.paint import image
from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...text.sentence import say
from ..contract import Job, Written
from .proof import prove_image


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI."""
    picture = image(view, job.dpi, job.feedback).convertToFormat(QImage.Format.Format_RGB888)
    writer = QImageWriter(str(path), b"bmp")
    if not writer.write(picture):
        raise WriteError("write_failed", say("BMP could not be written: {0}.", writer.errorString()))
    return Written(dict(view.objects))


def prove(path: Path, view: Picture, written: Written) -> None:
    """Open the image again; it has more than one colour."""
    prove_image(path, "BMP")
