"""Vector tiles as a folder of z/x/y.pbf in a zip, with TileJSON and a README that carries the notice.

Beside them the map of the chosen style: as a MapLibre style with its glyphs and icons, and as a page.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from pathlib import Path

from ...errors import WriteError
from ...text.sentence import say
from ...tiles import mvt
from ...tiles.archive import about, fill
from ...tiles.folder import VECTOR_SUFFIX, Folder, check, told
from ...tiles.model import Tiles
from ...webmap import bundle
from ..archive import readme
from ..contract import Job, Written


def write(view: Tiles, path: Path, job: Job) -> Written:
    """Put the tiles into one zip."""
    text, said = readme(job, bundle.README, *told(view, VECTOR_SUFFIX)), about(view, job.title, job.credit)
    fill(Folder(path, VECTOR_SUFFIX, text), view, said, job.feedback.part(0, 50))
    source = {"tiles": [f"{{z}}/{{x}}/{{y}}{VECTOR_SUFFIX}"], "minzoom": said["minzoom"], "maxzoom": said["maxzoom"],
              "bounds": said["bounds"]}  # fmt: skip
    with zipfile.ZipFile(path, "a") as archive:
        bundle.add(archive, view, job.theme, said, source, job.feedback.part(50, 100), job.layers, job.language)
    return Written(dict(view.objects))


def prove(path: Path, view: Tiles, written: Written) -> None:
    """Open the zip again: it is whole, and the highest zoom has every layer."""
    found: set[str] = set()
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        tiles = [name for name in names if name.endswith(VECTOR_SUFFIX) and not name.startswith(f"{bundle.GLYPHS}/")]
        for name in tiles:
            if name.startswith(f"{view.grid.maxzoom}/"):
                found |= mvt.names(archive.read(name))
    check(path, len(tiles), VECTOR_SUFFIX, beside=bundle.GLYPHS)
    missing = sorted({*written.layers, bundle.STYLE, bundle.PAGE} - found - names)
    if missing:
        raise WriteError("not_proven", say("{0} came out without {1}.", "MVT", ", ".join(missing)))
