"""RIFF as CorelDRAW 12 writes it: a plain file, its document packed into one list of two zlib streams.

In the packed list the size field of a chunk is an index into a table of sizes, which is the second stream; chunks are
numbered as they begin. Facts: compared with real files of CorelDRAW 11 to 13, see docs/corel.md.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
import zlib
from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING, Iterator

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_PACKED = b"CPng" + struct.pack("<HH", 1, 4)
_ONE = struct.Struct("<I")
# Of zlib: half the time of its usual level, for three percent more bytes.
_LEVEL = 3


def u16(*values: int) -> bytes:
    """Unsigned 16-bit numbers."""
    return struct.pack(f"<{len(values)}H", *values)


def u32(*values: int) -> bytes:
    """Unsigned 32-bit numbers."""
    return _ONE.pack(*values) if len(values) == 1 else struct.pack(f"<{len(values)}I", *values)


def i32(*values: int) -> bytes:
    """Signed 32-bit numbers."""
    return struct.pack(f"<{len(values)}i", *values)


def f64(*values: float) -> bytes:
    """Doubles."""
    return struct.pack(f"<{len(values)}d", *values)


def utf16(text: str) -> bytes:
    """UTF-16LE, ended by a zero."""
    return text.encode("utf-16le") + b"\0\0"


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk with its size, padded to an even length."""
    return kind + u32(len(data)) + data + b"\0" * (len(data) & 1)


def listed(kind: bytes, data: bytes) -> bytes:
    """A LIST of its chunks."""
    return chunk(b"LIST", kind + data)


class Stream:
    """Chunks whose sizes stand in a table of their own."""

    def __init__(self) -> None:
        self._out = bytearray()
        self._sizes = array("I")

    def chunk(self, kind: bytes, data: bytes) -> None:
        """Add a chunk."""
        size = len(data)
        self._out += kind + u32(len(self._sizes)) + data
        self._sizes.append(size)
        if size & 1:
            self._out.append(0)

    @property
    def next(self) -> int:
        """The number of the next chunk."""
        return len(self._sizes)

    def block(self, data: bytes, sizes: npt.NDArray[np.uint32]) -> None:
        """Add chunks and LISTs that have their numbers already, from `next` on."""
        self._out += data
        self._sizes.frombytes(np.ascontiguousarray(sizes).tobytes())

    def raw(self, data: bytes) -> None:
        """Add what is no chunk, inside a LIST."""
        self._out += data

    @contextmanager
    def list(self, kind: bytes) -> Iterator[None]:
        """A LIST of what is added inside."""
        number = self.begin(kind)
        yield
        self.end(number)

    def begin(self, kind: bytes) -> tuple[int, int]:
        """Begin a LIST; `end` takes what this gives."""
        number = len(self._sizes)
        self._out += b"LIST" + u32(number)
        start = len(self._out)
        self._out += kind
        self._sizes.append(0)
        return number, start

    def end(self, begun: tuple[int, int]) -> None:
        """End a LIST."""
        number, start = begun
        self._sizes[number] = len(self._out) - start

    def packed(self) -> bytes:
        """The packed list, as a chunk of the file."""
        table = np.array(self._sizes, "<u4").tobytes()
        one, other = (_PACKED + zlib.compress(part, _LEVEL) for part in (self._out, table))
        sizes = u32(len(one), len(self._out), len(other), len(table))
        return listed(b"cmpr", sizes + one + other)
