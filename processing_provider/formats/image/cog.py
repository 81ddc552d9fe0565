"""Cloud Optimized GeoTIFF (OGC 21-026): the GeoTIFF with overviews, tiled, its directories before its data."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from osgeo import gdal

from ...cartography.rendering.paint import PAINTED
from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ..contract import Job, Written
from . import geotiff
from .gdal_copy import copied

_OPTIONS = ["COMPRESS=DEFLATE", "PREDICTOR=STANDARD", "BLOCKSIZE=512", "OVERVIEWS=AUTO", "RESAMPLING=AVERAGE"]


def write(view: Picture, path: Path, job: Job) -> Written:
    """Write a GeoTIFF and let GDAL put it in order."""
    plain = path.with_name("plain.tif")
    written = geotiff.write(view, plain, job)
    with quiet():
        source = gdal.Open(str(plain))
    try:
        copied(source, path, "COG", _OPTIONS, "Cloud Optimized GeoTIFF", job.feedback.part(PAINTED, 100))
    finally:
        source = None
        plain.unlink()
    return written


def prove(path: Path, view: Picture, written: Written) -> None:
    """Open the file again: what a GeoTIFF has, in the order of the profile."""
    geotiff.prove(path, view, written)
    with quiet():
        dataset = gdal.Open(str(path))
        layout = dataset.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE")
        dataset = None
    if layout != "COG":
        raise WriteError("not_proven", "Cloud Optimized GeoTIFF came out in another order.")
