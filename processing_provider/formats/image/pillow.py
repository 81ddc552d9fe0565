"""JPEG, WebP, AVIF and TIFF by Pillow: resolution, sRGB profile, title and notice inside, as Exif and as XMP.

Tags hold UTF-8, as GDAL writes and reads them in GeoTIFF, and exiftool shows them; the norms say ASCII.
Facts: Exif 2.3 (CIPA DC-008) for JPEG, WebP and AVIF, TIFF 6.0 for the tags; the profile is Pillow's sRGB
(ICC.1:2001-04); ISO 16684-3 says where XMP stands in each.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...text.sentence import say
from .. import xmp
from ..contract import Job, Written
from .pixels import pillow_image

if TYPE_CHECKING:
    from PIL.Image import Exif

_DESCRIPTION, _SOFTWARE, _COPYRIGHT = 270, 305, 33432
_XMP = 700
_X_RESOLUTION, _Y_RESOLUTION, _UNIT, _INCH = 282, 283, 296, 2
# By the option of that name.
QUALITY: dict[str, dict[str, int]] = {
    ".jpg": {"standard": 92, "small": 75, "best": 98},
    ".webp": {"standard": 90, "small": 70, "best": 98},
    ".avif": {"standard": 85, "small": 60, "best": 97},
}
# Full colour beside thin lines and small letters needs no subsampling.
_OPTIONS: dict[str, dict[str, Any]] = {
    ".jpg": {"format": "JPEG", "subsampling": 0},
    ".webp": {"format": "WEBP", "method": 4},
    ".avif": {"format": "AVIF", "subsampling": "4:4:4", "speed": 8},
    ".tif": {"format": "TIFF", "compression": "tiff_adobe_deflate"},
}
# The longest side that a format can hold.
_MOST = {".jpg": 65_535, ".webp": 16_383, ".avif": 65_536, ".tif": 1 << 30}


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI; the suffix tells the format."""
    from PIL import ImageCms

    flat, suffix = pillow_image(view, job), path.suffix
    width, height = flat.size
    if max(width, height) > _MOST[suffix]:
        raise WriteError(
            "image_too_large",
            say(
                "{0} holds {1} pixels a side, not {2}; choose fewer DPI, a smaller page, or another format.",
                _OPTIONS[suffix]["format"],
                f"{_MOST[suffix]:,}",
                f"{max(width, height):,}",
            ),
        )
    job.feedback.check()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif, packet = tags(job, suffix == ".tif"), xmp.packet(job.title, job.credit)
    if suffix == ".tif":
        more: dict[str, Any] = {"tiffinfo": exif}
    elif suffix == ".jpg":
        more = {"exif": exif.tobytes(), "extra": _app1(packet)}
    else:
        more = {"exif": exif.tobytes(), "xmp": packet}
    if suffix in QUALITY:
        more["quality"] = quality(suffix, job)
    try:
        flat.save(path, dpi=(job.dpi, job.dpi), icc_profile=profile, **more, **_OPTIONS[suffix])
    except (OSError, ValueError) as error:
        raise WriteError(
            "write_failed", say("{0} could not be written: {1}.", _OPTIONS[suffix]["format"], error)
        ) from error
    return Written(dict(view.objects))


def quality(suffix: str, job: Job) -> int:
    """The number that a format's library has for the quality asked for."""
    return QUALITY[suffix][str(job.options.get("quality", "standard"))]


def tags(job: Job, xmp_too: bool = False) -> Exif:
    """Title, program, notice and resolution as Exif has them; and XMP as a tag of TIFF."""
    from PIL import Image

    exif = Image.Exif()
    texts = {_DESCRIPTION: job.title, _SOFTWARE: "osm2cdr", _COPYRIGHT: job.credit}
    for tag, text in texts.items():
        # Pillow makes question marks of text that is not ASCII, but takes bytes as they are.
        exif[tag] = text.encode()
    for tag in (_X_RESOLUTION, _Y_RESOLUTION):
        exif[tag] = float(job.dpi)
    exif[_UNIT] = _INCH
    if xmp_too:
        exif[_XMP] = xmp.packet(job.title, job.credit)
    return exif


def _app1(packet: bytes) -> bytes:
    """XMP as a segment of JPEG; a longer one, which a title would have to be a book for, is left out."""
    body = b"http://ns.adobe.com/xap/1.0/\0" + packet
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body if len(body) < 65_534 else b""


def prove(path: Path, view: Picture, written: Written) -> None:
    """Open the image again to its last row; it has more than one colour."""
    from PIL import Image

    name = _OPTIONS[path.suffix]["format"]
    try:
        with Image.open(path) as picture:
            small = picture.convert("RGB").resize((64, 64))
    except (OSError, SyntaxError) as error:
        raise WriteError("not_proven", say("{0} does not open again: {1}.", name, error)) from error
    if len(small.getcolors(64 * 64) or []) < 2:
        raise WriteError("not_proven", say("{0} came out blank.", name))
