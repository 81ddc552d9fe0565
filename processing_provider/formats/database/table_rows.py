"""The rows of map data as databases take them: the key, WKB, and the attributes under names that fit."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Iterator

from ...geo.geometry import wkb_of
from ...geo.sql import sql
from ...osm.tables.map_data import MapData, Table
from ..contract import Job
from ..gis.shp import short_names

# The name of the geometry's column, and of the key.
GEOMETRY, KEY = "geom", "fid"
KINDS = {"point": "Point", "line": "MultiLineString", "polygon": "MultiPolygon"}
_CHECK_EVERY = 2000


def columns(table: Table, most: int) -> dict[str, tuple[str, str]]:
    """Columns by their name in the map data: a name of at most so many bytes, unlike all others, and the SQL type."""
    # The key and the geometry have their names first.
    short = short_names([KEY, GEOMETRY, *(name for name, _ in table.columns)], most)
    return {name: (short[name], kind) for name, kind in table.columns}


def rows(view: MapData, table: Table, job: Job) -> Iterator[tuple[int, bytes, list[Any]]]:
    """Key, WKB (little endian) and the values of each row; Cancelled where asked to stop."""
    names = [name for name, _ in table.columns]
    listed = sql("{names!i}", names=[KEY, GEOMETRY, *names])
    query = sql("SELECT {listed!s} FROM {table!i} ORDER BY fid", listed=listed, table=table.name)
    with closing(sqlite3.connect(view.path)) as database:
        for number, (key, blob, *values) in enumerate(database.execute(query)):
            if number % _CHECK_EVERY == 0:
                job.feedback.check()
            yield key, wkb_of(blob), values


def srid(view: MapData) -> int:
    """The number of the CRS, as the tables of spatial databases have it; 0 for one without a code."""
    authority, _, code = view.crs.partition(":")
    return int(code) if authority in ("EPSG", "ESRI") and code.isdigit() else 0


def widest(view: MapData, table: Table) -> dict[str, int]:
    """The bytes of the longest text of each column of texts."""
    names = [name for name, kind in table.columns if kind == "TEXT"]
    if not names:
        return {}
    listed = ", ".join(sql("MAX(LENGTH(CAST({name!i} AS BLOB)))", name=name) for name in names)
    with closing(sqlite3.connect(view.path)) as database:
        found = database.execute(sql("SELECT {listed!s} FROM {table!i}", listed=listed, table=table.name)).fetchone()
    return {name: most or 0 for name, most in zip(names, found)}


def comment_lines(text: str, job: Job) -> list[str]:
    """What a file of SQL says of itself, as comments."""
    return [f"-- {line}" for part in (job.title, job.credit, text) for line in part.splitlines()]


def last_line(path: Path, most: int = 200) -> str:
    """The last line of a text that may be long."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - most))
        return file.read().decode(errors="replace").rstrip().rpartition("\n")[2]
