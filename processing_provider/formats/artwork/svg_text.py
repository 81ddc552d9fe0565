"""Names in an SVG: whole texts, line below line, or along a baseline where they bend."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Mapping

import numpy as np

from ...drawing.model import Line, Points, Text
from .svg_values import UNIT, attributes, beside, label, number, numbers, paint, text

# How much of its length a baseline goes on beyond its end: letters of a wider font than ours would be lost there.
_BEYOND = 0.5
_ANCHORS = {0.5: "middle", 1.0: "end"}
# How far (mm) lines may differ from a plain column of them.
_EVEN = 0.01


def baseline(path: Points) -> str:
    """The `d` of a bent line's baseline, going on straight beyond its end."""
    steps = np.diff(path, axis=0)
    far = np.hypot(*steps.T)
    last = int(np.flatnonzero(far)[-1]) if far.any() else 0
    end = path[-1] + steps[last] / (far[last] or 1.0) * far.sum() * _BEYOND
    return f"M{numbers(np.round(np.vstack([path, end]) * UNIT, 2))}"


def text_object(item: Text, kind: str, bent: str, layered: bool, common: Mapping[str, str], mark: str = "") -> str:
    """The text, or what shines round it, its `kind` being `name` or `halo`.

    `bent` is the id of its baseline where it has one, `common` what its group says of all texts, `mark` its id.
    """
    font, halo = item.font, kind == "halo"
    style = {"font-family": font.family, "font-size": number(font.size, 2)}
    style.update({"font-weight": "bold"} if font.bold else {})
    style.update({"font-style": "italic"} if font.italic else {})
    style.update({"letter-spacing": number(font.spacing * UNIT, 3)} if font.spacing else {})
    mark += label("Halo" if halo else item.name or item.string, layered) + f' class="{kind}"'
    if halo and item.halo is not None:
        style.update({**paint("fill", item.halo.color), **paint("stroke", item.halo.color)})
        style.update({"stroke-width": number(item.halo.width * 2 * UNIT, 3), "stroke-linejoin": "round"})
    else:
        style.update(paint("fill", item.color))
    style["xml:space"] = "preserve"
    first = item.lines[0]
    if first.path is not None:
        # From the start on: of what else there is on a path (`startOffset`, `text-anchor`) not every program knows all.
        inner = f'<textPath xlink:href="#{bent}">{text(first.text)}</textPath>'
        return f"<text{mark}{attributes(beside(style, common))}>{inner}</text>\n"
    style.update({"text-anchor": _ANCHORS[item.anchor]} if item.anchor in _ANCHORS else {})
    shift, angle = item.anchor * first.width, math.radians(item.rotation)
    x, y = first.x + shift * math.cos(angle), first.y - shift * math.sin(angle)
    style["transform"] = f"translate({number(x * UNIT)} {number(y * UNIT)})"
    style["transform"] += f"rotate({number(-item.rotation, 3)})" if item.rotation else ""
    body = text(first.text)
    if len(item.lines) > 1:
        places = [turned(line, first, item.rotation) for line in item.lines]
        places = [(x + item.anchor * line.width - shift, y) for line, (x, y) in zip(item.lines, places)]
        role = ""
        if layered and _is_column(places):
            # Lines that Inkscape edits as one text.
            role = ' sodipodi:role="line"'
            style["style"] = f"line-height:{number(places[1][1] * UNIT / font.size, 3)}"
        body = "".join(
            f'<tspan{role} x="{number(x * UNIT)}" y="{number(y * UNIT)}">{text(line.text)}</tspan>'
            for line, (x, y) in zip(item.lines, places)
        )
    return f"<text{mark}{attributes(beside(style, common))}>{body}</text>\n"


def turned(line: Line, first: Line, rotation: float) -> tuple[float, float]:
    """Where a line begins, seen along the first one."""
    angle = math.radians(rotation)
    x, y = line.x - first.x, line.y - first.y
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


def _is_column(places: list[tuple[float, float]]) -> bool:
    """Whether lines stand one below the other, evenly."""
    steps = [below[1] - above[1] for above, below in zip(places, places[1:])]
    return all(abs(x) < _EVEN for x, _ in places) and max(steps) - min(steps) < _EVEN and min(steps) > 0
