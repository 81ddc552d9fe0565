"""What a file of tiles is to those who fill it, and what it says of itself.

Facts: TileJSON 3.0.0 for the names of what is said; MBTiles 1.3 and PMTiles 3 share most of them.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
from typing import Dict, Protocol

from ..feedback import Feedback
from .model import VECTOR, Tile, Tiles

About = Dict[str, object]


class Archive(Protocol):
    """A file of tiles while it is written; tiles come in the order of grid.tile_id."""

    def add(self, tile: Tile) -> None:
        """Take a tile."""
        ...

    def close(self, tiles: Tiles, about: About) -> None:
        """Finish the file."""
        ...


def fill(archive: Archive, tiles: Tiles, about: About, feedback: Feedback) -> None:
    """Put every tile into the archive and finish it."""
    for tile in tiles.tiles(feedback):
        archive.add(tile)
    archive.close(tiles, about)


def about(tiles: Tiles, title: str, credit: str) -> About:
    """What the tiles are, whose and of when. Viewers show the attribution as HTML: signs are written as such."""
    grid = tiles.grid
    lon, lat, zoom = tiles.centre
    said: About = {
        "name": title,
        "description": credit,
        "attribution": html.escape(credit, quote=False),
        "version": "1.0.0",
        "type": "baselayer",
        "format": "pbf" if tiles.kind == VECTOR else "png",
        "bounds": [round(value, 7) for value in grid.box],
        "center": [round(lon, 7), round(lat, 7), zoom],
        "minzoom": grid.minzoom,
        "maxzoom": grid.maxzoom,
    }
    if tiles.kind == VECTOR:
        said["vector_layers"] = [
            {
                "id": layer.name,
                "description": layer.title,
                "minzoom": layer.minzoom,
                "maxzoom": layer.maxzoom,
                "fields": dict(layer.fields),
            }
            for layer in tiles.layers
        ]
    return said
