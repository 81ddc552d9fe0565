"""Mapbox Vector Tile 2.1 taken apart and put together again, no deeper than the features of its layers.

Facts: github.com/mapbox/vector-tile-spec, 2.1, and Protocol Buffers' encoding. A tile holds layers (field 3); a layer
its name (1), features (2), keys, values, extent and version; a feature its id (1), tags (2), type (3), geometry (4).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Iterator

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

POINTS, LINES, POLYGON = 1, 2, 3
# Commands of a geometry.
MOVE, LINE, CLOSE = 1, 2, 7
_LAYER, _NAME, _FEATURE, _ID, _KIND, _GEOMETRY = 3, 1, 2, 1, 3, 4
_BYTES = 2


@dataclass
class Feature:
    """A feature: the bytes of all but its geometry, and the geometry's own."""

    head: bytes
    id: int
    kind: int
    geometry: bytes


@dataclass
class Layer:
    """A layer: its name, the bytes of all but its features, and the features."""

    name: str
    head: bytes
    features: list[Feature] = field(default_factory=list)


def layers(data: bytes) -> list[Layer]:
    """The layers of a tile (not packed), in its order."""
    found = []
    for number, _, low, high in _fields(data, 0, len(data)):
        if number == _LAYER:
            found.append(_layer(data, low, high))
    return found


def names(data: bytes) -> set[str]:
    """The names of a tile's layers."""
    inside = [(low, high) for number, _, low, high in _fields(data, 0, len(data)) if number == _LAYER]
    texts = (next((a, b) for number, _, a, b in _fields(data, *span) if number == _NAME) for span in inside)
    return {data[low:high].decode("utf-8", "replace") for low, high in texts}


def tile(parts: list[Layer]) -> bytes:
    """The bytes of a tile; a layer without features is left out, as the specification asks for."""
    return b"".join(layer(part, [feature(item) for item in part.features]) for part in parts)


def layer(part: Layer, features: list[bytes]) -> bytes:
    """The bytes of a layer with these features, as feature() has them; nothing without any."""
    return entry(_LAYER, b"".join([part.head, *features])) if features else b""


def feature(item: Feature) -> bytes:
    """The bytes of a feature, as a layer has them."""
    return entry(_FEATURE, item.head + entry(_GEOMETRY, item.geometry))


def _layer(data: bytes, start: int, end: int) -> Layer:
    head, name, features = [], "", []
    for number, at, low, high in _fields(data, start, end):
        if number == _FEATURE:
            features.append(_feature(data, low, high))
        else:
            if number == _NAME:
                name = data[low:high].decode("utf-8", "replace")
            head.append(data[at:high])
    return Layer(name, b"".join(head), features)


def _feature(data: bytes, start: int, end: int) -> Feature:
    head, number_of, kind, geometry = [], 0, 0, b""
    for number, at, low, high in _fields(data, start, end):
        if number == _GEOMETRY:
            geometry = data[low:high]
            continue
        head.append(data[at:high])
        if number == _ID:
            number_of = _varint(data, low)[0]
        elif number == _KIND:
            kind = data[low]
    return Feature(b"".join(head), number_of, kind, geometry)


def _fields(data: bytes, place: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Number, where the field begins, and from where to where its content lies."""
    while place < end:
        at = place
        key, place = _varint(data, place)
        wire = key & 7
        if wire == _BYTES:
            length, place = _varint(data, place)
            high = place + length
        elif wire == 0:
            high = _varint(data, place)[1]
        else:
            high = place + (8 if wire == 1 else 4)
        yield key >> 3, at, place, high
        place = high


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = data[place]
    if value < 0x80:
        return value, place + 1
    value, shift = value & 0x7F, 7
    while True:
        place += 1
        byte = data[place]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place + 1
        shift += 7


def varint(value: int) -> bytes:
    """A number as Protocol Buffers has it."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def entry(number: int, body: bytes) -> bytes:
    """A field of bytes as Protocol Buffers has it."""
    return varint(number << 3 | _BYTES) + varint(len(body)) + body


def numbers(data: bytes) -> npt.NDArray[np.int64]:
    """All numbers of a packed field."""
    array = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(array < 0x80)
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    lengths = ends - starts + 1
    values = np.zeros(len(ends), np.int64)
    padded = np.concatenate((array, np.zeros(10, np.uint8))).astype(np.int64)
    for part in range(int(lengths.max()) if len(lengths) else 0):
        values |= np.where(part < lengths, padded[starts + part] & 0x7F, 0) << (7 * part)
    return values


def count(data: bytes) -> int:
    """How many numbers a packed field has."""
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) < 0x80))


def unfolded(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Steps from their zigzag numbers."""
    return (values >> 1) ^ -(values & 1)
