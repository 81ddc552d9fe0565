"""One file of vector tiles with the map that it is: style, glyphs, icons and the page, in a zip."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from pathlib import Path

from ...errors import WriteError
from ...text.sentence import say
from ...tiles.archive import about
from ...tiles.model import Tiles
from ...webmap import bundle
from ..archive import README, readme
from ..contract import Job


def with_page(file: Path, view: Tiles, job: Job) -> Path:
    """A zip beside `file`, called like it, with the file in it; the file itself is gone."""
    path = file.with_suffix(".zip")
    said = about(view, job.title, job.credit)
    kind = file.suffix.lstrip(".")
    source = {"url": f"{kind}://{file.name}", "minzoom": said["minzoom"], "maxzoom": said["maxzoom"]}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.write(file, file.name)
        archive.writestr(README, readme(job, bundle.README))
        bundle.add(archive, view, job.theme, said, source, job.feedback, job.layers, job.language)
    file.unlink()
    with zipfile.ZipFile(path) as archive:
        missing = {bundle.STYLE, bundle.PAGE} - set(archive.namelist())
        if missing or archive.testzip():
            raise WriteError("not_proven", say("{0} lacks {1}.", "ZIP", ", ".join(sorted(missing))))
    return path
