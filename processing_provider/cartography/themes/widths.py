"""Line widths on paper: millimetres at 1:10,000, and how they change with the scale."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math

from .loading import Theme

# Total widths, casing included, tuned by eye at 1:10,000.
AT_10K = {
    "motorway": 2.1, "trunk": 1.9, "primary": 1.65, "secondary": 1.45, "tertiary": 1.25, "minor": 1.0,
    "living": 0.85, "pedestrian": 0.8, "service": 0.55, "track": 0.28, "cycleway": 0.24, "path": 0.22,
    "steps": 0.5, "rail": 0.62, "siding": 0.22, "tram": 0.24, "river": 0.9, "stream": 0.35,
}  # fmt: skip
# Real widths in metres: from 1:4,000 on no road is drawn narrower than it is.
METRES = {
    "motorway": 16, "trunk": 14, "primary": 12, "secondary": 10, "tertiary": 9, "minor": 7, "living": 6,
    "pedestrian": 5, "service": 4,
}  # fmt: skip
LINK = 0.62
# Below this a casing and its fill print as two hairlines: one plain line is drawn instead.
NO_CASING = 0.42
# Below this a bridge's casing is a dark blot on the road.
NO_BRIDGE = 0.6
TRUE_WIDTH_SCALE = 4000


class Widths:
    """Widths in mm for one theme at one scale."""

    def __init__(self, theme: Theme, scale: int) -> None:
        self._theme = theme.width
        self.scale = scale
        self.factor = theme.width["scale"] * (10000 / scale) ** theme.width["exp"]
        self._text = max(0.75, min(1.25, (10000 / scale) ** 0.15)) * theme.font["size"]
        # No text on paper is smaller, in points.
        self.least: float = theme.font["least"]
        self.thinnest = theme.width["thinnest"]
        self.case = theme.width["case"] * max(0.7, min(1.5, self.factor))

    def points(self, size: float) -> float:
        """The size of a text in points that is `size` at 1:10,000."""
        return max(size * self._text, self.least)

    def line(self, kind: str) -> float:
        """The width of a kind of line."""
        width = AT_10K[kind] * self.factor
        if self.scale <= TRUE_WIDTH_SCALE and kind in METRES:
            width = max(width, METRES[kind] * 1000 / self.scale * self._theme["scale"])
        return max(width, self.thinnest)

    def rail(self, width: float, most: float = math.inf) -> float:
        """The width of a railway's line that is `width` at 1:10,000, and in no scale more than `most`."""
        return max(min(width * self.factor, most) * self._theme["rail"], self.thinnest)
