"""JPEG 2000 (ISO/IEC 15444-1) without loss, its place as GMLJP2 (OGC 05-047r3) and GeoJP2, title and notice as XMP."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...cartography.rendering.paint import PAINTED
from ...cartography.rendering.picture import Picture
from .. import xmp
from ..contract import Job, Written
from . import geotiff
from .gdal_copy import copied
from .pixels import memory_dataset

# Lines and letters keep their edges; two thirds of a PNG's size.
_OPTIONS = ["QUALITY=100", "REVERSIBLE=YES", "YCBCR420=NO", "WRITE_METADATA=YES", "GMLJP2=YES", "GeoJP2=YES"]


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI and hand it to GDAL."""
    source = memory_dataset(view, job)
    source.SetMetadata([xmp.packet(job.title, job.credit).decode()], "xml:XMP")
    copied(source, path, "JP2OpenJPEG", _OPTIONS, "JPEG 2000", job.feedback.part(PAINTED, 100))
    return Written(dict(view.objects))


def prove(path: Path, view: Picture, written: Written) -> None:
    """Open the file again: it has a place, and more than one colour."""
    geotiff.prove_raster(path, "JPEG 2000")
