"""An image beside its world file, its CRS as .prj and .aux.xml, and a README with the notice, in a zip.

Facts: a world file has six lines: the size of a pixel and its turn in x and y, and where the middle of the upper left
pixel lies; docs of GDAL, "World file". Its suffix is made of the image's: .pgw of .png, .jgw of .jpg. GDAL and QGIS
look for a CRS in .aux.xml ("Persistent Auxiliary Metadata"), others in .prj.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...geo.projection import spatial_reference
from ...text.sentence import say
from ...text.xml_text import escape
from ..archive import README, prove_members, readme
from ..contract import Job, Written
from .pixels import pillow_image, transform


def pack_image(view: Picture, path: Path, job: Job, suffix: str, options: dict[str, Any]) -> Written:
    """Render, and zip the files with a README; `options` are Pillow's for the format of `suffix`."""
    flat = pillow_image(view, job, alone=True)
    job.feedback.check()
    data = BytesIO()
    try:
        flat.save(data, dpi=(job.dpi, job.dpi), **options)
    except (OSError, ValueError) as error:
        raise WriteError("write_failed", say("{0} could not be written: {1}.", options["format"], error)) from error
    left, width, _, top, _, height = transform(view, *flat.size)
    lines = (width, 0.0, 0.0, height, left + width / 2, top + height / 2)
    reference = spatial_reference(view.page.crs)
    beside = f"<PAMDataset>\n  <SRS>{escape(reference.ExportToWkt())}</SRS>\n</PAMDataset>\n"
    reference.MorphToESRI()
    name = job.name
    about = say(
        "The map without its sheet, {0} dots an inch at its scale. Keep the files together: the world file says where "
        "the picture lies, {1} and .aux.xml in which CRS ({2}). In AutoCAD the picture is placed by MAPIINSERT, in "
        "QGIS and ArcGIS by opening it.",
        job.dpi,
        f"{name}.prj",
        view.page.crs,
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # It is packed already.
        archive.writestr(f"{name}{suffix}", data.getvalue(), zipfile.ZIP_STORED)
        archive.writestr(f"{name}{world_suffix(suffix)}", "".join(f"{value:.12g}\n" for value in lines))
        archive.writestr(f"{name}{suffix}.aux.xml", beside)
        archive.writestr(f"{name}.prj", reference.ExportToWkt())
        archive.writestr(README, readme(job, about))
    return Written(dict(view.objects))


def world_suffix(suffix: str) -> str:
    """That of the world file of an image: the first and last letter of its own, and a w."""
    return f".{suffix[1]}{suffix[-1]}w"


def prove_world(path: Path, suffix: str, label: str) -> None:
    """The zip is whole, each file in it, and GDAL finds picture and place."""
    from osgeo import gdal

    from ...geo.gdal_settings import quiet

    with zipfile.ZipFile(path) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(suffix)]
    prove_members(path, [name, f"{name.removesuffix(suffix)}{world_suffix(suffix)}", README], label)
    with quiet():
        dataset = gdal.Open(f"/vsizip/{path}/{name}")
        if dataset is None or not dataset.GetProjection() or dataset.GetGeoTransform() == (0, 1, 0, 0, 0, 1):
            raise WriteError("not_proven", say("{0} does not open again with its place.", label))
        low, high = dataset.GetRasterBand(1).ComputeRasterMinMax(False)
    if low == high:
        raise WriteError("not_proven", say("{0} came out blank.", label))
