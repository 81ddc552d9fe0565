"""The sheet of a drawing: a layout of paper space with the map at a round scale.

It has no texts: LibreCAD takes those of paper space for the map's, thousands of kilometres away from it.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ...request.pages import best_scale
from .extents import Extents
from .frame import Frame
from .layers import NOTICE

# A1 and its margin in mm, and the band below the map that its texts have.
_LONG, _SHORT, _MARGIN, _BAND = 841.0, 594.0, 10.0, 16.0
NAME = "Sheet"


def add_sheet(frame: Frame, area: Extents) -> int:
    """Add the layout with a viewport of all of an area in metres; the scale 1:n at which it shows it."""
    document = frame.document
    width, height = area.xmax - area.xmin, area.ymax - area.ymin
    paper = (_LONG, _SHORT) if width >= height else (_SHORT, _LONG)
    room = (paper[0] - 2 * _MARGIN, paper[1] - 2 * _MARGIN - _BAND)
    scale = best_scale(width, height, room)
    document.layouts.rename("Layout1", NAME)
    layout = document.layout(NAME)
    layout.page_setup(size=paper, margins=(0, 0, 0, 0), units="mm")
    name, _ = frame.look(NOTICE)
    layout.add_viewport(
        center=(paper[0] / 2, _MARGIN + _BAND + room[1] / 2), size=room,
        view_center_point=((area.xmin + area.xmax) / 2, (area.ymin + area.ymax) / 2),
        view_height=room[1] * scale / 1000, dxfattribs={"layer": name},
    )  # fmt: skip
    return scale
