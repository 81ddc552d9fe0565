"""MBTiles of vector tiles (Mapbox Vector Tile 2.1): a layer per table, all attributes, the notice in the metadata."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...tiles.archive import about, fill
from ...tiles.mbtiles import MbTiles, contents
from ...tiles.model import Tiles
from ..contract import Job, Written
from .proof import prove_layers


def write(view: Tiles, path: Path, job: Job) -> Written:
    """Put the tiles into one database."""
    fill(MbTiles(path), view, about(view, job.title, job.credit), job.feedback)
    return Written(dict(view.objects))


def prove(path: Path, view: Tiles, written: Written) -> None:
    """Open the database again: it is whole, and the highest zoom has every layer."""
    prove_layers(contents(path, view.grid.maxzoom), written, "MBTiles")
