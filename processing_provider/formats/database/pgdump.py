"""A dump for PostgreSQL with PostGIS 2 and later, as psql loads it: a table per layer, in one transaction."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

from ...errors import WriteError
from ...geo.sql import literal, sql
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import say
from ..contract import Job, Written
from .table_rows import GEOMETRY, KEY, KINDS, columns, comment_lines, last_line, rows, srid

_LABEL = "PostGIS dump"
# Bytes of a name.
_LONGEST_NAME = 63
_TYPES = {"TEXT": "text", "INTEGER": "bigint", "REAL": "double precision"}
# How COPY writes what would end a value or a row (PostgreSQL, COPY, File Formats). It holds no zero byte.
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": ""})
_NULL = "\\N"
# Of extended WKB: a number of a CRS follows.
_HAS_SRID = 0x20000000
_HOW = (
    "To load it: psql -X -v ON_ERROR_STOP=1 -d DATABASE -f FILE\n"
    "Tables are made in the first schema of search_path: PGOPTIONS=--search_path=osm,public takes another one."
)
_END = "COMMIT;"


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write each table: its columns, its rows, a spatial index, comments."""
    written = Written()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        head = [
            *comment_lines(_HOW, job),
            "SET client_encoding = 'UTF8';",
            "SET standard_conforming_strings = on;",
            "SET client_min_messages = warning;",
            "BEGIN;",
            "CREATE EXTENSION IF NOT EXISTS postgis;",
        ]
        file.write("\n".join(head) + "\n")
        for table in view.tables:
            file.write(_table(view, table, job))
            number = struct.pack("<I", srid(view))
            count = 0
            for key, wkb, values in rows(view, table, job):
                file.write(f"{key}\t{_extended(wkb, number)}" + "".join(f"\t{_cell(value)}" for value in values) + "\n")
                count += 1
            file.write(
                "\\.\n" + sql("CREATE INDEX ON {table!i} USING gist ({geom!i});\n", table=table.name, geom=GEOMETRY)
            )
            file.write(sql("ANALYZE {table!i};\n", table=table.name))
            written.layers[table.name] = count
        file.write(_END + "\n")
    return written


def _table(view: MapData, table: Table, job: Job) -> str:
    """The statements up to the rows of a table."""
    mine = columns(table, _LONGEST_NAME)
    kind = f"geometry({KINDS[table.geometry]},{srid(view)})"
    made = [
        sql("{key!i} bigint PRIMARY KEY", key=KEY),
        sql("{geom!i} {kind!s} NOT NULL", geom=GEOMETRY, kind=kind),
        *(sql("{name!i} {kind!s}", name=name, kind=_TYPES[kind]) for name, kind in mine.values()),
    ]
    names = [KEY, GEOMETRY, *(name for name, _ in mine.values())]
    about = f"{table.title or table.name}: {job.credit}".replace("\0", "")
    lines = ",\n  ".join(made)
    return "".join(
        (
            sql("\nCREATE TABLE {table!i} (\n  {lines!s}\n);\n", table=table.name, lines=lines),
            sql("COMMENT ON TABLE {table!i} IS {about!s};\n", table=table.name, about=literal(about)),
            sql("COPY {table!i} ({names!i}) FROM stdin;\n", table=table.name, names=names),
        )
    )


def _extended(wkb: bytes, number: bytes) -> str:
    """Extended WKB in hexadecimal, as PostGIS reads it."""
    code = int.from_bytes(wkb[1:5], "little") | _HAS_SRID
    return (wkb[:1] + struct.pack("<I", code) + number + wkb[5:]).hex()


def _cell(value: Any) -> str:
    if value is None:
        return _NULL
    return value.translate(_ESCAPES) if isinstance(value, str) else repr(value)


def prove(path: Path, view: MapData, written: Written) -> None:
    """Count the rows of every table again, up to the end of the transaction."""
    counts: dict[str, int] = {}
    table = ""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if not table and line.startswith("COPY "):
                table = line.split('"')[1]
                counts[table] = 0
            elif line == "\\.\n":
                table = ""
            elif table:
                counts[table] += 1
    if counts != written.layers or last_line(path) != _END:
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", _LABEL))
