"""A PNG for each layer of the map, transparent and as large as the sheet, for compositing in films and games."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import zipfile
from pathlib import Path

from qgis.PyQt.QtGui import QImage

from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...text.phrases import one_line
from ...text.sentence import say
from ..archive import README, prove_members, readme
from ..contract import Job, Written
from .png_chunks import rgba
from .stack import Merged, painted, whole

_LABEL = "PNG layers"
_MOST = 65_535
# Of a file's name: what no system takes, and what a shell would.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|.\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+')
_LONGEST = 60


def write(view: Picture, path: Path, job: Job) -> Written:
    """Paint the layers at the job's DPI one by one, each packed as it comes."""
    size, layers = painted(view, job, _MOST, _LABEL)
    merged, rows, texts = Merged(*size), [], {"Copyright": one_line(job.credit), "Software": "osm2cdr"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number, layer in enumerate(layers, 1):
            merged.add(layer)
            name = f"{number:02d} {_file_name(layer.name)}.png"
            archive.writestr(name, rgba(whole(layer, size), job.dpi, texts))
            rows.append(f"  {name}" + (f" ({layer.group})" if layer.group else ""))
        archive.writestr("all.png", rgba(merged.pixels, job.dpi, texts))
        about = say(
            "Each layer of the map as a picture of {0} x {1} pixels ({2} DPI), transparent where it shows nothing; "
            "laid over each other in the order of their numbers, the lowest first, they are all.png:",
            *size,
            job.dpi,
        )
        archive.writestr(README, readme(job, about, "\n".join(rows)), zipfile.ZIP_DEFLATED)
    return Written(dict(view.objects))


def _file_name(name: str) -> str:
    return one_line(_FORBIDDEN.sub(" ", name), _LONGEST).strip(" .") or "layer"


def prove(path: Path, view: Picture, written: Written) -> None:
    """The zip is whole, with a layer at least for ground and something on it; the merged picture opens."""
    prove_members(path, ["all.png", README], _LABEL)
    with zipfile.ZipFile(path) as archive:
        names, data = archive.namelist(), archive.read("all.png")
    if len(names) < 4 or QImage.fromData(data).isNull():
        raise WriteError("not_proven", say("{0} came out blank.", _LABEL))
