"""Elements of a Computer Graphics Metafile in its binary encoding (ISO/IEC 8632-3), big endian.

Integers and indexes have 16 bits, coordinates 32, reals 32 (IEEE 754); a colour is three bytes.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ....drawing.model import Color

if TYPE_CHECKING:
    import numpy.typing as npt


class Kind(NamedTuple):
    """An element's class and its number in it."""

    group: int
    number: int


BEGIN_METAFILE, END_METAFILE, BEGIN_PICTURE, BEGIN_BODY, END_PICTURE = (Kind(0, number) for number in range(1, 6))
BEGIN_APS, BEGIN_APS_BODY, END_APS = (Kind(0, number) for number in (21, 22, 23))
VERSION, DESCRIPTION, VDC_TYPE, INTEGER_PRECISION, REAL_PRECISION = (Kind(1, number) for number in range(1, 6))
INDEX_PRECISION, COLOUR_PRECISION, INDEX_COLOUR_PRECISION = (Kind(1, number) for number in (6, 7, 8))
COLOUR_EXTENT, ELEMENTS, DEFAULTS, FONTS, CHARACTER_SETS, CODING = (Kind(1, number) for number in range(10, 16))
COLOUR_MODEL = Kind(1, 19)
SCALING, COLOUR_SELECTION, LINE_WIDTH_MODE, EDGE_WIDTH_MODE = (Kind(2, number) for number in (1, 2, 3, 5))
EXTENT, BACKGROUND, LINE_TYPE_DEFINITION = Kind(2, 6), Kind(2, 7), Kind(2, 17)
VDC_PRECISION, CLIP_RECTANGLE, CLIP, MITRE_LIMIT = Kind(3, 1), Kind(3, 5), Kind(3, 6), Kind(3, 19)
POLYLINE, TEXT, POLYGON, POLYGON_SET, CELL_ARRAY = (Kind(4, number) for number in (1, 4, 7, 8, 9))
LINE_TYPE, LINE_WIDTH, LINE_COLOUR, LINE_CAP, LINE_JOIN = (Kind(5, number) for number in (2, 3, 4, 37, 38))
EDGE_TYPE, EDGE_WIDTH, EDGE_COLOUR, EDGE_CAP, EDGE_JOIN = (Kind(5, number) for number in (27, 28, 29, 44, 45))
EDGE_VISIBILITY, INTERIOR, FILL_COLOUR = Kind(5, 30), Kind(5, 22), Kind(5, 23)
FONT, TEXT_PRECISION, TEXT_COLOUR, HEIGHT, ALIGNMENT = (Kind(5, number) for number in (10, 11, 14, 15, 18))
CHARACTER_SET, UPPER_CHARACTER_SET, APS_ATTRIBUTE = Kind(5, 19), Kind(5, 20), Kind(9, 1)
# What draws, and is an object by itself.
DRAWS = (POLYLINE, TEXT, POLYGON, POLYGON_SET, CELL_ARRAY)
# Types of application structures that WebCGM has: layers, objects with names, and what holds several things together.
LAYER, OBJECT, NODE = "layer", "grobject", "grnode"
# ESC 2/5 2/15 4/9: from here on a text is in UTF-8.
_TO_UTF8 = b"\x1b%/I"
_SHORT, _PART, _MOST_STRING = 30, 32_766, 32_000
_STRING = 14


def element(kind: Kind, data: bytes = b"") -> bytes:
    """An element, padded to two bytes; a long one in parts."""
    head, size = kind.group << 12 | kind.number << 5, len(data)
    if size <= _SHORT:
        return struct.pack(">H", head | size) + data + bytes(size % 2)
    out = [struct.pack(">H", head | 31)]
    for start in range(0, size, _PART):
        part = data[start : start + _PART]
        more = 0x8000 if start + _PART < size else 0
        out.append(struct.pack(">H", more | len(part)) + part + bytes(len(part) % 2))
    return b"".join(out)


def i16(*values: int) -> bytes:
    """Integers, indexes and enumerations."""
    return struct.pack(f">{len(values)}h", *values)


def vdc(*values: int) -> bytes:
    """Coordinates and lengths."""
    return struct.pack(f">{len(values)}i", *values)


def real(*values: float) -> bytes:
    """Reals."""
    return struct.pack(f">{len(values)}f", *values)


def rgb(color: Color) -> bytes:
    """A direct colour."""
    return bytes((color.red, color.green, color.blue))


def counted(data: bytes) -> bytes:
    """Bytes with their number before them, as strings and data records have it."""
    if len(data) < 255:
        return bytes((len(data),)) + data
    return b"\xff" + struct.pack(">H", len(data)) + data


def is_latin(text: str) -> bool:
    """Whether ISO 8859-1 has all letters of a text; it has none of the control characters."""
    return all(" " <= letter <= "~" or "\xa0" <= letter <= "\xff" for letter in text)


def string(text: str) -> bytes:
    """A text: ISO 8859-1, or (none that is drawn) UTF-8 behind the sequence that says so."""
    data = text.encode("latin-1") if is_latin(text) else _TO_UTF8 + text.encode("utf-8", "replace")
    return counted(data[:_MOST_STRING])


def unstring(data: bytes) -> tuple[str, bytes]:
    """A text that is not drawn, and what follows it."""
    size, start = (data[0], 1) if data[0] < 255 else (struct.unpack_from(">H", data, 1)[0], 3)
    text = data[start : start + size]
    told = text[len(_TO_UTF8) :].decode("utf-8", "replace") if text.startswith(_TO_UTF8) else text.decode("latin-1")
    return told, data[start + size :]


def attribute(name: str, value: str) -> bytes:
    """An attribute of an application structure that is a text: a record of one string."""
    return element(APS_ATTRIBUTE, string(name) + counted(i16(_STRING, 1) + string(value)))


def points(units: npt.NDArray[np.int32]) -> bytes:
    """Points (n, 2)."""
    return units.astype(">i4").tobytes()


def rings(units: npt.NDArray[np.int32], counts: npt.NDArray[np.int64]) -> bytes:
    """Rings of a polygon set: each point with what becomes of the edge behind it, the last one closes its ring."""
    rows = np.empty(len(units), [("point", ">i4", 2), ("edge", ">u2")])
    rows["point"], rows["edge"] = units, 1
    rows["edge"][np.cumsum(counts) - 1] = 3
    return rows.tobytes()


def cells(pixels: npt.NDArray[np.uint8], corners: bytes) -> bytes:
    """An opaque picture as the data of a cell array: 8 bits a colour, the rows packed, the upper one first."""
    height, width = pixels.shape[:2]
    rows = np.zeros((height, width * 3 + width * 3 % 2), np.uint8)
    rows[:, : width * 3] = pixels.reshape(height, width * 3)
    return corners + i16(width, height, 8, 1) + rows.tobytes()
