"""The bar, the scale in figures and the arrow to the north, as pieces of a sheet."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QPointF, QRectF
from qgis.PyQt.QtGui import QPainterPath, QTransform

from .decorations import Area, Piece, Shape, Text
from .ink import Ink
from .scale_bar import Bar, in_figures, longest_bar

if TYPE_CHECKING:
    from ...request.pages import Page

# A bar is at most such a part of the map's width.
_BAR_SHARE = 0.25
# Each of two.
_BOTH_SHARE = 0.17
# Below so many degrees nobody sees that north is not up.
_UPRIGHT = 0.5


def scale_and_north(
    page: Page, ink: Ink, left: float, base: float, text: float, width: float, parts: str = "bar figures north"
) -> list[Piece]:
    """The bar, the scale in figures, and an arrow where north is not up; from `left` on, on the base line."""
    pieces: list[Piece] = []
    x = left
    both = "miles" in page.sheet.parts
    for in_miles in (False, True) if both else (False,):
        most = width * (_BOTH_SHARE if both else _BAR_SHARE)
        bar = longest_bar(page.scale, most, in_miles) if parts.startswith(("bar", "line")) else None
        if bar is not None:
            pieces += _bar(bar, page.scale, ink, x, base, text, parts.startswith("line"))
            x = max(piece.box.right() for piece in pieces) + 1.6 * text
    if "figures" in parts:
        figures = in_figures(page.printed_scale)
        pieces.append(Text("scale", figures, ink.strong, text, x, base, ink.text))
        x += ink.strong.width(figures) * text + 1.8 * text
    if "north" in parts and abs(page.north) >= _UPRIGHT:
        pieces += _north(page.north, x, base, text, ink)
    return pieces


def _bar(bar: Bar, scale: int, ink: Ink, left: float, base: float, text: float, in_line: bool) -> list[Piece]:
    """The bar on the base line, its lengths over it; `in_line`: its whole length behind it."""
    length, thick, thin = bar.length(scale), 0.42 * text, 0.1 * text
    top, step = base - thick - (0.15 * text if in_line else 0), length / bar.parts
    pieces: list[Piece] = [Area("bar", QRectF(left, top, length, thick), ink.text)]
    for part in range(1, bar.parts, 2):
        wide = step - (thin if part == bar.parts - 1 else 0)
        pieces.append(Area("gap", QRectF(left + part * step, top + thin, wide, thick - 2 * thin), ink.paper))
    if in_line:
        start = left + length + 0.6 * text
        return [*pieces, Text("bar label", bar.labels[bar.parts], ink.small, text, start, base, ink.text)]
    size, between = max(0.92 * text, ink.least), 0.5 * text
    first, *middle, last = (
        Text("bar label", label, ink.small, size, 0, top - 0.38 * text, ink.text) for label in bar.labels.values()
    )
    # A number's middle stands over its mark, but nothing stands out at the left.
    first = replace(first, x=left)
    half = ink.small.width(last.text.split()[0]) * size / 2
    last = replace(last, x=max(left + length - half, first.box.right() + between))
    for label in middle:
        placed = replace(label, x=left + length / 2, anchor=0.5)
        if placed.box.left() > first.box.right() + between and placed.box.right() < last.box.left() - between:
            pieces.append(placed)
    return [*pieces, first, last]


def _north(angle: float, left: float, base: float, text: float, ink: Ink) -> list[Piece]:
    """An arrow turned `angle` degrees clockwise, with its letter beside it."""
    half, wide = 1.2 * text, 0.42 * text
    turned = QTransform().rotate(angle)
    corners = [QPointF(0, -half), QPointF(wide, half), QPointF(0, 0.55 * half), QPointF(-wide, half)]
    reach = max(abs(turned.map(corner).x()) for corner in corners)
    centre = QPointF(left + reach, base - half + 0.1 * text)
    arrow = QPainterPath(turned.map(corners[0]) + centre)
    for corner in corners[1:]:
        arrow.lineTo(turned.map(corner) + centre)
    arrow.closeSubpath()
    return [
        Shape("north", arrow, ink.text),
        Text("north letter", "N", ink.strong, text, left + 2 * reach + 0.5 * text, base, ink.text),
    ]
