"""SpatiaLite 4 and later (gaia-gis.it): one table per layer with spatial index, in a SQLite database."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ...errors import WriteError
from ...geo.sql import sql
from ...osm.tables.map_data import MapData
from ...text.sentence import say
from ..contract import Job, Written
from ..proof_helpers import prove_vector
from .translate import described, translate


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write all tables in one go, and what every dataset says of itself as the table `metadata`."""
    translate(
        view, view.tables, str(path), "SQLite", job, "SpatiaLite",
        datasetCreationOptions=["SPATIALITE=YES", "INIT_WITH_EPSG=NO"],
        layerCreationOptions=["SPATIAL_INDEX=YES", "GEOMETRY_NAME=geom", "FID=fid", "LAUNDER=NO"],
    )  # fmt: skip
    try:
        with closing(sqlite3.connect(str(path))) as database, database:
            taken = {name.lower() for (name,) in database.execute("SELECT name FROM sqlite_master")}
            name = "about" if "metadata" in taken else "metadata"
            database.execute(f"CREATE TABLE {name} (name TEXT PRIMARY KEY, value TEXT)")
            insert = sql("INSERT INTO {name!i} VALUES (?, ?)", name=name)
            database.executemany(insert, described(job, view).items())
    except sqlite3.Error as error:
        raise WriteError("write_failed", say("SpatiaLite could not be written: {0}.", error)) from error
    return Written({table.name: table.features for table in view.tables})


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open the database again and count."""
    prove_vector(str(path), written, "SpatiaLite")
