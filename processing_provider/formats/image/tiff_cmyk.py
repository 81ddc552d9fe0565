"""TIFF for the press (TIFF 6.0, section 16): cyan, magenta, yellow and black of a profile that stands in the file.

Tags hold UTF-8 as in other images; the notice stands as a tag and as XMP (ISO 16684-3).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...cartography.rendering.paint import PAINTED
from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...text.sentence import say
from .. import inks, press_profile
from ..contract import Job, Written
from .pillow import tags
from .pixels import pillow_image

if TYPE_CHECKING:
    from PIL.Image import Image

_LABEL = "TIFF CMYK"
# Rows that are converted between two looks whether the user asked to stop.
_ROWS = 512


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI, and separate the colours by the profile."""
    profile = press_profile.chosen(job.profile)
    if profile is None:
        raise WriteError("no_profile", say("{0} needs a CMYK colour profile, and this machine has none.", _LABEL))
    press = inks.press(profile)
    separated = _separated(pillow_image(view, job), press, job)
    try:
        separated.save(
            path, format="TIFF", compression="tiff_adobe_deflate", dpi=(job.dpi, job.dpi), icc_profile=press.profile,
            tiffinfo=tags(job, xmp_too=True),
        )  # fmt: skip
    except (OSError, ValueError) as error:
        raise WriteError("write_failed", say("{0} could not be written: {1}.", _LABEL, error)) from error
    return Written(dict(view.objects))


def _separated(flat: Image, press: inks.Press, job: Job) -> Image:
    """An sRGB image in the inks of a profile."""
    from PIL import Image

    result = Image.new("CMYK", flat.size)
    part = job.feedback.part(PAINTED, 95)
    for top in range(0, flat.height, _ROWS):
        part.progress(100 * top / flat.height)
        band = flat.crop((0, top, flat.width, min(top + _ROWS, flat.height)))
        result.paste(press.image(band), (0, top))
    return result


def prove(path: Path, view: Picture, written: Written) -> None:
    """Open the image again to its last row: four inks, a profile, more than one colour."""
    from PIL import Image

    try:
        with Image.open(path) as picture:
            mode, profile = picture.mode, picture.info.get("icc_profile")
            small = picture.resize((64, 64), Image.Resampling.NEAREST)
    except (OSError, SyntaxError) as error:
        raise WriteError("not_proven", say("{0} does not open again: {1}.", _LABEL, error)) from error
    if mode != "CMYK" or not profile or len(small.getcolors(64 * 64) or []) < 2:
        raise WriteError("not_proven", say("{0} came out blank.", _LABEL))
