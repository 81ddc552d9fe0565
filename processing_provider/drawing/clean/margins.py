"""Paper over what of wide lines reaches beyond the map's frame."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ..model import Drawing, Group, Layer, rectangle

MARGINS = "Margins"


def covered(view: Drawing) -> list[Layer]:
    """The layers, with paper over what of wide lines reaches beyond the map's frame, for formats that cannot cut."""
    left, top, right, bottom = view.frame
    boxes = [(0.0, 0.0, view.width, top), (0.0, bottom, view.width, view.height), (0.0, top, left, bottom),
             (right, top, view.width, bottom)]  # fmt: skip
    margins = [rectangle(*box, view.background) for box in boxes if box[2] > box[0] and box[3] > box[1]]
    last = len(view.layers)
    while last and not view.layers[last - 1].clipped:
        last -= 1
    added = [Layer(MARGINS, [Group(MARGINS, list(margins))], clipped=False)] if margins and last else []
    return [*view.layers[:last], *added, *view.layers[last:]]
