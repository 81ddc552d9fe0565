"""The files of a store: blocks of rows, an index of the blocks, and a header that vouches for both.

A block holds up to 256 rows of one table in three parts, each packed by itself, so that a query unpacks no more than it
needs: what decides whether a row is wanted, the rows, and all their tags. zlib's checksum holds each part together.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import os
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Sequence

import numpy as np

# Of these files, and of what rows the code makes of a source: tests/osm/store/test_version.py says when it has to rise.
VERSION = 6
HEADER, INDEX, BLOCKS = "header.json", "index", "blocks"
ROWS_A_BLOCK = 256
SOURCES = ("points", "lines", "multipolygons", "rings", "routes")
# Of ways, which a ray is compared with as well.
OF_WAYS = tuple(map(SOURCES.index, ("lines", "rings", "routes")))
# Flags of a row: it is shown however small it is where the level has its size, its way does not close, a relation has
# its outline, it was mended; of what made no row: it is an area that is missing from the map.
SOUGHT, OPENED, TWIN, MENDED, HURT = 1, 2, 4, 8, 16
# Tables beside those of the layer table: the coast, what made no row, the boxes of all that was read, and relations
# that are made of others (`id`), one row for each of these (`row`).
COAST, LOST, REACH, PARENTS = "coastline", "!", "*", "^"
# Beside the outcomes of an object (see account.TABLE): a way that lacks some of its nodes.
CUT = 255
_PACKING = 1
# Boxes are west, east, south, north, as in a GeoPackage's blob; `id` and `kind` are the object's (see account.KINDS).
ROW = np.dtype([
    ("box", "<f8", 4), ("area", "<f8"), ("row", "<i8"), ("id", "<i8"), ("level", "u1"), ("source", "u1"),
    ("flags", "u1"), ("kind", "u1"),
])  # fmt: skip
BLOCK = np.dtype([
    ("box", "<f8", 4), ("area", "<f8"), ("offset", "<i8"), ("lengths", "<i4", 3), ("count", "<i4"),
    ("table", "<u2"), ("level", "u1"), ("lines", "u1"),
])  # fmt: skip


class BrokenStoreError(Exception):
    """A store that is not what its builder left: it is not read."""


@dataclass
class Header:
    """What is known of a store without its rows.

    `tables` are names in the order of their numbers; `box` is what the source says that it covers, `reach` how far its
    objects reach where it says nothing (both west, south, east, north). `warnings` (code and text, see
    text.sentence_json) are what reading the source told.
    """

    key: str
    source: str
    name: str
    date: str
    tables: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    box: list[float] | None = None
    warnings: list[list[Any]] = field(default_factory=list)
    index_check: int = 0
    blocks_bytes: int = 0
    version: int = VERSION


def packed(data: bytes) -> bytes:
    """A part of a block."""
    return zlib.compress(data, _PACKING)


def unpacked(data: bytes) -> bytes:
    """The same back; BrokenStoreError where it is not whole."""
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise BrokenStoreError(str(error)) from error


class Draft:
    """A store that is written into a folder: valid once `close()` has written its header, the last of all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO = (folder / BLOCKS).open("wb")
        self._blocks: list[Any] = []
        self._at = 0

    def add(self, table: int, heads: Any, parts: Sequence[bytes]) -> None:
        """Append a block: what decides (ROW), and its two other parts."""
        data = [packed(piece) for piece in (heads.tobytes(), *parts)]
        boxes = heads["box"]
        block = np.zeros((), BLOCK)
        block["box"] = (boxes[:, 0].min(), boxes[:, 1].max(), boxes[:, 2].min(), boxes[:, 3].max())
        sought = (heads["flags"] & SOUGHT) > 0
        block["area"] = np.where(sought, np.inf, heads["area"]).max()
        block["offset"], block["lengths"] = self._at, [len(piece) for piece in data]
        block["count"], block["table"], block["level"] = len(heads), table, heads["level"].min()
        block["lines"] = np.isin(heads["source"], OF_WAYS).any()
        self._blocks.append(block)
        for piece in data:
            self._file.write(piece)
            self._at += len(piece)

    def close(self, header: Header) -> None:
        """Lay everything down for good, the header last."""
        _settle(self._file)
        index = np.array(self._blocks, BLOCK).tobytes()
        with (self._folder / INDEX).open("wb") as file:
            file.write(index)
            _settle(file)
        header.index_check, header.blocks_bytes = zlib.crc32(index), self._at
        text = json.dumps(asdict(header), ensure_ascii=False).encode("utf-8", "surrogatepass")
        with (self._folder / HEADER).open("wb") as file:
            file.write(b"%08x\n" % zlib.crc32(text) + text)
            _settle(file)

    def abandon(self) -> None:
        """Let go of the file."""
        self._file.close()


def _settle(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def read_header(folder: Path) -> Header:
    """The header of a store; BrokenStoreError where it is none of this version."""
    try:
        check, _, text = (folder / HEADER).read_bytes().partition(b"\n")
        if check != b"%08x" % zlib.crc32(text):
            raise BrokenStoreError("the header is not whole")
        header = Header(**json.loads(text.decode("utf-8", "surrogatepass")))
    except (OSError, ValueError, TypeError) as error:
        raise BrokenStoreError(str(error)) from error
    if header.version != VERSION:
        raise BrokenStoreError("another version")
    return header


class Blocks:
    """The blocks of a store, open: what becomes of its folder meanwhile does not matter."""

    def __init__(self, folder: Path, header: Header) -> None:
        try:
            index = (folder / INDEX).read_bytes()
            self._file = (folder / BLOCKS).open("rb")
        except OSError as error:
            raise BrokenStoreError(str(error)) from error
        size = os.fstat(self._file.fileno()).st_size
        if zlib.crc32(index) != header.index_check or size != header.blocks_bytes or len(index) % BLOCK.itemsize:
            self._file.close()
            raise BrokenStoreError("sizes or checksums differ")
        self.index: Any = np.frombuffer(index, BLOCK)

    def close(self) -> None:
        """Let go of the files."""
        self._file.close()

    def part(self, block: Any, number: int) -> bytes:
        """Part 0 (ROW of each row), 1 (rows) or 2 (tags) of an entry of the index."""
        lengths = block["lengths"]
        try:
            self._file.seek(int(block["offset"]) + int(lengths[:number].sum()))
            data = self._file.read(int(lengths[number]))
        except OSError as error:
            raise BrokenStoreError(str(error)) from error
        return unpacked(data)

    def heads(self, block: Any) -> Any:
        """What decides of each row of a block."""
        heads = np.frombuffer(self.part(block, 0), ROW)
        if len(heads) != block["count"]:
            raise BrokenStoreError("a block is not whole")
        return heads


@dataclass
class Packed:
    """Some rows as a block has them: geometries, what was read where that differs, values as JSON lists, twins."""

    blobs: list[bytes]
    raws: list[bytes]
    values: list[bytes]
    twins: dict[int, tuple[int, ...]]

    def to_bytes(self) -> bytes:
        """The second part of a block."""
        texts = b"[" + b",".join(self.values) + b"]"
        twins = json.dumps({str(number): rows for number, rows in self.twins.items()}).encode()
        lengths = np.array([*map(len, self.blobs), *map(len, self.raws), len(texts)], "<i4")
        return b"".join((lengths.tobytes(), *self.blobs, *self.raws, texts, twins))


def rows_of(data: bytes, count: int) -> tuple[list[bytes], list[bytes], list[list[Any]], dict[int, list[int]]]:
    """What `Packed.to_bytes` made of so many rows; values are lists of their JSON values."""
    lengths = np.frombuffer(data, "<i4", 2 * count + 1)
    ends = (np.cumsum(lengths, dtype=np.int64) + lengths.nbytes).tolist()
    starts = [lengths.nbytes, *ends[:-1]]
    pieces = [data[start:end] for start, end in zip(starts, ends)]
    twins = {int(number): rows for number, rows in json.loads(data[ends[-1] :]).items()}
    values: list[list[Any]] = json.loads(pieces[-1].decode("utf-8", "surrogatepass"))
    return pieces[:count], pieces[count:-1], values, twins
