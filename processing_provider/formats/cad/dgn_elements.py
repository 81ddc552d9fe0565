"""The elements of a DGN V7 design file in two dimensions, as bytes.

Facts: Intergraph, Standard File Formats (ISFF), elements 3, 4, 6, 9, 12, 14, 17; frmts of GDAL's dgnlib say the same.
Words are 16 bits, the lower byte first; numbers of 32 bits have their upper word first; coordinates are whole units of
resolution, here millimetres.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import Sequence

LINE, STRING, SHAPE, CHAIN, COMPLEX, TEXT = 3, 4, 6, 12, 14, 17
END = b"\xff\xff"
# A line string or shape has at most so many vertices; what has more is a chain of them.
_MOST = 101
# Bytes of the header that all have; of the attributes that a complex one has.
_HEADER, _LINKAGE = 36, 8
_HAS_ATTRIBUTES = 0x0800
_COMPLEX = 0x80
_LEFT_BOTTOM = 2
# Units and origin in the element of terminal control (9).
_SUBUNITS, _NAMES, _ORIGIN = 1112, 1120, 1240
# Its eight views: where they begin and how long one is; in each of them the lower left corner, the size, and how many
# dots of a screen a unit is. The screen that is meant is as high as this.
_VIEWS, _VIEW, _CORNER, _SIZE, _DOTS, _SCREEN = 46, 118, 10, 22, 106, 1000
# What a view leaves free round the drawing, as a share of its size.
_ROUND = 0.02
Point = tuple[int, int]


@dataclass(frozen=True)
class Look:
    """Level 1 to 63, index of the colour, weight 0 to 31, style 0 to 7."""

    level: int
    color: int
    weight: int
    style: int


def control(seed: bytes, origin: Point, shown: tuple[Point, Point] | None = None) -> bytes:
    """The first elements of a design file, of a seed's: metres of 1000 mm; `origin` is the world's zero in units.

    All views show the rectangle between the two corners of `shown`, in units.
    """
    data = bytearray(seed[: _end(seed)])
    data[_SUBUNITS:_NAMES] = _whole(1000) + _whole(1)
    data[_NAMES : _NAMES + 4] = b"m\0mm"
    data[_ORIGIN : _ORIGIN + 24] = b"".join(_vax(float(value)) for value in (*origin, 0))
    if shown is not None:
        _look_at(data, *shown)
    return bytes(data)


def _look_at(data: bytearray, low: Point, high: Point) -> None:
    size = [max(there - here, 1) for here, there in zip(low, high)]
    free = round(max(size) * _ROUND)
    corner, wide = [value - free for value in low], [value + 2 * free for value in size]
    for at in range(_VIEWS, _VIEWS + 8 * _VIEW, _VIEW):
        data[at + _CORNER : at + _CORNER + 24] = b"".join(map(_whole, (*corner, 0, *wide, 0)))
        data[at + _DOTS : at + _DOTS + 8] = _vax(_SCREEN / wide[1])


def _end(seed: bytes) -> int:
    at = 0
    while seed[at : at + 2] != END:
        at += 4 + 2 * int(struct.unpack_from("<H", seed, at + 2)[0])
    return at


def path(points: Sequence[Point], closed: bool, look: Look) -> list[bytes]:
    """A line, a line string or a shape; a chain of line strings where it has more vertices than one may have.

    Several elements where it has more than a chain may have.
    """
    whole = [*points, points[0]] if closed else list(points)
    if len(whole) <= _MOST:
        if len(whole) == 2:
            return [_element(LINE, look, whole, _places(whole))]
        return [_element(SHAPE if closed else STRING, look, whole, struct.pack("<H", len(whole)) + _places(whole))]
    pieces = [whole[low : low + _MOST] for low in range(0, len(whole) - 1, _MOST - 1)]
    parts = [_element(STRING, look, piece, struct.pack("<H", len(piece)) + _places(piece), True) for piece in pieces]
    size = (_HEADER + 4 + _LINKAGE - 38) // 2 + sum(map(len, parts)) // 2
    # Its length is told in 16 bits, and no program follows a longer one.
    if size > 0xFFFF:
        return [element for piece in pieces for element in path(piece, False, look)]
    head = struct.pack("<HH", size, len(parts))
    first = _element(COMPLEX if closed else CHAIN, look, whole, head, attributes=bytes(_LINKAGE))
    return [b"".join((first, *parts))]


def text(content: bytes, place: Point, height: int, angle: float, look: Look) -> bytes:
    """A text of at most 255 bytes whose lower left corner is at its place, `height` in units, `angle` in degrees."""
    size = round(height * 1000 / 6)
    body = bytes((1, _LEFT_BOTTOM)) + _whole(size) + _whole(size) + _whole(round(angle % 360 * 360_000))
    body += _places([place]) + bytes((len(content), 0)) + content + bytes(len(content) % 2)
    turn, wide = math.radians(angle), len(content) * height
    corners = [
        (place[0] + round(along * math.cos(turn) - up * math.sin(turn)),
         place[1] + round(along * math.sin(turn) + up * math.cos(turn)))
        for along in (0, wide) for up in (0, height)
    ]  # fmt: skip
    return _element(TEXT, look, corners, body)


def _element(
    kind: int, look: Look, points: Sequence[Point], body: bytes, part: bool = False, attributes: bytes = b""
) -> bytes:
    """The header, with the range of the points, and the rest."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    extent = b"".join(_above(value) for value in (min(xs), min(ys), 0, max(xs), max(ys), 0))
    size = _HEADER + len(body)
    return (
        struct.pack("<BBH", look.level | (_COMPLEX if part else 0), kind, (size + len(attributes) - 4) // 2)
        + extent
        + struct.pack("<HHH", 0, (size - 32) // 2, _HAS_ATTRIBUTES if attributes else 0)
        + bytes((look.style | look.weight << 3, look.color))
        + body
        + attributes
    )


def _places(points: Sequence[Point]) -> bytes:
    return b"".join(_whole(value) for point in points for value in point)


def _whole(value: int) -> bytes:
    return struct.pack("<hH", value >> 16, value & 0xFFFF)


def _above(value: int) -> bytes:
    """A number of a range: without a sign, from the lowest on."""
    return struct.pack("<HH", (value + 0x80000000) >> 16 & 0xFFFF, value & 0xFFFF)


def _vax(value: float) -> bytes:
    """A VAX D float: sign, 8 bits of exponent, 55 of the fraction behind a hidden bit, the upper word first."""
    if not value:
        return bytes(8)
    fraction, exponent = math.frexp(abs(value))
    bits = int(fraction * (1 << 56)) & ((1 << 55) - 1) | (exponent + 128) << 55 | (value < 0) << 63
    return struct.pack("<4H", *(bits >> shift & 0xFFFF for shift in (48, 32, 16, 0)))
