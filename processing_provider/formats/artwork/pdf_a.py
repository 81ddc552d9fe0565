"""PDF/A-2b (ISO 19005-2), which archives keep: fonts and a colour profile inside, layers and transparency allowed."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...drawing.model import Drawing
from ...errors import WriteError
from ..contract import Job, Written
from . import pdfmap
from .pdf_standards import archive


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file, in RGB."""
    return pdfmap.write(view, path, job, standard=archive(job))


def prove(path: Path, view: Drawing, written: Written) -> None:
    """What a PDF has, its output intent, and what says that it is PDF/A."""
    pdfmap.prove(path, view, written)
    data = path.read_bytes()
    if b"<pdfaid:part>2</pdfaid:part>" not in data or b"/DestOutputProfile " not in data:
        raise WriteError("not_proven", "PDF/A does not say that it is one.")
