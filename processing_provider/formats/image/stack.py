"""What formats with layers share: the layers by their groups, and the picture that they make together."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterator

import numpy as np
import numpy.typing as npt
from qgis.PyQt.QtGui import QImage, QPainter

from ...cartography.rendering import layered
from ...cartography.rendering.layered import PaintedLayer
from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...request.checks import check_image_size
from ...text.sentence import say
from ..contract import Job

# Percent of a file that painting its layers takes.
_PAINTED = 90.0


@dataclass
class Merged:
    """The layers over each other, as they come: the same that a program with layers shows of them."""

    width: int
    height: int
    image: QImage = field(init=False)

    def __post_init__(self) -> None:
        self.image = QImage(self.width, self.height, QImage.Format.Format_ARGB32_Premultiplied)
        if self.image.isNull():
            raise WriteError(
                "no_memory", say("There is no memory for a picture of {0} x {1} pixels.", self.width, self.height)
            )
        self.image.fill(0)

    def add(self, layer: PaintedLayer) -> None:
        """Lay one over those before."""
        painter = QPainter(self.image)
        painter.drawImage(layer.left, layer.top, as_image(layer.pixels))
        painter.end()

    @property
    def pixels(self) -> npt.NDArray[np.uint8]:
        """Red, green, blue and alpha of all of it."""
        return layered.straight(self.image)


def as_image(pixels: npt.NDArray[np.uint8]) -> QImage:
    """Rows of red, green, blue and alpha as an image of its own."""
    height, width = pixels.shape[:2]
    data = np.ascontiguousarray(pixels).tobytes()
    return QImage(data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


def whole(layer: PaintedLayer, size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """A layer as large as the sheet."""
    pixels = np.zeros((size[1], size[0], 4), np.uint8)
    height, width = layer.pixels.shape[:2]
    pixels[layer.top : layer.top + height, layer.left : layer.left + width] = layer.pixels
    return pixels


def painted(view: Picture, job: Job, longest: int, label: str) -> tuple[tuple[int, int], Iterator[PaintedLayer]]:
    """Width and height of the sheet, and its layers at the job's DPI, the bottom one first.

    Raises WriteError where a side is longer than a format holds.
    """
    sheet, factor = view.page.sheet, view.page.magnify
    check_image_size(sheet.width * factor, sheet.height * factor, job.dpi)
    size = layered.sheet_size(view, job.dpi)
    if max(size) > longest:
        raise WriteError(
            "image_too_large",
            say(
                "{0} holds {1} pixels a side, not {2}; choose fewer DPI, a smaller page, or another format.",
                label, f"{longest:,}", f"{max(size):,}",
            ),
        )  # fmt: skip
    return size, layered.layers(view, job.dpi, job.feedback.part(0, _PAINTED))
