"""Names of areas as points, each once: an area is cut at every edge of a tile, and each piece would have its name."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Mapping

from qgis.core import QgsGeometry

from ..geo.geometry import wkb_of
from ..geo.sql import sql
from ..osm.tables.map_data import MapData, Table
from .table import Rows, made

LAYER = "area_names"
# Of which tables, and what is kept beside the names: all that a style asks for.
TABLES = ("green", "water", "plazas")
_KEPT = ("class", "kind", "area")
OF = "of"
# How exact the innermost point is found, as a part of the area's longer side.
_EXACT = 0.02


def columns(view: MapData) -> dict[str, str]:
    """The columns of the points of some map data, as name and SQL type; none where no area may have a name."""
    found = {name: kind for table in _tables(view) for name, kind in table.columns if _is_kept(name)}
    return {OF: "TEXT", **found} if found else {}


def points(view: MapData) -> Rows | None:
    """The innermost point of each area with a name, as rows of a table; None without any."""
    found: list[tuple[Mapping[str, object], bytes]] = []
    with closing(sqlite3.connect(view.path)) as database:
        for table in _tables(view):
            names = [name for name, _ in table.columns if _is_kept(name)]
            query = sql("SELECT geom, {names!i} FROM {table!i} WHERE name IS NOT NULL", names=names, table=table.name)
            for blob, *values in database.execute(query):
                place = _innermost(blob)
                if place is not None:
                    found.append(({OF: table.name, **dict(zip(names, values))}, place))
    if not found:
        return None
    names = list(columns(view))
    said = [[values.get(name) for values, _ in found] for name in names]
    return made(LAYER, "point", [place for _, place in found], names, said)


def _tables(view: MapData) -> list[Table]:
    """Those whose areas may have names."""
    return [table for table in view.tables
            if table.name in TABLES and table.features and "name" in dict(table.columns)]  # fmt: skip


def _is_kept(column: str) -> bool:
    return column in _KEPT or column == "name" or column.startswith("name_")


def _innermost(area: bytes) -> bytes | None:
    """The point in an area (blobs of a GeoPackage both) that lies farthest from its edge."""
    shape = QgsGeometry()
    shape.fromWkb(wkb_of(area))
    box = shape.boundingBox()
    found = shape.poleOfInaccessibility(max(box.width(), box.height()) * _EXACT)[0]
    return None if found.isNull() else area[:3] + b"\x01" + area[4:8] + bytes(found.asWkb())
