"""Painted tiles as a folder of z/x/y.png in a zip, with TileJSON and a README that carries the notice."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...tiles.archive import about, fill
from ...tiles.folder import PAINTED_SUFFIX, Folder, check, told
from ...tiles.model import Tiles
from ..archive import readme
from ..contract import Job, Written


def write(view: Tiles, path: Path, job: Job) -> Written:
    """Put the tiles into one zip."""
    text = readme(job, *told(view, PAINTED_SUFFIX))
    fill(Folder(path, PAINTED_SUFFIX, text), view, about(view, job.title, job.credit), job.feedback)
    return Written(dict(view.objects))


def prove(path: Path, view: Tiles, written: Written) -> None:
    """Open the zip again: it is whole, with every tile of the grid."""
    check(path, sum(view.grid.count(zoom) for zoom in view.grid.zooms), PAINTED_SUFFIX)
