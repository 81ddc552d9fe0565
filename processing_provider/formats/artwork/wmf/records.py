"""Records of a Windows Metafile ([MS-WMF], 2.3), little endian, coordinates in 16 bits, sizes in words."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from ....drawing.model import Color, Font, Stroke

if TYPE_CHECKING:
    import numpy.typing as npt

EOF, SAVEDC, RESTOREDC, SETBKMODE, SETMAPMODE, SETPOLYFILLMODE = 0x0000, 0x001E, 0x0127, 0x0102, 0x0103, 0x0106
SELECT, SETTEXTALIGN, DELETE, SETWINDOWORG, SETWINDOWEXT = 0x012D, 0x012E, 0x01F0, 0x020B, 0x020C
SETTEXTCOLOR, PEN, FONT, BRUSH = 0x0209, 0x02FA, 0x02FB, 0x02FC
POLYGON, POLYLINE, INTERSECTCLIPRECT, POLYPOLYGON, ESCAPE = 0x0324, 0x0325, 0x0416, 0x0538, 0x0626
TEXTOUT, STRETCHDIB = 0x0A32, 0x0F43
_ANISOTROPIC, _ALTERNATE, _TRANSPARENT, _BASELINE = 8, 1, 1, 24
_CAPS = {"butt": 0x200, "round": 0, "square": 0x100}
_JOINS = {"miter": 0x2000, "round": 0, "bevel": 0x1000}
_NO_PEN, _NO_BRUSH = 5, 1
_COMMENT = 15
# A comment of ours: readers pass over it, scripts find layers by it.
MARK = b"osm2cdr\0"
ABOUT, LAYER, GROUP, OBJECT, END = b"A", b"L", b"G", b"O", b"E"
_KEY = 0x9AC6CDD7
_COPY = 0x00CC0020
_MOST_TOLD = 4000
LEAST, MOST = -32_768, 32_767
# The letters that Windows knows by the character set of a font (2.1.1.5), one byte each, in the order of their trial.
CHARSETS = {0: "cp1252", 238: "cp1250", 204: "cp1251", 161: "cp1253", 162: "cp1254", 186: "cp1257"}


def record(kind: int, data: bytes = b"") -> bytes:
    """A record with its size, padded to two bytes."""
    padded = data + bytes(len(data) % 2)
    return struct.pack("<IH", len(padded) // 2 + 3, kind) + padded


def i16(*values: int) -> bytes:
    """Signed 16-bit numbers; what does not fit is the nearest that does."""
    return struct.pack(f"<{len(values)}h", *(min(max(value, LEAST), MOST) for value in values))


def u16(*values: int) -> bytes:
    """Unsigned 16-bit numbers."""
    return struct.pack(f"<{len(values)}H", *values)


def colorref(color: Color) -> bytes:
    """Red, green, blue and nothing."""
    return bytes((color.red, color.green, color.blue, 0))


def setup(width: int, height: int) -> list[bytes]:
    """What is set once, for a page of so many units."""
    return [
        record(SETMAPMODE, u16(_ANISOTROPIC)), record(SETWINDOWORG, i16(0, 0)),
        record(SETWINDOWEXT, i16(height, width)), record(SETPOLYFILLMODE, u16(_ALTERNATE)),
        record(SETBKMODE, u16(_TRANSPARENT)), record(SETTEXTALIGN, u16(_BASELINE)),
    ]  # fmt: skip


def comment(kind: bytes, text: str = "") -> bytes:
    """A comment of ours: what begins under which name, or ends."""
    data = MARK + kind + text.encode("utf-8", "replace")[:_MOST_TOLD]
    return record(ESCAPE, u16(_COMMENT, len(data)) + data)


def pen(stroke: Stroke, scale: float) -> bytes:
    """A pen for whole lines; a device draws one of no width a pixel wide."""
    style = _CAPS[stroke.cap] | _JOINS[stroke.join]
    return record(PEN, u16(style) + i16(max(1, round(stroke.width * scale)), 0) + colorref(stroke.color))


def no_pen() -> bytes:
    """A pen that draws nothing."""
    return record(PEN, u16(_NO_PEN) + i16(0, 0) + bytes(4))


def brush(color: Color) -> bytes:
    """A brush of one colour."""
    return record(BRUSH, u16(0) + colorref(color) + u16(0))


def no_brush() -> bytes:
    """A brush that fills nothing."""
    return record(BRUSH, u16(_NO_BRUSH) + bytes(4) + u16(0))


def font(used: Font, rotation: float, charset: int, scale: float) -> bytes:
    """A font of a character set, turned counterclockwise (2.2.1.2); 32 bytes are for its name."""
    height, turn = -max(1, round(used.size * 25.4 / 72 * scale)), round(rotation * 10) % 3600
    plain = i16(height, 0, turn, turn, 700 if used.bold else 400)
    plain += bytes((used.italic, 0, 0, charset, 0, 0, 0, 0))
    return record(FONT, plain + used.family.encode("cp1252", "replace")[:31].ljust(32, b"\0"))


def text(data: bytes, x: int, y: int, steps: list[int]) -> bytes:
    """A text in the bytes of its character set, whose baseline begins at (x, y); `steps`: how far each takes it."""
    return record(TEXTOUT, i16(y, x) + u16(len(data), 0) + data + bytes(len(data) % 2) + i16(*steps))


def area(units: npt.NDArray[np.int16], counts: list[int]) -> bytes:
    """Rings (their points one after the other, and how many each has), filled by the even-odd rule."""
    if len(counts) == 1:
        return record(POLYGON, u16(counts[0]) + units.tobytes())
    return record(POLYPOLYGON, u16(len(counts), *counts) + units.tobytes())


def lines(units: npt.NDArray[np.int16], counts: npt.NDArray[np.int64]) -> list[bytes]:
    """A record for each line; the many of two points, as dashes are, all at once."""
    if len(counts) > 1 and bool((counts == 2).all()):
        rows = np.empty((len(counts), 8), "<u2")
        rows[:, :4] = 8, 0, POLYLINE, 2
        rows[:, 4:] = units.reshape(-1, 4).view("<u2")
        return [rows.tobytes()]
    parts = np.split(units, np.cumsum(counts)[:-1])
    return [record(POLYLINE, u16(len(part)) + part.tobytes()) for part in parts]


def picture(pixels: npt.NDArray[np.uint8], left: int, top: int, right: int, bottom: int) -> bytes:
    """An opaque picture as a bitmap of 24 bits, whose lowest row comes first."""
    height, width = pixels.shape[:2]
    rows = np.zeros((height, (width * 3 + 3) // 4 * 4), np.uint8)
    rows[:, : width * 3] = pixels[::-1, :, ::-1].reshape(height, width * 3)
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, rows.size, 0, 0, 0, 0)
    placed = i16(height, width, 0, 0, bottom - top, right - left, top, left)
    return record(STRETCHDIB, struct.pack("<IH", _COPY, 0) + placed + head + rows.tobytes())


def header(body: bytes, records: list[bytes], objects: int, size: tuple[int, int], per_inch: int) -> bytes:
    """The placeable header (2.3.2.3) and the metafile's own (2.3.2.2); `body` are all records."""
    placed = struct.pack("<IHhhhhHI", _KEY, 0, 0, 0, *size, per_inch, 0)
    check = int(np.bitwise_xor.reduce(np.frombuffer(placed, "<u2")))
    longest = max(struct.unpack_from("<I", one)[0] for one in records)
    own = struct.pack("<HHHIHIH", 1, 9, 0x0300, 9 + len(body) // 2, objects, longest, 0)
    return placed + u16(check) + own
