"""CSV (RFC 4180) of points: one file, the layer and the coordinates of each beside its attributes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import csv
from pathlib import Path

from ...errors import WriteError
from ...geo.sql import quoted, sql
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import joined, say
from ..contract import Job, Written
from .cells import harmless, harmless_sql
from .translate import translate

_OWN = ("table", "x", "y", "crs", "rights")


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write the points of all tables with the columns of all; the byte-order mark makes Excel read UTF-8."""
    written = Written()
    points = [table for table in view.tables if table.geometry == "point"]
    if not points:
        raise WriteError("nothing_fits", "A CSV of points holds points, and the chosen layers have none.")
    left = [say(table.title) for table in view.tables if table.geometry != "point"]
    if left:
        written.warnings.append(say("A CSV of points holds no lines and areas: {0} are left out.", joined(left, ", ")))
    columns: dict[str, str] = {}
    for table in points:
        for name, _ in table.columns:
            columns.setdefault(name.lower(), name)
    safe = bool(job.options.get("spreadsheet_safe"))
    statement = "\nUNION ALL\n".join(_rows(view, table, columns, job, safe) for table in points)
    translate(
        view, tuple(points), str(path), "CSV", job, "CSV",
        SQLStatement=statement, layerCreationOptions=["WRITE_BOM=YES", "STRING_QUOTING=IF_NEEDED"],
    )  # fmt: skip
    written.layers.update({table.name: table.features for table in points})
    return written


def _rows(view: MapData, table: Table, columns: dict[str, str], job: Job, safe: bool) -> str:
    """The rows of a table under the columns of all tables, nothing where it has not such a column."""
    own = {name.lower(): (name, kind) for name, kind in table.columns}
    cells = []
    for key, name in columns.items():
        title = f"{name}_" if key in _OWN else name
        value = "NULL"
        if key in own:
            value = quoted(own[key][0])
            if safe and own[key][1] == "TEXT":
                value = harmless_sql(value)
        cells.append(f"{value} AS {quoted(harmless(title) if safe else title)}")
    statement = (
        'SELECT {table!t} AS "table", ST_MinX(geom) AS x, ST_MinY(geom) AS y, {cells!s}, '
        "{crs!t} AS crs, {rights!t} AS rights FROM {table!i}"
    )
    return sql(statement, table=table.name, cells=", ".join(cells), crs=view.crs, rights=job.credit)


def prove(path: Path, view: MapData, written: Written) -> None:
    """Read the file again and count its rows by table."""
    counts: dict[str, int] = {}
    csv.field_size_limit(10**8)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            counts[row["table"]] = counts.get(row["table"], 0) + 1
    if counts != {name: count for name, count in written.layers.items() if count}:
        raise WriteError("not_proven", "The CSV of points does not hold what was written to it.")
