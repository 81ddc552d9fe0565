"""PNG (ISO/IEC 15948) of 16 bits of grey, which Qt 5.12 has no image for: chunks, texts, rows."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
import zlib
from typing import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from ...feedback import Feedback

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = ">IIBBBBB"
_GREY, _BITS = 0, 16
_ROWS = 256


def grey16(values: npt.NDArray[np.uint16], texts: Mapping[str, str], feedback: Feedback) -> bytes:
    """An image of `values` (rows, columns) of uint16 with texts; raises Cancelled where asked to stop."""
    rows, columns = values.shape
    packer = zlib.compressobj(6)
    data = []
    for top in range(0, rows, _ROWS):
        feedback.progress(100 * top / rows)
        band = values[top : top + _ROWS]
        # Each row begins with its filter: none, as heights are level and packed well without.
        lines = np.zeros((len(band), 1 + 2 * columns), np.uint8)
        lines[:, 1:] = band.astype(">u2").view(np.uint8).reshape(len(band), -1)
        data.append(packer.compress(lines.tobytes()))
    data.append(packer.flush())
    header = struct.pack(_HEADER, columns, rows, _BITS, _GREY, 0, 0, 0)
    chunks = [(b"IHDR", header), *(_text(key, text) for key, text in texts.items()), (b"IDAT", b"".join(data))]
    return _SIGNATURE + b"".join(_chunk(kind, body) for kind, body in [*chunks, (b"IEND", b"")])


def read_grey16(image: bytes, feedback: Feedback) -> npt.NDArray[np.uint16] | None:
    """The values of an image that `grey16` made; None where it is not whole."""
    header, data = b"", b""
    for kind, body in _chunks(image):
        header = body if kind == b"IHDR" else header
        data += body if kind == b"IDAT" else b""
    if len(header) != struct.calcsize(_HEADER):
        return None
    columns, rows = struct.unpack(_HEADER, header)[:2]
    feedback.check()
    try:
        lines = np.frombuffer(zlib.decompress(data), np.uint8).reshape(rows, 1 + 2 * columns)
    except (ValueError, zlib.error):
        return None
    return np.ascontiguousarray(lines[:, 1:]).view(">u2").astype(np.uint16)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _chunks(image: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each chunk that is as it was written."""
    at = len(_SIGNATURE)
    while at + 12 <= len(image):
        (size,) = struct.unpack_from(">I", image, at)
        kind, body = image[at + 4 : at + 8], image[at + 8 : at + 8 + size]
        if image[at + 8 + size : at + 12 + size] != struct.pack(">I", zlib.crc32(kind + body)):
            return
        yield kind, body
        at += 12 + size


def _text(key: str, text: str) -> tuple[bytes, bytes]:
    """Latin-1 where that is enough, else UTF-8, which fewer programs read."""
    try:
        return b"tEXt", key.encode("ascii") + b"\0" + text.encode("latin-1")
    except UnicodeEncodeError:
        return b"iTXt", key.encode("ascii") + b"\0\0\0\0\0" + text.encode("utf-8")
