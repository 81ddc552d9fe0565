"""The rows of one GeoPackage in place of those of another, while QGIS shows it: layers, styles and joins stay."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from osgeo import gdal
from qgis.core import QgsTask

from ...processing_provider.errors import ExportError, WriteError
from ...processing_provider.geo.gdal_settings import quiet
from ...processing_provider.geo.sql import sql
from ...processing_provider.osm.tables.layers import TABLES
from ...processing_provider.text.sentence import say
from ...processing_provider.text.translation import told, tr

# What a GeoPackage says of itself; a row of the second names one of the first.
_NOTES = ("gpkg_metadata", "gpkg_metadata_reference")


class Exchange(QgsTask):
    """Does it in the background; `fault` is one sentence where it failed, and then nothing changed."""

    def __init__(self, shown: Path, fresh: Path) -> None:
        super().__init__(tr("Refreshing the map"), QgsTask.Flag(0))
        self.shown, self.fresh = shown, fresh
        self.fault = ""

    def run(self) -> bool:
        """Exchange."""
        try:
            exchange(self.shown, self.fresh)
        except ExportError as error:
            self.fault = told(error.text)
        except Exception as error:
            self.fault = str(error)
        return not self.fault


def exchange(shown: Path, fresh: Path) -> None:
    """Replace the rows of `shown` by those of `fresh`, all or none; raises WriteError."""
    with quiet():
        try:
            database = gdal.OpenEx(str(shown), gdal.OF_VECTOR | gdal.OF_UPDATE, allowed_drivers=["GPKG"])
            if database is None:
                raise RuntimeError(gdal.GetLastErrorMsg() or "no GeoPackage")
            _do(database, sql("ATTACH DATABASE {file!t} AS fresh", file=str(fresh)))
            if database.StartTransaction() != 0:
                raise RuntimeError(gdal.GetLastErrorMsg() or "no transaction")
            for table in TABLES:
                _table(database, table.name)
            # The date of the data, and what became of each object.
            for name in reversed(_NOTES):
                _clear(database, name)
            for name in _NOTES:
                _fill(database, name)
            if database.CommitTransaction() != 0:
                raise RuntimeError(gdal.GetLastErrorMsg() or "no commit")
        except RuntimeError as error:
            # Closed without a commit, nothing of it is there.
            raise WriteError("write_failed", say("The map {0} could not be changed: {1}.", shown, error)) from error
        finally:
            database = None


def _table(database: gdal.Dataset, name: str) -> None:
    """Replace the rows of a table, and say where they lie, as programs read it that do not count."""
    if not _columns(database, "main", name) or not _columns(database, "fresh", name):
        return
    _clear(database, name)
    _fill(database, name)
    _do(
        database,
        sql(
            "UPDATE main.gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), "
            "(min_x, min_y, max_x, max_y) = (SELECT min_x, min_y, max_x, max_y FROM fresh.gpkg_contents "
            "WHERE table_name = {table!t}) WHERE table_name = {table!t}",
            table=name,
        ),
    )


def _clear(database: gdal.Dataset, name: str) -> None:
    _do(database, sql("DELETE FROM main.{table!i}", table=name))


def _fill(database: gdal.Dataset, name: str) -> None:
    """Add the rows of the other file, by the columns that both have."""
    theirs = _columns(database, "fresh", name)
    columns = [column for column in _columns(database, "main", name) if column in theirs]
    rows = "INSERT INTO main.{table!i} ({columns!i}) SELECT {columns!i} FROM fresh.{table!i}"
    _do(database, sql(rows, table=name, columns=columns))


def _columns(database: gdal.Dataset, schema: str, name: str) -> list[str]:
    found = database.ExecuteSQL(sql("PRAGMA {schema!i}.table_info({table!i})", schema=schema, table=name))
    if found is None:
        return []
    columns = [str(row.GetField("name")) for row in found]
    database.ReleaseResultSet(found)
    return columns


def _do(database: gdal.Dataset, statement: str) -> None:
    gdal.ErrorReset()
    result = database.ExecuteSQL(statement)
    if result is not None:
        database.ReleaseResultSet(result)
    if gdal.GetLastErrorType() >= gdal.CE_Failure:
        raise RuntimeError(gdal.GetLastErrorMsg())
