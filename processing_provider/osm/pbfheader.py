"""The date in the header of a PBF extract, which GDAL does not hand over (OSM wiki, PBF Format, OSMHeader)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zlib
from datetime import datetime, timezone
from pathlib import Path
from typing import Iterator

_MOST = 64 * 1024
_RAW, _ZLIB = 1, 3
_REPLICATION_TIMESTAMP = 32


def replication_date(path: Path) -> str:
    """When the extract's data were current (ISO 8601, UTC); empty where its header does not say."""
    try:
        with path.open("rb") as file:
            size = int.from_bytes(file.read(4), "big")
            if not 0 < size < _MOST:
                return ""
            header = dict(_fields(file.read(size)))
            blob = dict(_fields(file.read(min(int(header.get(3, 0)), 32 * _MOST))))
        if header.get(1) != b"OSMHeader":
            return ""
        body = blob[_RAW] if _RAW in blob else blob[_ZLIB]
        if not isinstance(body, bytes):
            return ""
        block = body if _RAW in blob else zlib.decompress(body)
        seconds = dict(_fields(block)).get(_REPLICATION_TIMESTAMP)
        if not isinstance(seconds, int):
            return ""
        return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OSError, KeyError, ValueError, IndexError, TypeError, OverflowError, zlib.error):
        return ""


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Number and value of each field of a protocol buffer (varints and byte strings; others are passed over)."""
    place = 0

    def varint() -> int:
        nonlocal place
        value = shift = 0
        while True:
            byte = data[place]
            place += 1
            value |= (byte & 0x7F) << shift
            if not byte & 0x80:
                return value
            shift += 7

    while place < len(data):
        key = varint()
        number, kind = key >> 3, key & 7
        if kind == 0:
            yield number, varint()
        elif kind == 2:
            size = varint()
            yield number, data[place : place + size]
            place += size
        else:
            place += {1: 8, 5: 4}[kind]
