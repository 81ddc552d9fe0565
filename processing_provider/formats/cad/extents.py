"""What a drawing covers: for the header's extents, and for the view that it opens with."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import unicodedata
from typing import Any, Iterable

from osgeo import ogr

from ...osm.ragged import Floats
from ...osm.tables.map_data import MapData

# The width of a letter by its height, on the average of a plain sans-serif.
LETTER = 0.75
_CAPITAL, _SQUARE = 1.05, 1.4
# A window's width by its height, and the space that the view leaves round the drawing.
_WINDOW, _SPACE = 1.5, 1.05


class Extents:
    """The rectangle round all that was added."""

    def __init__(self) -> None:
        self.xmin = self.ymin = math.inf
        self.xmax = self.ymax = -math.inf
        # Lowest and highest, for who has heights.
        self.heights = 0.0, 0.0

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle of it."""
        return (self.xmin + self.xmax) / 2, (self.ymin + self.ymax) / 2

    def add(self, points: Iterable[tuple[float, float]]) -> None:
        """Points."""
        for x, y in points:
            self.xmin, self.xmax = min(self.xmin, x), max(self.xmax, x)
            self.ymin, self.ymax = min(self.ymin, y), max(self.ymax, y)

    def add_box(self, points: Floats) -> None:
        """Many points (n, 2)."""
        self.add((points.min(axis=0).tolist(), points.max(axis=0).tolist()))

    def add_label(self, text: str, x: float, y: float, height: float, left: bool) -> None:
        """A level text whose middle, or whose left end, is at x, y; measured only where it may reach beyond."""
        wide = len(text) * height * _SQUARE
        if x - wide < self.xmin or x + wide > self.xmax or y - height < self.ymin or y + height > self.ymax:
            self.add_text(text, x + (len(text) * height * LETTER / 2 if left else 0.0), y, height)

    def add_text(self, text: str, x: float, y: float, height: float, angle: float = 0.0) -> None:
        """A text with its middle at x, y, as wide as its letters are on the average."""
        turn = math.radians(angle)
        half, up = height * sum(map(_width, text)) / 2, height / 2
        dx = abs(half * math.cos(turn)) + abs(up * math.sin(turn))
        dy = abs(half * math.sin(turn)) + abs(up * math.cos(turn))
        self.add(((x - dx, y - dy), (x + dx, y + dy)))

    def set(self, document: Any) -> None:
        """Write the extents and limits, and a view of all of it, into a document of ezdxf."""
        if self.xmin > self.xmax:
            return
        space = document.modelspace()
        low, high = self.heights
        space.reset_extents((self.xmin, self.ymin, low), (self.xmax, self.ymax, high))
        space.reset_limits((self.xmin, self.ymin), (self.xmax, self.ymax))
        middle = self.middle
        height = max(self.ymax - self.ymin, (self.xmax - self.xmin) / _WINDOW, 1.0) * _SPACE
        document.set_modelspace_vport(height, middle, dxfattribs={"aspect_ratio": _WINDOW})
        # Release 12 and what reads it go by the header too.
        for name, value in (("$VIEWCTR", middle), ("$VIEWSIZE", height)):
            if name in document.header:
                document.header[name] = value


def area_of(view: MapData) -> Extents:
    """The rectangle round the area of map data, in its CRS."""
    xmin, xmax, ymin, ymax = ogr.CreateGeometryFromWkt(view.area_wkt).GetEnvelope()
    area = Extents()
    area.add(((xmin, ymin), (xmax, ymax)))
    return area


def _width(letter: str) -> float:
    """By the height of a capital: ideographs are square, capitals broad."""
    if unicodedata.east_asian_width(letter) in "WF":
        return _SQUARE
    return _CAPITAL if letter.isupper() else LETTER
