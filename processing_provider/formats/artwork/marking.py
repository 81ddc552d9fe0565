"""What the content of a PDF page and a PostScript program share: points from the lower left corner, paths, strokes.

Both describe a page alike (ISO 32000-1, 8; PostScript Language Reference, 3rd edition, 4); the letters of PDF's
operators are procedures of our own in PostScript.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Iterator

import numpy as np
from qgis.PyQt.QtGui import QImage

from ...drawing.model import CAPS, CURVE, JOINS, Drawing, Image, Layer, Path, Stroke, Text
from ...drawing.spans import spans

if TYPE_CHECKING:
    import numpy.typing as npt

UNIT = 72 / 25.4


class Marking(ABC):
    """Writes a drawing's layers; how colours, paths and texts are painted is the format's own."""

    def __init__(self, drawing: Drawing) -> None:
        # Of the page in points: the drawing hangs from its upper edge.
        self._height = drawing.height * UNIT
        self._scale, self._shift = np.array([UNIT, -UNIT]), np.array([0.0, self._height])
        self._frame = drawing.frame
        self._out: list[str] = []
        self._state: dict[str, object] = {}

    @property
    def pieces(self) -> list[str]:
        """The content so far."""
        return self._out

    def _items(self, layer: Layer) -> None:
        """The layer's objects group by group, what shines round a name just before it."""
        for group in layer.groups:
            for item in group.items:
                if isinstance(item, Path):
                    self._path(item)
                elif isinstance(item, Text):
                    if item.halo is not None:
                        self._halo(item)
                    self._text(item)
                elif isinstance(item, Image):
                    self._picture(item)
                else:
                    raise TypeError("stamps come as paths (see drawing.clean.stamps)")

    @abstractmethod
    def _path(self, path: Path) -> None: ...

    @abstractmethod
    def _text(self, text: Text) -> None: ...

    @abstractmethod
    def _halo(self, text: Text) -> None: ...

    @abstractmethod
    def _picture(self, image: Image) -> None: ...

    @abstractmethod
    def _stroke_color(self, stroke: Stroke) -> None: ...

    def _frame_box(self) -> str:
        """Left, bottom, width and height of the map's frame."""
        left, top, right, bottom = (value * UNIT for value in self._frame)
        return f"{left:.3f} {self._height - bottom:.3f} {right - left:.3f} {bottom - top:.3f}"

    def _set(self, key: str, value: object, operators: str) -> None:
        """Say what changes, and only that."""
        if self._state.get(key) != value:
            self._state[key] = value
            self._out.append(operators)

    def _stroke(self, stroke: Stroke) -> None:
        self._stroke_color(stroke)
        if self._state.get("stroke") is stroke:
            return
        self._state["stroke"] = stroke
        self._set("width", stroke.width, f"{stroke.width * UNIT:.3f} w\n")
        self._set("cap", stroke.cap, f"{CAPS.index(stroke.cap)} J\n")
        self._set("join", stroke.join, f"{JOINS.index(stroke.join)} j\n")
        if stroke.join == "miter":
            self._set("miter", stroke.miter, f"{stroke.miter:g} M\n")
        dash = " ".join(f"{part * UNIT:.3f}" for part in stroke.dash)
        self._set("dash", stroke.dash, f"[{dash}] 0 d\n")

    def _shape(self, path: Path) -> str:
        """The path's operators; a subpath of lines is one call of formatting."""
        return "".join(self._subpaths(path))

    def _subpaths(self, path: Path) -> Iterator[str]:
        points = path.points * self._scale + self._shift
        for start, end, closed in spans(path):
            kinds, part = path.kinds[start:end].tobytes(), points[start:end]
            if CURVE not in kinds:
                part = part[:-1] if closed else part
                pattern = "%.2f %.2f m\n" + "%.2f %.2f l\n" * (len(part) - 1)
            else:
                pattern = "%.2f %.2f m\n"
                index = 1
                while index < len(kinds):
                    curve = kinds[index] == CURVE
                    pattern += "%.2f %.2f %.2f %.2f %.2f %.2f c\n" if curve else "%.2f %.2f l\n"
                    index += 3 if curve else 1
            yield pattern % tuple(part.ravel().tolist()) + ("h\n" if closed else "")


def pixels(picture: Image) -> npt.NDArray[np.uint8]:
    """The pixels of a picture, (height, width, 4) bytes of red, green, blue and alpha."""
    image = QImage.fromData(picture.png).convertToFormat(QImage.Format.Format_RGBA8888)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    array = np.frombuffer(bytes(bits), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return array[:, : image.width()]
