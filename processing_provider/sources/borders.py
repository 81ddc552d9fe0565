"""Administrative borders by their relations: the ways that are members of one, and the highest rank that they bound.

A border is often a relation alone: its ways are streets or a coast, with no tag of it, or lie in another file.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Iterable

from .relation_members import Relation

# Rank by admin_level: what bounds a country and a town is the country's border.
_LEVELS = {str(level): level for level in range(1, 12)}


def border_ways(relations: Iterable[Relation]) -> dict[int, int]:
    """The lowest admin_level of each way that is a member of an administrative boundary."""
    found: dict[int, int] = {}
    for relation in relations:
        level = _LEVELS.get(relation.tags.get("admin_level", "")) if relation.is_border else None
        if level:
            for way in relation.ways.tolist():
                found[way] = min(level, found.get(way, level))
    return found


def mark(lines: Path, ways: dict[int, int]) -> None:
    """Tag what of the GeoPackage `lines` (see extract.read) is part of a border as such, where it is not yet."""
    if not ways:
        return
    with closing(sqlite3.connect(lines)) as database, database:
        database.execute("PRAGMA synchronous=OFF")
        database.execute("CREATE TEMP TABLE border (way TEXT PRIMARY KEY, level TEXT) WITHOUT ROWID")
        database.executemany(
            "INSERT INTO border VALUES (?, ?)", ((str(way), str(level)) for way, level in ways.items())
        )
        database.execute(
            "UPDATE lines SET boundary = 'administrative', admin_level = "
            "(SELECT level FROM border WHERE way = osm_id) WHERE osm_id IN (SELECT way FROM border) "
            "AND NOT (COALESCE(boundary, '') = 'administrative' AND admin_level IS NOT NULL)"
        )
