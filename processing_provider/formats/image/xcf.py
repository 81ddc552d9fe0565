"""GIMP: a layer for each of the map's, in groups; resolution, notice and profile as GIMP keeps them.

Facts: GIMP's devel-docs/xcf.txt, version 3 (layer groups): properties, hierarchies of one level, tiles of 64 x 64
pixels whose four channels are packed one by one. The top layer comes first.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt
from qgis.PyQt.QtGui import QColorSpace

from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...text.phrases import one_line
from ...text.sentence import say
from ..contract import Job, Written
from .packbits import XCF, packed
from .stack import painted

_LABEL = "XCF"
_MOST = 262_144
_TILE = 64
_END, _OPACITY, _MODE, _VISIBLE, _OFFSETS, _COMPRESSION, _RESOLUTION = 0, 6, 7, 8, 15, 17, 19
_PARASITES, _GROUP, _PATH, _GROUP_FLAGS = 21, 29, 30, 31
_RGB, _RGBA, _RLE, _PERSISTENT, _EXPANDED = 0, 1, 1, 1, 1
# ImageMagick reads a tile's worth beyond the end.
_PADDING = bytes(4 * _TILE * _TILE * 2)
_NOTHING = np.zeros((1, 1, 4), np.uint8)


class _Row(NamedTuple):
    """A layer or a group, and where its record stands in the file."""

    name: str
    group: str
    place: int


def write(view: Picture, path: Path, job: Job) -> Written:
    """Paint the layers at the job's DPI one by one; pixels first, then the records that point to them, from the top."""
    (width, height), layers = painted(view, job, _MOST, _LABEL)
    head = b"gimp xcf v003\0" + struct.pack(">III", width, height, _RGB) + _image_properties(job)
    with path.open("wb") as file:
        file.write(head)
        # The table of layers comes next: its length is known at last, so that pixels stand behind a jump over it.
        found: list[tuple[str, str, int, int, int, int, int]] = []
        table = file.tell()
        file.write(bytes(4 * _rows_at_most(view)))
        empty = _hierarchy(file, _NOTHING)
        for layer in layers:
            rows, columns = layer.pixels.shape[:2]
            place = _hierarchy(file, layer.pixels)
            found.append((layer.name, layer.group, layer.left, layer.top, columns, rows, place))
        places, group, number, inside = [], "", -1, 0
        for name, of, left, top, columns, rows, place in reversed(found):
            if of != group or not of:
                number, inside, group = number + 1, 0, of
                if of:
                    places.append(file.tell())
                    file.write(_layer(of, (0, 0, 1, 1), empty, _group_properties(number)))
            more = _property(_PATH, struct.pack(">II", number, inside)) if of else b""
            inside += 1
            places.append(file.tell())
            file.write(_layer(name, (left, top, columns, rows), place, more))
        file.write(_PADDING)
        file.seek(table)
        # Two zeros: no more layers, no channels.
        file.write(struct.pack(f">{len(places) + 2}I", *places, 0, 0))
    return Written(dict(view.objects))


def _rows_at_most(view: Picture) -> int:
    """Entries of the table: each layer may have names too, and the sheet and its groups come along."""
    return 2 * len(view.layers) + 32


def _property(kind: int, body: bytes = b"") -> bytes:
    return struct.pack(">II", kind, len(body)) + body


def _string(text: str) -> bytes:
    data = text.encode()
    return struct.pack(">I", len(data) + 1) + data + b"\0"


def _image_properties(job: Job) -> bytes:
    """Packing, resolution, and what GIMP keeps of a picture by name: comment and profile."""
    profile = bytes(QColorSpace(QColorSpace.NamedColorSpace.SRgb).iccProfile())
    comment = f"{one_line(job.title)}\n{one_line(job.credit)}".encode() + b"\0"
    kept = b""
    for name, body in (("gimp-comment", comment), ("icc-profile", profile)):
        kept += _string(name) + struct.pack(">II", _PERSISTENT, len(body)) + body
    resolution = struct.pack(">ff", job.dpi, job.dpi)
    return (
        _property(_COMPRESSION, bytes([_RLE])) + _property(_RESOLUTION, resolution) + _property(_PARASITES, kept)
        + _property(_END)
    )  # fmt: skip


def _group_properties(number: int) -> bytes:
    return (
        _property(_GROUP) + _property(_PATH, struct.pack(">I", number))
        + _property(_GROUP_FLAGS, struct.pack(">I", _EXPANDED))
    )  # fmt: skip


def _layer(name: str, box: tuple[int, int, int, int], hierarchy: int, more: bytes) -> bytes:
    left, top, width, height = box
    return (
        struct.pack(">III", width, height, _RGBA) + _string(name)
        + _property(_OPACITY, struct.pack(">I", 255)) + _property(_MODE, struct.pack(">I", 0))
        + _property(_VISIBLE, struct.pack(">I", 1)) + _property(_OFFSETS, struct.pack(">ii", left, top))
        + more + _property(_END) + struct.pack(">II", hierarchy, 0)
    )  # fmt: skip


def _hierarchy(file: BinaryIO, pixels: npt.NDArray[np.uint8]) -> int:
    """Write pixels as tiles, what points to them, and give where that stands."""
    height, width = pixels.shape[:2]
    planes, lengths = [], []
    for top in range(0, height, _TILE):
        for left in range(0, width, _TILE):
            tile = pixels[top : top + _TILE, left : left + _TILE]
            planes.append(tile.transpose(2, 0, 1).reshape(-1))
            lengths += [tile.shape[0] * tile.shape[1]] * 4
    starts = np.cumsum([0, *lengths[:-1]])
    data, sizes = packed(np.concatenate(planes), starts, XCF)
    begin = file.tell()
    file.write(data.tobytes())
    tiles = begin + np.cumsum([0, *sizes.reshape(-1, 4).sum(axis=1)[:-1]])
    level = file.tell()
    file.write(struct.pack(">II", width, height) + tiles.astype(">u4").tobytes() + struct.pack(">I", 0))
    place = file.tell()
    file.write(struct.pack(">IIIII", width, height, 4, level, 0))
    return place


def prove(path: Path, view: Picture, written: Written) -> None:
    """Follow its table to every layer, and each of them to its last tile."""
    data = path.read_bytes()
    try:
        at, _ = _after_properties(data, 14 + 12)
        places: list[int] = []
        while place := struct.unpack_from(">I", data, at + 4 * len(places))[0]:
            places.append(place)
        pixels = [_pixels(data, place) for place in places]
    except struct.error as error:
        raise WriteError("not_proven", say("{0} does not open again.", _LABEL)) from error
    # Paper, ground and something on it.
    if len(pixels) < 3 or max(pixels) > len(data) - len(_PADDING):
        raise WriteError("not_proven", say("{0} does not open again.", _LABEL))


def _after_properties(data: bytes, at: int) -> tuple[int, int]:
    """Where the properties end, and how many there are."""
    count = 0
    while True:
        kind, size = struct.unpack_from(">II", data, at)
        at, count = at + 8 + size, count + 1
        if kind == _END:
            return at, count


def _pixels(data: bytes, place: int) -> int:
    """Where the last tile of a layer begins."""
    (size,) = struct.unpack_from(">I", data, place + 12)
    at, _ = _after_properties(data, place + 16 + size)
    (hierarchy,) = struct.unpack_from(">I", data, at)
    (level,) = struct.unpack_from(">I", data, hierarchy + 12)
    width, height = struct.unpack_from(">II", data, level)
    tiles = -(-width // _TILE) * -(-height // _TILE)
    last: int = struct.unpack_from(f">{tiles}I", data, level + 8)[-1]
    return last
