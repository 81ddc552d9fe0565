"""The rows of a detail level as arrays, taken table by table as they are cut: no file lies between."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Sequence

from ..geo.sql import sql
from ..osm.cut import Row
from ..osm.tables.map_data import Tabular
from . import area_names
from .table import Rows, made

_TEXTS = ("housenumber", "ref")
# What values of a column are in a GeoPackage, beside None; all others are what SQLite makes of them.
_TYPES: dict[str, set[type]] = {"TEXT": {str}, "INTEGER": {int}, "REAL": {float}}
_NOTHING: set[type] = {type(None)}


class Level:
    """The rows of a level, in drawing order; names of areas come last once all tables are there.

    `texts` are all names, house numbers and numbers of roads; `numbers` kind and `ref` of roads.
    """

    def __init__(self) -> None:
        self._tables: list[Rows] = []
        self._names = area_names.Names()
        self.texts: set[str] = set()
        self.numbers: set[tuple[str, str]] = set()

    @property
    def tables(self) -> list[Rows]:
        """The tables that have rows, and the names of areas."""
        names = self._names.rows()
        return [*self._tables, *([names] if names else [])]

    @property
    def columns(self) -> dict[str, str]:
        """The columns of the names of areas, as name and SQL type; none where no area may have a name."""
        return self._names.columns

    def keep(self, table: Tabular, rows: Sequence[Row]) -> None:
        """Take the rows of a table, geometries as blobs of a GeoPackage in EPSG:3857 before the values of columns."""
        blobs, *values = zip(*rows)
        columns = [as_stored(column, kind) for column, (_, kind) in zip(values, table.columns)]
        names = [name for name, _ in table.columns]
        for name, column in zip(names, columns):
            if name in _TEXTS or name.split("_")[0] == "name":
                self.texts.update(str(text) for text in set(column) if text)
        if table.name == "roads" and {"kind", "ref"} <= set(names):
            kinds, refs = (columns[names.index(name)] for name in ("kind", "ref"))
            self.numbers.update((str(kind), str(ref)) for kind, ref in set(zip(kinds, refs)) if kind and ref)
        self._names.take(table, blobs, columns)
        self._tables.append(made(table.name, table.geometry, blobs, names, columns))


def as_stored(values: Sequence[object], kind: str) -> Sequence[object]:
    """Values of a column of a type of SQL as a database gives them back: a REAL has no whole numbers, and so on."""
    types = set(map(type, values)) - _NOTHING
    if types <= _TYPES.get(kind, _NOTHING):
        return values
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(sql("CREATE TABLE one (value {kind!s})", kind=kind))
        database.executemany("INSERT INTO one VALUES (?)", zip(values))
        return [value for (value,) in database.execute("SELECT value FROM one ORDER BY rowid")]
