"""KMZ: the KML of `kml.py` as doc.kml in a zip (OGC 12-007r2, section 6.4)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from pathlib import Path

from ...errors import WriteError
from ...osm.tables.map_data import MapData
from ..contract import Job, Written
from ..proof_helpers import prove_vector
from . import kml


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write the KML and pack it."""
    inner = path.with_name("doc.kml")
    written = kml.write(view, inner, job)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(inner, "doc.kml")
    inner.unlink()
    return written


def prove(path: Path, view: MapData, written: Written) -> None:
    """The zip is whole, and the document in it holds every object."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.testzip() or archive.namelist() != ["doc.kml"]:
                raise WriteError("not_proven", "KMZ is not whole.")
    except (OSError, zipfile.BadZipFile) as error:
        raise WriteError("not_proven", "KMZ does not open again.") from error
    prove_vector(f"/vsizip/{path}/doc.kml", written, "KMZ")
