"""GIF89a: the sheet in the 256 colours that suit it, the notice in a comment.

Facts: CompuServe's GIF89a of 1990: a comment is bytes without a known script (here UTF-8), a resolution has no place.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...text.sentence import say
from ..contract import Job, Written
from .pixels import pillow_image
from .proof import prove_image

_MOST = 65_535


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI, and take the colours that most of the map has."""
    from PIL import Image

    picture = pillow_image(view, job)
    if max(picture.size) > _MOST:
        raise WriteError(
            "image_too_large",
            say(
                "{0} holds {1} pixels a side, not {2}; choose fewer DPI, a smaller page, or another format.",
                "GIF", f"{_MOST:,}", f"{max(picture.size):,}",
            ),
        )  # fmt: skip
    # Dots of other colours, which would feign more of them, are noise on flat ones.
    flat = picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    job.feedback.check()
    try:
        flat.save(path, format="GIF", optimize=True, comment=f"{job.title}\n{job.credit}".encode())
    except (OSError, ValueError) as error:
        raise WriteError("write_failed", say("{0} could not be written: {1}.", "GIF", error)) from error
    return Written(dict(view.objects))


def prove(path: Path, view: Picture, written: Written) -> None:
    """Open the image again; it has more than one colour."""
    prove_image(path, "GIF")
