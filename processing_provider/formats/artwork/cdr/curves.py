"""The curves of a group, as arrays: numbered and packed many at once, since a map has tens of thousands.

The chunks of a curve are those of a text without `spnd`, `txsm` and `txtj`; what differs from one to the next is put
into words of 32 bits of a pattern.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING, Sequence

import numpy as np

from ....drawing.model import CURVE, CURVE_DATA, MOVE, Kinds, Path, Points
from .records import (
    FILL,
    MATRIX,
    NAME,
    OBJECT,
    OUTLINE,
    SHAPE,
    STANDARD,
    STYLE,
    TRANSFORM,
    UNIT_MATRIX,
    UNITS,
    arguments,
)
from .riff import Stream

if TYPE_CHECKING:
    import numpy.typing as npt

    Words32 = npt.NDArray[np.uint32]
    Ints = npt.NDArray[np.int64]

CURVE_TYPE = 3
# Nodes: bit 0x04 is a point that the user sees, 0x40 a line to it, 0x80 a curve to it, 0x08 closed.
_NODES = np.array([0x04, 0x44, 0xC0, 0x84], np.uint8)
_CLOSED_FIRST, _CLOSED = 0x0C, 0x08
# Chunks of a curve in their order: obj, flgs, bbox, obbx, usdn, lgob, loda, ftil, trfl, trfd; those that differ are 0.
_SIZES = np.array([0, 4, 16, 32, 4, 0, 0, len(UNIT_MATRIX), 12 + len(TRANSFORM), len(TRANSFORM)], np.uint32)
# Bytes of a `loda` beside the shape, and those that a name adds beside itself; of what follows `loda` in `lgob` and of
# what precedes `lgob` in `obj`.
_LODA, _NAMED = 124, 8
_BODY = 4 + 8 + 8 + len(UNIT_MATRIX) + 8 + 12 + len(TRANSFORM)
_OBJ = 4 + 8 + 4 + 8 + 16 + 8 + 32 + 8 + 4 + 8
# Up to the name: where in it are the numbers of chunks, the boxes, the object's number, the length of `loda`.
_IDS, _BOX, _BOXES, _NUMBER, _LENGTH = (1, 4, 7, 13, 23, 26, 29), slice(8, 12), slice(14, 22), 24, 30


def _front(values: list[tuple[int, bytes]]) -> bytes:
    """The chunks of a curve up to the first argument that differs, with these arguments."""
    loda = arguments(CURVE_TYPE, values)
    boxes = b"bbox" + bytes(4 + 16) + b"obbx" + bytes(4 + 32) + b"usdn" + bytes(8)
    head = b"LIST" + bytes(4) + b"obj flgs" + bytes(4) + OBJECT + boxes + b"LIST" + bytes(4) + b"lgobloda" + bytes(4)
    return head + loda


def _words(data: bytes) -> Words32:
    return np.frombuffer(data, "<u4")


_ARGUMENTS = [*STANDARD, (STYLE, b""), (MATRIX, b""), (SHAPE, b""), (FILL, b""), (OUTLINE, b"")]
_PLAIN = _words(_front(_ARGUMENTS))
_CALLED = _words(_front([*STANDARD, (NAME, b""), *_ARGUMENTS[len(STANDARD) :]]))
# Fill, outline; and the rest, where a zero may stand between.
_REST = _words(b"ftil" + bytes(4) + UNIT_MATRIX + b"LIST" + bytes(4) + b"trfltrfd" + bytes(4) + TRANSFORM)
_FTIL, _TRFL, _TRFD = 1, 2 + len(UNIT_MATRIX) // 4 + 1, 2 + len(UNIT_MATRIX) // 4 + 4


class Curves:
    """Points, nodes and boxes of paths, all in units; what each looks like and is called.

    `boxes` is (n, 4): left, top, right, bottom, y upwards. `halves` is (n,), half the width of each outline.
    """

    def __init__(self, paths: Sequence[Path], half_page: Points) -> None:
        count = len(paths)
        self._counts: Ints = np.array([len(path.points) for path in paths], np.int64)
        self._ends: Ints = self._counts.cumsum()
        self._units, self._nodes = b"", b""
        self.boxes: npt.NDArray[np.int32] = np.empty((0, 4), np.int32)
        if count:
            points = np.concatenate([path.points for path in paths])
            self._nodes = _nodes(points, np.concatenate([path.kinds for path in paths])).tobytes()
            whole = np.rint((points - half_page) * (UNITS, -UNITS)).astype("<i4")
            starts = self._ends - self._counts
            low, high = (how.reduceat(whole, starts) for how in (np.minimum, np.maximum))
            self.boxes = np.column_stack((low[:, 0], high[:, 1], high[:, 0], low[:, 1]))
            self._units = whole.tobytes()
        self.halves: npt.NDArray[np.int32] = np.zeros(count, np.int32)
        self.fills, self.outlines = np.zeros(count, np.uint32), np.zeros(count, np.uint32)
        self.names: dict[int, bytes] = {}
        # The number of the first object.
        self.first = 0

    def write(self, stream: Stream, chosen: Sequence[int], style: int, matrices: int) -> None:
        """Add those of these places, in this order; `matrices` is the number of the reference before theirs."""
        which = np.array(chosen)
        names = [self.names.get(place, b"") for place in chosen]
        lengths = np.array([len(name) for name in names])
        counts, ends = self._counts[which], self._ends[which]
        loda = _LODA + 4 + 9 * counts + lengths + _NAMED * (lengths > 0)
        padded = loda & 1
        body = loda + padded + _BODY
        chunks = stream.next + len(_SIZES) * np.arange(len(which))
        fronts = self._fronts(which, chunks, loda, lengths)
        middles = np.empty((len(which), 3), "<u4")
        middles[:, 0], middles[:, 1], middles[:, 2] = style, matrices + 1 + np.arange(len(which)), counts
        looks = np.column_stack((self.fills[which], self.outlines[which])).astype("<u4")
        rest = np.tile(_REST, (len(which), 1))
        rest[:, _FTIL], rest[:, _TRFL], rest[:, _TRFD] = chunks + 7, chunks + 8, chunks + 9
        parts: list[bytes] = []
        rows = zip(
            fronts, names, _rows(middles), counts.tolist(), ends.tolist(), _rows(looks), padded.tolist(), _rows(rest)
        )
        for front, name, middle, count, end, look, pad, last in rows:
            shape = self._units[8 * (end - count) : 8 * end], self._nodes[end - count : end]
            parts += (front, name, middle, *shape, look, b"\0" * pad, last)
        sizes = np.tile(_SIZES, (len(which), 1))
        sizes[:, 0], sizes[:, 5], sizes[:, 6] = body + _OBJ, body, loda
        stream.block(b"".join(parts), sizes)

    def _fronts(self, which: Ints, chunks: Ints, loda: Ints, lengths: Ints) -> list[bytes]:
        """What comes before the name of each."""
        boxes, halves = self.boxes[which], self.halves[which][:, None]
        outer = (boxes + halves * np.array([-1, 1, 1, -1])).astype(np.int32)
        made: list[bytes] = [b""] * len(which)
        for pattern, chosen in ((_PLAIN, np.flatnonzero(lengths == 0)), (_CALLED, np.flatnonzero(lengths))):
            if not len(chosen):
                continue
            words = np.tile(pattern, (len(chosen), 1))
            words[:, _IDS] = chunks[chosen, None] + np.arange(len(_IDS))
            words[:, _BOX] = boxes[chosen].view(np.uint32)
            words[:, _BOXES] = np.hstack((boxes[chosen], outer[chosen])).view(np.uint32)
            words[:, _NUMBER] = self.first + which[chosen]
            _shift(words, loda[chosen], lengths[chosen])
            for place, row in zip(chosen.tolist(), _rows(words)):
                made[place] = row
        return made


def _shift(words: Words32, loda: Ints, lengths: Ints) -> None:
    """Set the lengths of a `loda` and where its arguments begin, by what is not in its pattern: name, shape, looks."""
    count = int(words[0, _LENGTH + 1])
    words[:, _LENGTH] = words[:, _LENGTH + 5 + count] = loda
    first, end = words[0, _LENGTH + 5], _LENGTH + 5 + count
    style = int(first) + sum(len(data) for _, data in STANDARD) + lengths
    for place, offset in zip(range(end - 5, end), (style, style + 4, style + 8, loda - 8, loda - 4)):
        words[:, place] = offset


def _rows(words: npt.NDArray[np.generic]) -> list[bytes]:
    """The bytes of each row."""
    rows: list[bytes] = np.ascontiguousarray(words).view(f"V{words.itemsize * words.shape[1]}").ravel().tolist()
    return rows


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
