"""Objects of a CorelDRAW 12 page: curves, texts, pictures' places, groups and layers, the top one first."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, Iterable, Sequence

import numpy as np

from ....drawing.model import CURVE, CURVE_DATA, MOVE, Kinds, Path, Points
from ....text.phrases import readable
from .records import BLACK, IDENTITY, UNITS, arguments, transform
from .riff import Stream, f64, i32, u16, u32, utf16

if TYPE_CHECKING:
    import numpy.typing as npt

Box = tuple[int, int, int, int]  # left, top, right, bottom in units, y upwards
# Types of objects, of layers, of arguments.
_CURVE, _TEXT = 3, 4
_GUIDES, _DESKTOP, _GRID, _PLAIN = 0x0C, 0x11, 0x0B, 0x00
_STYLE, _MATRIX, _SHAPE, _FILL, _OUTLINE, _COLOR, _NAME = 0xC8, 0x64, 0x1E, 0x14, 0x0A, 0x7D0, 0x3E8
# Flags of objects and layers, as real files have them.
_OBJECT, _GROUP = u32(0x08000200), u32(0x10000000)
_LAYER_FLAGS = {_GUIDES: 0x9801000A, _DESKTOP: 0x98010008, _PLAIN: 0x98000000, _GRID: 0x9801011A}
_BLUE, _GREY = u16(5, 5) + u32(0) + bytes((255, 0, 0, 0)), u16(5, 5) + u32(0) + bytes((0xC1, 0xC2, 0xC2, 0))
# Nodes: bit 0x04 is a point that the user sees, 0x40 a line to it, 0x80 a curve to it, 0x08 closed.
_NODES = np.array([0x04, 0x44, 0xC0, 0x84], np.uint8)
_CLOSED_FIRST, _CLOSED = 0x0C, 0x08
# Readers count the points of a curve in 16 bits.
MOST_POINTS = 65_535
_UNIT_MATRIX = f64(*IDENTITY)
_IDENTITY = transform()
# A curve's chunks up to its points, and the sizes of what has always the same.
_CURVE_HEAD = struct.Struct("<4sI4s 4sI4s 4sI4i 4sI8i 4sII 4sI4s 4sI 22I 7I")
_LODA = 124
_BODY = 4 + 8 + 8 + len(_UNIT_MATRIX) + 8 + 12 + len(_IDENTITY)
_OBJ = 4 + 8 + 4 + 8 + 16 + 8 + 32 + 8 + 4 + 8
_BREAKS = ("!),.:;?]}\u00a2\u00b0\u2019\u201d", "([{\u00a3\u00a5\u2018\u201c", "!),.:;?]")


class Objects:
    """Writes objects into a stream, with the counters that a document has."""

    def __init__(self, stream: Stream, width: float, height: float, graphic: int) -> None:
        self._stream = stream
        self._half = np.array([width / 2, height / 2])
        self._graphic = graphic
        self._object = 1
        self._matrix = 0

    def units(self, points: Points) -> npt.NDArray[np.int32]:
        """Page coordinates (mm, y down) as whole units round the page's centre, y up."""
        units: npt.NDArray[np.int32] = np.rint((points - self._half) * (UNITS, -UNITS)).astype("<i4")
        return units

    def next_matrix(self) -> bytes:
        """A number for a reference to a transformation."""
        self._matrix += 1
        return u32(self._matrix)

    def _standard(self, style: int) -> list[tuple[int, bytes]]:
        return [
            (0x4AE2, u32(1, 1, 0)), (0x2EFE, u32(0)), (0x2EE0, u32(0)), (_STYLE, u32(style)),
            (_MATRIX, self.next_matrix()),
        ]  # fmt: skip

    def _boxes(self, box: Box, half: int) -> None:
        left, top, right, bottom = box
        inner = i32(left, top, right, bottom)
        self._stream.chunk(b"bbox", inner)
        self._stream.chunk(b"obbx", inner + i32(left - half, top + half, right + half, bottom - half))
        self._object += 1
        self._stream.chunk(b"usdn", u32(self._object))

    def shapes(self, paths: Sequence[Path]) -> list[tuple[bytes, Box]]:
        """Points and nodes of each path as a `loda` has them, and its box; all at once, since a map has thousands."""
        if not paths:
            return []
        counts = np.array([len(path.points) for path in paths])
        ends = np.cumsum(counts)
        points = np.concatenate([path.points for path in paths])
        nodes = _nodes(points, np.concatenate([path.kinds for path in paths])).tobytes()
        units = self.units(points)
        low, high = (how.reduceat(units, ends - counts) for how in (np.minimum, np.maximum))
        boxes = np.column_stack((low[:, 0], high[:, 1], high[:, 0], low[:, 1])).tolist()
        data = units.tobytes()
        return [
            (u32(count) + data[8 * (end - count) : 8 * end] + nodes[end - count : end], (left, top, right, bottom))
            for count, end, (left, top, right, bottom) in zip(counts.tolist(), ends.tolist(), boxes)
        ]

    def curve(self, shape: bytes, box: Box, half: int, fill: int, outline: int) -> None:
        """A path as `shapes` gives it; rings are subpaths, filled by the even-odd rule. `half` is that of its outline.

        Its chunks are those of a text (without `spnd`), packed at once.
        """
        self._object += 1
        self._matrix += 1
        length = _LODA + len(shape)
        padded = len(shape) & 1
        number = self._stream.next
        left, top, right, bottom = box
        ids = range(number, number + 7)
        head = _CURVE_HEAD.pack(
            b"LIST", ids[0], b"obj ", b"flgs", ids[1], _OBJECT, b"bbox", ids[2], *box,
            b"obbx", ids[3], *box, left - half, top + half, right + half, bottom - half,
            b"usdn", ids[4], self._object, b"LIST", ids[5], b"lgob", b"loda", ids[6],
            *(length, 8, 20, 56, _CURVE, 88, 100, 104, 108, 112, 116, length - 8, length - 4, length),
            *(_OUTLINE, _FILL, _SHAPE, _MATRIX, _STYLE, 0x2EE0, 0x2EFE, 0x4AE2),
            *(1, 1, 0, 0, 0, self._graphic, self._matrix),
        )  # fmt: skip
        body = length + padded + _BODY
        self._stream.block(
            b"".join((head, shape, u32(fill, outline), b"\0" * padded, b"ftil", u32(number + 7), _UNIT_MATRIX, b"LIST",
                      u32(number + 8), b"trfltrfd", u32(number + 9), _IDENTITY)),
            (body + _OBJ, 4, 16, 32, 4, body, length, len(_UNIT_MATRIX), 12 + len(_IDENTITY), len(_IDENTITY)),
        )  # fmt: skip

    def _body(self, loda: bytes, matrix: bytes, fills: bool) -> None:
        stream = self._stream
        begun = stream.begin(b"lgob")
        stream.chunk(b"loda", loda)
        if fills:
            stream.chunk(b"ftil", _UNIT_MATRIX)
        inner = stream.begin(b"trfl")
        stream.chunk(b"trfd", matrix)
        stream.end(inner)
        stream.end(begun)

    def text(
        self, text: str, x: float, y: float, rotation: float, box: Box, frame: int, style: int, fill: int, outline: int
    ) -> None:
        """Artistic text: its baseline begins at (x, y) mm; `rotation` in degrees, counterclockwise."""
        angle = math.radians(rotation)
        place = self.units(np.array([[x, y]]))[0]
        cos, sin = math.cos(angle), math.sin(angle)
        matrix = (cos, -sin, float(place[0]), sin, cos, float(place[1]))
        values = self._standard(style)
        values.insert(1, (0x3E8F, u32(1)))
        values += [(_SHAPE, u32(0, 0)), (_FILL, u32(fill)), (_OUTLINE, u32(outline))]
        stream = self._stream
        begun = stream.begin(b"obj ")
        stream.chunk(b"spnd", u32(frame))
        stream.chunk(b"flgs", _OBJECT)
        self._boxes(box, 0)
        self._body(arguments(_TEXT, values), transform(matrix), True)
        stream.chunk(b"txsm", _letters(readable(text), frame, matrix, style))
        stream.chunk(b"txtj", _BREAKING)
        stream.end(begun)

    def begin_group(self, box: Box) -> tuple[int, int]:
        """Begin a group; its objects follow, the top one first."""
        stream = self._stream
        begun = stream.begin(b"grp ")
        stream.chunk(b"flgs", _GROUP)
        self._boxes(box, 0)
        self._body(arguments(0, [(0x4AE2, u32(1, 1, 0)), (_MATRIX, self.next_matrix())]), _IDENTITY, False)
        return begun

    def begin_layer(self, name: str, kind: int = _PLAIN, color: bytes = BLACK) -> tuple[int, int]:
        """Begin a layer."""
        stream = self._stream
        begun = stream.begin(b"layr")
        stream.chunk(b"flgs", u32(_LAYER_FLAGS[kind]))
        with stream.list(b"lgob"):
            stream.chunk(b"loda", arguments(kind, [(_COLOR, color), (_NAME, utf16(readable(name)))]))
        return begun

    def empty_layers(self, names: Iterable[str]) -> None:
        """The layers that CorelDRAW has on every page: Guides, Desktop, Grid; any other name is a plain one."""
        kinds = {"Guides": (_GUIDES, _BLUE), "Desktop": (_DESKTOP, BLACK), "Grid": (_GRID, _GREY)}
        for name in names:
            self._stream.end(self.begin_layer(name, *kinds.get(name, (_PLAIN, BLACK))))

    def page_body(self) -> None:
        """What ends a page."""
        self._body(arguments(0, [(0xBCC, u32(10, 0)), (_MATRIX, self.next_matrix())]), _IDENTITY, False)


def box_of(points: npt.NDArray[np.int32]) -> Box:
    """The box of points in units."""
    (left, bottom), (right, top) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return left, top, right, bottom


def union(boxes: Sequence[Box]) -> Box:
    """The box round all boxes."""
    if not boxes:
        return 0, 0, 0, 0
    array = np.array(boxes)
    left, bottom = array[:, 0].min(), array[:, 3].min()
    top, right = array[:, 1].max(), array[:, 2].max()
    return int(left), int(top), int(right), int(bottom)


def _nodes(points: Points, kinds: Kinds) -> npt.NDArray[np.uint8]:
    """A byte per point of paths one behind the other, each of which begins with a MOVE."""
    nodes = _NODES[kinds]
    # Of the three points of a curve the last one is its end, the second a control point as the first.
    data = np.flatnonzero(kinds == CURVE_DATA)
    controls = data[np.isin(data - 1, np.flatnonzero(kinds == CURVE))]
    nodes[controls] = _NODES[CURVE]
    starts = np.flatnonzero(kinds == MOVE)
    ends = np.append(starts[1:], len(kinds)) - 1
    closed = (points[starts] == points[ends]).all(axis=1) & (ends - starts > 1)
    nodes[starts[closed]] = _CLOSED_FIRST
    nodes[ends[closed]] = (nodes[ends[closed]] & 0xF0) | _CLOSED
    return nodes


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
