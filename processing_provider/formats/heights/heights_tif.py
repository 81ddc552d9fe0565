"""GeoTIFF of heights (OGC 19-008r4): a band of 32-bit numbers in metres, its CRS and the value of no data inside."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal

from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ...geo.projection import spatial_reference
from ...scene.heights import Heights
from ...text.sentence import say
from ..contract import Job, Written

_OPTIONS = ["COMPRESS=DEFLATE", "PREDICTOR=3", "TILED=YES", "BIGTIFF=IF_SAFER"]


def write(view: Heights, path: Path, job: Job) -> Written:
    """All heights, not rounded."""
    grid = view.grid
    with quiet() as errors:
        driver = gdal.GetDriverByName("GTiff")
        dataset = driver.Create(str(path), grid.columns, grid.rows, 1, gdal.GDT_Float32, _OPTIONS)
        if dataset is None:
            raise WriteError("write_failed", say("GeoTIFF could not be written: {0}.", errors.text))
        dataset.SetGeoTransform((grid.west, grid.cell, 0, grid.north, 0, -grid.cell))
        dataset.SetProjection(spatial_reference(view.crs).ExportToWkt())
        dataset.SetMetadata({"TIFFTAG_IMAGEDESCRIPTION": job.title, "TIFFTAG_COPYRIGHT": job.credit})
        band = dataset.GetRasterBand(1)
        band.SetNoDataValue(view.nodata)
        band.SetUnitType(view.unit)
        band.SetDescription("heights of buildings above the ground")
        band.WriteRaster(0, 0, grid.columns, grid.rows, np.ascontiguousarray(view.values, "<f4").tobytes())
        band = None
        dataset.FlushCache()
        dataset = None
    if errors.failures:
        raise WriteError("write_failed", say("GeoTIFF could not be written: {0}.", errors.text))
    return Written({"buildings": view.buildings})


def prove(path: Path, view: Heights, written: Written) -> None:
    """Read every height again, with its place."""
    with quiet():
        dataset = gdal.Open(str(path))
        data = dataset.ReadRaster() if dataset is not None else b""
        placed = dataset is not None and bool(dataset.GetProjection())
        dataset = None
    if not placed or data != np.ascontiguousarray(view.values, "<f4").tobytes():
        raise WriteError("not_proven", "The grid of heights is not whole.")
