"""Painted tiles as one SQLite database for outdoor apps on phones: OsmAnd, Locus Map, RMaps.

Facts: OsmAnd's page "Tiles SQLite Format", which extends what MOBAC writes for BigPlanet: zooms are told from 17 on
downwards, rows count southwards, `info` has one row. Columns that an app does not know it leaves alone.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Iterator

from .archive import About
from .model import Tile, Tiles
from .sqlite_file import created, whole

# BigPlanet's zoom of the whole world in one tile.
_WORLD = 17
_TABLES = """
CREATE TABLE android_metadata (locale TEXT);
INSERT INTO android_metadata VALUES ('en_US');
CREATE TABLE info (minzoom INTEGER, maxzoom INTEGER, tilenumbering TEXT, tilesize INTEGER, ellipsoid INTEGER,
  timecolumn TEXT, url TEXT, name TEXT, attribution TEXT);
CREATE TABLE tiles (x INTEGER, y INTEGER, z INTEGER, s INTEGER, image BLOB, PRIMARY KEY (x, y, z, s));
"""


class SqliteDb:
    """The database while it is written."""

    def __init__(self, path: Path) -> None:
        self._database = created(path, _TABLES)

    def add(self, tile: Tile) -> None:
        """Take a tile."""
        row = (tile.x, tile.y, _WORLD - tile.zoom, 0, tile.data)
        self._database.execute("INSERT INTO tiles VALUES (?, ?, ?, ?, ?)", row)

    def close(self, tiles: Tiles, about: About) -> None:
        """Say what the tiles are, and finish the file."""
        grid = tiles.grid
        # Nothing is to be fetched from anywhere.
        row = (_WORLD - grid.maxzoom, _WORLD - grid.minzoom, "BigPlanet", grid.size, 0, "no", "", about["name"])
        self._database.execute("INSERT INTO info VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, about["attribution"]))
        self._database.execute("COMMIT")
        self._database.close()


def contents(path: Path) -> Iterator[bytes]:
    """All tiles of a finished file; WriteError where it does not open or is not whole."""
    with whole(path, "SQLite") as database:
        for (data,) in database.execute("SELECT image FROM tiles"):
            yield data
