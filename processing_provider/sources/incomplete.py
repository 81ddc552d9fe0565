"""What a file lacks of its own objects, and which relations have no shape: kept beside what was read, for the account.

GDAL's OSM driver tells of ways that it cuts or leaves out, and of areas that lack ways, among its messages for
developers; of an area whose ring does not close it leaves the ring out, and tells nothing.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from osgeo import ogr

from ..geo.geometry import bounds, wkb_of
from ..geo.sql import sql
from ..osm.tables.account import MEMBERS, RINGS, SHAPELESS
from ..osm.tables.layers import TABLES
from .objects import NODE, RELATION, WAY
from .relation_members import OTHER, Ids, Members, Relations

_FILE = "incomplete.json"
_CUT = re.compile(r"For way (-?\d+), got only \d+ nodes")
_LOST = re.compile(r"Way (-?\d+) with \d+ nodes.* Discarding it")
_OPEN = re.compile(r"Relation (-?\d+) has missing ways")
# The points of a way in its blob, which has an envelope (see layer_sql.CLOSED), from SQL's 1 on.
_POINTS, _POINT = 50, 16
_STARTS = (
    "SELECT CAST(osm_id AS INTEGER), substr(geom, {first!n}, {two!n}) FROM lines "
    "WHERE osm_id IN (SELECT way FROM part) AND substr(geom, {first!n}, {one!n}) <> substr(geom, -{one!n})"
)
# What makes an area one that a map shows.
_RULES = [
    rule for table in TABLES if not table.asked and "multipolygons" in table.source for kind in table.kinds
    for rule in kind.rule
]  # fmt: skip


class Incomplete:
    """Ids of ways that are `cut`, of ways that are `lost` since they have no two nodes, and of `areas` without ways."""

    def __init__(self) -> None:
        self.cut: set[int] = set()
        self.lost: set[int] = set()
        self.areas: set[int] = set()

    def hear(self, message: str) -> None:
        """Take a message of the driver."""
        for pattern, ids in ((_CUT, self.cut), (_LOST, self.lost), (_OPEN, self.areas)):
            found = pattern.search(message)
            if found:
                ids.add(int(found[1]))


class Beside(NamedTuple):
    """A member, which was read, of a relation, which was not: what becomes of that (see account.TABLE), and the member.

    `hurts` where it is an area, and no border, that a table has: something is missing from the map.
    """

    relation: int
    outcome: int
    kind: int
    ref: int
    hurts: bool


@dataclass
class Lacking:
    """What lacks something: ids of ways that are `cut`, that are `lost`, relations `beside` what was read by member.

    `parents` are relations made of others: their ids in pairs, parent and child. `hurt` are areas with the boxes of
    their members (id, west, east, south, north).
    """

    cut: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    parents: list[list[int]] = field(default_factory=list)
    hurt: list[list[Any]] = field(default_factory=list)


def keep(heard: Incomplete, relations: Relations, raw: Path, near: ogr.Geometry | None) -> None:
    """Write down beside what was read what it lacks: of cut ways and areas those that touch what was read.

    `near` is what areas must touch to be read (see extract.touched), None where all are.
    """
    with closing(sqlite3.connect(raw / "lines.gpkg")) as database:
        there = np.sort(_numbers(database, "SELECT CAST(osm_id AS INTEGER) FROM lines"))
        areas = relations.areas
        mine = (areas.kinds == WAY) & np.isin(areas.refs, there)
        lacks = np.isin(areas.ids, np.array(sorted(heard.areas), np.int64))
        lacking = mine & lacks[areas.of]
        rings = _unclosed(database, raw, areas, mine & ~lacks[areas.of], near)
        hurts = _hurts(relations, np.unique(areas.of[lacking | rings]))
        beside = _beside(areas, lacking, MEMBERS, hurts) + _beside(areas, rings, RINGS, hurts)
        hurt = _boxes(database, [one for one in beside if one.hurts])
    others = relations.shapeless
    mine = (others.kinds == WAY) & np.isin(others.refs, there)
    nodes = others.kinds == NODE
    if nodes.any():
        with closing(sqlite3.connect(raw / "points.gpkg")) as database:
            tagged = _numbers(database, "SELECT CAST(osm_id AS INTEGER) FROM points")
        mine |= nodes & np.isin(others.refs, tagged)
    beside += _beside(others, mine, SHAPELESS, np.zeros(len(others.ids), bool))
    made = others.kinds == RELATION
    parents = np.column_stack([others.ids[others.of[made]], others.refs[made]]).tolist()
    cut = sorted(heard.cut.intersection(there.tolist())) if heard.cut else []
    kept = Lacking(cut, sorted(heard.lost), beside, parents, hurt)
    (raw / _FILE).write_text(json.dumps(vars(kept)), encoding="utf-8")


def kept(raw: Path) -> Lacking:
    """What `keep` wrote down."""
    path = raw / _FILE
    if not path.exists():
        return Lacking()
    made = Lacking(**json.loads(path.read_text(encoding="utf-8")))
    made.beside = [Beside(*one) for one in made.beside]
    return made


def _hurts(relations: Relations, some: Any) -> Any:
    """Which areas are missing from the map: of those with the numbers `some` the multipolygons that a table takes."""
    hurts = np.zeros(len(relations.areas.ids), bool)
    hurts[some] = relations.multi[some]
    tags = relations.tags_of(relations.areas.ids[hurts])
    for number in np.flatnonzero(hurts).tolist():
        mine = tags[int(relations.areas.ids[number])]
        hurts[number] = any(all(term.holds(mine) for term in rule) for rule in _RULES)
    return hurts


def _numbers(database: sqlite3.Connection, query: str) -> Ids:
    return np.fromiter((number for (number,) in database.execute(query)), np.int64)


def _beside(members: Members, chosen: Any, outcome: int, hurts: Any) -> list[Beside]:
    of = members.of[chosen]
    rows = zip(
        members.ids[of].tolist(), members.kinds[chosen].tolist(), members.refs[chosen].tolist(), hurts[of].tolist()
    )
    return sorted({Beside(relation, outcome, kind, ref, hurt) for relation, kind, ref, hurt in rows})


def _asked(database: sqlite3.Connection, ids: Any) -> None:
    """The table `part` of the ways with these ids."""
    database.execute("CREATE TEMP TABLE IF NOT EXISTS part (way TEXT PRIMARY KEY) WITHOUT ROWID")
    database.execute("DELETE FROM part")
    database.executemany("INSERT OR IGNORE INTO part VALUES (?)", ((str(number),) for number in ids))


def _unclosed(database: sqlite3.Connection, raw: Path, areas: Members, chosen: Any, near: ogr.Geometry | None) -> Any:
    """Which of the `chosen` members are ways of a ring that does not close: what the driver made lacks them.

    A way is in an area's shape where its first two points are there, in this order or the other.
    """
    lost = np.zeros(len(chosen), bool)
    members = np.flatnonzero(chosen & (areas.roles != OTHER))
    with closing(sqlite3.connect(raw / "multipolygons.gpkg")) as polygons:
        shaped = _numbers(polygons, "SELECT CAST(osm_id AS INTEGER) FROM multipolygons WHERE osm_id IS NOT NULL")
        has_shape = np.isin(areas.ids, shaped)[areas.of[members]]
        # Closed ways are no matter where there is a shape.
        _asked(database, np.unique(areas.refs[members]).tolist())
        starts = dict(database.execute(sql(_STARTS, first=_POINTS, two=2 * _POINT, one=_POINT)))
        is_open = np.isin(areas.refs[members], np.array(sorted(starts), np.int64))
        blobs: dict[int, bytes] = {}
        wanted = np.unique(areas.ids[areas.of[members[has_shape & is_open]]]).tolist()
        _asked(polygons, wanted)
        query = "SELECT CAST(osm_id AS INTEGER), geom FROM multipolygons WHERE osm_id IN (SELECT way FROM part)"
        blobs.update(polygons.execute(query))
    for member in members[has_shape & is_open].tolist():
        start = starts[int(areas.refs[member])]
        first, second = start[:_POINT], start[_POINT:]
        blob = blobs[int(areas.ids[areas.of[member]])]
        lost[member] = first != second and start not in blob and second + first not in blob
    lost[members[~has_shape]] = True
    return _touching(database, areas, lost, near) if near is not None and lost.any() else lost


def _touching(database: sqlite3.Connection, areas: Members, lost: Any, near: ogr.Geometry) -> Any:
    """Those of the ways that touch what areas must touch: some were read for a ray that leads away from it."""
    _asked(database, np.unique(areas.refs[lost]).tolist())
    prepared = near.CreatePreparedGeometry()
    found = [
        number for number, blob in _shapes(database) if prepared.Intersects(ogr.CreateGeometryFromWkb(wkb_of(blob)))
    ]
    return lost & np.isin(areas.refs, np.array(found, np.int64))


def _boxes(database: sqlite3.Connection, hurt: list[Beside]) -> list[list[Any]]:
    """The areas that are hurt with the box of each of their ways."""
    _asked(database, [one.ref for one in hurt])
    boxes = {number: bounds(blob) for number, blob in _shapes(database)}
    return [[one.relation, *boxes[one.ref]] for one in hurt if one.ref in boxes]


def _shapes(database: sqlite3.Connection) -> list[tuple[int, bytes]]:
    query = "SELECT CAST(osm_id AS INTEGER), geom FROM lines WHERE osm_id IN (SELECT way FROM part)"
    return [(number, blob) for number, blob in database.execute(query) if blob]
