"""Colours of a screen as inks of a press, by a colour profile: littlecms converts, through Pillow.

Areas come as the profile has them, which keeps to its limit of ink. Small letters and thin lines would show every
shift of a plate: those that are black or grey are black ink alone, coloured letters the nearest colour of two inks.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Tuple, cast

import numpy as np

from ..drawing.clean.colors import cmyk
from ..drawing.model import Color
from ..text.sentence import say
from . import press_profile
from .contract import Job

if TYPE_CHECKING:
    import numpy.typing as npt
    from PIL.Image import Image

# Percent of cyan, magenta, yellow and black.
Inks = Tuple[float, float, float, float]
WHITE, BLACK = (0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 100.0)
# How far red, green and blue of a grey are apart at most; mm of a wide line; points of small letters.
_GREY, WIDE, SMALL = 12, 2.0, 14.0
# Black ink that is dark enough to be printed over what lies below, in percent.
DARK = 85.0
# Steps of percent in which two inks are tried.
_STEP = 4
# cmsFLAGS_BLACKPOINTCOMPENSATION and INTENT_RELATIVE_COLORIMETRIC of littlecms: Pillow's names for them differ.
_BLACK_POINT: Any = 0x2000
_INTENT: Any = 1


class Press:
    """What inks make of colours by one profile; each colour is asked for once."""

    def __init__(self, profile: bytes) -> None:
        from io import BytesIO

        from PIL import ImageCms

        self.profile = profile
        screen, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        own = ImageCms.ImageCmsProfile(BytesIO(profile))

        def way(start: Any, end: Any, kinds: tuple[str, str]) -> Any:
            return ImageCms.buildTransform(start, end, *kinds, renderingIntent=_INTENT, flags=_BLACK_POINT)

        self._printed, self._looks = way(screen, own, ("RGB", "CMYK")), way(screen, lab, ("RGB", "LAB"))
        self._proof = way(own, lab, ("CMYK", "LAB"))
        self._areas: dict[str, Inks] = {}
        self._marks: dict[str, Inks] = {}
        self._pairs: tuple[npt.NDArray[np.uint8], npt.NDArray[np.int16]] | None = None

    def image(self, picture: Image) -> Image:
        """An RGB image in inks."""
        from PIL import ImageCms

        # None is for a transform in place, which this is not.
        return cast("Image", ImageCms.applyTransform(picture, self._printed))

    def pixels(self, colors: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """Red, green and blue (height, width, 3) as inks (height, width, 4), a byte each."""
        from PIL import Image

        return np.asarray(self.image(Image.fromarray(np.ascontiguousarray(colors), "RGB")))

    def area(self, color: Color) -> Inks:
        """A colour that fills an area, as the profile has it."""
        known = self._areas.get(color.hex)
        if known is None:
            rgb = np.array([[(color.red, color.green, color.blue)]], np.uint8)
            known = self._areas[color.hex] = _percent(self.pixels(rgb)[0, 0])
        return known

    def mark(self, color: Color) -> Inks:
        """A colour of small letters: black ink alone for a grey, else two inks at most."""
        known = self._marks.get(color.hex)
        if known is None:
            known = self._marks[color.hex] = self._nearest(color)
        return known

    def line(self, color: Color, width: float) -> Inks:
        """A colour of a line so many mm wide: black ink alone where it is grey, unless it is as wide as an area."""
        return self.mark(color) if width <= WIDE and is_grey(color) else self.area(color)

    def text(self, color: Color, size: float) -> Inks:
        """A colour of letters of so many points."""
        return self.mark(color) if size <= SMALL or is_grey(color) else self.area(color)

    def _nearest(self, color: Color) -> Inks:
        """The inks, black alone or two, that look most like a colour (in CIE Lab)."""
        if (color.red, color.green, color.blue) == (255, 255, 255):
            return WHITE
        wanted = self._lab(self._looks, np.array([(color.red, color.green, color.blue)], np.uint8), "RGB")[0]
        if self._pairs is None:
            inks = _few_inks()
            self._pairs = inks, self._lab(self._proof, inks, "CMYK")
        inks, looks = self._pairs
        if is_grey(color):
            ramp = np.flatnonzero(inks[:, :3].max(axis=1) == 0)
            return _percent(inks[ramp[np.abs(looks[ramp, 0] - wanted[0]).argmin()]])
        return _percent(inks[((looks - wanted).astype(int) ** 2).sum(axis=1).argmin()])

    @staticmethod
    def _lab(way: Any, colors: npt.NDArray[np.uint8], kind: str) -> npt.NDArray[np.int16]:
        """Colours (n, channels) in CIE Lab (n, 3), L from 0 to 100."""
        from PIL import Image, ImageCms

        found = np.asarray(ImageCms.applyTransform(Image.fromarray(colors[None], kind), way))[0]
        light = np.rint(found[:, :1] / 2.55).astype(np.int16)
        return np.hstack([light, found[:, 1:].view(np.int8).astype(np.int16)])


class Formula:
    """Inks where there is no profile: all grey of any colour is black ink."""

    profile = b""

    @staticmethod
    def area(color: Color) -> Inks:
        """A colour of anything."""
        cyan, magenta, yellow, black = cmyk(color)
        return float(cyan), float(magenta), float(yellow), float(black)

    def line(self, color: Color, width: float) -> Inks:
        """A colour of a line."""
        return self.area(color)

    def text(self, color: Color, size: float) -> Inks:
        """A colour of letters."""
        return self.area(color)

    @staticmethod
    def pixels(colors: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """Red, green and blue (height, width, 3) as inks (height, width, 4), a byte each."""
        light = colors.max(axis=2, keepdims=True).astype(int)
        inks = np.where(light > 0, 255 * (light - colors) // np.maximum(light, 1), 0)
        result: npt.NDArray[np.uint8] = np.concatenate([inks, 255 - light], axis=2).astype(np.uint8)
        return result


def is_grey(color: Color) -> bool:
    """Whether it is black, white or a grey of any lightness."""
    parts = color.red, color.green, color.blue
    return max(parts) - min(parts) <= _GREY


def _few_inks() -> npt.NDArray[np.uint8]:
    """All mixtures of black alone in fine steps, and of two inks (n, 4), a byte each."""
    fine = np.zeros((256, 4), np.uint8)
    fine[:, 3] = np.arange(256)
    steps = np.rint(np.arange(0, 101, _STEP) * 2.55).astype(np.uint8)
    first, second = (grid.ravel() for grid in np.meshgrid(steps, steps))
    made = [fine]
    for one, other in combinations(range(4), 2):
        pair = np.zeros((len(first), 4), np.uint8)
        pair[:, one], pair[:, other] = first, second
        made.append(pair)
    return np.concatenate(made)


def _percent(values: npt.NDArray[np.uint8]) -> Inks:
    cyan, magenta, yellow, black = (round(int(value) / 2.55, 1) for value in values)
    return cyan, magenta, yellow, black


@lru_cache(maxsize=4)
def _press(path: Path, size: int, changed: float) -> Press:
    return Press(path.read_bytes())


def press(path: Path) -> Press:
    """The press of a profile's file."""
    known = path.stat()
    return _press(path, known.st_size, known.st_mtime)


def of_job(job: Job) -> Press | Formula | None:
    """The inks that a job's colours come in: of its profile; by a formula where there is none; none where it is RGB."""
    if job.colors != "cmyk":
        return None
    path = press_profile.chosen(job.profile)
    try:
        return press(path) if path else _without(job)
    except ImportError:
        return _without(job)


def _without(job: Job) -> Formula:
    job.feedback.warning(
        "no_profile",
        say("The inks of {0} are those of a formula: Pillow or a colour profile of a press is missing.",
            say(job.format.name)),
    )  # fmt: skip
    return Formula()
