"""PDF that knows where it lies: layers as optional content, and the map's frame georeferenced.

Adobe Supplement to ISO 32000, ExtensionLevel 3, 8.8.1: a viewport with a GEO measure, its corners in latitude and
longitude.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from osgeo import gdal

from ...drawing.model import Drawing
from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ...geo.projection import WGS84, spatial_reference, transformation
from ...text.sentence import say
from ..contract import Job, Written
from . import pdf_objects as pdf
from . import pdfmap
from .marking import UNIT


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file; WriteError for a page of a layout that lies nowhere."""
    if not view.crs:
        raise WriteError(
            "no_place",
            say(
                "{0} tells where a page lies, which this one does not: its reference map has to be upright, in a CRS "
                "in metres.",
                say(job.format.name),
            ),
        )
    xmin, ymin, xmax, ymax = view.extent
    corners = [(xmin, ymin), (xmin, ymax), (xmax, ymax), (xmax, ymin)]
    way = transformation(view.crs, WGS84)
    places = way.TransformPoints(corners) if way is not None else corners
    world = " ".join(f"{lat:.9f} {lon:.9f}" for lon, lat, *_ in places)
    left, top, right, bottom = (value * UNIT for value in view.frame)
    height = view.height * UNIT
    box = f"{left:.3f} {height - bottom:.3f} {right:.3f} {height - top:.3f}"
    wkt = spatial_reference(view.crs).ExportToWkt(["FORMAT=WKT1_ESRI"])
    system = f"<< /Type /PROJCS /WKT {pdf.ascii_string(wkt)} >>"
    square = "0 0 0 1 1 1 1 0"
    viewport = (
        f"/VP [<< /Type /Viewport /BBox [{box}] /Name (Map) /Measure << /Type /Measure /Subtype /GEO "
        f"/Bounds [{square}] /LPTS [{square}] /GPTS [{world}] /GCS {system} >> >>]"
    )
    return pdfmap.write(view, path, job, [viewport])


def prove(path: Path, view: Drawing, written: Written) -> None:
    """What a PDF has, and the place in the world where GDAL can read one."""
    pdfmap.prove(path, view, written)
    with quiet():
        dataset = gdal.OpenEx(str(path), gdal.OF_RASTER, allowed_drivers=["PDF"])
        placed = dataset is None or dataset.GetGeoTransform(can_return_null=True) is not None
        dataset = None
    if not placed:
        raise WriteError("not_proven", "GeoPDF does not know where it lies.")
