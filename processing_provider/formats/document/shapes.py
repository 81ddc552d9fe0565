"""Objects of a drawing as shapes of DrawingML (ECMA-376 part 1, chapters 19 to 21) for PowerPoint."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Iterator, Sequence

import numpy as np

from ...drawing.model import CURVE, LINE, MOVE, Color, Image, Path, Text
from ...drawing.straight import pieces, rise_and_fall
from ...text.phrases import one_line
from ...text.xml_text import escape, quoteattr
from .ooxml import emu

_CAPS = {"butt": "flat", "round": "rnd", "square": "sq"}
# A path counts in hundredths of a millimetre from its corner.
_STEPS = 100
_NAME = 200
_POINT_MM = 25.4 / 72
_DEGREE = 60_000
_PERCENT = 1000


def fill(color: Color) -> str:
    """A colour with its transparency."""
    return f"<a:solidFill>{_color(color)}</a:solidFill>"


def _color(color: Color) -> str:
    alpha = f'<a:alpha val="{round(color.alpha * 100 * _PERCENT)}"/>' if color.alpha < 1 else ""
    return f'<a:srgbClr val="{color.hex[1:]}">{alpha}</a:srgbClr>'


def _named(number: int, name: str) -> str:
    return f'<p:cNvPr id="{number}" name={quoteattr(one_line(name, _NAME))}/>'


def freeform(paths: Sequence[Path], number: int, name: str) -> str:
    """Paths that look alike as one shape: each is filled by itself, so that none makes a hole in another."""
    boxes = np.array([path.box for path in paths])
    left, top = boxes[:, :2].min(axis=0)
    width, height = boxes[:, 2:].max(axis=0) - (left, top)
    wide, high = max(round(width * _STEPS), 1), max(round(height * _STEPS), 1)
    parts = "".join(_path(path, (left, top), (wide, high)) for path in paths)
    first = paths[0]
    look = fill(first.fill) if first.fill is not None else "<a:noFill/>"
    return (
        f"<p:sp><p:nvSpPr>{_named(number, name)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
        f'<a:xfrm><a:off x="{emu(left)}" y="{emu(top)}"/><a:ext cx="{emu(wide / _STEPS)}" cy="{emu(high / _STEPS)}"/>'
        f"</a:xfrm><a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>{parts}</a:pathLst></a:custGeom>{look}{_line(first)}</p:spPr>'
        "</p:sp>"
    )


def _path(path: Path, corner: tuple[float, float], size: tuple[int, int]) -> str:
    words = []
    for points, kinds, closed in path.subpaths():
        steps = np.rint((points - corner) * _STEPS).astype(int).tolist()
        words.append(_subpath(steps, kinds.tolist(), closed or path.fill is not None))
    unfilled = "" if path.fill is not None else ' fill="none"'
    return f'<a:path w="{size[0]}" h="{size[1]}"{unfilled}>{"".join(words)}</a:path>'


def _subpath(points: list[list[int]], kinds: list[int], closed: bool) -> str:
    spots = [f'<a:pt x="{x}" y="{y}"/>' for x, y in points]
    words, index = [], 0
    while index < len(spots):
        kind = kinds[index]
        if kind == CURVE:
            words.append(f"<a:cubicBezTo>{''.join(spots[index : index + 3])}</a:cubicBezTo>")
            index += 3
            continue
        if kind == MOVE:
            words.append(f"<a:moveTo>{spots[index]}</a:moveTo>")
        elif kind == LINE:
            words.append(f"<a:lnTo>{spots[index]}</a:lnTo>")
        index += 1
    return "".join(words) + ("<a:close/>" if closed else "")


def _line(path: Path) -> str:
    """The outline; a dash is told in widths of the line."""
    stroke = path.stroke
    if stroke is None:
        return "<a:ln><a:noFill/></a:ln>"
    dashes = ""
    if stroke.dash and stroke.width > 0:
        pairs = [max(round(one / stroke.width * 100 * _PERCENT), 1) for one in stroke.dash]
        inside = "".join(f'<a:ds d="{on}" sp="{off}"/>' for on, off in zip(pairs[::2], pairs[1::2]))
        dashes = f"<a:custDash>{inside}</a:custDash>"
    corner = (
        f'<a:miter lim="{round(stroke.miter * 100 * _PERCENT)}"/>' if stroke.join == "miter" else f"<a:{stroke.join}/>"
    )
    cap = _CAPS[stroke.cap]
    return f'<a:ln w="{max(emu(stroke.width), 1)}" cap="{cap}">{fill(stroke.color)}{dashes}{corner}</a:ln>'


def picture(image: Image, number: int, name: str, relation: str) -> str:
    """An image that stands upright, in its box."""
    a, _, _, d, left, top = image.matrix
    return (
        f"<p:pic><p:nvPicPr>{_named(number, name)}<p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>"
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
        f'<a:off x="{emu(left)}" y="{emu(top)}"/><a:ext cx="{max(emu(a), 1)}" cy="{max(emu(d), 1)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def text_boxes(text: Text, first: int) -> Iterator[str]:
    """A name as boxes of text, numbered from `first` on: one for each line, of one that bends one for each word."""
    size = text.font.size * _POINT_MM
    for line in text.lines:
        for piece, x, y, width, turn in pieces(line, text.rotation, size):
            yield _box(text, piece, (x, y), width, turn, first)
            first += 1


def _box(text: Text, piece: str, start: tuple[float, float], width: float, turn: float, number: int) -> str:
    font, size = text.font, text.font.size * _POINT_MM
    rise, fall = rise_and_fall(font)
    height = (rise + fall) * size
    # Boxes are turned about their middle, names about the start of their baseline.
    angle = math.radians(-turn)
    x, y = width / 2, height / 2 - rise * size
    middle = start[0] + x * math.cos(angle) - y * math.sin(angle), start[1] + x * math.sin(angle) + y * math.cos(angle)
    turned = f' rot="{round(-turn * _DEGREE) % (360 * _DEGREE)}"' if turn else ""
    side = {0.0: "l", 0.5: "ctr", 1.0: "r"}.get(text.anchor, "ctr") if len(text.lines) == 1 else "ctr"
    spacing = f' spc="{round(font.spacing / _POINT_MM * 100)}"' if font.spacing else ""
    style = f'sz="{max(round(font.size * 100), 100)}" b="{font.bold:d}" i="{font.italic:d}"{spacing}'
    glow = ""
    if text.halo is not None:
        glow = f'<a:effectLst><a:glow rad="{emu(text.halo.width)}">{_color(text.halo.color)}</a:glow></a:effectLst>'
    face = quoteattr(one_line(font.family, _NAME))
    faces = "".join(f"<a:{kind} typeface={face}/>" for kind in ("latin", "ea", "cs"))
    return (
        f'<p:sp><p:nvSpPr>{_named(number, text.name or piece)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm{turned}><a:off x="{emu(middle[0] - width / 2)}" y="{emu(middle[1] - height / 2)}"/>'
        f'<a:ext cx="{max(emu(width), 1)}" cy="{max(emu(height), 1)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom><a:noFill/></p:spPr><p:txBody>"
        '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr">'
        f'<a:noAutofit/></a:bodyPr><a:lstStyle/><a:p><a:pPr algn="{side}"/><a:r><a:rPr lang="en-US" {style}>'
        f"{fill(text.color)}{glow}{faces}</a:rPr><a:t>{escape(one_line(piece))}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
