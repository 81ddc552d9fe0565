"""CSV (RFC 4180) with the geometry as WKT (OGC 06-103r4): one file per layer, zipped."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...geo.sql import quoted, sql
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import say
from ..archive import pack, prove_archive
from ..contract import Job, Written
from .cells import harmless, harmless_sql
from .translate import translate


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write each table into its own file; the byte-order mark makes Excel read UTF-8."""
    written = Written()
    folder = path.parent / "csv"
    folder.mkdir()
    for table in view.tables:
        job.feedback.check()
        # GDAL's own quoting leaves a formula a formula.
        safe = {"SQLStatement": _safe(table), "SQLDialect": "SQLITE"} if job.options.get("spreadsheet_safe") else {}
        translate(
            view, table, str(folder / f"{table.name}.csv"), "CSV", job, "CSV",
            layerCreationOptions=["GEOMETRY=AS_WKT", "GEOMETRY_NAME=WKT", "WRITE_BOM=YES", "STRING_QUOTING=IF_NEEDED"],
            layerName=table.name, **safe,
        )  # fmt: skip
        written.layers[table.name] = table.features
    told = say("One CSV file per layer, UTF-8, comma-separated, geometry in the column {0}.", "WKT")
    pack(folder, path, view, job, told)
    return written


def _safe(table: Table) -> str:
    """The table with nothing that a spreadsheet would run, names of columns included."""
    listed = [
        f"{harmless_sql(quoted(name)) if kind == 'TEXT' else quoted(name)} AS {quoted(harmless(name))}"
        for name, kind in table.columns
    ]
    return sql("SELECT {listed!s} FROM {table!i}", listed=", ".join(["geom", *listed]), table=table.name)


def prove(path: Path, view: MapData, written: Written) -> None:
    """Every layer is in the zip."""
    prove_archive(path, written, ".csv", "CSV")
