"""Vector tiles as a folder of z/x/y.pbf in a zip, with TileJSON and a README that carries the notice."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from pathlib import Path

from ...errors import WriteError
from ...text.sentence import say
from ...tiles import mvt
from ...tiles.archive import about, fill
from ...tiles.folder import VECTOR_SUFFIX, Folder, check, readme
from ...tiles.model import Tiles
from ..contract import Job, Written


def write(view: Tiles, path: Path, job: Job) -> Written:
    """Put the tiles into one zip."""
    text = readme(view, job.title, job.credit, VECTOR_SUFFIX)
    fill(Folder(path, VECTOR_SUFFIX, text), view, about(view, job.title, job.credit), job.feedback)
    return Written(dict(view.objects))


def prove(path: Path, view: Tiles, written: Written) -> None:
    """Open the zip again: it is whole, and the highest zoom has every layer."""
    found: set[str] = set()
    with zipfile.ZipFile(path) as archive:
        tiles = [name for name in archive.namelist() if name.endswith(VECTOR_SUFFIX)]
        for name in tiles:
            if name.startswith(f"{view.grid.maxzoom}/"):
                found |= mvt.names(archive.read(name))
    check(path, len(tiles), VECTOR_SUFFIX)
    missing = sorted(set(written.layers) - found)
    if missing:
        raise WriteError("not_proven", say("{0} came out without {1}.", "MVT", ", ".join(missing)))
