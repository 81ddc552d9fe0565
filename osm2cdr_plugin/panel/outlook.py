"""What an export will come to, before it is made: about how large and how long, and whether its files can be there."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any, Iterable

from ...processing_provider.errors import ExportError
from ...processing_provider.formats.catalogue import FORMATS
from ...processing_provider.geo.geodesy import box_km2
from ...processing_provider.request.checks import make_request
from ...processing_provider.request.guessing import COMMON_NODES, NODE_BYTES, Guess, guess, pages_of
from ...processing_provider.request.naming import checked_name, of_source
from ...processing_provider.sources.opening import is_soon_known, path_of, whole_box
from ...processing_provider.text.phrases import sized
from ...processing_provider.text.translation import told, tr

Box = tuple[float, float, float, float]


def guessed(source: str, box: Box, km2: float, fields: dict[str, Any]) -> Guess | None:
    """What an area of so many km2 in a box comes to; None where it cannot be asked for.

    `fields` are parameters of exportarea. Nodes are taken to be as many as in the whole of the extract.
    """
    names = str(fields.get("FORMATS") or "").split(",")
    kept = {"page": "PAGE", "scale": "SCALE", "detail": "DETAIL_LEVEL", "dpi": "DPI"}
    given = {name: fields[parameter] for name, parameter in kept.items() if fields.get(parameter)}
    path = path_of(source)
    density, file_mb = COMMON_NODES, 0.0
    try:
        request = make_request({**given, "bbox": list(box), "formats": names})
        whole = whole_box(source) if path is not None and is_soon_known(source) else None
    except ExportError:
        return None
    if path is not None and path.is_file():
        size = path.stat().st_size
        file_mb = size / 2**20
        if whole:
            density = size / NODE_BYTES / max(box_km2(*whole), 1e-6)
    return guess(km2 * density, request.detail, request.formats, file_mb, pages_of(request.page, request.dpi))


def outlook(made: Guess) -> str:
    """A guess in words, as rough as it is."""
    return str(tr("About {0}, {1}").format(sized(_rough(sum(made.bytes.values()))), _lasting(made.seconds)))


def guard(folder: str, name: str, source: str, formats: Iterable[str]) -> tuple[str, bool]:
    """What is to be said of the files' place, and whether the export can begin."""
    try:
        stem = checked_name(name) if name else of_source(source)
    except ExportError as error:
        return told(error.text), False
    there = Path(folder).expanduser()
    above = next((one for one in (there, *there.parents) if one.exists()), None)
    if above is None or not above.is_dir() or not os.access(above, os.W_OK):
        return str(tr("Nothing can be written in {0}: choose another folder.").format(folder)), False
    files = [f"{stem}_{one}.{FORMATS[one].extension}" for one in formats if one in FORMATS]
    taken = [file for file in files if stem and (there / file).exists()]
    if taken:
        return str(tr("{0} is there already and stays: the new one gets a number.").format(taken[0])), True
    return "", True


def _rough(number: float) -> int:
    """Two figures of a number, so that nobody takes it for a measured one."""
    if number < 1:
        return 0
    unit = 10 ** max(0, math.floor(math.log10(number)) - 1)
    return int(round(number / unit) * unit)


def _lasting(seconds: float) -> str:
    """A time in words."""
    if seconds < 90:
        return str(tr("{0} s").format(max(1, _rough(seconds))))
    return str(tr("{0} min").format(max(2, _rough(seconds / 60))))
