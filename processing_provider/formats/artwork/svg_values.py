"""What the attributes of an SVG are made of: numbers, lists of points, colours, looks."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from typing import Mapping

from ...drawing.model import Color, Path, Points
from ...text.xml_text import escape, quoteattr

# Points (1/72 inch), as Illustrator and Inkscape count, to the mm.
UNIT = 72 / 25.4
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MITER = 4.0
# What takes back what a group says of the objects in it; anything else then means nothing.
_PLAIN = {
    "stroke": "none", "stroke-dasharray": "none", "stroke-miterlimit": f"{_MITER:g}", "fill-opacity": "1",
    "stroke-opacity": "1",
}  # fmt: skip


def number(value: float, digits: int = 2) -> str:
    """As short as can be, and never `-0`."""
    short = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return "0" if short == "-0" else short


def numbers(points: Points) -> str:
    """Coordinates as text, in one call of C."""
    return str(points.ravel().tolist())[1:-1].replace(".0,", ",").replace(", ", " ").removesuffix(".0")


def text(value: str) -> str:
    """A text between tags, without what XML forbids."""
    return escape(CONTROL.sub("", value))


def label(name: str, layered: bool) -> str:
    """What Inkscape calls an object, where the file says so."""
    return f" inkscape:label={quoteattr(CONTROL.sub('', name))}" if layered and name else ""


def paint(kind: str, color: Color) -> dict[str, str]:
    """The attributes of a fill or stroke."""
    opacity = {f"{kind}-opacity": number(color.alpha, 3)} if color.alpha < 1 else {}
    return {kind: color.hex, **opacity}


def looks(path: Path) -> dict[str, str]:
    """The attributes that say what a path looks like."""
    result = {**paint("fill", path.fill), "fill-rule": "evenodd"} if path.fill else {"fill": "none"}
    stroke = path.stroke
    if stroke is not None:
        result.update(paint("stroke", stroke.color))
        result["stroke-width"] = number(stroke.width * UNIT, 3)
        result["stroke-linecap"], result["stroke-linejoin"] = stroke.cap, stroke.join
        if stroke.join == "miter" and stroke.miter != _MITER:
            result["stroke-miterlimit"] = number(stroke.miter)
        if stroke.dash:
            result["stroke-dasharray"] = " ".join(number(part * UNIT, 3) for part in stroke.dash)
    return result


def beside(own: Mapping[str, str], common: Mapping[str, str]) -> dict[str, str]:
    """What an object has to say of itself in a group that says what is common."""
    result = {key: value for key, value in own.items() if common.get(key) != value}
    result.update((key, _PLAIN[key]) for key in common if key not in own and key in _PLAIN)
    return result


def attributes(values: Mapping[str, str]) -> str:
    """As they stand in a tag, a space before each."""
    return "".join(f" {key}={quoteattr(value)}" for key, value in values.items())
