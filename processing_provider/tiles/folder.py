"""A folder of tiles, z/x/y as web maps ask for them, in a zip; TileJSON and a README lie beside them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import zipfile
from pathlib import Path

from ..errors import WriteError
from ..text.sentence import say
from .archive import About
from .model import Tile, Tiles

TILEJSON, README = "tiles.json", "README.txt"


class Folder:
    """The zip while it is written. Tiles are packed already, and stand in it as they are."""

    def __init__(self, path: Path, suffix: str, readme: str) -> None:
        self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED)
        self._suffix = suffix
        self._readme = readme

    def add(self, tile: Tile) -> None:
        """Take a tile."""
        self._archive.writestr(f"{tile.zoom}/{tile.x}/{tile.y}{self._suffix}", tile.data)

    def close(self, tiles: Tiles, about: About) -> None:
        """Write what lies beside the tiles."""
        links: list[str] = [f"{{z}}/{{x}}/{{y}}{self._suffix}"]
        said = {"tilejson": "3.0.0", "scheme": "xyz", "tiles": links, **about}
        self._archive.writestr(TILEJSON, json.dumps(said, ensure_ascii=False, indent=1))
        self._archive.writestr(README, self._readme)
        self._archive.close()


def check(path: Path, count: int, suffix: str) -> None:
    """Read a zip again: it is whole, with `count` tiles and what lies beside them; WriteError otherwise."""
    try:
        with zipfile.ZipFile(path) as archive:
            broken, names = archive.testzip(), archive.namelist()
    except (OSError, zipfile.BadZipFile) as error:
        raise WriteError("not_proven", "The folder of tiles does not open again.") from error
    found = sum(name.endswith(suffix) for name in names)
    if broken or found != count or not {TILEJSON, README} <= set(names):
        raise WriteError("not_proven", say("The folder of tiles holds {0} of {1} tiles.", found, count))
