"""Garmin Custom Map: a KMZ whose pictures lie within the limits of Garmin's handhelds.

Facts: Garmin's "Custom Maps" help: JPEG of at most 1024 x 1024 pixels each (one megapixel), at most 100 of them on most
devices; a draw order of 50 and more lies over the maps of the device. Pictures may not be turned.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from pathlib import Path

from ...cartography.rendering.paint import PAINTED
from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...text.sentence import say
from ..archive import prove_members
from ..contract import Job, Written
from .kml_tiles import HEAD, cuts, jpeg, overlay, told
from .pillow import quality
from .pixels import pillow_image

_LABEL = "Garmin Custom Map"
_SIDE, _MOST = 1024, 100
_ABOVE_MAPS = 50
_LEAST_DPI = 36


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI, or at the most that the devices' limits allow, and zip its tiles."""
    dpi = _fitting(view, job.dpi)
    written = Written(dict(view.objects))
    if dpi < job.dpi:
        written.warnings.append(
            say(
                "A Garmin Custom Map holds {0} pictures of {1} x {1} pixels: this one has {2} DPI, not {3}.",
                _MOST, _SIDE, dpi, job.dpi,
            )
        )  # fmt: skip
    flat, part = pillow_image(view, job, alone=True, dpi=dpi), job.feedback.part(PAINTED, 100)
    tiles = list(cuts(flat.size, _SIDE))
    names = [f"files/{row}_{column}.jpg" for column, row, _ in tiles]
    pieces = [overlay(name, cut.box(view, flat.size), _ABOVE_MAPS) for name, (_, _, cut) in zip(names, tiles)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # Devices look no further than the first file for it.
        archive.writestr("doc.kml", f"{HEAD}<Document>\n{told(job)}{''.join(pieces)}</Document>\n</kml>\n")
        for number, (name, (_, _, cut)) in enumerate(zip(names, tiles)):
            part.progress(100 * number / len(tiles))
            tile = flat.crop((cut.left, cut.top, cut.right, cut.bottom))
            archive.writestr(name, jpeg(tile, quality(".jpg", job)), zipfile.ZIP_STORED)
    return written


def _fitting(view: Picture, dpi: int) -> int:
    """The most dots an inch, up to `dpi`, at which a page is no more tiles than there may be."""

    def count(at: int) -> int:
        sides = (view.page.width_mm, view.page.height_mm)
        across, down = (-(-round(side / 25.4 * view.page.dots(at)) // _SIDE) for side in sides)
        return max(across, 1) * max(down, 1)

    return next((at for at in range(dpi, _LEAST_DPI, -1) if count(at) <= _MOST), _LEAST_DPI)


def prove(path: Path, view: Picture, written: Written) -> None:
    """The zip is whole, the document first; its pictures open, and show more than one colour."""
    from PIL import Image

    with zipfile.ZipFile(path) as archive:
        first, *pictures = archive.namelist()
        tiles = [Image.open(archive.open(name)).convert("RGB") for name in pictures]
    prove_members(path, ["doc.kml"], _LABEL)
    colours = {color for tile in tiles for _, color in tile.resize((64, 64)).getcolors(64 * 64) or []}
    if first != "doc.kml" or not 1 <= len(tiles) <= _MOST or len(colours) < 2:
        raise WriteError("not_proven", say("{0} came out blank.", _LABEL))
