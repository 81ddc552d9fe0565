"""SVG of a drawing: a group for each layer and class, names as text, along their streets where those bend."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...drawing.model import Drawing
from ..contract import Job, Written
from . import svgmap
from .svg_proof import prove

__all__ = ["prove", "write"]


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file."""
    return svgmap.write(view, path, job, layered=False)
