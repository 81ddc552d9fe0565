"""CorelDRAW 12 (native): layers, groups by class, curves, artistic text, fills and outlines. See docs/corel.md."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ....drawing.model import Drawing
from ....errors import WriteError
from ...writing import Job, Written
from ..svgmap import counts
from .document import Document


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file."""
    document = Document(view, job.colors == "cmyk")
    path.write_bytes(document.written(job.title, job.credit, job.feedback.check))
    return Written(counts(view))


def prove(path: Path, view: Drawing, written: Written) -> None:
    """Unpack the file again."""
    data = path.read_bytes()
    if data[:4] != b"RIFF" or data[8:12] != b"CDRC" or int.from_bytes(data[4:8], "little") + 8 != len(data):
        raise WriteError("not_proven", "CorelDRAW came out broken.")
