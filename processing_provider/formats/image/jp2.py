"""JPEG 2000 (ISO/IEC 15444-1) without loss, its place as GMLJP2 (OGC 05-047r3) and GeoJP2, title and notice as XMP."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from osgeo import gdal

from ...cartography.rendering.paint import PAINTED
from ...cartography.rendering.picture import Picture
from ...errors import Cancelled, WriteError
from ...geo.gdal_settings import quiet
from ...text.sentence import say
from .. import xmp
from ..contract import Job, Written
from . import geotiff
from .pixels import memory_dataset

# Lines and letters keep their edges; two thirds of a PNG's size.
_OPTIONS = ["QUALITY=100", "REVERSIBLE=YES", "YCBCR420=NO", "WRITE_METADATA=YES", "GMLJP2=YES", "GeoJP2=YES"]


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI and hand it to GDAL."""
    source = memory_dataset(view, job)
    source.SetMetadata([xmp.packet(job.title, job.credit).decode()], "xml:XMP")
    packing = job.feedback.part(PAINTED, 100)

    def report(fraction: float, _text: str, _data: object) -> int:
        if job.feedback.cancelled:
            return 0
        packing.progress(100 * fraction)
        return 1

    with quiet() as errors:
        result = gdal.GetDriverByName("JP2OpenJPEG").CreateCopy(str(path), source, False, _OPTIONS, callback=report)
        failed = result is None
        source = result = None
    if job.feedback.cancelled:
        raise Cancelled
    if failed or errors.failures:
        raise WriteError("write_failed", say("{0} could not be written: {1}.", "JPEG 2000", errors.text))
    return Written(dict(view.objects))


def prove(path: Path, view: Picture, written: Written) -> None:
    """Open the file again: it has a place, and more than one colour."""
    geotiff.prove_raster(path, "JPEG 2000")
