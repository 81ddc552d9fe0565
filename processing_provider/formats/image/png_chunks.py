"""PNG (ISO/IEC 15948) of 16 bits of grey, which Qt 5.12 has no image for, and of layers: chunks, texts, rows.

No row is filtered: what is level, or transparent, packs as well without, and in half of Qt's time.
"""

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
_GREY, _RGBA = 0, 6
_LEVEL = 6
_ROWS = 256


def grey16(values: npt.NDArray[np.uint16], texts: Mapping[str, str], feedback: Feedback) -> bytes:
    """An image of `values` (rows, columns) with texts; raises Cancelled where asked to stop."""
    rows, columns = values.shape
    packer, data = zlib.compressobj(_LEVEL), []
    for top in range(0, rows, _ROWS):
        feedback.progress(100 * top / rows)
        band = values[top : top + _ROWS]
        data.append(packer.compress(_lines(band.astype(">u2").view(np.uint8).reshape(len(band), -1))))
    data.append(packer.flush())
    return _image((columns, rows), (16, _GREY), texts, b"", b"".join(data))


def rgba(pixels: npt.NDArray[np.uint8], dpi: int, texts: Mapping[str, str]) -> bytes:
    """An image of `pixels` (rows, columns, 4), sRGB and alpha that is not premultiplied, with resolution and texts."""
    rows, columns = pixels.shape[:2]
    dots = round(dpi / 0.0254)
    more = _chunk(b"sRGB", b"\0") + _chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1))
    data = zlib.compress(_lines(np.ascontiguousarray(pixels).reshape(rows, -1)), _LEVEL)
    return _image((columns, rows), (8, _RGBA), texts, more, data)


def _lines(rows: npt.NDArray[np.uint8]) -> bytes:
    """Each row behind its filter, which is none."""
    lines = np.zeros((rows.shape[0], 1 + rows.shape[1]), np.uint8)
    lines[:, 1:] = rows
    return lines.tobytes()


def _image(size: tuple[int, int], kind: tuple[int, int], texts: Mapping[str, str], more: bytes, data: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(_HEADER, *size, *kind, 0, 0, 0)) + more
    said = b"".join(_chunk(*_text(key, text)) for key, text in texts.items())
    return _SIGNATURE + head + said + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


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
