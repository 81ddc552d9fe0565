"""Archives of openNURBS (.3dm): chunks within chunks, as its published source says (mcneel/opennurbs), of version 5.

A chunk is a type, the length of what follows, and that; types with bit 31 have a value in the place of the length, and
those with bit 15 end with a CRC-32 of their own bytes, without those of chunks in them. Numbers are little endian.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
import zlib
from typing import Iterator
from uuid import UUID

HEAD = b"3D Geometry File Format       50"
# Types of chunks (opennurbs_3dm.h).
COMMENT, END_OF_FILE, END_OF_TABLE, ANONYMOUS = 0x00000001, 0x00007FFF, 0xFFFFFFFF, 0x40008000
PROPERTIES, SETTINGS, LAYERS = 0x10000014, 0x10000015, 0x10000011
OBJECTS, HISTORY = 0x10000013, 0x10000026
# Tables that come between these, in their order: bitmaps, texture mappings, materials and line types; groups, fonts,
# dimension styles, lights, hatch patterns and definitions of instances. They are there and empty.
BEFORE_LAYERS = (0x10000016, 0x10000025, 0x10000010, 0x10000023)
AFTER_LAYERS = (0x10000018, 0x10000019, 0x10000020, 0x10000012, 0x10000022, 0x10000021)
LIBRARY_VERSION, NOTES, APPLICATION = 0xA0000026, 0x20008022, 0x20008024
UNITS, ATTRIBUTES_OF_MODEL = 0x20008031, 0x20008134
LAYER, OBJECT, OBJECT_TYPE, ATTRIBUTES, OBJECT_END = 0x20008050, 0x20008070, 0x82000071, 0x02008072, 0x8200007F
CLASS, CLASS_ID, CLASS_DATA, CLASS_END = 0x00027FFA, 0x0002FFFB, 0x0002FFFC, 0x80027FFF
_SHORT, _CRC = 1 << 31, 1 << 15
_CHUNK, _SUM = struct.Struct("<Iq"), struct.Struct("<I")


class Chunk(bytes):
    """The bytes of a chunk, which no other's CRC counts."""


def value(kind: int, number: int = 0) -> Chunk:
    """A chunk that is a number."""
    return Chunk(_CHUNK.pack(kind, number))


def chunk(kind: int, *parts: bytes) -> Chunk:
    """A chunk of bytes and other chunks."""
    content = b"".join(parts)
    if kind & _CRC:
        content += _SUM.pack(zlib.crc32(b"".join(part for part in parts if not isinstance(part, Chunk))))
    return Chunk(_CHUNK.pack(kind, len(content)) + content)


def table(kind: int, *records: Chunk) -> Chunk:
    """A table of records."""
    return chunk(kind, *records, value(END_OF_TABLE))


def thing(class_id: UUID, data: bytes) -> Chunk:
    """An object of one of openNURBS's classes."""
    return chunk(CLASS, chunk(CLASS_ID, class_id.bytes_le), chunk(CLASS_DATA, data), value(CLASS_END))


def string(text: str) -> bytes:
    """A text in UTF-16 with a zero behind it; an empty one is its length alone."""
    if not text:
        return struct.pack("<I", 0)
    letters = text.encode("utf-16-le", "replace")
    return struct.pack("<I", len(letters) // 2 + 1) + letters + b"\0\0"


def end(length: int) -> Chunk:
    """The last chunk of a file that was so long before it: the whole length."""
    return chunk(END_OF_FILE, struct.pack("<q", length + _CHUNK.size + 8))


def chunks(data: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Each chunk's type and what is in it without its CRC, nothing of a number; ValueError where one is cut off."""
    at = 0
    while at < len(data):
        if at + _CHUNK.size > len(data):
            raise ValueError("a chunk is cut off")
        kind, length = _CHUNK.unpack_from(data, at)
        at += _CHUNK.size
        if kind & _SHORT:
            yield kind, data[at:at]
            continue
        if not 0 <= length <= len(data) - at:
            raise ValueError("a chunk is cut off")
        yield kind, data[at : at + length - _SUM.size * bool(kind & _CRC)]
        at += length
