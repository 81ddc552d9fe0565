"""Map data between the stages: a GeoPackage of themed tables, and what is known about it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from .account import Account

NOTICE = "© OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright"


class Tabular(Protocol):
    """A table to be: of the layer table, or of a layer that somebody else made."""

    @property
    def name(self) -> str:
        """The table's name in the GeoPackage."""
        ...

    @property
    def group(self) -> str:
        """What it belongs to."""
        ...

    @property
    def geometry(self) -> str:
        """`point`, `line` or `polygon`."""
        ...

    @property
    def title(self) -> str:
        """Its name for people."""
        ...

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """All columns but key and geometry, as (name, SQL type)."""
        ...


@dataclass(frozen=True)
class Table:
    """One table of a MapData: features of one group and one kind of geometry.

    `name` is the table's name in the GeoPackage (`roads`, `buildings`, `green` ...), `geometry` one of
    `point`, `line`, `polygon`; lines and polygons are stored as MULTILINESTRING and MULTIPOLYGON.
    `columns` are all but key and geometry, as (name, SQL type).
    """

    name: str
    group: str
    geometry: str
    features: int
    title: str = ""
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class MapData:
    """Themed tables of one area in one CRS.

    `path` is a GeoPackage, or empty where somebody was handed the rows; its tables are listed in drawing order, the
    bottom one first. `crs` is an authority code (`EPSG:4326`) or a PROJ/WKT definition. `area_wkt` is the exact area in
    that CRS.
    `date` is the date of the data (ISO 8601) or empty, `source` a human name of where it came from.
    """

    path: Path
    crs: str
    tables: tuple[Table, ...]
    area_wkt: str
    date: str = ""
    source: str = ""
    notice: str = NOTICE
    # What became of the source's objects, up to the edge of the area.
    account: Account = field(default_factory=Account)

    @property
    def features(self) -> int:
        """The number of features in all tables."""
        return sum(table.features for table in self.tables)

    def table(self, name: str) -> Table | None:
        """The table called `name`, or None."""
        return next((table for table in self.tables if table.name == name), None)


@dataclass(frozen=True)
class SourceData:
    """The source itself, for formats that carry OpenStreetMap's own objects.

    `path` is a local OSM file, `raw` the folder of what was read from it (see sources.extract), `area_wkt` the exact
    area in lon/lat. `chosen` is the map data where only their objects are wanted.
    """

    path: Path
    raw: Path
    area_wkt: str
    chosen: MapData | None = None
    date: str = ""
    source: str = ""
    notice: str = NOTICE
