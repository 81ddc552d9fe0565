"""A folder of tiles, z/x/y as web maps ask for them, in a zip; TileJSON and a README lie beside them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import zipfile
import zlib
from pathlib import Path

from ..errors import WriteError
from ..text.sentence import Sentence, say
from .archive import About
from .model import Tile, Tiles

TILEJSON, README = "tiles.json", "README.txt"
PAINTED_SUFFIX, VECTOR_SUFFIX = ".png", ".pbf"
_GZIP = 16 + zlib.MAX_WBITS


class Folder:
    """The zip while it is written. PNGs stand in it as they are, packed already; vector tiles as they come out of gzip:
    who puts the folder on a web server has none that says how they are packed.
    """

    def __init__(self, path: Path, suffix: str, readme: str) -> None:
        self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED)
        self._suffix = suffix
        self._readme = readme
        self._is_vector = suffix == VECTOR_SUFFIX

    def add(self, tile: Tile) -> None:
        """Take a tile."""
        name = f"{tile.zoom}/{tile.x}/{tile.y}{self._suffix}"
        if self._is_vector:
            self._archive.writestr(name, zlib.decompress(tile.data, _GZIP), zipfile.ZIP_DEFLATED)
        else:
            self._archive.writestr(name, tile.data)

    def close(self, tiles: Tiles, about: About) -> None:
        """Write what lies beside the tiles."""
        links: list[str] = [f"{{z}}/{{x}}/{{y}}{self._suffix}"]
        said = {"tilejson": "3.0.0", "scheme": "xyz", "tiles": links, **about}
        self._archive.writestr(TILEJSON, json.dumps(said, ensure_ascii=False, indent=1))
        self._archive.writestr(README, self._readme)
        self._archive.close()


def told(tiles: Tiles, suffix: str) -> tuple[Sentence, Sentence, Sentence]:
    """What lies beside the tiles for people: what they are, where they go, what to show of the line below."""
    grid = tiles.grid
    if suffix == VECTOR_SUFFIX:
        kind = say("Vector tiles (Mapbox Vector Tile 2.1, made for {0} x {0} pixels)", grid.size)
        viewers = say("MapLibre, OpenLayers, Leaflet's VectorGrid or QGIS (Vector Tiles)")
    else:
        kind = say("Map tiles of {0} x {0} pixels", grid.size)
        viewers = say("Leaflet, OpenLayers, MapLibre or QGIS (XYZ Tiles)")
    what = say(
        "{0}, zooms {1} to {2}, Web Mercator (EPSG:3857), as {3} with rows that count southwards.",
        kind,
        grid.minzoom,
        grid.maxzoom,
        f"z/x/y{suffix}",
    )
    use = say(
        "Unpack the folder where your pages are and give its address to {0}; {1} says the same to programs.",
        viewers,
        TILEJSON,
    )
    return what, use, say("Show this on the map:")


def check(path: Path, count: int, suffix: str, beside: str = "") -> None:
    """Read a zip again: it is whole, with `count` tiles and what lies beside them; WriteError otherwise.

    In the folder `beside` are files with the same suffix that are no tiles.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            broken, names = archive.testzip(), archive.namelist()
    except (OSError, zipfile.BadZipFile) as error:
        raise WriteError("not_proven", "The folder of tiles does not open again.") from error
    found = sum(name.endswith(suffix) and not (beside and name.startswith(f"{beside}/")) for name in names)
    if broken or found != count or not {TILEJSON, README} <= set(names):
        raise WriteError("not_proven", say("The folder of tiles holds {0} of {1} tiles.", found, count))
