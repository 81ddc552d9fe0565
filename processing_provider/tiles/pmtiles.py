"""PMTiles 3: one file of tiles that a viewer reads in pieces from any web server.

Facts: github.com/protomaps/PMTiles, spec/v3/spec.md: a header of 127 bytes, the root directory within the first 16,384
bytes, metadata as JSON, leaf directories, the tiles in the order of their numbers. Contents that are there several
times (sea, empty paper) are kept once.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import json
import shutil
import struct
import zlib
from pathlib import Path
from typing import IO, Iterator, List, NamedTuple

from ..errors import WriteError
from .archive import About
from .budget import packed
from .grid import tile_id
from .model import VECTOR, Tile, Tiles
from .mvt import varint

_HEADER = struct.Struct("<7sB11Q6B4iB2i")
_MAGIC, _VERSION = b"PMTiles", 3
_NOT_PACKED, _GZIP = 1, 2
_MVT, _PNG = 1, 2
# What a viewer asks for first.
_FIRST_READ = 16_384
_LEAF = 4096


class Entry(NamedTuple):
    """A run of tiles that have one content; a run of 0 is a leaf directory."""

    tile: int
    offset: int
    length: int
    run: int


class PmTiles:
    """A PMTiles file while it is written: contents go into a file beside it until the directories are known."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._beside = path.with_name(f"{path.name}.tiles")
        self._contents: IO[bytes] = self._beside.open("wb")
        self._places: dict[bytes, tuple[int, int]] = {}
        self._entries: list[Entry] = []
        self._end = self._count = 0

    def add(self, tile: Tile) -> None:
        """Take a tile; its number is higher than that of the one before."""
        number = tile_id(tile.zoom, tile.x, tile.y)
        digest = hashlib.sha256(tile.data).digest()
        if digest not in self._places:
            self._places[digest] = self._end, len(tile.data)
            self._contents.write(tile.data)
            self._end += len(tile.data)
        offset, length = self._places[digest]
        self._count += 1
        last = self._entries[-1] if self._entries else None
        if last is not None and (last.tile + last.run, last.offset) == (number, offset):
            self._entries[-1] = last._replace(run=last.run + 1)
        else:
            self._entries.append(Entry(number, offset, length, 1))

    def close(self, tiles: Tiles, about: About) -> None:
        """Put header, directories, metadata and contents into one file."""
        self._contents.close()
        said = packed(json.dumps(about, ensure_ascii=False).encode("utf-8"))
        root, leaves = _directories(self._entries)
        starts = [_HEADER.size, len(root), len(said), len(leaves), self._end]
        for place in range(1, 5):
            starts[place] += starts[place - 1]
        west, south, east, north = (round(value * 1e7) for value in tiles.grid.box)
        lon, lat, zoom = tiles.centre
        vector = tiles.kind == VECTOR
        header = _HEADER.pack(
            _MAGIC, _VERSION, starts[0], len(root), starts[1], len(said), starts[2], len(leaves), starts[3], self._end,
            self._count, len(self._entries), len(self._places), 1, _GZIP, _GZIP if vector else _NOT_PACKED,
            _MVT if vector else _PNG, tiles.grid.minzoom, tiles.grid.maxzoom, west, south, east, north, zoom,
            round(lon * 1e7), round(lat * 1e7),
        )  # fmt: skip
        with self._path.open("wb") as file, self._beside.open("rb") as contents:
            file.write(header + root + said + leaves)
            shutil.copyfileobj(contents, file, 1 << 20)
        self._beside.unlink()


def _directories(entries: list[Entry]) -> tuple[bytes, bytes]:
    """The root, and all leaves one after the other; a root that is small enough has none."""
    root, leaves, size = _directory(entries), b"", _LEAF
    while len(root) > _FIRST_READ - _HEADER.size:
        leaves, pointers = b"", []
        for start in range(0, len(entries), size):
            leaf = _directory(entries[start : start + size])
            pointers.append(Entry(entries[start].tile, len(leaves), len(leaf), 0))
            leaves += leaf
        root, size = _directory(pointers), size * 2
    return root, leaves


def _directory(entries: list[Entry]) -> bytes:
    """A directory column by column (section 4.2), packed."""
    numbers: List[int] = [len(entries)]
    numbers += [one.tile - before for one, before in zip(entries, [0, *(entry.tile for entry in entries)])]
    numbers += [one.run for one in entries]
    numbers += [one.length for one in entries]
    end = -1
    for one in entries:
        # 0 says: right behind the one before.
        numbers.append(0 if one.offset == end else one.offset + 1)
        end = one.offset + one.length
    return packed(b"".join(map(varint, numbers)))


def contents(path: Path, zoom: int) -> Iterator[bytes]:
    """The tiles of a zoom in a finished file; WriteError where its directories do not lead through all of it."""
    try:
        with path.open("rb") as file:
            _, _, root, root_length, _, _, leaf, _, data, length, addressed, *_ = _HEADER.unpack(
                file.read(_HEADER.size)
            )
            found: list[Entry] = []
            waiting = [(root, root_length)]
            while waiting:
                start, size = waiting.pop()
                file.seek(start)
                for entry in _entries(file.read(size)):
                    if entry.run:
                        found.append(entry)
                    else:
                        waiting.append((leaf + entry.offset, entry.length))
            end = max((entry.offset + entry.length for entry in found), default=0)
            if sum(entry.run for entry in found) != addressed or end != length or data + end != file.seek(0, 2):
                raise WriteError("not_proven", "PMTiles came out without some of its tiles.")
            for entry in found:
                if entry.tile >= tile_id(zoom, 0, 0):
                    file.seek(data + entry.offset)
                    yield file.read(entry.length)
    except (OSError, struct.error, zlib.error, IndexError, StopIteration) as error:
        raise WriteError("not_proven", "PMTiles does not open again.") from error


def _entries(data: bytes) -> list[Entry]:
    values = iter(_numbers(zlib.decompress(data, 31)))
    count = next(values)
    tiles, runs, lengths, offsets = ([next(values) for _ in range(count)] for _ in range(4))
    entries: list[Entry] = []
    number = 0
    for step, run, length, offset in zip(tiles, runs, lengths, offsets):
        number += step
        place = offset - 1 if offset else entries[-1].offset + entries[-1].length
        entries.append(Entry(number, place, length, run))
    return entries


def _numbers(data: bytes) -> list[int]:
    values, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            values.append(value)
            value = shift = 0
    return values
