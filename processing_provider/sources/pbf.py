"""The little of PBF that is read here without a library: blobs, fields, packed numbers.

Format: https://wiki.openstreetmap.org/wiki/PBF_Format and https://protobuf.dev/programming-guides/encoding.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO, Iterator, Union

import numpy as np

# The format's own limits for the header of a blob and for a blob.
_MAX_BLOB_HEADER, _MAX_BLOB = 64 * 1024, 32 * 1024 * 1024


@dataclass(frozen=True)
class Blob:
    """Where a blob lies in its file: its type, offset and size in bytes."""

    kind: bytes
    offset: int
    size: int

    def read(self, file: BinaryIO) -> bytes:
        """The block inside, unpacked; ValueError where it is packed with something else than zlib."""
        file.seek(self.offset)
        parts = dict(fields(file.read(self.size)))
        packed, plain = parts.get(3), parts.get(1)
        if isinstance(packed, bytes):
            return zlib.decompressobj().decompress(packed, _MAX_BLOB)
        if isinstance(plain, bytes):
            return plain
        raise ValueError("the blob is packed in another way")


def blobs(file: BinaryIO) -> Iterator[Blob]:
    """All blobs of a file, without reading them; ends at the first that is none."""
    while True:
        size = int.from_bytes(file.read(4), "big")
        if not 0 < size <= _MAX_BLOB_HEADER:
            return
        header = dict(fields(file.read(size)))
        kind, length = header.get(1), header.get(3)
        if not isinstance(kind, bytes) or not isinstance(length, int) or not 0 < length <= _MAX_BLOB:
            return
        yield Blob(kind, file.tell(), length)
        file.seek(length, 1)


def fields(data: bytes) -> Iterator[tuple[int, Union[int, bytes]]]:
    """The fields of a message: number and value; ValueError or IndexError where it is none."""
    place = 0

    def varint() -> int:
        nonlocal place
        value = shift = 0
        while True:
            byte = data[place]
            place += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while place < len(data):
        key = varint()
        kind = key & 7
        if kind == 0:
            yield key >> 3, varint()
            continue
        if kind not in (1, 2, 5):
            raise ValueError(f"wire type {kind}")
        size = varint() if kind == 2 else 8 if kind == 1 else 4
        yield key >> 3, data[place : place + size]
        place += size


def varints(data: bytes) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """The numbers of a packed field."""
    octets = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(octets < 128)
    if len(ends) == len(octets):
        return octets.astype(np.uint64)
    if not len(ends):
        return np.empty(0, np.uint64)
    starts = np.concatenate(([0], ends[:-1] + 1))
    values = (octets[starts] & 127).astype(np.uint64)
    # Byte by byte, as long as any number has one more.
    longer, further = np.flatnonzero(ends > starts), 1
    while len(longer):
        values[longer] |= (octets[starts[longer] + further] & 127).astype(np.uint64) << np.uint64(7 * further)
        further += 1
        longer = longer[ends[longer] >= starts[longer] + further]
    return values


def deltas(data: bytes) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The signed numbers of a packed field that holds the steps from each to the next."""
    zigzag = varints(data)
    return np.cumsum((zigzag >> np.uint64(1)).astype(np.int64) ^ -(zigzag & np.uint64(1)).astype(np.int64))
