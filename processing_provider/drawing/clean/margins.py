"""Paper over what of wide lines reaches beyond the map's frame."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ..model import Drawing, Group, Layer, Path, rectangle

MARGINS = "Margins"
# What is farther (mm) beyond the page than any line is wide.
_FAR = 20.0


def beyond(view: Drawing) -> float:
    """How far (mm) lines of the map reach beyond the page, whose edge not every format has."""
    reached = 0.0
    for layer in view.layers:
        for item in layer.items if layer.clipped else ():
            if isinstance(item, Path):
                left, top, right, bottom = item.box
                half = item.stroke.width / 2 if item.stroke else 0.0
                reached = max(reached, half - min(left, top, view.width - right, view.height - bottom))
    return min(reached, _FAR)


def covered(view: Drawing, outside: float = 0.0) -> list[Layer]:
    """The layers, with paper over what of wide lines reaches beyond the map's frame, for formats that cannot cut.

    It reaches to the edges of the page, or to `outside` mm beyond them.
    """
    left, top, right, bottom = view.frame
    low, wide, high = -outside, view.width + outside, view.height + outside
    boxes = [(low, low, wide, top), (low, bottom, wide, high), (low, top, left, bottom), (right, top, wide, bottom)]
    margins = [rectangle(*box, view.background) for box in boxes if box[2] > box[0] and box[3] > box[1]]
    last = len(view.layers)
    while last and not view.layers[last - 1].clipped:
        last -= 1
    added = [Layer(MARGINS, [Group(MARGINS, list(margins))], clipped=False)] if margins and last else []
    return [*view.layers[:last], *added, *view.layers[last:]]
