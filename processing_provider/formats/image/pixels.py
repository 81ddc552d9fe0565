"""A painted map as pixels for other libraries, and where on earth it lies."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING, Sequence

from osgeo import gdal
from qgis.PyQt.QtGui import QImage

from ...cartography.rendering.paint import image
from ...cartography.rendering.picture import Picture
from ...geo.projection import WGS84, spatial_reference, transformation
from ..contract import Job

if TYPE_CHECKING:
    from PIL.Image import Image


def transform(view: Picture, width: int, height: int) -> tuple[float, float, float, float, float, float]:
    """The map without its sheet as GDAL says it: left, width of a pixel, 0, top, 0, height of a pixel downwards."""
    page = view.page
    return page.xmin, (page.xmax - page.xmin) / width, 0, page.ymax, 0, -(page.ymax - page.ymin) / height


def lonlat(view: Picture, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Longitudes and latitudes of points of the map without its sheet, shares of its width and height from above."""
    page = view.page
    there = [(page.xmin + x * (page.xmax - page.xmin), page.ymax - y * (page.ymax - page.ymin), 0.0) for x, y in points]
    way = transformation(page.crs, WGS84)
    found = way.TransformPoints(there) if way is not None else there
    return [(point[0], point[1]) for point in found]


def pillow_image(view: Picture, job: Job, alone: bool = False, dpi: int = 0) -> Image:
    """Rendered at the job's DPI, or at `dpi`, as Pillow has it, RGB; `alone`: without its sheet."""
    from PIL import Image

    picture = image(view, dpi or job.dpi, job.feedback, alone).convertToFormat(QImage.Format.Format_RGB888)
    bits = picture.constBits()
    bits.setsize(picture.sizeInBytes())
    size = picture.width(), picture.height()
    return Image.frombuffer("RGB", size, bytes(bits), "raw", "RGB", picture.bytesPerLine(), 1)


def memory_dataset(view: Picture, job: Job) -> gdal.Dataset:
    """The map without its sheet, rendered at the job's DPI, as a dataset of three bands in memory with its place."""
    picture = image(view, job.dpi, job.feedback, alone=True).convertToFormat(QImage.Format.Format_RGB888)
    width, height = picture.width(), picture.height()
    bits = picture.constBits()
    bits.setsize(picture.sizeInBytes())
    dataset = gdal.GetDriverByName("MEM").Create("", width, height, 3, gdal.GDT_Byte)
    dataset.SetGeoTransform(transform(view, width, height))
    dataset.SetProjection(spatial_reference(view.page.crs).ExportToWkt())
    for number, colour in enumerate((gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand), 1):
        dataset.GetRasterBand(number).SetColorInterpretation(colour)
    dataset.WriteRaster(
        0, 0, width, height, bytes(bits), buf_pixel_space=3, buf_line_space=picture.bytesPerLine(), buf_band_space=1
    )
    return dataset
