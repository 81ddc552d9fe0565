"""SVG of a drawing: a group for each layer and class, names as text, along their streets where those bend."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...drawing.model import Drawing
from ..writing import Job, Written
from . import svgmap


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(svgmap.svg(view, job, layered=False))
    return Written(svgmap.counts(view))


def prove(path: Path, view: Drawing, written: Written) -> None:
    """Read the file again: every layer with its objects, every text."""
    svgmap.prove(path.read_bytes(), view, written)
