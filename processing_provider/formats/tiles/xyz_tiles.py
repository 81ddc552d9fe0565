"""Painted tiles as a folder of z/x/y.png in a zip, with TileJSON and a README that carries the notice."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...tiles.archive import about, fill
from ...tiles.folder import Folder, check
from ...tiles.model import Tiles
from ..contract import Job, Written

_SUFFIX = ".png"


def write(view: Tiles, path: Path, job: Job) -> Written:
    """Put the tiles into one zip."""
    fill(Folder(path, _SUFFIX, _readme(view, job)), view, about(view, job.title, job.credit), job.feedback)
    return Written(dict(view.objects))


def _readme(view: Tiles, job: Job) -> str:
    grid = view.grid
    lines = [
        job.title, "",
        f"Map tiles of {grid.size} x {grid.size} pixels, zooms {grid.minzoom} to {grid.maxzoom}, Web Mercator "
        "(EPSG:3857), as z/x/y.png with rows that count southwards.",
        "Unpack the folder where your pages are and give its address to Leaflet, OpenLayers, MapLibre or QGIS (XYZ "
        "Tiles); tiles.json says the same to programs. Show the next line on the map.", "", job.credit, "",
    ]  # fmt: skip
    return "\n".join(lines)


def prove(path: Path, view: Tiles, written: Written) -> None:
    """Open the zip again: it is whole, with every tile of the grid."""
    check(path, sum(view.grid.count(zoom) for zoom in view.grid.zooms), _SUFFIX)
