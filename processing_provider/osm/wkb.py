"""The lines and rings inside WKB (OGC 06-103r4, 8.2; little endian, 2D), found and replaced as they stand.

A shape is WKB, or a GeoPackage blob, which is a header and WKB.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Iterable, Sequence

import numpy as np
from osgeo import ogr

from ..geo.geometry import wkb_start
from .ragged import Flags, Floats, Whole, slices, starts_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

_LINE, _POLYGON, _MULTI_LINE, _MULTI_POLYGON = 2, 3, 5, 6
_U32 = struct.Struct("<I")
_HEAD, _BOX = struct.Struct("<BI"), struct.Struct("<4d")
# Up to the points of what nearly all shapes are: a multipolygon of one ring, a multilinestring of one line.
_ONE_RING, _ONE_LINE = struct.Struct("<BIIBIII"), struct.Struct("<BIIBII")
# Bytes of the envelopes of blobs, by their flags, and of all that may lie before the points of one ring.
_ENVELOPES = np.array([0, 32, 48, 48, 64, 0, 0, 0])
_MOST_HEAD = 128
_NONE: tuple[Any, ...] = (np.zeros(0, np.int64),) * 3 + (np.zeros(0, bool),)
# Bytes of shapes that are looked at together.
_TOGETHER = 16_000_000
# Where the points of a line or ring begin, in bytes of its shape, and how many they are.
Span = tuple[int, int]


@dataclass(frozen=True)
class Chains:
    """The lines and rings of many shapes, one behind the other.

    Those of shape `s` are numbered from `first[s]` to before `first[s + 1]`. Chain `c` has `counts[c]` points, which
    begin at byte `begins[c]` of its shape. `areas` are those shapes that are polygons.
    """

    first: Whole
    begins: Whole
    counts: Whole
    areas: Flags

    def spans(self, number: int) -> list[Span]:
        """Those of one shape."""
        some = slice(self.first[number], self.first[number + 1])
        return list(zip(self.begins[some].tolist(), self.counts[some].tolist()))


def _start(shape: bytes) -> int:
    """Where the WKB of a shape begins."""
    return 0 if shape[0] == 1 else wkb_start(shape)


def is_polygon(shape: bytes) -> bool:
    """Whether it is an area."""
    return shape[_start(shape) + 1] in (_POLYGON, _MULTI_POLYGON)


def chains(shapes: Iterable[bytes]) -> Chains:
    """The lines and rings of shapes; ValueError where one is neither."""
    shapes = shapes if isinstance(shapes, Sequence) else list(shapes)
    lengths = np.fromiter(map(len, shapes), np.int64, len(shapes))
    found = [_some(shapes[some], lengths[some]) for some in slices(lengths, _TOGETHER)]
    numbers, begins, counts, areas = (np.concatenate(part) for part in zip(_NONE, *found))
    return Chains(np.concatenate(([0], np.cumsum(numbers))), begins, counts, areas)


def _some(shapes: Sequence[bytes], lengths: Whole) -> tuple[Whole, Whole, Whole, Flags]:
    """How many chains each shape has; where these begin, and their counts; and which shapes are areas."""
    data = np.frombuffer(b"".join(shapes) + bytes(_MOST_HEAD), np.uint8)
    at = starts_of(lengths)
    # A blob has the size of its envelope in its flags (GeoPackage 1.3, 2.1.3).
    start = np.where(data[at] == 1, 0, 8 + _ENVELOPES[data[at + 3] >> 1 & 7])
    code = data[at + start + 1]
    areas = (code == _POLYGON) | (code == _MULTI_POLYGON)
    begins = start + np.where(code == _MULTI_POLYGON, _ONE_RING.size, _ONE_LINE.size)
    counts = _u32(data, at + begins - 4)
    # Nearly all are one ring or one line; of the others each is looked at by itself.
    one = (code == _MULTI_POLYGON) & (_u32(data, at + begins - 8) == 1) | (code == _MULTI_LINE)
    one &= (_u32(data, at + start + 5) == 1) & (begins + 16 * counts == lengths)
    numbers = np.ones(len(shapes), np.int64)
    rest = np.flatnonzero(~one)
    if not len(rest):
        return numbers, begins, counts, areas
    more = [spans(shapes[number]) for number in rest.tolist()]
    numbers[rest] = [len(some) for some in more]
    flat = np.array([span for some in more for span in some], np.int64).reshape(-1, 2)
    ours = np.repeat(one, numbers)
    result = np.empty((len(ours), 2), np.int64)
    result[ours] = np.column_stack((begins, counts))[one]
    result[~ours] = flat
    return numbers, result[:, 0], result[:, 1], areas


def _u32(data: Bytes, at: Whole) -> Whole:
    """The unsigned numbers of four bytes at some places, the lowest byte first."""
    result: Whole = sum(data[at + place].astype(np.int64) << 8 * place for place in range(4))  # type: ignore[assignment]
    return result


def points(shapes: Sequence[bytes], found: Chains) -> Floats:
    """The points (n, 2) of all chains of the shapes."""
    result = np.empty((int(found.counts.sum()), 2))
    lengths = np.fromiter(map(len, shapes), np.int64, len(shapes))
    done = 0
    for some in slices(lengths, _TOGETHER):
        data = np.frombuffer(b"".join(shapes[some]), np.uint8)
        those = slice(found.first[some.start], found.first[some.stop])
        per_shape = np.diff(found.first[some.start : some.stop + 1])
        begins = np.repeat(starts_of(lengths[some]), per_shape) + found.begins[those]
        # What lies before each chain, the chain itself, and so on.
        edges = np.column_stack((begins, begins + 16 * found.counts[those])).ravel()
        runs = np.diff(edges, prepend=0, append=len(data))
        piece = data[np.repeat(np.arange(len(runs)) % 2 == 1, runs)].view("<f8").reshape(-1, 2)
        result[done : done + len(piece)] = piece
        done += len(piece)
    return result


def geometry(shape: bytes) -> ogr.Geometry:
    """The shape as OGR has it."""
    return ogr.CreateGeometryFromWkb(shape[_start(shape) :])


def head(shape: bytes, box: Sequence[float]) -> bytes:
    """The header of a blob, whose envelope (as OGR has it) is another one; of plain WKB nothing."""
    start = _start(shape)
    return shape[:8] + _BOX.pack(*box) if start == 8 + _BOX.size else shape[:start]


def spans(shape: bytes) -> list[Span]:
    """All lines or rings, in order; ValueError for geometries of another kind."""
    found: list[Span] = []
    start = _start(shape)
    _, code = _HEAD.unpack_from(shape, start)
    if code in (_MULTI_LINE, _MULTI_POLYGON):
        (parts,) = _U32.unpack_from(shape, start + 5)
        at = start + 9
        for _ in range(parts):
            at = _single(shape, at, found)
    elif code in (_LINE, _POLYGON):
        _single(shape, start, found)
    else:
        raise ValueError(f"no line or polygon: {code}")
    return found


def _single(shape: bytes, at: int, found: list[Span]) -> int:
    """Those of the line or polygon that begins at `at`; where it ends."""
    _, code = _HEAD.unpack_from(shape, at)
    at += 5
    rings = 1
    if code == _POLYGON:
        (rings,) = _U32.unpack_from(shape, at)
        at += 4
    for _ in range(rings):
        (count,) = _U32.unpack_from(shape, at)
        found.append((at + 4, count))
        at += 4 + 16 * count
    return at


def with_chain(shape: bytes, begin: int, box: bytes, chain: bytes) -> bytes:
    """A shape of one chain, whose points begin at `begin`, with another one, its number of points before these; and
    with another envelope (32 bytes) where it has one (see head).
    """
    if shape[0] != 1 and wkb_start(shape) == 8 + _BOX.size:
        return shape[:8] + box + shape[8 + _BOX.size : begin - _U32.size] + chain
    return shape[: begin - _U32.size] + chain


def with_chains(shape: bytes, those: Sequence[Span], chains: Sequence[Floats]) -> bytes:
    """The WKB of a shape with other points for each of its lines or rings."""
    pieces, at = [], _start(shape)
    for (begin, count), chain in zip(those, chains):
        pieces += [shape[at : begin - 4], _U32.pack(len(chain)), np.ascontiguousarray(chain).tobytes()]
        at = begin + 16 * count
    return b"".join([*pieces, shape[at:]])
