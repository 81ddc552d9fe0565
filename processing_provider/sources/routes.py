"""Routes: the ways of each relation `type=route`, as a raw layer beside those of the driver, and joined to lines.

GDAL's own layer of them has the platforms of a bus line among its ways, needs another reading of the whole file, and
leaves each way a line of its own.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Iterable, Sequence

import numpy as np
from osgeo import ogr
from qgis.core import QgsGeometry, QgsMultiLineString

from ..geo.geometry import staged_geometry, to_blob, wkb_of
from ..geo.sql import sql
from ..osm.tables.extra_tags import RAW_COLUMN, hstore
from ..osm.tables.rules import raw_column
from .relation_members import Relation

LAYER = "routes"
_LONLAT = 4326
# Where one waits beside the route.
_BESIDE = ("platform", "stop")
# Little-endian WKB of a line string: the order, the type and the number of points, then the points.
_FIRST, _POINT = 9, 16


def build(raw: Path, relations: Iterable[Relation], lines: Path, keys: Sequence[str], all_tags: bool) -> None:
    """Write the table `routes` into the SQLite file `raw`: one row a route, the ways of it that are in `lines`.

    `lines` is the GeoPackage of the raw layer of ways, `keys` are the tags that become columns; with `all_tags`
    there is a column with all of them, as the driver writes it.
    """
    columns = [raw_column(key) for key in keys]
    names = [*columns, RAW_COLUMN] if all_tags else columns
    made = []
    routes = [relation for relation in relations if relation.is_route and len(relation.ways)]
    routes, shapes = _near(lines, routes)
    for relation in routes:
        found = [shapes[way] for way in _along(relation) if way in shapes]
        if found:
            tags = {raw_column(key): relation.tags.get(key) for key in keys}
            made.append([_gathered(found), str(relation.id), *(tags[name] for name in columns)])
            if all_tags:
                made[-1].append(hstore(relation.tags))
    with closing(sqlite3.connect(raw)) as database, database:
        database.execute("PRAGMA synchronous=OFF")
        head = "CREATE TABLE {layer!i} (fid INTEGER PRIMARY KEY, geom BLOB, osm_id TEXT, {names!i})"
        database.execute(sql(head, layer=LAYER, names=names))
        places = ",".join(["NULL", *"?" * (len(names) + 2)])
        database.executemany(sql("INSERT INTO {layer!i} VALUES ({places!s})", layer=LAYER, places=places), made)


def _along(relation: Relation) -> Iterable[int]:
    """The ways that the route runs on, each once."""
    pairs = zip(relation.ways.tolist(), relation.roles)
    return dict.fromkeys(way for way, role in pairs if not role.startswith(_BESIDE))


def _near(lines: Path, routes: list[Relation]) -> tuple[list[Relation], dict[int, bytes]]:
    """Those of the routes that have ways in the raw layer of ways, and the WKB of each of these.

    A country has thousands of routes, and a town few of them: all of their ways are asked for at once.
    """
    if not routes:
        return [], {}
    with closing(sqlite3.connect(lines)) as database:
        there = np.fromiter((int(row[0]) for row in database.execute("SELECT osm_id FROM lines")), np.int64)
        if not len(there):
            return [], {}
        there.sort()
        ways = np.concatenate([relation.ways for relation in routes])
        found = there.take(there.searchsorted(ways), mode="clip") == ways
        before = np.concatenate(([0], np.cumsum(found)))[np.cumsum([0, *(len(relation.ways) for relation in routes)])]
        near = [relation for relation, count in zip(routes, np.diff(before).tolist()) if count]
        database.execute("CREATE TEMP TABLE member (way TEXT PRIMARY KEY) WITHOUT ROWID")
        members = ((str(way),) for way in np.unique(ways[found]).tolist())
        database.executemany("INSERT INTO member VALUES (?)", members)
        rows = database.execute("SELECT osm_id, geom FROM lines WHERE osm_id IN (SELECT way FROM member)")
        return near, {int(way): wkb_of(blob) for way, blob in rows if blob}


def _gathered(ways: list[bytes]) -> bytes:
    """The ways as one multi-line, in the order of the route, as a GeoPackage blob."""
    lines = ogr.Geometry(ogr.wkbMultiLineString)
    for wkb in ways:
        lines.AddGeometry(ogr.CreateGeometryFromWkb(wkb))
    return to_blob(lines, "line", _LONLAT)


def ways_of(blob: bytes) -> list[bytes]:
    """The WKB of each way of a route, as `build` wrote them."""
    lines = staged_geometry(blob)
    return [bytes(lines.GetGeometryRef(n).ExportToWkb(ogr.wkbNDR)) for n in range(lines.GetGeometryCount())]


def joined(ways: Sequence[bytes]) -> bytes | None:
    """Lines joined where they meet, in the order and the direction of the route, as a GeoPackage blob.

    None where all of them have no length.
    """
    geometries = []
    order: dict[bytes, int] = {}
    for number, wkb in enumerate(ways):
        geometry = QgsGeometry()
        geometry.fromWkb(wkb)
        if geometry.length() > 0:
            geometries.append(geometry)
            order.setdefault(wkb[_FIRST : _FIRST + _POINT], number)
            order.setdefault(wkb[-_POINT:], number)
    if not geometries:
        return None
    gathered = QgsGeometry.collectGeometry(geometries)
    merged = gathered.mergeLines() if len(geometries) > 1 else gathered
    pieces = []
    for part in merged.asGeometryCollection():
        line = part.constGet()
        wkb = bytes(part.asWkb())
        first, last = order.get(wkb[_FIRST : _FIRST + _POINT], 0), order.get(wkb[-_POINT:], 0)
        pieces.append((min(first, last), line.reversed() if first > last else line.clone()))
    result = QgsMultiLineString()
    for _, line in sorted(pieces, key=lambda piece: piece[0]):
        result.addGeometry(line)
    return to_blob(ogr.CreateGeometryFromWkb(bytes(result.asWkb())), "line", _LONLAT)
