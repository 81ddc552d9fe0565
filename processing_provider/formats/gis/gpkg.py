"""GeoPackage (OGC 12-128): one table per layer, with spatial index, titles and metadata, a `report` among them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from osgeo import gdal

from ...errors import WriteError
from ...geo.gdal_settings import options, quiet
from ...osm.tables.account import Account
from ...osm.tables.map_data import MapData
from ...text.sentence import say
from ..contract import Job, Written
from ..proof_helpers import prove_vector
from .translate import described


def write(view: MapData, path: Path, job: Job) -> Written:
    """Take the map data as they are, a GeoPackage already, and finish them: indexes, titles, metadata."""
    shutil.copyfile(view.path, path)
    titles(view, path)
    with quiet() as errors, options(OGR_SQLITE_SYNCHRONOUS="OFF"):
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
        if dataset is None:
            raise WriteError("write_failed", say("GeoPackage could not be written: {0}.", errors.text))
        dataset.StartTransaction()
        for table in view.tables:
            job.feedback.check()
            dataset.ExecuteSQL(f"SELECT CreateSpatialIndex('{table.name}', 'geom')", dialect="SQLite")
        report = {} if view.account == Account() else {"report": json.dumps(view.account.as_json())}
        dataset.SetMetadata({**described(job, view), **report})
        dataset.CommitTransaction()
        dataset = None
    if errors.failures:
        raise WriteError("write_failed", say("GeoPackage could not be written: {0}.", errors.text))
    return Written({table.name: table.features for table in view.tables})


def titles(view: MapData, path: Path) -> None:
    """A table's identifier is its name for people (section 1.1.3.1.1); two may not be called alike."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA synchronous=OFF")
        for table in view.tables:
            database.execute(
                "UPDATE gpkg_contents SET identifier = ? WHERE table_name = ?", (table.title or table.name, table.name)
            )


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open the file again and count."""
    prove_vector(str(path), written, "GeoPackage")
