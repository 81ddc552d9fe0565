"""What a written file holds: unpacked again, the objects of its layers counted."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
import zlib
from typing import Iterator

_LIST = b"LIST"


def count(data: bytes) -> list[tuple[str, int, int]]:
    """Name, curves and texts of each plain layer, the top one first; ValueError where it does not add up."""
    if data[:4] != b"RIFF" or data[8:12] != b"CDRC" or struct.unpack_from("<I", data, 4)[0] + 8 != len(data):
        raise ValueError("the frame")
    packed = [body for kind, body in _chunks(data[12:]) if kind == b"cmpr"][-1]
    lengths = struct.unpack_from("<4I", packed)
    place, streams = 16, []
    for length, raw in zip(lengths[::2], lengths[1::2]):
        try:
            streams.append(zlib.decompress(packed[place + 8 : place + length]))
        except zlib.error as error:
            raise ValueError("a stream") from error
        if len(streams[-1]) != raw:
            raise ValueError("a length")
        place += length
    sizes = struct.unpack(f"<{len(streams[1]) // 4}I", streams[1])
    pages = [body for kind, body in _chunks(streams[0], sizes) if kind == b"page"]
    layers = [body for kind, body in _inside(pages[-1], sizes, (b"gobj",)) if kind == b"layr"]
    return [found for layer in layers for found in _layer(layer, sizes)]


def _layer(body: bytes, sizes: tuple[int, ...]) -> Iterator[tuple[str, int, int]]:
    """A plain layer; Guides, Desktop and Grid are none."""
    loda = next(data for kind, data in _inside(body, sizes, (b"lgob",)) if kind == b"loda")
    if struct.unpack_from("<I", loda, 16)[0]:
        return
    objects = [data for kind, data in _inside(body, sizes, (b"grp ",)) if kind == b"obj "]
    texts = sum(data[:4] == b"spnd" for data in objects)
    name = loda[struct.unpack_from("<I", loda, 24)[0] : -2].decode("utf-16le")
    yield name, len(objects) - texts, texts


def _inside(body: bytes, sizes: tuple[int, ...], through: tuple[bytes, ...]) -> Iterator[tuple[bytes, bytes]]:
    """Chunks of a list and of the lists in it that are of some kinds."""
    for kind, data in _chunks(body, sizes):
        if kind in through:
            yield from _inside(data, sizes, through)
        else:
            yield kind, data


def _chunks(data: bytes, sizes: tuple[int, ...] = ()) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of each chunk, of a list its own kind; with `sizes` a size field is a place in them."""
    place = 0
    while place < len(data):
        kind, size = struct.unpack_from("<4sI", data, place) if place + 8 <= len(data) else (b"", len(data))
        if sizes:
            size = sizes[size] if size < len(sizes) else len(data)
        body = data[place + 8 : place + 8 + size]
        if len(body) != size:
            raise ValueError("a chunk")
        yield (body[:4], body[4:]) if kind == _LIST else (kind, body)
        place += 8 + size + (size & 1)
