"""Objects of a CorelDRAW 12 page: curves, texts, pictures, groups and layers, the top one first."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import struct
from itertools import groupby
from typing import Iterable

from ....text.phrases import readable
from . import pictures
from .blocks import Box, Bundle, Lettering, Placed
from .looks import Looks
from .records import (
    BLACK,
    COLOR,
    FILL,
    GROUP,
    MATRIX,
    NAME,
    OBJECT,
    OUTLINE,
    SHAPE,
    STANDARD,
    STYLE,
    TRANSFORM,
    UNIT_MATRIX,
    arguments,
    transform,
)
from .riff import Stream, f64, i32, u16, u32, utf16

# Types of objects and of layers.
_TEXT = 4
_GUIDES, _DESKTOP, _GRID, _PLAIN = 0x0C, 0x11, 0x0B, 0x00
_IS_TEXT = (0x3E8F, u32(1))
# Flags of layers, as real files have them.
_LAYER_FLAGS = {_GUIDES: 0x9801000A, _DESKTOP: 0x98010008, _PLAIN: 0x98000000, _GRID: 0x9801011A}
_BLUE, _GREY = u16(5, 5) + u32(0) + bytes((255, 0, 0, 0)), u16(5, 5) + u32(0) + bytes((0xC1, 0xC2, 0xC2, 0))
_BREAKS = ("!),.:;?]}\u00a2\u00b0\u2019\u201d", "([{\u00a3\u00a5\u2018\u201c", "!),.:;?]")


class Objects:
    """Writes objects into a stream, with the counter that a document has of references to transformations."""

    def __init__(self, stream: Stream, looks: Looks) -> None:
        self._stream = stream
        self._looks = looks
        self._graphic = looks.roots["graphic"]
        self._matrix = 0

    def _next_matrix(self) -> bytes:
        self._matrix += 1
        return u32(self._matrix)

    def group(self, bundle: Bundle) -> None:
        """A group and all that is in it."""
        stream = self._stream
        begun = stream.begin(b"grp ")
        stream.chunk(b"flgs", GROUP)
        self._boxes(bundle.box, bundle.number)
        self._body(arguments(0, [STANDARD[0], *_named(bundle.name), (MATRIX, self._next_matrix())]), TRANSFORM, False)
        for is_curve, members in groupby(reversed(bundle.members), key=_is_curve):
            if is_curve:
                places = [member for member in members if isinstance(member, int)]
                bundle.curves.write(stream, places, self._graphic, self._matrix)
                self._matrix += len(places)
                continue
            for member in members:
                if isinstance(member, Bundle):
                    self.group(member)
                elif isinstance(member, Lettering):
                    self._text(member)
                elif isinstance(member, Placed):
                    self._picture(member)
        stream.end(begun)

    def _boxes(self, box: Box, number: int) -> None:
        inner = i32(*box)
        self._stream.chunk(b"bbox", inner)
        self._stream.chunk(b"obbx", inner + inner)
        self._stream.chunk(b"usdn", u32(number))

    def _body(self, loda: bytes, matrix: bytes, fills: bool) -> None:
        stream = self._stream
        begun = stream.begin(b"lgob")
        stream.chunk(b"loda", loda)
        if fills:
            stream.chunk(b"ftil", UNIT_MATRIX)
        inner = stream.begin(b"trfl")
        stream.chunk(b"trfd", matrix)
        stream.end(inner)
        stream.end(begun)

    def _text(self, text: Lettering) -> None:
        """Artistic text."""
        angle = math.radians(text.rotation)
        cos, sin = math.cos(angle), math.sin(angle)
        matrix = (cos, -sin, float(text.place[0]), sin, cos, float(text.place[1]))
        style, frame = text.style.style, self._looks.number()
        values = [
            STANDARD[0], _IS_TEXT, *STANDARD[1:], *_named(text.name), (STYLE, u32(style)),
            (MATRIX, self._next_matrix()), (SHAPE, bytes(8)), (FILL, u32(text.style.fill)),
            (OUTLINE, u32(text.outline)),
        ]  # fmt: skip
        stream = self._stream
        begun = stream.begin(b"obj ")
        stream.chunk(b"spnd", u32(frame))
        stream.chunk(b"flgs", OBJECT)
        self._boxes(text.box, text.number)
        self._body(arguments(_TEXT, values), transform(matrix), True)
        stream.chunk(b"txsm", _letters(readable(text.text), frame, matrix, style))
        stream.chunk(b"txtj", _BREAKING)
        stream.end(begun)

    def _picture(self, picture: Placed) -> None:
        """A picture, without fill and outline of its own."""
        shape = pictures.shape(picture.image, picture.width, picture.height)
        values = [
            *STANDARD, (pictures.EXTRA, pictures.EXTRA_VALUE), *_named(picture.name), (STYLE, u32(self._graphic)),
            (MATRIX, self._next_matrix()), (SHAPE, shape), (FILL, u32(self._looks.none)),
            (OUTLINE, u32(self._looks.no_line)),
        ]  # fmt: skip
        stream = self._stream
        begun = stream.begin(b"obj ")
        stream.chunk(b"flgs", OBJECT)
        self._boxes(picture.box, picture.number)
        self._body(arguments(pictures.PICTURE_TYPE, values), transform(picture.matrix), True)
        stream.end(begun)

    def begin_layer(self, name: str, kind: int = _PLAIN, color: bytes = BLACK) -> tuple[int, int]:
        """Begin a layer."""
        stream = self._stream
        begun = stream.begin(b"layr")
        stream.chunk(b"flgs", u32(_LAYER_FLAGS[kind]))
        with stream.list(b"lgob"):
            stream.chunk(b"loda", arguments(kind, [(COLOR, color), (NAME, utf16(readable(name)))]))
        return begun

    def empty_layers(self, names: Iterable[str]) -> None:
        """The layers that CorelDRAW has on every page: Guides, Desktop, Grid; any other name is a plain one."""
        kinds = {"Guides": (_GUIDES, _BLUE), "Desktop": (_DESKTOP, BLACK), "Grid": (_GRID, _GREY)}
        for name in names:
            self._stream.end(self.begin_layer(name, *kinds.get(name, (_PLAIN, BLACK))))

    def page_body(self) -> None:
        """What ends a page."""
        self._body(arguments(0, [(0xBCC, u32(10, 0)), (MATRIX, self._next_matrix())]), TRANSFORM, False)


def _is_curve(member: object) -> bool:
    return isinstance(member, int)


def _named(name: bytes) -> list[tuple[int, bytes]]:
    return [(NAME, name)] if name else []


def _letters(text: str, frame: int, matrix: tuple[float, ...], style: int) -> bytes:
    """The `txsm` of one line: a record per letter, of two bytes each where any is not ASCII."""
    wide = not text.isascii()
    data = text.encode("utf-16le") if wide else text.encode("ascii")
    count = len(data) // 2 if wide else len(data)
    head = u32(0xFFFFFFFF, 0xFFFFFFFF, 0, 0xFFFFFFFF, 8, 6, 0, 3, 0, 1, frame) + f64(*matrix) + u32(0, 1)
    run = u32(style) + b"\0" + u32(1) + u16(count + 1) + bytes((0, 8)) + b"US\0\0"
    return head + run + u32(count) + struct.pack("<Q", int(wide)) * count + u32(len(data)) + data + b"\0"


def _breaking() -> bytes:
    """The `txtj` (528 bytes): where lines may not break."""
    data = bytearray(528)
    for offset, letters in zip((4, 0x138, 0x1A4), _BREAKS):
        value = u32(len(letters)) + letters.encode("utf-16le")
        data[offset : offset + len(value)] = value
    return bytes(data)


_BREAKING = _breaking()
