"""GeoTIFF (OGC 19-008r4): the map with its place in the world, in its CRS, without the sheet round it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from osgeo import gdal
from qgis.PyQt.QtGui import QImage

from ...cartography.rendering.paint import image
from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ...geo.projection import spatial_reference
from ...text.sentence import say
from ..contract import Job, Written
from .pixels import transform

_OPTIONS = ["COMPRESS=DEFLATE", "PREDICTOR=2", "TILED=YES", "PHOTOMETRIC=RGB", "BIGTIFF=IF_SAFER"]


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI and hand the rows to GDAL."""
    picture = image(view, job.dpi, job.feedback, alone=True).convertToFormat(QImage.Format.Format_RGB888)
    width, height = picture.width(), picture.height()
    bits = picture.constBits()
    bits.setsize(picture.sizeInBytes())
    with quiet() as errors:
        dataset = gdal.GetDriverByName("GTiff").Create(str(path), width, height, 3, gdal.GDT_Byte, _OPTIONS)
        if dataset is None:
            raise WriteError("write_failed", say("GeoTIFF could not be written: {0}.", errors.text))
        dataset.SetGeoTransform(transform(view, width, height))
        dataset.SetProjection(spatial_reference(view.page.crs).ExportToWkt())
        dataset.SetMetadata(
            {
                "TIFFTAG_IMAGEDESCRIPTION": job.title,
                "TIFFTAG_COPYRIGHT": job.credit,
                "TIFFTAG_XRESOLUTION": str(job.dpi),
                "TIFFTAG_YRESOLUTION": str(job.dpi),
                "TIFFTAG_RESOLUTIONUNIT": "2",
            }
        )
        dataset.WriteRaster(
            0, 0, width, height, bytes(bits), buf_pixel_space=3, buf_line_space=picture.bytesPerLine(),
            buf_band_space=1,
        )  # fmt: skip
        dataset.FlushCache()
        dataset = None
    if errors.failures:
        raise WriteError("write_failed", say("GeoTIFF could not be written: {0}.", errors.text))
    return Written(dict(view.objects))


def prove(path: Path, view: Picture, written: Written) -> None:
    """Open the file again: it has a place, and more than one colour."""
    prove_raster(path, "GeoTIFF")


def prove_raster(path: Path, label: str) -> None:
    """GDAL finds three bands, a place and more than one colour; WriteError otherwise."""
    with quiet():
        dataset = gdal.OpenEx(str(path), gdal.OF_RASTER)
        if dataset is None or dataset.RasterCount != 3 or not dataset.GetProjection():
            raise WriteError("not_proven", say("{0} does not open again with its place.", label))
        low, high = dataset.GetRasterBand(1).ComputeRasterMinMax(True)
        dataset = None
    if low == high:
        raise WriteError("not_proven", say("{0} came out blank.", label))
