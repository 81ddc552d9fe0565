"""Multipolygons that lack some of their ways, as far as their edges close: the driver leaves out all of such a one.

An extract that is cut has many: of a forest of which the file lacks a clearing, or a part far away, the rest is there.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Iterable, Sequence

import numpy as np
from osgeo import ogr

from ..geo.gdal_settings import attempt, quiet
from ..geo.geometry import extracted, to_blob
from ..geo.sql import sql
from ..osm.tables.account import MEMBERS
from ..osm.tables.extra_tags import RAW_COLUMN, hstore
from ..osm.tables.rules import raw_column
from .incomplete import Lacking
from .objects import WAY
from .relation_members import INNER, OUTER, Relations
from .whole_ways import shapes

_LONLAT = 4326


def add(
    path: Path,
    raw: Path,
    relations: Relations,
    lacking: Lacking,
    near: ogr.Geometry | None,
    keys: Sequence[str],
    all_tags: bool,
) -> None:
    """Add to the raw layer of areas of `path` what closes of those that lack ways; all of it touches `near`.

    `keys` are the tags that become columns; with `all_tags` there is one more with all of them.
    """
    lack = {one.relation for one in lacking.beside if one.outcome == MEMBERS}
    is_wanted = relations.multi & ~relations.bare
    areas = relations.areas.some(np.isin(relations.areas.ids, np.array(sorted(lack), np.int64)) & is_wanted)
    if not len(areas.ids):
        return
    is_way = areas.kinds == WAY
    lines = shapes(path, set(areas.refs[is_way].tolist()))
    made: dict[int, ogr.Geometry] = {}
    with quiet():
        for number, relation in enumerate(areas.ids.tolist()):
            mine = areas.of == number
            outer = _enclosed(lines, areas.refs[mine & is_way & (areas.roles == OUTER)])
            inner = _enclosed(lines, areas.refs[mine & is_way & (areas.roles == INNER)])
            area = _area(outer, inner)
            if area is not None and (near is None or near.Intersects(area)):
                made[relation] = area
    _write(raw / "multipolygons.gpkg", made, relations.tags_of(np.array(sorted(made), np.int64)), keys, all_tags)


def _enclosed(lines: dict[int, Any], ways: Any) -> list[ogr.Geometry]:
    """What ways enclose, each face for itself; those that close nothing are let pass."""
    edges = ogr.Geometry(ogr.wkbMultiLineString)
    for way in dict.fromkeys(ways.tolist()):
        if way in lines:
            line = ogr.Geometry(ogr.wkbLineString)
            for x, y in lines[way][1].tolist():
                line.AddPoint_2D(x, y)
            edges.AddGeometry(line)
    faces = attempt(edges.Polygonize) if edges.GetGeometryCount() else None
    return [_filled(face) for face in faces] if faces is not None else []


def _filled(face: ogr.Geometry) -> ogr.Geometry:
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(face.GetGeometryRef(0))
    return polygon


def _area(outer: list[ogr.Geometry], inner: list[ogr.Geometry]) -> ogr.Geometry | None:
    """Edges without the holes, and the islands within these; None where nothing is left."""
    whole, holes = _union(outer), _union(inner)
    if whole is None:
        return None
    if holes is not None:
        islands = [one for one in outer if holes.Contains(one)]
        whole = whole.Difference(holes)
        whole = _union([whole, *islands]) if islands and whole is not None else whole
    return extracted(whole, "polygon")


def _union(polygons: Iterable[ogr.Geometry]) -> ogr.Geometry | None:
    parts = ogr.Geometry(ogr.wkbMultiPolygon)
    for one in polygons:
        for part in extracted(one, "polygon") or ():
            parts.AddGeometry(part)
    return parts.UnionCascaded() if parts.GetGeometryCount() else None


def _write(
    file: Path, made: dict[int, ogr.Geometry], tags: dict[int, dict[str, str]], keys: Sequence[str], all_tags: bool
) -> None:
    """Rows as the driver writes them."""
    names = ["geom", "osm_id", *map(raw_column, keys), *[RAW_COLUMN] * all_tags]
    rows = []
    for relation, area in made.items():
        said = tags[relation]
        text = [hstore(said)] if all_tags else []
        rows.append([to_blob(area, "polygon", _LONLAT), str(relation), *map(said.get, keys), *text])
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("PRAGMA synchronous=OFF")
        places = ",".join("?" * len(names))
        statement = sql("INSERT INTO multipolygons ({names!i}) VALUES ({places!s})", names=names, places=places)
        database.executemany(statement, rows)
