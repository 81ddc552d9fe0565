"""Toolpaths from the stages: the map in lines alone, as a pen, a laser or a needle can follow them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..cartography.themes.loading import Theme, load_theme
from ..feedback import Feedback
from ..formats.catalogue import Format
from ..request.options import BY_FORMAT_OPTION
from ..text.sentence import say
from .stages import Stages

if TYPE_CHECKING:
    from ..drawing.toolpaths.model import Toolpaths

# The style of tools, the one that nobody asked for, and the names that can be drawn.
_LINES, _PLAIN = "lineart", "default"
_NAMES = ("places", "water", "parks", "streets")
# How far apart, in mm, stitches fill an area where nothing else is asked for.
_STITCHES = 0.5


def toolpaths(stages: Stages, item: Format, feedback: Feedback) -> Toolpaths:
    """The lines of the map in the order of the work; made once for all formats of a job that hatch alike."""
    crs, spacing = stages.plan.crs_for(item), _spacing(stages, item)
    key = crs, f"{spacing:g}"
    if key not in stages.toolpaths:
        stages.toolpaths[key] = _made(stages, crs, spacing, feedback)
    made = stages.toolpaths[key]
    if "cuts" in item.abilities and made.pieces:
        feedback.warning("pieces_fall_out", say("Where the lines are cut through, {0} pieces fall out.", made.pieces))
    return made


def _spacing(stages: Stages, item: Format) -> float:
    asked = str(stages.request.options.get("hatch") or BY_FORMAT_OPTION["hatch"].default)
    if asked == "auto":
        return _STITCHES if "stitches" in item.abilities else 0.0
    return 0.0 if asked == "none" else float(asked)


def _made(stages: Stages, crs: str, spacing: float, feedback: Feedback) -> Toolpaths:
    from ..drawing.clean.sanitize import sound
    from ..drawing.clean.tidy import tidy
    from ..drawing.record.recorder import record
    from ..drawing.toolpaths.build import build_toolpaths

    page = stages.plan.page(crs)
    theme = _theme(stages.plan.theme, bool(stages.request.options.get("stroke_names")), spacing, feedback)
    picture = stages.styled(page, stages.request.detail, feedback.part(0, 60), theme)
    drawing = sound(tidy(record(picture, feedback.part(60, 80, "draw"))), feedback)
    made = build_toolpaths(drawing, feedback.part(80, 100, "toolpaths"), spacing)
    if made.outlined:
        text = say("Texts with letters that have no single stroke come as outlines: {0}.", made.outlined)
        feedback.warning("letters_outlined", text)
    return replace(made, scale=page.printed_scale, account=picture.account)


def _theme(asked: Theme, is_named: bool, spacing: float, feedback: Feedback) -> Theme:
    """The style asked for where it is lines alone, else `lineart`, with names or with areas to hatch."""
    from ..drawing.toolpaths.operations import HATCHES

    theme = asked
    if not asked.flags["hairlines"]:
        theme = load_theme(_LINES)
        if asked.name != _PLAIN:
            text = say("Tools follow lines: the map is drawn in the style {0}, not in {1}.", _LINES, asked.name)
            feedback.warning("style_of_lines", text)
    if is_named:
        theme = replace(theme, flags={**theme.flags, "labels": list(_NAMES)})
    if spacing:
        filled = {token: color for color, (_, tokens) in HATCHES.items() for token in tokens}
        theme = replace(theme, color={**theme.color, **filled})
    return theme
