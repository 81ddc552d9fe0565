"""A DuckDB database, which DuckDB 1.5 and later reads: a table per layer, its geometries of DuckDB's own type."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...errors import WriteError
from ...geo.sql import sql
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import say
from ..contract import Job, Written
from ..gis.translate import described
from .projjson import projjson
from .table_rows import GEOMETRY, KEY, columns, rows

_LABEL = "DuckDB database"
_TYPES = {"TEXT": "VARCHAR", "INTEGER": "BIGINT", "REAL": "DOUBLE"}
_LONGEST_NAME = 255
# The first that has the type for geometries: later ones read it, too.
_STORAGE = "v1.5.0"
# It fetches nothing, and leaves room for others.
_SETTINGS = (
    "SET autoinstall_known_extensions = false", "SET autoload_known_extensions = false", "SET threads = 2",
    "SET memory_limit = '512MB'",
)  # fmt: skip
_encode = json.JSONEncoder(ensure_ascii=False).encode
# A geometry's letters in JSON, beyond the 16 MB that DuckDB takes by itself.
_LONGEST_ROW = 1 << 30


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write the rows of each table as JSON, of which DuckDB makes a table; and what the file says of itself."""
    import duckdb

    written = Written()
    database = duckdb.connect()
    try:
        for setting in (*_SETTINGS, sql("SET temp_directory = {folder!t}", folder=path.parent)):
            database.execute(setting)
        database.execute(sql("ATTACH {path!t} AS map (STORAGE_VERSION {version!t})", path=path, version=_STORAGE))
        database.execute("USE map")
        crs = "OGC:CRS84" if view.crs == "EPSG:4326" else projjson(view.crs)
        for table in view.tables:
            written.layers[table.name] = _table(database, view, table, job, path.with_suffix(".rows"), crs)
        _about(database, {**described(job, view), "crs": view.crs}, {table.name.lower() for table in view.tables})
        database.execute("CHECKPOINT map")
    except duckdb.Error as error:
        raise WriteError("write_failed", say("{0} could not be written: {1}.", _LABEL, _reason(error))) from error
    finally:
        database.close()
    return written


def _table(database: Any, view: MapData, table: Table, job: Job, draft: Path, crs: str) -> int:
    """Make a table and fill it; the number of its rows."""
    mine = columns(table, _LONGEST_NAME)
    names = [KEY, GEOMETRY, *(name for name, _ in mine.values())]
    made = [
        sql("{key!i} BIGINT PRIMARY KEY", key=KEY),
        sql("{geom!i} GEOMETRY({crs!t}) NOT NULL", geom=GEOMETRY, crs=crs),
        *(sql("{name!i} {kind!s}", name=name, kind=_TYPES[kind]) for name, kind in mine.values()),
    ]
    database.execute(sql("CREATE TABLE {table!i} ({made!s})", table=table.name, made=", ".join(made)))
    about = f"{table.title or table.name}: {job.credit}"
    database.execute(sql("COMMENT ON TABLE {table!i} IS {about!t}", table=table.name, about=about))
    count = 0
    with draft.open("w", encoding="utf-8") as file:
        for key, wkb, values in rows(view, table, job):
            # Under numbers: a name of a column may be anything.
            file.write(_encode({str(place): value for place, value in enumerate((key, wkb.hex(), *values))}) + "\n")
            count += 1
    kinds = ["BIGINT", "VARCHAR", *(_TYPES[kind] for _, kind in mine.values())]
    read = ", ".join(f"'{place}': '{kind}'" for place, kind in enumerate(kinds))
    taken = ['"0"', 'ST_GeomFromWKB(from_hex("1"))', *(f'"{place}"' for place in range(2, len(kinds)))]
    statement = (
        "INSERT INTO {table!i} ({names!i}) SELECT {taken!s} FROM read_json({draft!t}, format = 'newline_delimited', "
        "columns = {{{read!s}}}, maximum_object_size = {most!n})"
    )
    longest = min(_LONGEST_ROW, max(1 << 24, 2 * draft.stat().st_size))
    if count:
        parts = {"table": table.name, "names": names, "taken": ", ".join(taken), "read": read}
        database.execute(sql(statement, **parts, draft=draft, most=longest))
    draft.unlink()
    return count


def _about(database: Any, items: dict[str, str], taken: set[str]) -> None:
    """What the file says of itself, as a table."""
    name = "about" if "metadata" in taken else "metadata"
    database.execute(sql("CREATE TABLE {name!i} (name VARCHAR PRIMARY KEY, value VARCHAR)", name=name))
    database.executemany(sql("INSERT INTO {name!i} VALUES (?, ?)", name=name), [list(item) for item in items.items()])


def _reason(error: Exception) -> str:
    """The first line of what DuckDB says."""
    return str(error).partition("\n")[0].rstrip(".")


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open the file again, to be read alone, and count."""
    import duckdb

    try:
        database = duckdb.connect(str(path), read_only=True)
        try:
            found = {
                name: database.execute(sql("SELECT count(*) FROM {name!i}", name=name)).fetchall()
                for name in written.layers
            }
        finally:
            database.close()
    except duckdb.Error as error:
        raise WriteError("not_proven", say("{0} does not open again: {1}.", _LABEL, _reason(error))) from error
    if found != {name: [(count,)] for name, count in written.layers.items()}:
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", _LABEL))
