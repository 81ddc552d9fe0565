"""Records of an Enhanced Metafile ([MS-EMF], 2.3), little endian, coordinates in 32 bits."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from ....drawing.model import CURVE, MOVE, Color, Font, Kinds, Stroke

if TYPE_CHECKING:
    import numpy.typing as npt

HEADER, POLYGON, POLYLINE, POLYBEZIERTO, POLYLINETO, POLYPOLYLINE, POLYPOLYGON = 1, 3, 4, 5, 6, 7, 8
SETWINDOWEXT, SETWINDOWORG, SETVIEWPORTEXT, SETVIEWPORTORG, EOF = 9, 10, 11, 12, 14
SETMAPMODE, SETBKMODE, SETPOLYFILLMODE, SETTEXTALIGN, SETTEXTCOLOR = 17, 18, 19, 22, 24
MOVETO, INTERSECTCLIPRECT, SAVEDC, RESTOREDC, SELECT, BRUSH, DELETE = 27, 30, 33, 34, 37, 39, 40
SETMITERLIMIT, BEGINPATH, ENDPATH, CLOSEFIGURE, FILLPATH, STROKEANDFILLPATH, STROKEPATH = 58, 59, 60, 61, 62, 63, 64
COMMENT, STRETCHDIBITS, FONT, TEXTOUT, PEN = 70, 81, 82, 84, 95
# Objects that every device has (2.1.31).
NULL_BRUSH, NULL_PEN, SYSTEM_FONT = 0x80000005, 0x80000008, 0x8000000D
_CAPS = {"butt": 0x200, "round": 0, "square": 0x100}
_JOINS = {"miter": 0x2000, "round": 0, "bevel": 0x1000}
_GEOMETRIC, _USER_DASHES = 0x10000, 7
# A public comment: its group has a rectangle and a name (2.3.3.4).
_PUBLIC, _BEGIN_GROUP, _END_GROUP = 0x43494447, 2, 3
_ANISOTROPIC, _ALTERNATE, _TRANSPARENT, _BASELINE = 8, 1, 1, 24
_ADVANCED = 2
_COPY = 0x00CC0020
# Pixels to the millimetre of a device of so many millimetres: readers divide one by the other.
PIXELS = 100
_DEVICE = 420, 297
NOWHERE = struct.pack("<4i", 0, 0, -1, -1)


def record(kind: int, data: bytes = b"") -> bytes:
    """A record with its size, padded to four bytes."""
    padded = data + bytes(-len(data) % 4)
    return struct.pack("<II", kind, len(padded) + 8) + padded


def u32(*values: int) -> bytes:
    """Unsigned 32-bit numbers."""
    return struct.pack(f"<{len(values)}I", *values)


def i32(*values: int) -> bytes:
    """Signed 32-bit numbers."""
    return struct.pack(f"<{len(values)}i", *values)


def colorref(color: Color) -> int:
    """0x00BBGGRR."""
    return color.red | color.green << 8 | color.blue << 16


def setup(units: tuple[int, int], pixels: tuple[int, int]) -> list[bytes]:
    """What is set once: a page of so many units is so many pixels of the device."""
    return [
        record(SETMAPMODE, u32(_ANISOTROPIC)), record(SETWINDOWORG, i32(0, 0)), record(SETWINDOWEXT, i32(*units)),
        record(SETVIEWPORTORG, i32(0, 0)), record(SETVIEWPORTEXT, i32(*pixels)),
        record(SETPOLYFILLMODE, u32(_ALTERNATE)), record(SETBKMODE, u32(_TRANSPARENT)),
        record(SETTEXTALIGN, u32(_BASELINE)),
    ]  # fmt: skip


def begin_group(name: str, box: bytes = NOWHERE) -> bytes:
    """Begin what belongs together, by its name."""
    text = name.encode("utf-16-le", "replace")
    data = u32(_PUBLIC, _BEGIN_GROUP) + box + u32(len(text) // 2) + text
    return record(COMMENT, u32(len(data)) + data)


def end_group() -> bytes:
    """End the group that was begun last."""
    return record(COMMENT, u32(8, _PUBLIC, _END_GROUP))


def pen(handle: int, stroke: Stroke, scale: float) -> bytes:
    """A pen; dashes in units of the page."""
    dash = [max(1, round(part * scale)) for part in stroke.dash]
    # A pattern of an odd number of parts goes on with its gaps and dashes exchanged.
    dash = dash * 2 if len(dash) % 2 else dash
    style = _GEOMETRIC | _CAPS[stroke.cap] | _JOINS[stroke.join] | (_USER_DASHES if dash else 0)
    width = max(1, round(stroke.width * scale))
    return record(PEN, u32(handle, 0, 0, 0, 0, style, width, 0, colorref(stroke.color), 0, len(dash), *dash))


def brush(handle: int, color: Color) -> bytes:
    """A brush of one colour."""
    return record(BRUSH, u32(handle, 0, colorref(color), 0))


def font(handle: int, used: Font, rotation: float, scale: float) -> bytes:
    """A font, turned counterclockwise: what Windows calls a LogFontPanose (2.2.16)."""
    height, turn = -max(1, round(used.size * 25.4 / 72 * scale)), round(rotation * 10) % 3600
    weight = 700 if used.bold else 400
    name = used.family.encode("utf-16-le", "replace")[:62].ljust(64, b"\0")
    plain = i32(height, 0, turn, turn, weight) + bytes((used.italic, 0, 0, 1, 0, 0, 0, 0)) + name
    return record(FONT, u32(handle) + plain + bytes(128 + 64 + 36))


def text(string: str, x: int, y: int, steps: list[int]) -> bytes:
    """A text whose baseline begins at (x, y); `steps` is how far each 16-bit code takes it."""
    data = string.encode("utf-16-le", "replace")
    data += bytes(-len(data) % 4)
    head = NOWHERE + u32(_ADVANCED) + struct.pack("<2f", 1.0, 1.0)
    start = 8 + len(head) + 40
    placed = i32(x, y) + u32(len(steps), start, 0) + NOWHERE + u32(start + len(data))
    return record(TEXTOUT, head + placed + data + u32(*steps))


def shape(
    units: npt.NDArray[np.int32], kinds: Kinds, box: bytes, closed: bool, filled: bool, stroked: bool
) -> list[bytes]:
    """A path, filled by the even-odd rule and drawn with what was selected: one record where it has no curves."""
    starts = np.flatnonzero(kinds == MOVE)
    counts = np.diff(np.append(starts, len(kinds)))
    if not (kinds >= CURVE).any() and (closed or not (filled and stroked)):
        is_area = filled or closed
        if len(starts) == 1:
            units = units[:-1] if is_area and closed and len(units) > 3 else units
            return [record(POLYGON if is_area else POLYLINE, box + u32(len(units)) + units.tobytes())]
        data = box + u32(len(starts), len(units)) + counts.astype("<u4").tobytes() + units.tobytes()
        return [record(POLYPOLYGON if is_area else POLYPOLYLINE, data)]
    out = [record(BEGINPATH)]
    for start, count in zip(starts.tolist(), counts.tolist()):
        part, own = units[start : start + count], kinds[start : start + count]
        out.append(record(MOVETO, part[0].tobytes()))
        # Runs of lines and of curves.
        curved = own[1:] >= CURVE
        ends = np.append(np.flatnonzero(curved[1:] != curved[:-1]) + 1, len(curved))
        first = 0
        for end in ends.tolist() if len(curved) else ():
            run = part[1 + first : 1 + end]
            out.append(record(POLYBEZIERTO if curved[first] else POLYLINETO, box + u32(len(run)) + run.tobytes()))
            first = end
        if count > 2 and bool((part[0] == part[-1]).all()):
            out.append(record(CLOSEFIGURE))
    out.append(record(ENDPATH))
    out.append(record(STROKEANDFILLPATH if filled and stroked else FILLPATH if filled else STROKEPATH, box))
    return out


def picture(pixels: npt.NDArray[np.uint8], left: int, top: int, right: int, bottom: int) -> bytes:
    """An opaque picture as a bitmap of 24 bits, whose lowest row comes first."""
    height, width = pixels.shape[:2]
    rows = np.zeros((height, (width * 3 + 3) // 4 * 4), np.uint8)
    rows[:, : width * 3] = pixels[::-1, :, ::-1].reshape(height, width * 3)
    head = u32(40) + i32(width, height) + struct.pack("<HH", 1, 24) + u32(0, rows.size, 0, 0, 0, 0)
    fixed = NOWHERE + i32(left, top, 0, 0, width, height)
    start = 8 + len(fixed) + 32
    fixed += u32(start, len(head), start + len(head), rows.size, 0, _COPY) + i32(right - left, bottom - top)
    return record(STRETCHDIBITS, fixed + head + rows.tobytes())


def header(body: int, count: int, handles: int, size_mm: tuple[float, float], told: str) -> bytes:
    """The first record (2.3.4.2): bounds, frame, the device, and what the file is about."""
    text = told.encode("utf-16-le", "replace") + b"\0\0\0\0"
    size = 108 + len(text) + -len(text) % 4
    bounds = (max(1, round(side * PIXELS)) - 1 for side in size_mm)
    data = i32(0, 0, *bounds, 0, 0, *(round(side * 100) for side in size_mm))
    data += u32(0x464D4520, 0x10000, size + body, count) + struct.pack("<HH", handles, 0)
    data += u32(len(text) // 2, 108, 0) + i32(*(side * PIXELS for side in _DEVICE), *_DEVICE) + u32(0, 0, 0)
    return record(HEADER, data + i32(*(side * 1000 for side in _DEVICE)) + text)


def end() -> bytes:
    """The last record."""
    return record(EOF, u32(0, 16, 20))
