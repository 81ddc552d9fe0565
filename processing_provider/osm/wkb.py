"""The lines and rings inside WKB (OGC 06-103r4, 8.2; little endian, 2D), found and replaced as they stand."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from typing import Sequence

import numpy as np

from .ragged import Floats

_LINE, _POLYGON, _MULTI_LINE, _MULTI_POLYGON = 2, 3, 5, 6
_U32 = struct.Struct("<I")
_HEAD = struct.Struct("<BI")
# Where the points of a line or ring begin, in bytes, and how many they are.
Span = tuple[int, int]


def kind(shape: bytes) -> int:
    """The geometry's code."""
    return int(_HEAD.unpack_from(shape)[1])


def is_polygon(shape: bytes) -> bool:
    """Whether it is an area."""
    return shape[1] in (_POLYGON, _MULTI_POLYGON)


def spans(shape: bytes) -> list[Span]:
    """All lines or rings, in order; ValueError for geometries of another kind."""
    found: list[Span] = []
    code = kind(shape)
    if code in (_MULTI_LINE, _MULTI_POLYGON):
        (parts,) = _U32.unpack_from(shape, 5)
        at = 9
        for _ in range(parts):
            at = _single(shape, at, found)
    elif code in (_LINE, _POLYGON):
        _single(shape, 0, found)
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


def points(shape: bytes, span: Span) -> Floats:
    """The points of a line or ring, (n, 2)."""
    return np.frombuffer(shape, "<f8", 2 * span[1], span[0]).reshape(-1, 2)


def with_chains(shape: bytes, those: Sequence[Span], chains: Sequence[Floats]) -> bytes:
    """The shape with other points for each of its lines or rings."""
    pieces, at = [], 0
    for (begin, count), chain in zip(those, chains):
        pieces += [shape[at : begin - 4], _U32.pack(len(chain)), np.ascontiguousarray(chain).tobytes()]
        at = begin + 16 * count
    return b"".join([*pieces, shape[at:]])
