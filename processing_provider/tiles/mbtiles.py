"""MBTiles 1.3: tiles in one SQLite database, of either kind; contents that are there several times are kept once.

Facts: github.com/mapbox/mbtiles-spec, 1.3: rows count northwards, `metadata` has names and values as text, that of
vector tiles their layers as JSON; `tiles` may be a view.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Iterator

from ..errors import WriteError
from ..text.sentence import say
from .archive import About
from .model import Tile, Tiles
from .sqlite_file import created, whole

# Programs know the file by its application: "MPBX".
_TABLES = """
PRAGMA application_id = 0x4D504258;
CREATE TABLE metadata (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE contents (id INTEGER PRIMARY KEY, tile_data BLOB NOT NULL);
CREATE TABLE places (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, content INTEGER NOT NULL,
  PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID;
CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data
  FROM places JOIN contents ON contents.id = places.content;
"""
_LISTS = ("bounds", "center")


class MbTiles:
    """The database while it is written."""

    def __init__(self, path: Path) -> None:
        self._database = created(path, _TABLES)
        self._known: dict[bytes, int] = {}

    def add(self, tile: Tile) -> None:
        """Take a tile."""
        digest = hashlib.sha256(tile.data).digest()
        number = self._known.setdefault(digest, len(self._known) + 1)
        if number == len(self._known):
            self._database.execute("INSERT OR IGNORE INTO contents VALUES (?, ?)", (number, tile.data))
        row = 2**tile.zoom - 1 - tile.y
        self._database.execute("INSERT INTO places VALUES (?, ?, ?, ?)", (tile.zoom, tile.x, row, number))

    def close(self, tiles: Tiles, about: About) -> None:
        """Say what the tiles are, and finish the file."""
        said = {
            name: ",".join(map(str, value)) if name in _LISTS and isinstance(value, list) else str(value)
            for name, value in about.items()
            if name != "vector_layers"
        }
        if "vector_layers" in about:
            said["json"] = json.dumps({"vector_layers": about["vector_layers"]}, ensure_ascii=False)
        self._database.executemany("INSERT INTO metadata VALUES (?, ?)", said.items())
        self._database.execute("COMMIT")
        self._database.close()


def contents(path: Path, zoom: int) -> Iterator[bytes]:
    """The tiles of a zoom in a finished file; WriteError where it does not open, or a tile has no content."""
    with whole(path, "MBTiles") as database:
        (found,) = database.execute("SELECT count(*) FROM tiles").fetchone()
        (placed,) = database.execute("SELECT count(*) FROM places").fetchone()
        if found != placed or not found:
            raise WriteError("not_proven", say("{0} holds {1} of {2} tiles.", "MBTiles", found, placed))
        for (data,) in database.execute("SELECT tile_data FROM tiles WHERE zoom_level = ?", (zoom,)):
            yield data
