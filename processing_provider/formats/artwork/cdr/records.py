"""The records of a CorelDRAW 12 document: colours, fills, outlines, fonts, settings, arguments of objects."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ....drawing.model import CAPS, JOINS, Color, Stroke
from ...inks import Inks
from .riff import f64, i32, u16, u32

# Tenths of a micrometre in a millimetre: coordinates are whole numbers of them.
UNITS = 10_000
# Halftone angle (45 degrees in millionths) and frequency (lines per inch).
_SCREEN = u32(45_000_000, 60)
_RGB, _CMYK, _PALETTE = 5, 2, 5
_NO_OUTLINE, _SOLID, _DASHED = 1, 2, 4
# Arguments of objects: what has a name has it behind the first ones, which are the same for all.
STYLE, MATRIX, SHAPE, FILL, OUTLINE, COLOR, NAME = 0xC8, 0x64, 0x1E, 0x14, 0x0A, 0x7D0, 0x3E8
STANDARD = [(0x4AE2, u32(1, 1, 0)), (0x2EFE, u32(0)), (0x2EE0, u32(0))]
# Flags of objects and groups, as real files have them.
OBJECT, GROUP = u32(0x08000200), u32(0x10000000)
# The width that CorelDRAW calls hairline, in mm.
HAIRLINE = 0.0762
IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
UNIT_MATRIX = f64(*IDENTITY)
BLACK = u16(_CMYK, _PALETTE) + u32(0) + bytes((0, 0, 0, 100))
# Styles of a typeface by (bold, italic).
FACES = {(False, False): 0x40, (False, True): 0x80, (True, False): 0x1000, (True, True): 0x2000}
_DASHES = 11


def color(value: Color, inks: Inks | None) -> bytes:
    """A colour (12 bytes): RGB, or CMYK in whole percent where it has `inks`."""
    if inks is not None:
        return u16(_CMYK, _PALETTE) + u32(0) + bytes(map(round, inks))
    return u16(_RGB, _PALETTE) + u32(0) + bytes((value.blue, value.green, value.red, 0))


def fill(number: int, value: bytes | None) -> bytes:
    """A `fild`: none (8 bytes), or one colour (36 bytes)."""
    if value is None:
        return u32(number, 0)
    return u32(number) + u16(1, 0) + value + u32(0, 0) + _SCREEN


def outline(number: int, stroke: Stroke | None, value: bytes = BLACK) -> bytes:
    """An `outl` (140 bytes); dashes are whole multiples of the width."""
    width = stroke.width if stroke else HAIRLINE
    dash = [max(1, round(part / width)) for part in stroke.dash][:_DASHES] if stroke and width else []
    kind = _NO_OUTLINE if stroke is None else _DASHED if dash else _SOLID
    cap, join = (CAPS.index(stroke.cap), JOINS.index(stroke.join)) if stroke else (0, 0)
    return b"".join(
        (
            u32(number), u16(kind, cap, join, 0), i32(round(width * UNITS)), u16(100, 0), i32(0, 0), f64(*IDENTITY),
            value, u32(0, 0), _SCREEN, u16(len(dash)), u16(*(dash + [0] * _DASHES)[:_DASHES]), u32(0, 0, 0),
        )
    )  # fmt: skip


def font(number: int, family: str, face: int) -> bytes:
    """A `font` (164 bytes): real files have one for each face that is used."""
    name, charset = family.encode("utf-16le")[:62].ljust(64, b"\0"), "Western".encode("utf-16le").ljust(72, b"\0")
    return u16(number, 0) + u32(face) + bytes(10) + name + bytes(4) + u16(0) + charset + u32(2)


def arguments(kind: int, values: list[tuple[int, bytes]]) -> bytes:
    """A `loda`: the type of an object and its arguments; the table of their types stands in reverse."""
    count = len(values)
    types = 20 + 4 * count + 4
    place = types + 4 * count
    offsets = []
    for _, data in values:
        offsets.append(place)
        place += len(data)
    head = u32(place, count, 20, types, kind, *offsets, place, *(number for number, _ in reversed(values)))
    return head + b"".join(data for _, data in values)


def transform(matrix: tuple[float, ...] = IDENTITY) -> bytes:
    """A `trfd` (80 bytes): x' = a x + b y + tx; y' = c x + d y + ty."""
    return u32(80, 1, 16, 0xFFFF, 24, 80) + u16(8, 0) + u32(0) + f64(*matrix)


TRANSFORM = transform()


def settings(width: float, height: float) -> bytes:
    """The `mcfg` (8152 bytes): page size in mm, grid, guides; what is not known stays as real files have it."""
    data = bytearray(8152)

    def put(offset: int, value: bytes) -> None:
        data[offset : offset + len(value)] = value

    w, h = round(width * UNITS), round(height * UNITS)
    plain = u16(_RGB, _PALETTE)
    put(0, u32(0) + i32(w, h) + u32(15, 1, 0, 0, 1, 1))
    put(0x298, i32(-w // 2, -h // 2) + f64(0.2, 0.2) + u32(2, 0) + f64(1.0))
    dots = i32(11_811_024, 11_811_024)
    put(0x2C0, u16(2, 2) + u32(1, 0) + dots + u32(1, 1, 1) + dots + u32(1))
    put(0x2F8, plain)
    put(0x30C, u32(1, 1, 1, 0, 3))
    put(0x320, u32(0xF80C, 0xF80C, 0x6338, 2, 2, 1, 0, 2, 10_000, 0, 1, 1, 1, 0, 1))
    for offset, value in ((0x368, 0xC4), (0x374, 0xC40020), (0x380, 0xC400C4)):
        put(offset, plain + u32(0, value))
    put(0x428, u32(3, 1, 1, 1, 0, 1))
    put(0x454, u32(2, 0, 4, 100, 0, 0, 1, 1))
    put(0x474, plain + u32(0, 0x64))
    put(0x480, plain + u32(0, 0x6400) + u32(1))
    put(0x4B0, u32(1))
    put(0x4C0, f64(2.54, 2.54, 2.54, 2.54) + u32(2, 0) + f64(0.51) + u32(1, 0) + f64(0.1, 0.1) + u32(6, 1))
    put(0x51C, u32(1))
    put(0x1D90, f64(12.0) + u32(1, 1, 1, 0) + f64(1, 1, 1))
    for offset in (0x38C, 0x3BE, 0x3F0):
        put(offset, "CorelDefaultID_10900".encode("utf-16le"))
    put(0x52C, "Corel\\WebSite\\".encode("utf-16le"))
    return bytes(data)
