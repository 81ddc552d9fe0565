"""Instructions and tables of a Corel Presentation Exchange of 32 bits: RIFF CMX1, whose records are made of tags.

Facts: measured against libcdr, which reads them; see docs/corel.md.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Tuple

import numpy as np

from ....drawing.model import CAPS, CURVE, CURVE_DATA, JOINS, MOVE, Color, Kinds, Path, Points, Stroke
from ...inks import Formula, Press
from ..cdr.riff import i32, u16, u32

# Tenths of a micrometre in a millimetre: coordinates are whole numbers of them.
UNITS = 10_000
BEGIN_PAGE, END_PAGE, BEGIN_LAYER, END_LAYER, BEGIN_GROUP, END_GROUP, CURVES = 9, 10, 11, 12, 13, 14, 67
# What ends the tags of a record; a matrix that changes nothing.
_END, _IDENTITY = b"\xff", u16(1)
_FILLED, _OUTLINED, _UNIFORM = 1, 2, 1
_CMYK, _RGB, _PALETTE = 2, 5, 5
_SOLID, _DASHED = 2, 4
# Nodes: bit 0x04 is a point that the user sees, 0x40 a line to it, 0x80 a curve to it, 0x08 closed.
_FIRST, _LINE, _CONTROL, _CURVE, _CLOSED = 0x04, 0x44, 0xC0, 0x84, 0x08
_FARTHEST = 2**30
_LONG = 32_767
_DASHES = 11
Box = Tuple[int, int, int, int]
# A row of a table, as whole numbers.
Row = Tuple[int, ...]


def tag(number: int, data: bytes) -> bytes:
    """A tag, whose length counts itself."""
    return bytes((number,)) + u16(len(data) + 3) + data


def tags(*data: bytes) -> bytes:
    """Tags 1, 2, ... and their end."""
    return b"".join(tag(number, one) for number, one in enumerate(data, 1)) + _END


def instruction(code: int, body: bytes = _END) -> bytes:
    """An instruction, padded to two bytes; the length of a long one has 32 bits."""
    data = u16(code) + body
    data += bytes(len(data) % 2)
    if len(data) + 2 <= _LONG:
        return u16(len(data) + 2) + data
    return u16(0xFFFF) + i32(len(data) + 6) + data


def begin_page(box: Box, tally: int) -> bytes:
    """Begin the page: its box, and how many instructions there are up to its end."""
    return instruction(BEGIN_PAGE, tags(u16(1) + u32(0) + i32(*box) + u32(0) + u16(1) + u32(tally), _IDENTITY))


def begin_layer(number: int, name: bytes, tally: int) -> bytes:
    """Begin a layer by its name."""
    return instruction(BEGIN_LAYER, tags(u16(1, number) + u32(0, tally) + u16(len(name)) + name, _IDENTITY))


def begin_group(box: Box, tally: int) -> bytes:
    """Begin a group, which has no name."""
    return instruction(BEGIN_GROUP, tags(i32(*box) + u16(1) + u32(tally, 0)))


def curve(units: Points, nodes: Kinds, look: bytes) -> bytes:
    """A path of one look: points in units, y upwards, and what each is."""
    points = units.clip(-_FARTHEST, _FARTHEST).astype("<i4")
    (left, bottom), (right, top) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    body = tags(look, u16(len(points)) + points.tobytes() + nodes.tobytes(), i32(left, top, right, bottom))
    return instruction(CURVES, body)


def nodes(path: Path) -> Kinds:
    """What each point of a path is."""
    made = np.full(len(path.kinds), _LINE, np.uint8)
    curves = np.flatnonzero(path.kinds == CURVE)
    made[path.kinds == CURVE_DATA] = _CONTROL
    made[curves] = _CONTROL
    made[curves + 2] = _CURVE
    starts = np.flatnonzero(path.kinds == MOVE)
    ends = np.append(starts[1:], len(path.kinds)) - 1
    closed = (ends - starts > 1) & (path.points[starts] == path.points[ends]).all(axis=1)
    made[starts] = _FIRST
    made[starts[closed]] |= _CLOSED
    made[ends[closed]] |= _CLOSED
    return made


class Looks:
    """Tables of colours, pens, line styles, dashes and outlines, each of which is there once; numbers begin at 1."""

    def __init__(self, press: Press | Formula | None) -> None:
        self._press = press
        self._tables: dict[str, dict[Row, int]] = {kind: {} for kind in ("rotl", "rott", "rpen", "rdot", "rclr")}
        self._number("rdot", ())

    def _number(self, kind: str, row: Row) -> int:
        table = self._tables[kind]
        return table.setdefault(row, len(table) + 1)

    def _color(self, color: Color, width: float | None) -> int:
        """Red, green and blue, or whole percent of four inks."""
        if self._press is None:
            return self._number("rclr", (color.red, color.green, color.blue))
        inks = self._press.area(color) if width is None else self._press.line(color, width)
        return self._number("rclr", tuple(map(round, inks)))

    def of(self, fill: Color | None, stroke: Stroke | None) -> bytes:
        """The look of a path: its fill and its outline, whose dashes are whole multiples of its width."""
        data = bytes(((_FILLED if fill else 0) | (_OUTLINED if stroke else 0),))
        if fill:
            data += tags(u16(_UNIFORM) + tags(u16(self._color(fill, None), 1)))
        if stroke:
            dash = [max(1, round(part / stroke.width)) for part in stroke.dash][:_DASHES] if stroke.width else []
            style = _DASHED if dash else _SOLID, CAPS.index(stroke.cap) | JOINS.index(stroke.join) << 4
            width = max(1, round(min(stroke.width * UNITS, _FARTHEST)))
            row = (
                self._number("rott", style), 1, self._color(stroke.color, stroke.width), 1,
                self._number("rpen", (width,)), self._number("rdot", tuple(dash)),
            )  # fmt: skip
            data += tags(u16(self._number("rotl", row)))
        return data

    def chunks(self) -> dict[str, bytes]:
        """The tables, by the names of their chunks."""
        makers = {"rotl": _outline, "rott": _style, "rpen": _pen, "rdot": _dash, "rclr": _ink}
        return {
            kind: u16(len(self._tables[kind])) + b"".join(map(make, self._tables[kind]))
            for kind, make in makers.items()
        }


def _outline(row: Row) -> bytes:
    return tags(u16(*row))


def _style(row: Row) -> bytes:
    return tags(bytes(row))


def _pen(row: Row) -> bytes:
    # As wide one way as the other, not turned.
    return tags(i32(*row) + u16(100) + i32(0) + _IDENTITY)


def _dash(row: Row) -> bytes:
    return tags(u16(len(row), *row))


def _ink(row: Row) -> bytes:
    return tags(bytes((_CMYK if len(row) == 4 else _RGB, _PALETTE)), bytes(row))
