"""Multipolygons of the old style, whose tags their outer ways have: they take them, and are what these say.

The driver copies tags of ways alone that are areas by its own list, and here it makes none of ways (see extract.py).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Sequence

import numpy as np

from ..geo.sql import sql
from ..osm.tables.extra_tags import INSIGNIFICANT, RAW_COLUMN, REST_COLUMN, hstore, parse
from ..osm.tables.layer_sql import LINES
from ..osm.tables.rules import raw_column
from .objects import WAY
from .relation_members import OUTER, Relations


def take_tags(raw: Path, relations: Relations, keys: Sequence[str], all_tags: bool) -> None:
    """Give multipolygons without tags of their own those of their outer way: `keys` are the tags that are columns.

    What makes a way a line, such as a fence round a field, is the way's own.
    """
    bare = relations.areas.some(relations.multi & relations.bare)
    if not len(bare.ids):
        return
    with closing(sqlite3.connect(raw / "multipolygons.gpkg")) as polygons, polygons:
        polygons.execute("PRAGMA synchronous=OFF")
        ids = ((str(number),) for number in bare.ids.tolist())
        polygons.execute("CREATE TEMP TABLE bare (relation TEXT PRIMARY KEY) WITHOUT ROWID")
        polygons.executemany("INSERT OR IGNORE INTO bare VALUES (?)", ids)
        found = polygons.execute(
            "SELECT CAST(osm_id AS INTEGER) FROM multipolygons WHERE osm_id IN (SELECT relation FROM bare)"
        )
        shaped = np.array([number for (number,) in found], np.int64)
        is_outer = (bare.kinds == WAY) & (bare.roles == OUTER) & np.isin(bare.ids, shaped)[bare.of]
        tags = _tags_of(raw / "lines.gpkg", np.unique(bare.refs[is_outer]).tolist())
        taken: dict[int, tuple[dict[str, str], dict[str, str]]] = {}
        for relation, way in zip(bare.ids[bare.of[is_outer]].tolist(), bare.refs[is_outer].tolist()):
            if way in tags:
                taken.setdefault(relation, tags[way])
        for relation, (columns, told) in taken.items():
            values = {raw_column(key): columns[raw_column(key)] for key in keys if raw_column(key) in columns}
            if all_tags:
                values[RAW_COLUMN] = hstore({"type": "multipolygon", **told})
            for name, value in values.items():
                statement = sql("UPDATE multipolygons SET {name!i} = ? WHERE osm_id = ?", name=name)
                polygons.execute(statement, (value, str(relation)))


def _tags_of(lines: Path, ways: Sequence[int]) -> dict[int, tuple[dict[str, str], dict[str, str]]]:
    """The tags of ways that say what an area is: by column, and those that the driver's text has, by key."""
    with closing(sqlite3.connect(lines)) as database:
        database.execute("CREATE TEMP TABLE part (way TEXT PRIMARY KEY) WITHOUT ROWID")
        database.executemany("INSERT OR IGNORE INTO part VALUES (?)", ((str(way),) for way in ways))
        database.row_factory = sqlite3.Row
        found = {}
        for row in database.execute("SELECT * FROM lines WHERE osm_id IN (SELECT way FROM part)"):
            names = list(dict(row))
            rest = next(name for name in (RAW_COLUMN, REST_COLUMN) if name in names)
            told = parse(row[rest])
            columns = {name: row[name] for name in names if name not in ("fid", "geom", "osm_id", rest)}
            columns.update({raw_column(key): value for key, value in told.items()})
            unsaid = INSIGNIFICANT if columns.get("area") == "yes" else (*INSIGNIFICANT, *LINES)
            columns = {name: value for name, value in columns.items() if value and name not in unsaid}
            if columns:
                found[int(row["osm_id"])] = columns, {key: text for key, text in told.items() if key not in unsaid}
        return found
