"""A dump for MySQL 5.7 and later and MariaDB 10.2 and later, as their clients load it: a table per layer."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

from ...errors import WriteError
from ...geo.sql import sql
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import say
from ..contract import Job, Written
from .table_rows import GEOMETRY, KEY, KINDS, columns, comment_lines, last_line, rows, srid, widest

_LABEL = "MySQL dump"
# Bytes of a name, of a TEXT, and of a statement; letters of a table's comment.
_LONGEST_NAME, _LONGEST_TEXT, _STATEMENT, _LONGEST_COMMENT = 64, 65_535, 500_000, 2048
_TYPES = {"TEXT": "TEXT", "INTEGER": "BIGINT", "REAL": "DOUBLE"}
# As its strings are written (MySQL, String Literals).
_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\0": "\\0", "\x1a": "\\Z"})
_HOW = "To load it: mariadb DATABASE < FILE, or mysql --default-character-set=utf8mb4 DATABASE < FILE"
_HEAD = """SET NAMES utf8mb4;
SET @old_sql_mode = @@SESSION.sql_mode, SESSION sql_mode = 'STRICT_ALL_TABLES';
SET @old_autocommit = @@SESSION.autocommit, SESSION autocommit = 0;
"""
_END = "SET SESSION autocommit = @old_autocommit, SESSION sql_mode = @old_sql_mode;"


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write each table with a spatial index, and its rows, many a statement; what is made of them is one commit."""
    written = Written()
    number = struct.pack("<I", srid(view))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(comment_lines(_HOW, job)) + "\n" + _HEAD)
        for table in view.tables:
            file.write(_table(view, table, job))
            insert = sql("INSERT INTO {table!s} VALUES\n", table=_quoted(table.name))
            count = size = 0
            for key, wkb, values in rows(view, table, job):
                row = f"({key},0x{(number + wkb).hex()}" + "".join(f",{_cell(value)}" for value in values) + ")"
                # A row of its own where there is no room: none is cut.
                start = insert if not count else f";\n{insert}" if size + len(row) > _STATEMENT else ",\n"
                size = len(row) if start != ",\n" else size + len(row)
                file.write(start + row)
                count += 1
            file.write((";\n" if count else "") + "COMMIT;\n")
            written.layers[table.name] = count
        file.write(_END + "\n")
    return written


def _table(view: MapData, table: Table, job: Job) -> str:
    """The statement that makes a table. MySQL 8 needs the CRS to use an index; MariaDB calls it otherwise."""
    code, mine, longest = srid(view), columns(table, _LONGEST_NAME), widest(view, table)
    there, here = (f" /*M!100203 REF_SYSTEM_ID={code} */", f" /*!80003 SRID {code} */") if code else ("", "")
    made = [
        f"{_quoted(KEY)} BIGINT NOT NULL PRIMARY KEY",
        f"{_quoted(GEOMETRY)} {KINDS[table.geometry].upper()}{there} NOT NULL{here}",
    ]
    for name, (short, kind) in mine.items():
        made.append(f"{_quoted(short)} {'LONGTEXT' if longest.get(name, 0) > _LONGEST_TEXT else _TYPES[kind]}")
    made.append(f"SPATIAL INDEX ({_quoted(GEOMETRY)})")
    about = _cell(f"{table.title or table.name}: {job.credit}"[:_LONGEST_COMMENT])
    lines = ",\n  ".join(made)
    return (
        f"\nCREATE TABLE {_quoted(table.name)} (\n  {lines}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT={about};\n"
    )


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _cell(value: Any) -> str:
    if value is None:
        return "NULL"
    return f"'{value.translate(_ESCAPES)}'" if isinstance(value, str) else repr(value)


def prove(path: Path, view: MapData, written: Written) -> None:
    """Count the rows of every table again, up to the last statement."""
    counts: dict[str, int] = {}
    table = ""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.startswith("CREATE TABLE `"):
                table = line.split("`")[1]
                counts[table] = 0
            elif line.startswith("("):
                counts[table] += 1
    if counts != written.layers or last_line(path) != _END:
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", _LABEL))
