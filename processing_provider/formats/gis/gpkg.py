"""GeoPackage (OGC 12-128): one table per layer, with spatial index, titles and metadata."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from osgeo import gdal

from ...gdal_env import quiet
from ...mapdata import MapData
from ..proving import prove_vector
from ..writing import Job, Written
from .translate import described, translate


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table of `view`."""
    written = Written()
    for table in view.tables:
        job.feedback.check()
        translate(
            view, table, str(path), "GPKG", job, "GeoPackage",
            accessMode="update" if path.exists() else None,
            layerCreationOptions=["SPATIAL_INDEX=YES", f"IDENTIFIER={table.title}", "GEOMETRY_NAME=geom"],
        )  # fmt: skip
        written.layers[table.name] = table.features
    with quiet():
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
        dataset.SetMetadata(described(job, view))
        dataset = None
    return written


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open the file again and count."""
    prove_vector(str(path), written, "GeoPackage")
