"""Painted tiles as the database of outdoor apps on phones (OsmAnd, Locus Map, RMaps)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...tiles.archive import about, fill
from ...tiles.model import Tiles
from ...tiles.sqlitedb import SqliteDb, contents
from ..contract import Job, Written
from .proof import prove_pictures


def write(view: Tiles, path: Path, job: Job) -> Written:
    """Put the tiles into one database."""
    fill(SqliteDb(path), view, about(view, job.title, job.credit), job.feedback)
    return Written(dict(view.objects))


def prove(path: Path, view: Tiles, written: Written) -> None:
    """Open the database again: it is whole, with every tile of the grid."""
    prove_pictures(contents(path), sum(view.grid.count(zoom) for zoom in view.grid.zooms), "SQLite")
