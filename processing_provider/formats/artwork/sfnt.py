"""Fonts cut down to the glyphs that a file uses, their numbers unchanged.

OpenType 1.9: TrueType outlines keep their glyphs and the parts of composite ones; CFF outlines are taken whole.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Iterable

import numpy as np
from qgis.PyQt.QtGui import QRawFont

if TYPE_CHECKING:
    import numpy.typing as npt

_TABLES = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
# Flags of a part of a composite glyph.
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80


def tables(font: QRawFont) -> dict[str, bytes]:
    """The tables that outlines need."""
    found = {tag: bytes(font.fontTable(tag)) for tag in (*_TABLES, "CFF ", "OS/2")}
    return {tag: data for tag, data in found.items() if data}


def subset(font_tables: dict[str, bytes], glyphs: Iterable[int]) -> bytes:
    """A TrueType file of these glyphs; the others are empty."""
    long = struct.unpack(">h", font_tables["head"][50:52])[0]
    raw = font_tables["loca"]
    places = np.frombuffer(raw, ">u4").astype(int) if long else np.frombuffer(raw, ">u2").astype(int) * 2
    glyf = font_tables["glyf"]
    kept = _with_parts(glyf, places, glyphs)
    pieces, ends = [], np.zeros(len(places), int)
    for glyph in sorted(kept):
        data = glyf[places[glyph] : places[glyph + 1]]
        pieces.append(data + bytes(-len(data) % 4))
        ends[glyph + 1] = len(pieces[-1])
    head = (
        font_tables["head"][:8]
        + bytes(4)
        + font_tables["head"][12:50]
        + struct.pack(">h", 1)
        + font_tables["head"][52:]
    )
    made = {tag: data for tag, data in font_tables.items() if tag in _TABLES}
    made.update(head=head, glyf=b"".join(pieces) or bytes(4), loca=np.cumsum(ends).astype(">u4").tobytes())
    return _file(made)


def _with_parts(glyf: bytes, places: npt.NDArray[np.int64], glyphs: Iterable[int]) -> set[int]:
    """The glyphs, the one for what is missing, and what composite ones are made of."""
    kept: set[int] = set()
    waiting = [0, *glyphs]
    while waiting:
        glyph = waiting.pop()
        if glyph in kept or not 0 <= glyph < len(places) - 1:
            continue
        kept.add(glyph)
        start, end = int(places[glyph]), int(places[glyph + 1])
        if end - start < 10 or struct.unpack(">h", glyf[start : start + 2])[0] >= 0:
            continue
        place, flags = start + 10, _MORE
        while flags & _MORE:
            flags, part = struct.unpack(">HH", glyf[place : place + 4])
            waiting.append(part)
            place += 4 + (4 if flags & _WORDS else 2)
            place += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
    return kept


def _file(parts: dict[str, bytes]) -> bytes:
    """The tables as one file."""
    count = len(parts)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, count * 16 - power * 16)
    place = 12 + 16 * count
    directory, body = b"", b""
    for tag in sorted(parts):
        data = parts[tag] + bytes(-len(parts[tag]) % 4)
        check = int(np.frombuffer(data, ">u4").sum(dtype=np.uint64)) & 0xFFFFFFFF
        directory += tag.encode() + struct.pack(">III", check, place + len(body), len(parts[tag]))
        body += data
    return head + directory + body
