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
# The keys of a block's texts and of its groups, and bytes enough for a key, a size and what comes first in a group.
_TEXTS, _GROUP, _HEAD = b"\x0a", b"\x12", 64
# The bytes of a word; its bytes' highest bits; and how its bytes are put together, then pairs of them, then all: what
# stays, what moves down, and by how many bits.
_WORD, _ONE, _HIGHEST = 8, np.uint64(1), np.uint64(0x8080808080808080)
_HALVES = tuple(
    (np.uint64(low), np.uint64(high), np.uint64(bits))
    for low, high, bits in (
        (0x007F007F007F007F, 0x7F007F007F007F00, 1),
        (0x00003FFF00003FFF, 0x3FFF00003FFF0000, 2),
        (0x000000000FFFFFFF, 0x0FFFFFFF00000000, 4),
    )
)
# The same of four bytes; so many times as many numbers as longer ones make it worth while.
_NARROW, _FEW = np.dtype("<u4"), 16
_PAIRS = tuple(
    (np.uint32(low), np.uint32(high), np.uint32(bits))
    for low, high, bits in ((0x007F007F, 0x7F007F00, 1), (0x00003FFF, 0x3FFF0000, 2))
)


@dataclass(frozen=True)
class Blob:
    """Where a blob lies in its file: its type, offset and size in bytes."""

    kind: bytes
    offset: int
    size: int

    def read(self, file: BinaryIO) -> bytes:
        """The block inside, unpacked; ValueError where it is packed with something else than zlib."""
        return self.begin(file).whole()

    def begin(self, file: BinaryIO) -> Begun:
        """The block inside, unpacked as far as it is asked for; ValueError as `read` has it."""
        file.seek(self.offset)
        parts = dict(fields(file.read(self.size)))
        packed, plain, size = parts.get(3), parts.get(1), parts.get(2)
        if isinstance(packed, bytes):
            return Begun(packed, b"", size if isinstance(size, int) else 0)
        if isinstance(plain, bytes):
            return Begun(b"", plain, len(plain))
        raise ValueError("the blob is packed in another way")


class Begun:
    """A block that is unpacked from its beginning: that of a city's ways is mostly what nobody asks for."""

    def __init__(self, packed: bytes, plain: bytes, size: int) -> None:
        self._packed, self._plain, self._size = packed, plain, size
        self._unpack = zlib.decompressobj()

    def first(self, size: int) -> bytes:
        """So many bytes or more, as far as there are any."""
        missing = size - len(self._plain)
        if missing > 0 and self._packed:
            self._plain += self._unpack.decompress(self._packed, missing)
            self._packed = self._unpack.unconsumed_tail
        return self._plain

    def whole(self) -> bytes:
        """All of it, up to the format's limit."""
        return self.first(_MAX_BLOB)

    def only_group(self) -> bytes:
        """The first bytes of the group behind the texts, where the block says of itself that it has nothing beyond."""
        head = self.first(_HEAD)
        if head[:1] != _TEXTS:
            return b""
        length, place = varint(head, 1)
        place += length
        head = self.first(place + _HEAD)
        if head[place : place + 1] != _GROUP:
            return b""
        length, start = varint(head, place + 1)
        return head[start:] if length and start + length == self._size else b""


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
    # Written out, since there are many: keys and most sizes have one byte.
    place, size = 0, len(data)
    while place < size:
        key = data[place]
        place += 1
        if key > 127:
            key, place = varint(data, place - 1)
        kind = key & 7
        if kind in (1, 5):
            length = 8 if kind == 1 else 4
        elif kind in (0, 2):
            length = data[place]
            place += 1
            if length > 127:
                length, place = varint(data, place - 1)
            if kind == 0:
                yield key >> 3, length
                continue
        else:
            raise ValueError(f"wire type {kind}")
        yield key >> 3, data[place : place + length]
        place += length


def varint(data: bytes, place: int) -> tuple[int, int]:
    """The number that begins at a place, and the place behind it."""
    value = shift = 0
    while True:
        byte = data[place]
        place += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, place


def varints(data: bytes) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """The numbers of a packed field."""
    octets = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(octets < 128)
    if len(ends) == len(octets):
        return octets.astype(np.uint64)
    if not len(ends):
        return np.empty(0, np.uint64)
    starts = np.empty_like(ends)
    starts[0] = 0
    np.add(ends[:-1], 1, out=starts[1:])
    more = ends - starts
    if more.max() < _WORD:
        # Most have four bytes at most, which take half of the work: but for the first of a row of steps.
        longer = np.flatnonzero(more >= _NARROW.itemsize)
        if len(longer) * _FEW > len(starts):
            return _words(data, starts)
        numbers = _narrow_words(data, starts)
        if len(longer):
            numbers[longer] = _words(data, starts[longer])
        return numbers
    values = (octets[starts] & 127).astype(np.uint64)
    # Byte by byte, as long as any number has one more.
    longer, further = np.flatnonzero(ends > starts), 1
    while len(longer):
        values[longer] |= (octets[starts[longer] + further] & 127).astype(np.uint64) << np.uint64(7 * further)
        further += 1
        longer = longer[ends[longer] >= starts[longer] + further]
    return values


def varints_behind(
    data: bytes, byte: int
) -> tuple[np.ndarray[Any, np.dtype[np.intp]], np.ndarray[Any, np.dtype[np.uint64]]]:
    """Where each such byte stands, and what follows it as a number of at most eight bytes; longer ones are cut."""
    places = np.flatnonzero(np.frombuffer(data, np.uint8) == byte)
    return places, _words(data, places + 1)


def _words(data: bytes, starts: np.ndarray[Any, np.dtype[np.intp]]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """The numbers of at most eight bytes that begin at these places: each as one word, whose bytes give seven bits."""
    padded = data + bytes(_WORD)
    words = np.ndarray(len(data) + 1, "<u8", padded, strides=(1,))[starts]
    # The highest bit of a number's last byte is the first that is not set; what is beyond is not of it.
    last = ~words
    last &= _HIGHEST
    last &= np.uint64(0) - last
    words &= (last << _ONE) - _ONE
    words &= ~_HIGHEST
    for low, high, bits in _HALVES:
        upper = words & high
        upper >>= bits
        words &= low
        words |= upper
    return words.astype(np.uint64, copy=False)


def _narrow_words(data: bytes, starts: np.ndarray[Any, np.dtype[np.intp]]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """The numbers of at most four bytes that begin at these places; of longer ones anything."""
    padded = data + bytes(_NARROW.itemsize)
    words = np.ndarray(len(data) + 1, _NARROW, padded, strides=(1,))[starts]
    last = ~words
    last &= _NARROW.type(0x80808080)
    last &= _NARROW.type(0) - last
    words &= (last << _NARROW.type(1)) - _NARROW.type(1)
    for low, high, bits in _PAIRS:
        upper = words & high
        upper >>= bits
        words &= low
        words |= upper
    return words.astype(np.uint64)


def deltas(data: bytes) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The signed numbers of a packed field that holds the steps from each to the next."""
    return np.cumsum(sint64s(varints(data)))


def sint64s(numbers: np.ndarray[Any, np.dtype[np.uint64]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Of numbers as sint64: the sign is the last bit."""
    odd = (numbers & _ONE).view(np.int64)
    values = (numbers >> _ONE).view(np.int64)
    values ^= np.negative(odd, out=odd)
    return values
