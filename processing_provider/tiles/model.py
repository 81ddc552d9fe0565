"""Tiles: a grid of zooms over an area, each tile as the bytes of its file, and what goes with them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Iterator, NamedTuple

from ..feedback import Feedback
from ..osm.tables.account import Account
from ..osm.tables.map_data import NOTICE
from .grid import Grid

VECTOR = "vector"
PAINTED = "painted"


class Tile(NamedTuple):
    """One tile; rows count southwards. `data` is a packed (gzip) tile of Mapbox Vector Tile 2.1, or a PNG."""

    zoom: int
    x: int
    y: int
    data: bytes


@dataclass(frozen=True)
class TileLayer:
    """A layer of vector tiles: from which zoom to which it is there, and its fields as (name, type of TileJSON)."""

    name: str
    title: str
    geometry: str
    minzoom: int
    maxzoom: int
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Tiles:
    """The tiles of one area, `kind` VECTOR or PAINTED; they are made while they are asked for.

    `texts` tells all names that vector tiles may show, `language` that which was asked for beside the place's own;
    `numbers` the kinds of roads with the numbers (`ref`) that they have.
    `objects` are the objects at the highest zoom by layer, `accounts` what became of the source's for that zoom, once
    that is made; `levels` the detail level of each zoom.
    """

    kind: str
    grid: Grid
    levels: dict[int, int]
    objects: dict[str, int]
    produce: Callable[[Feedback], Iterator[Tile]]
    layers: tuple[TileLayer, ...] = ()
    date: str = ""
    source: str = ""
    notice: str = NOTICE
    accounts: list[Account] = field(default_factory=list)
    language: str = ""
    texts: Callable[[], frozenset[str]] = frozenset
    numbers: Callable[[], frozenset[tuple[str, str]]] = frozenset

    @property
    def account(self) -> Account:
        """What became of the source's objects, for the highest zoom and up to the edge of its area."""
        return self.accounts[-1] if self.accounts else Account()

    @property
    def centre(self) -> tuple[float, float, int]:
        """Longitude, latitude and zoom that a viewer begins with: the area whole."""
        west, south, east, north = self.grid.box
        # About a thousand pixels of it.
        zoom = self.grid.fitting + (2 if self.grid.size == 256 else 1)
        return (west + east) / 2, (south + north) / 2, min(max(zoom, self.grid.minzoom), self.grid.maxzoom)

    def tiles(self, feedback: Feedback) -> Iterator[Tile]:
        """Every tile once, in the order of grid.tile_id; what is left out of them is told. Raises Cancelled."""
        return self.produce(feedback)
