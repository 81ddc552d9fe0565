"""PMTiles of vector tiles (Mapbox Vector Tile 2.1): a layer per table, all attributes, the notice in the metadata."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zlib
from pathlib import Path

from ...errors import WriteError
from ...text.sentence import say
from ...tiles import mvt
from ...tiles.archive import about, fill
from ...tiles.model import Tiles
from ...tiles.pmtiles import PmTiles, contents
from ..contract import Job, Written


def write(view: Tiles, path: Path, job: Job) -> Written:
    """Put the tiles into one file."""
    fill(PmTiles(path), view, about(view, job.title, job.credit), job.feedback)
    return Written(dict(view.objects))


def prove(path: Path, view: Tiles, written: Written) -> None:
    """Open the file again: the directories lead to every tile, and the highest zoom has every layer."""
    found: set[str] = set()
    for data in contents(path, view.grid.maxzoom):
        found |= mvt.names(zlib.decompress(data, 31))
    missing = sorted(set(written.layers) - found)
    if missing:
        raise WriteError("not_proven", say("PMTiles came out without {0}.", ", ".join(missing)))
