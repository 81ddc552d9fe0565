"""Objects of a drawing as cells of draw.io (mxGraph): lines as connectors, other paths as stencils, texts, pictures.

A stencil is XML of its own within the style: packed (raw deflate) as draw.io packs it, or its editor would not know it.
It fills by the non-zero rule. Lengths are hundredths of an inch, as its pages have.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import base64
import math
import zlib
from typing import Mapping, Sequence
from urllib.parse import quote

import numpy as np

from ....drawing.model import CURVE, LINE, Box, Image, Path, Points, Stroke, Text
from ....drawing.straight import rise_and_fall
from ....drawing.winding import wound
from ....text.phrases import one_line
from ....text.xml_text import escape, quoteattr
from ..diagrams import Piece
from ..svg_values import number
from ..upright import box as image_box

UNIT = 100 / 25.4
_POINT = 100 / 72
_CAPS = {"butt": "flat", "round": "round", "square": "square"}
# What encodeURIComponent of JavaScript makes of the signs in a stencil.
_QUOTED = str.maketrans({sign: quote(sign, safe="") for sign in '<>"=/ ?&'})
# A stencil of no width or height is not drawn.
_LEAST = 0.01
_SIDES = {0.0: "left", 0.5: "center", 1.0: "right"}
# A font's name in a style ends at any of these.
_ENDS = str.maketrans("", "", ";=\"'<>&")
_NAME = 200


def geometry(box: Box, corner: tuple[float, float], more: str = "") -> str:
    """A box in mm as a cell's place in its parent, whose corner is given."""
    left, top, right, bottom = (value * UNIT for value in box)
    x, y = left - corner[0] * UNIT, top - corner[1] * UNIT
    size = f'width="{number(max(right - left, _LEAST))}" height="{number(max(bottom - top, _LEAST))}"'
    return f'<mxGeometry x="{number(x)}" y="{number(y)}" {size}{more} as="geometry"/>'


def cell(number_: str, parent: str, kind: str, style: str, label: str, told: Mapping[str, str], place: str) -> str:
    """A cell; what is told of it are properties of the object that it is then part of."""
    inside = f'style={quoteattr(style)} {kind}="1" parent="{parent}">{place}</mxCell>'
    if not told:
        return f'<mxCell id="{number_}" value={quoteattr(label)} {inside}\n'
    members = "".join(f" {key}={quoteattr(value)}" for key, value in told.items())
    return f'<object id="{number_}" label={quoteattr(label)}{members}><mxCell {inside}</object>\n'


def styled(members: Mapping[str, object]) -> str:
    """A style."""
    return "".join(f"{key}={value};" for key, value in members.items())


def _line(stroke: Stroke) -> dict[str, object]:
    made: dict[str, object] = {
        "strokeColor": stroke.color.hex, "strokeWidth": number(stroke.width * UNIT, 3), "linecap": _CAPS[stroke.cap],
        "linejoin": stroke.join,
    }  # fmt: skip
    if stroke.join == "miter":
        made["miterlimit"] = number(stroke.miter)
    if stroke.color.alpha < 1:
        made["strokeOpacity"] = number(stroke.color.alpha * 100, 1)
    if stroke.dash:
        dash = " ".join(number(max(part * UNIT, _LEAST)) for part in stroke.dash * (1 + len(stroke.dash) % 2))
        made.update(dashed=1, fixDash=1, dashPattern=dash)
    return made


def is_connector(path: Path) -> bool:
    """Whether a path is one line of straight pieces, whose points draw.io lets move one by one."""
    kinds = path.kinds
    return path.fill is None and path.stroke is not None and not path.closed and bool((kinds[1:] == LINE).all())


def connector(path: Path, number_: str, parent: str, corner: tuple[float, float], told: Mapping[str, str]) -> str:
    """A line as a connector that ends at no shape."""
    points = np.round((path.points - corner) * UNIT, 2).tolist()
    spots = [f'<mxPoint x="{x:g}" y="{y:g}"' for x, y in points]
    between = "".join(f"{spot}/>" for spot in spots[1:-1])
    place = f'<mxGeometry relative="1" as="geometry">{spots[0]} as="sourcePoint"/>{spots[-1]} as="targetPoint"/>'
    place += (f'<Array as="points">{between}</Array>' if between else "") + "</mxGeometry>"
    look = _line(path.stroke) if path.stroke is not None else {}
    style = styled({"endArrow": "none", "startArrow": "none", "html": 0, "rounded": 0, "noEdgeStyle": 1, **look})
    return cell(number_, parent, "edge", style, "", told, place)


def stencil(
    paths: Sequence[Path], number_: str, parent: str, corner: tuple[float, float], told: Mapping[str, str]
) -> str:
    """Paths that look alike as one shape: each is drawn by itself, so that none makes a hole in another."""
    box = around(paths)
    first = paths[0]
    size = [max((far - near) * UNIT, _LEAST) for near, far in ((box[0], box[2]), (box[1], box[3]))]
    paint = "fillstroke" if first.fill and first.stroke else "fill" if first.fill else "stroke"
    drawn = "".join(f"<path>{_words(wound(path), box)}</path><{paint}/>" for path in paths)
    text = (
        f'<shape w="{number(size[0])}" h="{number(size[1])}" aspect="variable" strokewidth="inherit">'
        f"<foreground>{drawn}</foreground></shape>"
    )
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = base64.b64encode(packer.compress(text.translate(_QUOTED).encode()) + packer.flush()).decode()
    look: dict[str, object] = {"shape": f"stencil({packed})", "html": 0}
    look["fillColor"] = first.fill.hex if first.fill is not None else "none"
    if first.fill is not None and first.fill.alpha < 1:
        look["fillOpacity"] = number(first.fill.alpha * 100, 1)
    look.update(_line(first.stroke) if first.stroke is not None else {"strokeColor": "none"})
    return cell(number_, parent, "vertex", styled(look), "", told, geometry(box, corner))


def around(paths: Sequence[Path]) -> Box:
    """The box of paths."""
    boxes = np.array([path.box for path in paths])
    left, top = boxes[:, :2].min(axis=0).tolist()
    right, bottom = boxes[:, 2:].max(axis=0).tolist()
    return left, top, right, bottom


def _words(path: Path, box: Box) -> str:
    words = []
    for points, kinds, closed in path.subpaths():
        spots = [f'x="{x:g}" y="{y:g}"' for x, y in _near(points, box)]
        words.append(f"<move {spots[0]}/>")
        index = 1
        while index < len(spots):
            if kinds[index] == CURVE:
                parts = [spot.replace("x=", f"x{n}=").replace("y=", f"y{n}=") for n, spot in
                         enumerate(spots[index : index + 3], 1)]  # fmt: skip
                words.append(f"<curve {' '.join(parts)}/>")
                index += 3
            else:
                words.append(f"<line {spots[index]}/>")
                index += 1
        words.append("<close/>" if closed or path.fill is not None else "")
    return "".join(words)


def _near(points: Points, box: Box) -> list[list[float]]:
    found: list[list[float]] = np.round((points - (box[0], box[1])) * UNIT, 2).tolist()
    return found


def text_box(text: Text, line: Piece) -> Box:
    """The box of a straight piece of a name, before it is turned about its middle."""
    _, x, y, width, turn = line
    font, size = text.font, text.font.size * 25.4 / 72
    rise, fall = (part * size for part in rise_and_fall(font))
    # draw.io has the baseline of a plain text half its size below the middle of its box, less a unit; of a formatted
    # one it lies as the font has it. Boxes are turned about their middle.
    middle = (rise - fall) / 2 if font.spacing else size / 2 - 1 / UNIT
    angle = math.radians(-turn)
    ahead, down = width / 2, -middle
    center = x + ahead * math.cos(angle) - down * math.sin(angle), y + ahead * math.sin(angle) + down * math.cos(angle)
    half = (rise + fall) / 2
    return center[0] - width / 2, center[1] - half, center[0] + width / 2, center[1] + half


def label(
    text: Text, line: Piece, number_: str, parent: str, corner: tuple[float, float], told: Mapping[str, str]
) -> str:
    """A straight piece of a name as a text."""
    words, font, turn = line[0], text.font, line[4]
    look: dict[str, object] = {
        "html": int(bool(font.spacing)), "align": _SIDES.get(text.anchor, "center"), "verticalAlign": "middle",
        "spacing": 0, "fontFamily": one_line(font.family, _NAME).translate(_ENDS) or "Helvetica",
        "fontSize": number(font.size * _POINT), "fontColor": text.color.hex,
        "fontStyle": font.bold + 2 * font.italic, "strokeColor": "none", "fillColor": "none",
    }  # fmt: skip
    if turn:
        look["rotation"] = number(-turn % 360)
    if text.color.alpha < 1:
        look["textOpacity"] = number(text.color.alpha * 100, 1)
    shown = one_line(words)
    if font.spacing:
        shown = f'<span style="letter-spacing: {number(font.spacing * UNIT, 3)}px">{escape(shown)}</span>'
    return cell(number_, parent, "vertex", "text;" + styled(look), shown, told, geometry(text_box(text, line), corner))


def picture(image: Image, number_: str, parent: str, corner: tuple[float, float], told: Mapping[str, str]) -> str:
    """An upright image; a semicolon would end it within the style."""
    data = base64.b64encode(image.png).decode()
    style = f"shape=image;imageAspect=0;aspect=fixed;image=data:image/png,{data};"
    return cell(number_, parent, "vertex", style, "", told, geometry(image_box(image), corner))
