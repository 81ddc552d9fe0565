"""PDF/X-4 (ISO 15930-7) for a press: inks of a profile, which is the output intent, layers and transparency kept.

Grey letters and thin grey lines are black ink alone, dark ones printed over what lies below; small letters of a
colour are two inks at most.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ...drawing.model import Drawing
from ...errors import WriteError
from ..contract import Job, Written
from . import pdfmap
from .pdf_press import sheet
from .pdf_standards import press


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file, in CMYK whatever colours are asked for."""
    job = replace(job, colors="cmyk")
    return pdfmap.write(view, path, job, standard=press(job), sheet=sheet(view, job))


def prove(path: Path, view: Drawing, written: Written) -> None:
    """What a PDF has, its output intent, and what says that it is PDF/X-4."""
    pdfmap.prove(path, view, written)
    data = path.read_bytes()
    if b">PDF/X-4</pdfxid:GTS_PDFXVersion>" not in data or b"/DestOutputProfile " not in data:
        raise WriteError("not_proven", "PDF/X does not say that it is one.")
