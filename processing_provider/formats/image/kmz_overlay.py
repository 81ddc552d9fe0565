"""Super overlay for Google Earth (OGC 07-147r2, Region): a picture on the ground, finer the nearer one comes.

A document for each tile of each level tells its picture and, by links, the four tiles beneath it; what is seen at more
than so many pixels is shown.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from ...cartography.rendering.paint import PAINTED
from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...text.sentence import say
from ..archive import prove_members
from ..contract import Job, Written
from .kml_tiles import HEAD, Box, Cut, cuts, jpeg, overlay, told
from .pillow import quality
from .pixels import pillow_image

if TYPE_CHECKING:
    from PIL.Image import Image

_LABEL = "KMZ overlay"
_SIDE = 512
# Pixels on the screen from which on a tile is shown.
_NEAR = 128


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI, halve it level by level, and zip the tiles of all levels, the finest first."""
    flat = pillow_image(view, job, alone=True)
    size, top = flat.size, 0
    while max(size) > _SIDE << top:
        top += 1
    part = job.feedback.part(PAINTED, 100)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        whole = Cut(0, 0, *size).box(view, size)
        link = _link("0/0/0.kml", whole)
        archive.writestr("doc.kml", f"{HEAD}<Document>\n{told(job)}{_region(whole)}{link}</Document>\n</kml>\n")
        picture = flat
        for level in range(top, -1, -1):
            part.progress(100 * (top - level) / (top + 1))
            if level < top:
                picture = picture.reduce(2)
            _level(view, archive, job, picture, size, level, top)
    return Written(dict(view.objects))


def _level(
    view: Picture, archive: zipfile.ZipFile, job: Job, picture: Image, size: tuple[int, int], level: int, top: int
) -> None:
    """The tiles of one level. What each covers is counted in pixels of the finest, so that none is off by a part."""
    step = 1 << (top - level)
    for column, row, cut in cuts(size, _SIDE * step):
        job.feedback.check()
        name = f"{level}/{column}/{row}"
        box = cut.box(view, size)
        shown = (cut.left // step, cut.top // step, -(-cut.right // step), -(-cut.bottom // step))
        archive.writestr(f"{name}.jpg", jpeg(picture.crop(shown), quality(".jpg", job)), zipfile.ZIP_STORED)
        links = ""
        if level < top:
            for right, down, child in cuts(size, _SIDE * step // 2):
                if right // 2 == column and down // 2 == row:
                    links += _link(f"../../{level + 1}/{right}/{down}.kml", child.box(view, size))
        body = f"{_region(box)}{links}{overlay(f'{row}.jpg', box, level)}"
        archive.writestr(f"{name}.kml", f"{HEAD}<Document>\n{body}</Document>\n</kml>\n")


def _region(box: Box) -> str:
    return (
        f"<Region><LatLonAltBox>{box.kml}</LatLonAltBox>"
        f"<Lod><minLodPixels>{_NEAR}</minLodPixels><maxLodPixels>-1</maxLodPixels></Lod></Region>\n"
    )


def _link(href: str, box: Box) -> str:
    """A document that is read where its region is seen near enough."""
    return (
        f"<NetworkLink><name>{href}</name>{_region(box)}<Link><href>{href}</href>"
        "<viewRefreshMode>onRegion</viewRefreshMode></Link></NetworkLink>\n"
    )


def prove(path: Path, view: Picture, written: Written) -> None:
    """The zip is whole; the picture of all of it opens and shows more than one colour."""
    from PIL import Image

    prove_members(path, ["doc.kml", "0/0/0.kml", "0/0/0.jpg"], _LABEL)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        whole = Image.open(archive.open("0/0/0.jpg")).convert("RGB")
    pictures = {name.removesuffix(".jpg") for name in names if name.endswith(".jpg")}
    documents = {name.removesuffix(".kml") for name in names if name.endswith(".kml")} - {"doc"}
    if pictures != documents or len(whole.getcolors(_SIDE * _SIDE) or []) < 2:
        raise WriteError("not_proven", say("{0} came out blank.", _LABEL))
