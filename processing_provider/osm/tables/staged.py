"""Staged map data: the rows of each table, whole, in lon/lat, before they are cut at a frame."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Tuple

from osgeo import ogr

from ...geo.geometry import staged_geometry, to_blob
from .account import Account
from .language import Pair
from .map_data import Tabular

LONLAT = 4326


Box = Tuple[float, float, float, float]


@dataclass
class Rows:
    """The staged rows of one table: geometries in lon/lat, and the values of `table.columns` beside each.

    `blobs` are the geometries as the GeoPackage has them (see geometry.to_blob): a third of the memory.
    `names` are other names of each row, none where they were not asked for.
    """

    table: Tabular
    blobs: list[bytes] = field(default_factory=list)
    values: list[tuple[object, ...]] = field(default_factory=list)
    names: list[Pair] = field(default_factory=list)

    @property
    def geometries(self) -> list[ogr.Geometry]:
        """The geometries, made anew."""
        return [staged_geometry(blob) for blob in self.blobs]

    def add(self, geometry: ogr.Geometry, values: tuple[object, ...]) -> None:
        """Append a row."""
        self.blobs.append(to_blob(geometry, self.table.geometry, LONLAT))
        self.values.append(values)


@dataclass
class Staged:
    """All staged tables by name, and the coastline beside them (lines whose left side is land)."""

    rows: dict[str, Rows]
    coastline: list[ogr.Geometry]
    # What became of the source's objects; empty where the rows are not OpenStreetMap's.
    account: Account = field(default_factory=Account)
    # The same without the tables of what no other has, where there are such.
    without_rest: Account | None = None
    # Areas that are missing from the map, or a part of them, with the box of each way of theirs that was read (id,
    # west, east, south, north).
    hurt: list[list[Any]] = field(default_factory=list)

    def account_of(self, rest: bool) -> Account:
        """What became of the source's objects for a format that has the tables of the `rest`, or that has not."""
        return self.account if rest else self.without_rest or self.account

    @property
    def features(self) -> int:
        """The number of rows in all tables."""
        return sum(len(rows.blobs) for rows in self.rows.values())

    @property
    def is_spoken(self) -> bool:
        """Whether any row has a name in the language asked for."""
        return any(spoken is not None for rows in self.rows.values() for spoken, _ in rows.names)
