"""Formats of several files: each packed into one zip with a README that carries the notice."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Iterable

from ..errors import WriteError
from ..network.model import Network
from ..osm.tables.map_data import MapData
from ..scene.model import Scene
from ..text.sentence import say
from .contract import Job, Written


def pack(folder: Path, path: Path, view: MapData | Network | Scene, job: Job, text: str) -> None:
    """Zip every file of `folder`, and a README of `text` with what every dataset says of itself."""
    readme = "\n".join([job.title, "", text, "", job.credit, f"CRS: {view.crs}", ""])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
        archive.writestr("README.txt", readme)


def prove_archive(path: Path, written: Written, suffix: str, label: str) -> None:
    """Every layer is in the zip as a file of its own, and the zip is whole."""
    prove_members(path, [f"{name}{suffix}" for name in written.layers], label)


def prove_members(path: Path, members: Iterable[str], label: str) -> None:
    """These files are in the zip, and the zip is whole."""
    try:
        with zipfile.ZipFile(path) as archive:
            broken, names = archive.testzip(), set(archive.namelist())
    except (OSError, zipfile.BadZipFile) as error:
        raise WriteError("not_proven", say("{0} does not open again.", label)) from error
    missing = [name for name in members if name not in names]
    if broken or missing:
        raise WriteError("not_proven", say("{0} lacks {1}.", label, ", ".join(missing) or broken))
