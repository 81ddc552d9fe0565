"""What lies beyond the edge of a page that is to be trimmed: its own edge, mirrored, so that no cut shows paper."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import Iterator

from ...drawing.clean.tidy import cut
from ...drawing.model import Box, Drawing, Group, Layer, Path, rectangle
from ...geo.gdal_settings import quiet

NAME = "Bleed"


def bleed(drawing: Drawing, width: float) -> Layer | None:
    """A layer of so many mm round the page; None where nothing reaches the edge.

    Its first group is a ground below the page too, so that no seam shines through; the second one are the page's paths
    in painting order. Names are left out, and pictures: they are no part of what goes on.
    """
    page = (0.0, 0.0, drawing.width, drawing.height)
    found: list[Path] = []
    with quiet():
        for layer in drawing.layers:
            frame = drawing.frame if layer.clipped else page
            for item in layer.items:
                if isinstance(item, Path):
                    found += _mirrored(item, page, frame, width)
    if not found:
        return None
    fills = [path.fill for path in found if path.fill is not None]
    ground = rectangle(-width, -width, page[2] + width, page[3] + width, fills[0] if fills else drawing.background)
    return Layer(NAME, [Group("Ground", [ground]), Group(NAME, list(found))], clipped=False)


def _mirrored(path: Path, page: Box, frame: Box, width: float) -> Iterator[Path]:
    """The images of a path beyond each side and each corner of the page that it comes near to."""
    left, top, right, bottom = page
    half = path.stroke.width / 2 if path.stroke else 0.0
    x0, y0, x1, y1 = path.box
    # Axis 0 at the left and the right, axis 1 at the top and the bottom; what is near two sides is near a corner.
    across = [
        (0, side) for side, near in ((left, x0 < left + width + half), (right, x1 > right - width - half)) if near
    ]
    along = [(1, side) for side, near in ((top, y0 < top + width + half), (bottom, y1 > bottom - width - half)) if near]
    turns = [[one] for one in across] + [[one] for one in along] + [[one, two] for one in across for two in along]
    for mirrors in turns:
        strip = list(page)
        for axis, side in mirrors:
            low = side == page[axis]
            strip[axis], strip[axis + 2] = (side, side + width) if low else (side - width, side)
        # A line that ends at the strip's edge would show its cap there.
        room = half + 0.1
        x2, y2, x3, y3 = strip
        wider = max(x2 - room, frame[0]), max(y2 - room, frame[1]), min(x3 + room, frame[2]), min(y3 + room, frame[3])
        for piece in cut(path, wider):
            points = piece.points.copy()
            for axis, side in mirrors:
                points[:, axis] = 2 * side - points[:, axis]
            yield replace(piece, points=points, name="", key="")
