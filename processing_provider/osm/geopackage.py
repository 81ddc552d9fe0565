"""A GeoPackage made by GDAL and filled through SQLite: its tables are right, its rows are fast."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Callable, Iterable

from osgeo import gdal, ogr

from ..errors import SourceError
from ..geo.gdal_settings import options, quiet
from ..geo.projection import spatial_reference
from ..geo.sql import quoted, sql
from ..text.sentence import say
from .tables.map_data import Tabular

_OGR_TYPE = {"point": ogr.wkbPoint, "line": ogr.wkbMultiLineString, "polygon": ogr.wkbMultiPolygon}
_BATCH = 20_000
_FIELD_TYPE = {"TEXT": ogr.OFTString, "INTEGER": ogr.OFTInteger64, "REAL": ogr.OFTReal}


def create(path: Path, tables: Iterable[Tabular], crs: str) -> int:
    """An empty GeoPackage with one table per layer table; returns the srs_id that its blobs carry."""
    reference = spatial_reference(crs)
    with quiet() as errors, options(OGR_SQLITE_SYNCHRONOUS="OFF"):
        dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
        if dataset is None:
            raise SourceError("disk", say("The working file {0} could not be made: {1}.", path, errors.text))
        dataset.StartTransaction()
        for table in tables:
            layer = dataset.CreateLayer(
                table.name, reference, _OGR_TYPE[table.geometry], ["SPATIAL_INDEX=NO", "GEOMETRY_NAME=geom", "FID=fid"]
            )
            for name, sql_type in table.columns:
                layer.CreateField(ogr.FieldDefn(name, _FIELD_TYPE[sql_type]))
        dataset.CommitTransaction()
        dataset = layer = None
        if errors.failures:
            raise SourceError("disk", say("The working file {0} could not be made: {1}.", path, errors.text))
    with connection(path) as database:
        row = database.execute("SELECT srs_id FROM gpkg_geometry_columns LIMIT 1").fetchone()
    return int(row[0]) if row else 0


class connection:  # noqa: N801 - reads as the function it stands for
    """A private SQLite connection without a journal: a file that fails is thrown away, never mended."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(str(path))
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.execute("PRAGMA journal_mode=OFF")

    def __enter__(self) -> sqlite3.Connection:
        return self._database

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        if kind is None:
            self._database.commit()
        self._database.close()


def insert(
    database: sqlite3.Connection,
    table: Tabular,
    rows: list[tuple[object, ...]],
    extent: tuple[float, float, float, float] | None,
    go_on: Callable[[], None],
) -> None:
    """Append rows (geometry blob, then `table.columns`) and write the layer's extent (xmin, xmax, ymin, ymax).

    `go_on` is called now and then, and may raise.
    """
    names = ["geom"] + [name for name, _ in table.columns]
    marks = ",".join("?" * len(names))
    statement = sql("INSERT INTO {table!i} ({names!i}) VALUES ({marks!s})", table=table.name, names=names, marks=marks)
    # OGR's triggers count row by row, which takes longer than the rows themselves.
    triggers = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table.name,)
    ).fetchall()
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {quoted(name)}")
    for start in range(0, len(rows), _BATCH):
        go_on()
        batch = rows[start : start + _BATCH]
        database.executemany(statement, batch)
    for _, trigger in triggers:
        database.execute(trigger)
    database.execute(
        "UPDATE gpkg_ogr_contents SET feature_count = feature_count + ? WHERE table_name = ?", (len(rows), table.name)
    )
    if extent is not None:
        database.execute(
            "UPDATE gpkg_contents SET min_x=?, max_x=?, min_y=?, max_y=? WHERE table_name=?", (*extent, table.name)
        )
