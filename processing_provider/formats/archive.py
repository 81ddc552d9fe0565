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
from ..text.translation import told_in
from .contract import Job, Written

README = "README.txt"


def readme(job: Job, *texts: str, crs: str = "") -> str:
    """What a zip says to people, sentences in the language of the map: title, `texts`, whose data it is, its CRS."""
    credit = "\n".join([job.credit, *([told_in(say("CRS: {0}", crs), job.language)] if crs else [])])
    return "\n\n".join([job.title, *(told_in(text, job.language) for text in texts), f"{credit}\n"])


def pack(folder: Path, path: Path, view: MapData | Network | Scene, job: Job, *texts: str) -> None:
    """Zip every file of `folder`, and a README of `texts` with what every dataset says of itself."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
        archive.writestr(README, readme(job, *texts, crs=view.crs))


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
