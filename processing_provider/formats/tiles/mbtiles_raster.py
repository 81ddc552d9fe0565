"""MBTiles of painted tiles: the map in any style for OsmAnd, Locus, QField and QGIS, the notice in the metadata."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...tiles.archive import about, fill
from ...tiles.mbtiles import MbTiles, contents
from ...tiles.model import Tiles
from ..contract import Job, Written
from .proof import prove_pictures


def write(view: Tiles, path: Path, job: Job) -> Written:
    """Put the tiles into one database."""
    fill(MbTiles(path), view, about(view, job.title, job.credit), job.feedback)
    return Written(dict(view.objects))


def prove(path: Path, view: Tiles, written: Written) -> None:
    """Open the database again: it is whole, with every tile of the highest zoom."""
    prove_pictures(contents(path, view.grid.maxzoom), view.grid.count(view.grid.maxzoom), "MBTiles")
