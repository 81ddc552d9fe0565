"""Objects of a drawing as shapes of Visio (MS-VSDX): inches, y upwards, each in its box, filled by the even-odd rule.

Visio has patterns of dashes of its own, in widths of the line: the nearest one stands for what is asked for.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from functools import lru_cache
from typing import Mapping, Sequence

import numpy as np

from ....drawing.model import CURVE, MOVE, Box, Color, Path, Stroke, Text
from ....drawing.straight import rise_and_fall
from ....text.phrases import one_line
from ....text.xml_text import escape, quoteattr
from ..diagrams import Piece
from ..svg_values import number

INCH = 25.4
_CAPS = {"butt": 1, "round": 0, "square": 2}
# Visio's dashes and gaps, in widths of the line.
_PATTERNS = {2: (6, 3), 3: (1, 3), 4: (6, 3, 1, 3), 9: (3, 2), 10: (1, 2), 16: (12, 6), 23: (1, 1)}
_SIDES = {0.0: 0, 0.5: 1, 1.0: 2}
# A box of no width or height has no places in it (inches).
_LEAST = 1e-4
# How much wider than its words a text's box is, so that another font does not break them, and mm beside.
_WIDER, _MORE = 0.25, 2.0
_NAME = 200


def cells(values: Mapping[str, object]) -> str:
    """Cells by their names."""
    return "".join(f"<Cell N='{name}' V={quoteattr(str(value))}/>" for name, value in values.items())


def inches(mm: float) -> str:
    """A length."""
    return number(mm / INCH, 6)


def shape(
    number_: int, kind: str, box: Box, corner: tuple[float, float], layer: int, name: str, look: str, inside: str,
    turn: float = 0.0,
) -> str:  # fmt: skip
    """A shape in its box (mm, y downwards); `corner` is the lower left one of what it stands in."""
    left, top, right, bottom = box
    width, height = max(right - left, _LEAST * INCH), max(bottom - top, _LEAST * INCH)
    place = {
        "PinX": inches((left + right) / 2 - corner[0]), "PinY": inches(corner[1] - (top + bottom) / 2),
        "Width": inches(width), "Height": inches(height), "LocPinX": inches(width / 2), "LocPinY": inches(height / 2),
        "Angle": number(math.radians(turn), 6), "LayerMember": layer,
    }  # fmt: skip
    called = quoteattr(f"{one_line(name, _NAME) or kind}.{number_}")
    return (
        f"<Shape ID='{number_}' NameU={called} Name={called} Type='{kind}' LineStyle='0' FillStyle='0' TextStyle='0'>"
        f"{cells(place)}{look}{inside}</Shape>\n"
    )


def data(told: Mapping[str, str]) -> str:
    """What is known of a shape, as Visio's shape data."""
    rows = "".join(
        f"<Row N='{key.title()}'><Cell N='Value' V={quoteattr(value)} U='STR'/><Cell N='Label' V='{key}'/>"
        "<Cell N='Type' V='0'/></Row>"
        for key, value in told.items()
    )
    return f"<Section N='Property'>{rows}</Section>" if rows else ""


def look(fill: Color | None, stroke: Stroke | None) -> str:
    """What a shape looks like."""
    made: dict[str, object] = {"FillPattern": 0, "LinePattern": 0}
    if fill is not None:
        made.update(FillPattern=1, FillForegnd=fill.hex, FillForegndTrans=number(1 - fill.alpha, 3))
    if stroke is not None:
        made.update(
            LinePattern=pattern(stroke), LineColor=stroke.color.hex, LineWeight=inches(stroke.width),
            LineCap=_CAPS[stroke.cap], LineColorTrans=number(1 - stroke.color.alpha, 3),
        )  # fmt: skip
    return cells(made)


@lru_cache(maxsize=1000)
def pattern(stroke: Stroke) -> int:
    """Visio's pattern that is nearest to the dashes of a line."""
    if not stroke.dash or not stroke.width:
        return 1
    dash = [max(part / stroke.width, 0.1) for part in stroke.dash * (1 + len(stroke.dash) % 2)]

    def apart(known: tuple[int, ...]) -> float:
        size = max(len(known), len(dash))
        ours, theirs = (np.log(np.resize(np.array(one, float), size)) for one in (dash, known))
        return float(np.abs(ours - theirs).sum()) / size

    return min(_PATTERNS, key=lambda one: apart(_PATTERNS[one]))


def is_exact(stroke: Stroke | None) -> bool:
    """Whether Visio has the very dashes of a line."""
    if stroke is None or not stroke.dash or not stroke.width:
        return True
    known = _PATTERNS[pattern(stroke)]
    return len(known) == len(stroke.dash) and bool(
        np.allclose(np.array(stroke.dash) / stroke.width, known, rtol=0.02, atol=0)
    )


def geometry(paths: Sequence[Path], box: Box) -> str:
    """Paths as one section, since what is filled in several is filled by the even-odd rule together."""
    first = paths[0]
    width, height = (max(far - near, _LEAST * INCH) for near, far in ((box[0], box[2]), (box[1], box[3])))
    rows: list[str] = []
    for path in paths:
        places = (path.points - (box[0], box[3])) * (1, -1)
        flat, share = np.round(places / INCH, 5).tolist(), np.round(places / (width, height), 6).tolist()
        index, kinds = 0, path.kinds.tolist()
        start = 0
        while index < len(kinds):
            if kinds[index] == CURVE:
                (a, b), (c, d), (x, y) = share[index : index + 3]
                members = zip("XYABCD", (x, y, a, b, c, d))
                spot = "".join(f"<Cell N='{key}' V='{value:g}'/>" for key, value in members)
                rows.append(f"<Row T='RelCubBezTo' IX='{len(rows) + 1}'>{spot}</Row>")
                index += 3
            else:
                if kinds[index] == MOVE:
                    start = index
                word = "MoveTo" if kinds[index] == MOVE else "LineTo"
                rows.append(_row(word, len(rows) + 1, flat[index]))
                index += 1
            is_end = index == len(kinds) or kinds[index] == MOVE
            if is_end and first.fill is not None and flat[index - 1] != flat[start]:
                rows.append(_row("LineTo", len(rows) + 1, flat[start]))
    switches = {"NoFill": int(first.fill is None), "NoLine": int(first.stroke is None), "NoShow": 0}
    return f"<Section N='Geometry' IX='0'>{cells(switches)}{''.join(rows)}</Section>"


def _row(word: str, index: int, spot: Sequence[float]) -> str:
    return f"<Row T='{word}' IX='{index}'><Cell N='X' V='{spot[0]:g}'/><Cell N='Y' V='{spot[1]:g}'/></Row>"


def text_box(text: Text, line: Piece) -> Box:
    """The box of a piece of a name, wide enough for other fonts, before it is turned about its middle."""
    _, x, y, width, turn = line
    rise, fall = (part * text.font.size * INCH / 72 for part in rise_and_fall(text.font))
    more = width * _WIDER + _MORE
    angle = math.radians(-turn)
    ahead, down = width / 2 + more * (0.5 - text.anchor), (fall - rise) / 2
    center = x + ahead * math.cos(angle) - down * math.sin(angle), y + ahead * math.sin(angle) + down * math.cos(angle)
    half, high = (width + more) / 2, (rise + fall) / 2
    return center[0] - half, center[1] - high, center[0] + half, center[1] + high


def words(text: Text, line: Piece) -> str:
    """A piece of a name as the text of a shape: one line, in the middle of its height."""
    font = text.font
    letters = {
        "Font": one_line(font.family, _NAME), "Size": number(font.size / 72, 6), "Color": text.color.hex,
        "Style": font.bold + 2 * font.italic, "ColorTrans": number(1 - text.color.alpha, 3),
        "Letterspace": inches(font.spacing),
    }  # fmt: skip
    lines = {"HorzAlign": _SIDES.get(text.anchor, 1), "SpLine": -1, "SpBefore": 0, "SpAfter": 0}
    return (
        f"<Section N='Character'><Row IX='0'>{cells(letters)}</Row></Section>"
        f"<Section N='Paragraph'><Row IX='0'>{cells(lines)}</Row></Section>"
        f"<Text><cp IX='0'/><pp IX='0'/>{escape(one_line(line[0]))}</Text>"
    )


# Of a shape with a text.
TEXT_BLOCK = cells({"LeftMargin": 0, "RightMargin": 0, "TopMargin": 0, "BottomMargin": 0, "VerticalAlign": 1})
