"""CSV (RFC 4180) with the geometry as WKT (OGC 06-103r4): one file per layer, zipped."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...mapdata import MapData
from ..archive import pack, prove_archive
from ..writing import Job, Written
from .translate import translate


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write each table into its own file; the byte-order mark makes Excel read UTF-8."""
    written = Written()
    folder = path.parent / "csv"
    folder.mkdir()
    for table in view.tables:
        job.feedback.check()
        translate(
            view, table, str(folder / f"{table.name}.csv"), "CSV", job, "CSV",
            layerCreationOptions=["GEOMETRY=AS_WKT", "GEOMETRY_NAME=WKT", "WRITE_BOM=YES", "STRING_QUOTING=IF_NEEDED"],
        )  # fmt: skip
        written.layers[table.name] = table.features
    pack(folder, path, view, job, "One CSV file per layer, UTF-8, comma-separated, geometry in the column WKT.")
    return written


def prove(path: Path, view: MapData, written: Written) -> None:
    """Every layer is in the zip."""
    prove_archive(path, written, ".csv", "CSV")
