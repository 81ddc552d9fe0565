"""A small part of a large file: what GDAL's driver does for every object of a file is done for those that are read.

The driver makes a feature of each way, with a field for each column, before it looks where that lies: of a city's ways
most of the time goes there. For a part of it ways are read with all their tags in one text, in one run with the areas,
and the columns are filled here.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Sequence, Tuple

from osgeo import gdal

from ..geo.gdal_settings import quiet
from ..geo.sql import sql
from ..osm.tables.extra_tags import RAW_COLUMN, parse
from ..osm.tables.rules import raw_column
from . import pbf
from .coverage import header_box

Box = Tuple[float, float, float, float]
LINES, AREAS = "lines", "multipolygons"
# A part is at most this share of the area of the whole; more ways read than that make up for those that are not.
_SHARE = 1 / 8
# An older driver (GDAL 3.6) drops a tag of which the text has no room in 8192 bytes, where it counts each letter twice:
# beside the longest tag that OpenStreetMap takes (255 letters each) so many are safe. Few ways have as many.
_WHOLE = 4000


def is_part(path: Path, box: Box | None) -> bool:
    """Whether the box is a small part of what a PBF file says that it covers."""
    if box is None or path.suffix.lower() != ".pbf":
        return False
    try:
        with path.open("rb") as file:
            header = next(pbf.blobs(file), None)
            told = header_box(header.read(file)) if header is not None and header.kind == b"OSMHeader" else None
    except (OSError, ValueError, IndexError, KeyError, TypeError, zlib.error):
        # It is the driver's to tell.
        return False
    return told is not None and _size(box) <= _SHARE * _size(told)


def _size(box: Box) -> float:
    west, south, east, north = box
    return (east - west) * (north - south)


def settle(both: Path, areas: Path, keys: Sequence[str]) -> bool:
    """Make of a GeoPackage with both layers that of ways, with a column for each of `keys`, and one with that of areas.

    False where the driver may have dropped tags of a way.
    """
    with closing(sqlite3.connect(both)) as database:
        database.execute("PRAGMA synchronous=OFF")
        if not _fill(database, keys):
            return False
        database.commit()
    with quiet():
        gdal.VectorTranslate(
            str(areas), str(both), format="GPKG", layers=[AREAS], options=["-preserve_fid"],
            layerCreationOptions=["SPATIAL_INDEX=NO", "GEOMETRY_NAME=geom"],
        )  # fmt: skip
    with closing(sqlite3.connect(both)) as database, database:
        database.execute("PRAGMA synchronous=OFF")
        for table in ("gpkg_geometry_columns", "gpkg_ogr_contents", "gpkg_contents"):
            database.execute(sql("DELETE FROM {table!i} WHERE table_name = ?", table=table), (AREAS,))
        database.execute(sql("DROP TABLE {name!i}", name=AREAS))
    return True


def _fill(database: sqlite3.Connection, keys: Sequence[str]) -> bool:
    """Columns of the ways of their tags; False where some of these may be missing."""
    columns = {key: raw_column(key) for key in keys}
    for column in columns.values():
        database.execute(sql("ALTER TABLE {layer!i} ADD COLUMN {name!i} TEXT", layer=LINES, name=column))
    # A statement for each set of keys: there are far fewer than ways.
    rows: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
    query = "SELECT fid, {tags!i} FROM {layer!i} WHERE {tags!i} IS NOT NULL"
    for number, text in database.execute(sql(query, tags=RAW_COLUMN, layer=LINES)):
        if len(text) > _WHOLE // 4 and len(text.encode()) > _WHOLE:
            return False
        tags = parse(text)
        mine = tuple(key for key in tags if key in columns)
        if mine:
            rows.setdefault(mine, []).append((*map(tags.__getitem__, mine), number))
    for mine, values in rows.items():
        filled = ", ".join(sql("{name!i} = ?", name=columns[key]) for key in mine)
        statement = sql("UPDATE {layer!i} SET {filled!s} WHERE fid = ?", layer=LINES, filled=filled)
        database.executemany(statement, values)
    return True
