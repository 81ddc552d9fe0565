"""ESRI File Geodatabase (of ArcGIS 10 and later): a feature class per layer, in a zip."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from osgeo import gdal

from ...errors import WriteError
from ...geo.gdal_settings import attempt, quiet
from ...osm.tables.map_data import MapData
from ...text.sentence import say
from ..archive import pack, prove_members
from ..contract import Job, Written
from ..proof_helpers import prove_vector
from .translate import translate

_FOLDER = "map.gdb"
_LABEL = "File Geodatabase"


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table as a feature class under its name, with its title as the alias; then zip the folder."""
    written = Written()
    folder = path.parent / "gdb"
    folder.mkdir()
    with quiet() as errors:
        driver = gdal.GetDriverByName("OpenFileGDB")
        base = attempt(driver.Create, str(folder / _FOLDER), 0, 0, 0, gdal.GDT_Unknown)
        if base is None:
            raise WriteError("write_failed", say("{0} could not be written: {1}.", _LABEL, errors.text))
        for table in view.tables:
            job.feedback.check()
            translate(
                view, table, base, "OpenFileGDB", job, _LABEL, accessMode="append", layerName=table.name,
                layerCreationOptions=[f"LAYER_ALIAS={table.title or table.name}"],
            )  # fmt: skip
            written.layers[table.name] = table.features
        base = None
    if errors.failures:
        raise WriteError("write_failed", say("{0} could not be written: {1}.", _LABEL, errors.text))
    job.feedback.check()
    pack(folder, path, view, job, say("An ESRI File Geodatabase, a feature class per layer."))
    return written


def prove(path: Path, view: MapData, written: Written) -> None:
    """The zip is whole, and every feature class is there in full."""
    prove_members(path, [f"{_FOLDER}/a00000001.gdbtable"], _LABEL)
    prove_vector(f"/vsizip/{path}/{_FOLDER}", written, _LABEL)
