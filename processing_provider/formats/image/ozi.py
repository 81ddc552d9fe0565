"""OziExplorer: a picture in the UTM zone of the area, and its .map file, which says where the picture lies.

Facts: OziExplorer's "Map file format" 2.2: lines end with CR LF, texts are in the code page of the reader's Windows, up
to 30 points are calibrated by pixel and UTM coordinates.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Iterator

from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ...geo.projection import spatial_reference
from ...text.phrases import one_line
from ...text.sentence import say
from ...text.xml_text import escape
from ..archive import README, prove_members, readme
from ..contract import Job, Written
from .pixels import lonlat, pillow_image, transform

_POINTS = 30
# Of Windows: western, central and eastern Europe, Greek, Turkish, Hebrew, Arabic, Baltic.
_CODE_PAGES = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257")
_TITLE = 60


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI, and zip picture and .map file with a README."""
    flat = pillow_image(view, job, alone=True)
    job.feedback.check()
    data = BytesIO()
    flat.save(data, format="PNG", dpi=(job.dpi, job.dpi))
    page = _code_page(job.title + job.name)
    name = job.name if _fits(job.name, page) else "map"
    zone, _ = _zone(view)
    lines = _lines(view, job, f"{name}.png", flat.size)
    text = "".join(f"{line}\r\n" for line in lines).encode(page, "replace")
    left, wide, _, top, _, high = transform(view, *flat.size)
    world = (wide, 0.0, 0.0, high, left + wide / 2, top + high / 2)
    wkt = spatial_reference(view.page.crs).ExportToWkt()
    beside = f"<PAMDataset>\n  <SRS>{escape(wkt)}</SRS>\n</PAMDataset>\n"
    told = say(
        "Open {0} in OziExplorer, or in another program that knows its maps; it looks for {1} beside it. The map is in "
        "UTM zone {2} on WGS 84; texts of the .map file are in the code page {3}.",
        f"{name}.map",
        f"{name}.png",
        zone,
        page.removeprefix("cp"),
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.map", text)
        # It is packed already.
        archive.writestr(f"{name}.png", data.getvalue(), zipfile.ZIP_STORED)
        # QGIS and others that know no .map file look for a place here.
        archive.writestr(f"{name}.pgw", "".join(f"{value:.12g}\n" for value in world))
        archive.writestr(f"{name}.png.aux.xml", beside)
        archive.writestr(README, readme(job, told))
    return Written(dict(view.objects))


def _code_page(text: str) -> str:
    """The first code page that has every letter, else the one that has most of them."""
    return min(_CODE_PAGES, key=lambda page: len(text) - len(text.encode(page, "ignore").decode(page)))


def _fits(text: str, page: str) -> bool:
    return text.encode(page, "ignore").decode(page) == text


def _zone(view: Picture) -> tuple[int, str]:
    """The UTM zone of the page and its half of the earth."""
    code = int(view.page.crs.removeprefix("EPSG:"))
    return code % 100, "N" if code < 32700 else "S"


def _lines(view: Picture, job: Job, image: str, size: tuple[int, int]) -> Iterator[str]:
    width, height = size
    left, wide, _, top, _, high = transform(view, width, height)
    zone, half = _zone(view)
    yield "OziExplorer Map Data File Version 2.2"
    yield one_line(job.title, _TITLE)
    yield image
    yield "1 ,Map Code,"
    yield "WGS 84,WGS 84,   0.0000,   0.0000,WGS 84"
    yield "Reserved 1"
    yield "Reserved 2"
    yield "Magnetic Variation,,,E"
    yield "Map Projection,(UTM) Universal Transverse Mercator,PolyCal,No,AutoCalOnly,No,BSBUseWPX,No"
    corners = [(0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)]
    for number in range(_POINTS):
        begin = f"Point{number + 1:02d},xy"
        if number < len(corners):
            x, y = corners[number]
            # The upper left corner of a pixel, as GDAL counts.
            east, north = left + wide * x, top + high * y
            grid = f"{zone},{east:.3f},{north:.3f},{half}"
            yield f"{begin},{x:5d},{y:5d},in, deg,    ,        ,,    ,        ,, grid,{grid}"
        else:
            yield f"{begin},     ,     ,in, deg,    ,        ,,    ,        ,, grid,   ,           ,           ,"
    yield "Projection Setup,,,,,,,,,,"
    yield "Map Feature = MF ; Map Comment = MC     These follow if they exist"
    yield "Track File = TF      These follow if they exist"
    yield "Moving Map Parameters = MM?    These follow if they exist"
    yield "MM0,Yes"
    yield f"MMPNUM,{len(corners)}"
    for number, (x, y) in enumerate(corners, 1):
        yield f"MMPXY,{number},{x},{y}"
    places = lonlat(view, [(x / width, y / height) for x, y in corners])
    for number, (lon, lat) in enumerate(places, 1):
        yield f"MMPLL,{number},{lon:12.7f},{lat:12.7f}"
    yield f"MM1B,{wide:.6f}"
    yield "MOP,Map Open Position,0,0"
    yield f"IWH,Map Image Width/Height,{width},{height}"


def prove(path: Path, view: Picture, written: Written) -> None:
    """The zip is whole, and GDAL finds picture and place by the .map file."""
    from osgeo import gdal

    with zipfile.ZipFile(path) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(".map")]
    prove_members(path, [name, f"{name.removesuffix('.map')}.png", README], "OziExplorer")
    with quiet():
        dataset = gdal.OpenEx(f"/vsizip/{path}/{name}", gdal.OF_RASTER, allowed_drivers=["MAP"])
        placed = dataset is not None and dataset.GetGeoTransform()[0] > 1
        if not placed or not spatial_reference(view.page.crs).IsProjected():
            raise WriteError("not_proven", say("{0} does not open again with its place.", "OziExplorer"))
        low, high = dataset.GetRasterBand(1).ComputeRasterMinMax(False)
        dataset = None
    if low == high:
        raise WriteError("not_proven", say("{0} came out blank.", "OziExplorer"))
