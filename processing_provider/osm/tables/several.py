"""Values that list several: `amenity=cafe;bar` is a cafe and a bar, as mappers mean it.

They are rare. Each raw object that has one in a key of the rules is marked once, after it was read; for those alone a
slower condition is asked, which looks at each of the values.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from typing import Iterable

from ...geo.sql import quoted, sql

SEPARATOR = ";"
# The column of a raw layer that is 1 for objects with such a value, NULL for all others.
COLUMN = "several"


def split(text: str | None) -> list[str]:
    """The values that a text lists; none of no text."""
    return [value.strip() for value in text.split(SEPARATOR)] if text is not None else []


def has(text: str | None, wanted: str) -> bool:
    """Whether one of the values of `text` is among `wanted`, which are listed in the same way."""
    return not set(split(text)).isdisjoint(split(wanted))


def first(text: str | None, wanted: str) -> str | None:
    """The first value of `text` among `wanted`, its very first where nothing is wanted."""
    values = split(text)
    wished = set(split(wanted)) if wanted else set(values)
    return next((value for value in values if value in wished), text)


def register(database: sqlite3.Connection) -> None:
    """Let `database` know these functions as osm_has and osm_first."""
    database.create_function("osm_has", 2, has, deterministic=True)
    database.create_function("osm_first", 2, first, deterministic=True)


def mark(database: sqlite3.Connection, layer: str, columns: Iterable[str]) -> None:
    """Give the table `layer` the column, 1 where one of `columns` lists several values."""
    database.execute(sql("ALTER TABLE {layer!i} ADD COLUMN {column!i} INTEGER", layer=layer, column=COLUMN))
    # Most columns of most rows are empty, which costs less to see than to look for a sign in them.
    listed = " OR ".join(f"({name} IS NOT NULL AND instr({name}, ';'))" for name in map(quoted, sorted(columns)))
    if listed:
        database.execute(
            sql("UPDATE {layer!i} SET {column!i} = 1 WHERE {listed!s}", layer=layer, column=COLUMN, listed=listed)
        )
