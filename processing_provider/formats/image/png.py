"""PNG (ISO/IEC 15948) with resolution, sRGB profile, title and notice inside."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtGui import QColorSpace, QImageWriter

from ...cartography.rendering.paint import image
from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...text.sentence import say
from ..contract import Job, Written
from .proof import prove_image

# Qt's quality 80 packs nearly as small as the best in half the time.
_QUALITY = 80


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI."""
    picture = image(view, job.dpi, job.feedback)
    picture.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    writer = QImageWriter(str(path), b"png")
    writer.setQuality(_QUALITY)
    for key, value in (("Title", job.title), ("Copyright", job.credit), ("Software", "osm2cdr")):
        writer.setText(key, value)
    if not writer.write(picture):
        raise WriteError("write_failed", say("PNG could not be written: {0}.", writer.errorString()))
    return Written(dict(view.objects))


def prove(path: Path, view: Picture, written: Written) -> None:
    """Open the image again; it has more than one colour."""
    prove_image(path, "PNG")
