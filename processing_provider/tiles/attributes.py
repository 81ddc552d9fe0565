"""What tiles say of the rows of a table: each value once, as the bytes that it has in a layer, and who has it.

Facts: Mapbox Vector Tile 2.1, 4.4 and its vector_tile.proto: a layer's field 4 is a value, which is a string (1), a
float (2), a double (3), an unsigned (5) or a signed number (6).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Sequence

import numpy as np

from ..osm.ragged import Whole, starts_of
from . import varints
from .mvt import entry, varint
from .varints import Bytes

VALUE = 4
_STRING, _FLOAT, _DOUBLE, _UNSIGNED, _SIGNED = 1, 2, 3, 5, 6
# Numbers that arrays of varints take; larger ones are written one by one.
_LARGE = 1 << 61
# None of them, and the first of the whole numbers, which are counted downwards until all others are known.
_NONE, _WHOLE = -1, -2


@dataclass(frozen=True)
class Attributes:
    """The values of rows: `codes` (rows, columns) says which one each has, -1 none.

    Value `v` is the bytes `data[begin[v] : begin[v + 1]]`, as a layer of a tile has them.
    """

    names: tuple[str, ...]
    codes: Whole
    data: Bytes
    begin: Whole


def attributes(names: Sequence[str], columns: Sequence[Sequence[object]], rows: int) -> Attributes:
    """Those of a table whose columns are given, each with a value or None for every row."""
    others: dict[object, int] = {}
    whole: dict[int, int] = {}
    codes = np.empty((rows, len(names)), np.int64)
    for place, column in enumerate(columns):
        own: dict[object, int] = {}
        for value in dict.fromkeys(column):
            if isinstance(value, int) and abs(value) < _LARGE:
                own[value] = _WHOLE - whole.setdefault(value, len(whole))
            else:
                own[value] = _NONE if value is None else others.setdefault(value, len(others))
        codes[:, place] = np.fromiter(map(own.__getitem__, column), np.int64, rows)
    np.copyto(codes, len(others) + _WHOLE - codes, where=codes <= _WHOLE)
    texts = [entry(VALUE, _value(value)) for value in others]
    numbers, lengths = _numbers(np.fromiter(whole, np.int64, len(whole)))
    data = np.concatenate((np.frombuffer(b"".join(texts), np.uint8), numbers))
    sizes = np.concatenate((np.fromiter(map(len, texts), np.int64, len(texts)), lengths))
    return Attributes(tuple(names), codes, data, np.append(starts_of(sizes), len(data)))


def _value(value: object) -> bytes:
    """A value that is no small whole number; what SQLite has besides is told as its text."""
    if isinstance(value, int):
        return bytes([_UNSIGNED << 3]) + varint(value) if value >= 0 else bytes([_SIGNED << 3]) + varint(~(value << 1))
    if isinstance(value, float):
        if value == struct.unpack("<f", _single(value))[0]:
            return bytes([_FLOAT << 3 | 5]) + _single(value)
        return bytes([_DOUBLE << 3 | 1]) + struct.pack("<d", value)
    return entry(_STRING, str(value).encode("utf-8", "replace"))


def _single(value: float) -> bytes:
    try:
        return struct.pack("<f", value)
    except OverflowError:
        return struct.pack("<f", float("nan"))


def _numbers(values: Whole) -> tuple[Bytes, Whole]:
    """Whole numbers as the values of a layer, and how many bytes each takes."""
    signed = values < 0
    bare = np.where(signed, varints.folded(values), values)
    inner = varints.sizes(bare)
    stream = np.column_stack((
        np.full(len(values), VALUE << 3 | 2), inner + 1, np.where(signed, _SIGNED, _UNSIGNED) << 3, bare,
    )).astype(np.int64).ravel()  # fmt: skip
    return varints.packed(stream, varints.sizes(stream)), inner + 3
