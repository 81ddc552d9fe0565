"""BSB/KAP, a nautical chart as a raster, in World Mercator: a header of text, then rows of runs in up to 127 colours.

Facts: the format as GDAL's and OpenCPN's documents tell it: a run is one byte of colour and seven bits of its length a
byte; a row begins with its number and ends with a zero; the table of rows stands at the end.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ...cartography.rendering.paint import PAINTED
from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ...text.phrases import one_line
from ...text.sentence import say
from ..contract import Job, Written
from .pixels import lonlat, pillow_image

if TYPE_CHECKING:
    from PIL.Image import Image

_COLOURS, _DEPTH = 127, 7
_MM_PER_INCH = 25.4
# Bytes of a title, behind which GDAL looks for the size no further than a hundred on; characters of a line.
_TITLE, _LINE = 80, 400
# Rows that are packed between two looks whether the user asked to stop.
_ROWS = 256
# The corners of the image, as shares of its sides, clockwise from the upper left one.
_CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI, and pack it row by row."""
    from PIL import Image

    flat = pillow_image(view, job, alone=True)
    few = flat.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    # All of them: GDAL takes a short header for none.
    known = (few.getpalette() or [])[: 3 * _COLOURS]
    palette = np.array(known + [255] * (3 * _COLOURS - len(known)), np.uint8).reshape(-1, 3)
    head = _header(view, job, few, palette).encode("utf-8") + b"\x1a\x00" + bytes([_DEPTH])
    values = np.asarray(few, np.uint8) + 1
    part = job.feedback.part(PAINTED, 100)
    with path.open("wb") as file:
        file.write(head)
        places, at = [], len(head)
        for top in range(0, len(values), _ROWS):
            part.progress(100 * top / len(values))
            for number, row in enumerate(values[top : top + _ROWS], top + 1):
                packed = _number(number) + _runs(row) + b"\0"
                file.write(packed)
                places.append(at)
                at += len(packed)
        file.write(np.array([*places, at], ">u4").tobytes())
    written = Written(dict(view.objects))
    written.warnings.append("A chart made of OpenStreetMap is not for navigation: it shows no depths and no dangers.")
    return written


def _header(view: Picture, job: Job, few: Image, palette: npt.NDArray[np.uint8]) -> str:
    """The lines before the pixels: size, scale, projection, colours, and where the corners lie."""
    width, height = few.size
    page = view.page
    # A corner's pixel is the one inside of it, and its place that of the pixel's upper left corner, as GDAL counts.
    pixels = [(round(x * (width - 1)), round(y * (height - 1))) for x, y in _CORNERS]
    places = list(zip(pixels, lonlat(view, [(x / width, y / height) for x, y in pixels])))
    (_, middle), *_ = lonlat(view, [(0.5, 0.5)])
    title = one_line(job.title).replace(",", " ").encode("utf-8")[:_TITLE].decode("utf-8", "ignore")
    metres = page.printed_scale * _MM_PER_INCH / 1000 / job.dpi
    lines = [
        "! NOT FOR NAVIGATION",
        "VER/3.0",
        f"BSB/NA={title},NU=1,RA={width},{height},DU={job.dpi}",
        f"KNP/SC={page.printed_scale},GD=WGS84,PR=MERCATOR,PP={middle:.6f},PI=UNKNOWN,SP=UNKNOWN,SK=0.0,TA=90.0,",
        f"    UN=METERS,SD=UNKNOWN,DX={metres:.6f},DY={metres:.6f}",
        f"CRR/{one_line(job.credit, _LINE)}",
        *([f"CED/SE=1,RE=1,ED={job.date[5:7]}/{job.date[8:10]}/{job.date[:4]}"] if len(job.date) >= 10 else []),
        "OST/1",
        *(f"REF/{n},{x},{y},{lat:.9f},{lon:.9f}" for n, ((x, y), (lon, lat)) in enumerate(places, 1)),
        *(f"PLY/{n},{lat:.9f},{lon:.9f}" for n, (lon, lat) in enumerate(lonlat(view, _CORNERS), 1)),
        "DTM/0.0,0.0",
        "CPH/0.0",
        f"IFM/{_DEPTH}",
        *(f"RGB/{n},{red},{green},{blue}" for n, (red, green, blue) in enumerate(palette.tolist(), 1)),
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _number(value: int) -> bytes:
    """Seven bits a byte, the highest first; all but the last one with the eighth bit."""
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.append(value & 0x7F | 0x80)
    return bytes(reversed(groups))


def _runs(row: npt.NDArray[np.uint8]) -> bytes:
    """A row of colours (1 to 127) as runs."""
    starts = np.flatnonzero(np.diff(row, prepend=np.uint8(0)))
    more = np.diff(starts, append=len(row)) - 1
    # The colour, then as many groups of seven bits of the length as it takes; none where that is one.
    packed = np.stack([row[starts].astype(np.int64), more >> 14, more >> 7, more], axis=1)
    packed[:, 1:] &= 0x7F
    kept = np.stack([np.ones(len(more), bool), more >= 1 << 14, more >= 1 << 7, more >= 1], axis=1)
    packed[:, 0] |= np.where(more > 0, 0x80, 0)
    packed[:, 1:3] |= 0x80
    found: bytes = packed[kept].astype(np.uint8).tobytes()
    return found


def prove(path: Path, view: Picture, written: Written) -> None:
    """GDAL reads the chart to its last row, finds its corners and more than one colour."""
    from osgeo import gdal

    with quiet() as errors:
        dataset = gdal.OpenEx(str(path), gdal.OF_RASTER, allowed_drivers=["BSB"])
        if dataset is None or dataset.GetGCPCount() < len(_CORNERS):
            raise WriteError("not_proven", say("{0} does not open again with its place.", "KAP"))
        low, high = dataset.GetRasterBand(1).ComputeRasterMinMax(False)
        dataset = None
    if low == high or errors.failures:
        raise WriteError("not_proven", say("{0} came out blank.", "KAP"))
