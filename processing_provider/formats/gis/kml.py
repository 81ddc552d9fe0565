"""KML 2.3 (OGC 12-007r2): a folder per layer, always in lon/lat."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...mapdata import MapData
from ..proving import prove_size, prove_vector
from ..writing import Job, Written
from .translate import translate


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table as a folder; the notice is the document's description."""
    written = Written()
    # All at once: the driver reads the whole file again each time that one is appended to it.
    translate(
        view, view.tables, str(path), "LIBKML", job, "KML",
        datasetCreationOptions=[f"NAME={job.title}", f"DESCRIPTION={job.notice}"],
    )  # fmt: skip
    for table in view.tables:
        written.layers[table.name] = table.features
    return written


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open the file again and count."""
    prove_size(path, "KML")
    prove_vector(str(path), written, "KML")
