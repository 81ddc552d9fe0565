"""The records of binary FBX 7.4: a name, properties with their types, and records within.

Nothing of it is published; what other programs read and write tells how it is (Blender's notes of 2013, ufbx).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

VERSION = 7400
MAGIC = b"Kaydara FBX Binary  \x00\x1a\x00" + struct.pack("<I", VERSION)
END = b"\xf8\x5a\x8c\x6a\xde\xf5\xd9\x7e\xec\xe9\x0c\xe3\x75\x8f\x29\x0b"
# These three belong together: programs check the last by the first two.
FILE_ID = b"\x28\xb3\x2a\xeb\xb6\x24\xcc\xc2\xbf\xc8\xb0\x2a\xa9\x2b\xfc\xf1"
TIME = "1970-01-01 10:00:00:000"
_FOOT_ID = b"\xfa\xbc\xab\x09\xd0\xc8\xd4\x66\xb1\x76\xfb\x83\x1c\xf7\x26\x7e"
_HEAD = struct.Struct("<IIIB")
_NOTHING = bytes(13)
_ARRAYS = {"f8": b"d", "i4": b"i"}


@dataclass
class Record:
    """A record: properties are whole numbers (64 bits), `Short` ones (32), floats, texts, bytes and arrays."""

    name: str
    properties: tuple[Any, ...] = ()
    records: list[Record] = field(default_factory=list)


class Short(int):
    """A whole number of 32 bits."""


def record(name: str, *properties: Any, within: list[Record] | None = None) -> Record:
    """A record with these properties."""
    return Record(name, properties, within or [])


def setting(name: str, kind: str, label: str, *values: Any) -> Record:
    """A row of a table of settings."""
    return Record("P", (name, kind, label, "A" if label == "" else "", *values))


def settings(*rows: Record) -> Record:
    """A table of settings."""
    return Record("Properties70", (), list(rows))


def encoded(roots: list[Record]) -> bytes:
    """The whole file."""
    made = bytearray(MAGIC)
    for root in roots:
        _append(made, root)
    made += _NOTHING + _FOOT_ID + bytes(4)
    made += bytes(-len(made) % 16 or 16)
    made += struct.pack("<I", VERSION) + bytes(120) + END
    return bytes(made)


def _append(made: bytearray, one: Record) -> None:
    """Where a record ends stands in its head, which is filled in behind it."""
    start, name = len(made), one.name.encode("ascii")
    data = b"".join(_property(value) for value in one.properties)
    made += bytes(_HEAD.size) + name + data
    for inner in one.records:
        _append(made, inner)
    if one.records or not one.properties:
        made += _NOTHING
    _HEAD.pack_into(made, start, len(made), len(one.properties), len(data), len(name))


def _property(value: Any) -> bytes:
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, Short):
        return struct.pack("<ci", b"I", value)
    if isinstance(value, int):
        return struct.pack("<cq", b"L", value)
    if isinstance(value, float):
        return struct.pack("<cd", b"D", value)
    kind, data = (b"S", value.encode("utf-8")) if isinstance(value, str) else (b"R", bytes(value))
    return struct.pack("<cI", kind, len(data)) + data


def _array(values: npt.NDArray[Any]) -> bytes:
    kind = _ARRAYS[values.dtype.str[1:]]
    data = zlib.compress(np.ascontiguousarray(values).tobytes(), 6)
    return struct.pack("<cIII", kind, values.size, 1, len(data)) + data


def decoded(data: bytes) -> list[Record]:
    """The records of a file; ValueError where it is not whole."""
    if not data.startswith(MAGIC) or not data.endswith(END):
        raise ValueError("no FBX")
    return _records(data, len(MAGIC), len(data))


def _records(data: bytes, at: int, end: int) -> list[Record]:
    found = []
    while at < end:
        stop, count, size, length = _HEAD.unpack_from(data, at)
        if not stop:
            break
        name_end = at + _HEAD.size + length
        values = _properties(data, name_end, count)
        within = _records(data, name_end + size, stop) if name_end + size < stop else []
        found.append(Record(data[at + _HEAD.size : name_end].decode("ascii"), values, within))
        at = stop
    return found


def _properties(data: bytes, at: int, count: int) -> tuple[Any, ...]:
    values: list[Any] = []
    for _ in range(count):
        kind = data[at : at + 1]
        at += 1
        if kind in b"SR":
            (size,) = struct.unpack_from("<I", data, at)
            values.append(data[at + 4 : at + 4 + size])
            at += 4 + size
        elif kind in b"di":
            number, _, size = struct.unpack_from("<III", data, at)
            values.append(
                np.frombuffer(zlib.decompress(data[at + 12 : at + 12 + size]), "<f8" if kind == b"d" else "<i4", number)
            )
            at += 12 + size
        else:
            form = {b"I": "<i", b"L": "<q", b"D": "<d"}[kind]
            values.append(struct.unpack_from(form, data, at)[0])
            at += struct.calcsize(form)
    return tuple(values)
