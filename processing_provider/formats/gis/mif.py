"""MapInfo MIF (MapInfo Corporation): a table per layer, zipped."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...osm.tables.map_data import MapData
from ..contract import Job, Written
from . import mapinfo

_LABEL = "MapInfo MIF"


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write each table, then zip them."""
    return mapinfo.write(view, path, job, "MIF", _LABEL)


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open every table in the zip and count."""
    mapinfo.prove(path, written, "MIF", _LABEL)
