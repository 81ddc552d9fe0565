"""The sheet of a drawing: a layout of paper space with the map at a round scale, its title, scale and source."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from ...request.pages import best_scale
from . import strings
from .extents import Extents
from .frame import STYLE, Frame
from .layers import NOTICE

# A1 and its margin in mm, and the band below the map that its texts have.
_LONG, _SHORT, _MARGIN, _BAND = 841.0, 594.0, 10.0, 16.0
_TITLE, _TEXT = 7.0, 3.5
_LEFT, _RIGHT, _BOTTOM = 0, 2, 1
NAME = "Sheet"


def add_sheet(frame: Frame, area: Extents, title: str, credit: str) -> int:
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
    _text(frame, layout, strings.one_line(title), _MARGIN, _MARGIN + _BAND / 2, _TITLE, _LEFT)
    _text(frame, layout, f"1:{scale}", paper[0] - _MARGIN, _MARGIN + _BAND / 2, _TITLE, _RIGHT)
    _text(frame, layout, strings.one_line(credit), _MARGIN, _MARGIN, _TEXT, _LEFT)
    return scale


def _text(frame: Frame, layout: Any, text: str, x: float, y: float, height: float, halign: int) -> None:
    if not text:
        return
    name, _ = frame.look(NOTICE)
    frame.count(name)
    attributes = {
        "layer": name, "style": STYLE, "halign": halign, "valign": _BOTTOM, "insert": (x, y), "align_point": (x, y)
    }  # fmt: skip
    layout.add_text(strings.shown(text, frame.codepage), height=height, dxfattribs=attributes)
