"""The date of the data of an OSM file, from its first bytes.

PBF: https://wiki.openstreetmap.org/wiki/PBF_Format, osmosis_replication_timestamp of the OSMHeader blob. XML: the
`osm_base` that Overpass writes, or the `timestamp` of the `osm` element.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import bz2
import gzip
import re
import zlib
from datetime import datetime, timezone
from pathlib import Path
from typing import BinaryIO, Iterator, Union, cast

_HEAD = 8192
# The format's own limits for the header of a blob and for a blob.
_MAX_BLOB_HEADER, _MAX_BLOB = 64 * 1024, 32 * 1024 * 1024
_REPLICATION_TIMESTAMP = 32
_BASES = (
    re.compile(r"<meta\b[^>]*?\bosm_base\s*=\s*[\"']([^\"']+)"),
    re.compile(r"<osm\b[^>]*?\b(?:osm_base|timestamp)\s*=\s*[\"']([^\"']+)"),
)


def data_date(path: Path) -> str:
    """The date in ISO 8601, empty where the file does not tell it or is none."""
    name = path.name.lower()
    try:
        if name.endswith(".pbf"):
            with path.open("rb") as file:
                return _pbf_date(file)
        opener = gzip.open if name.endswith(".gz") else bz2.open if name.endswith(".bz2") else open
        with cast(BinaryIO, opener(path, "rb")) as file:
            head = file.read(_HEAD).decode("utf-8", errors="replace")
    except (OSError, EOFError, ValueError, IndexError, OverflowError, zlib.error):
        return ""
    return next((found[1] for base in _BASES if (found := base.search(head))), "")


def _pbf_date(file: BinaryIO) -> str:
    size = int.from_bytes(file.read(4), "big")
    if not 0 < size <= _MAX_BLOB_HEADER:
        return ""
    header = dict(_fields(file.read(size)))
    length = header.get(3)
    if header.get(1) != b"OSMHeader" or not isinstance(length, int) or length > _MAX_BLOB:
        return ""
    blob = dict(_fields(file.read(length)))
    packed, block = blob.get(3), blob.get(1)
    if isinstance(packed, bytes):
        block = zlib.decompressobj().decompress(packed, _MAX_BLOB)
    seconds = dict(_fields(block)).get(_REPLICATION_TIMESTAMP) if isinstance(block, bytes) else None
    if not isinstance(seconds, int) or not seconds:
        return ""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fields(data: bytes) -> Iterator[tuple[int, Union[int, bytes]]]:
    """The fields of a protocol buffer's message: number and value; ValueError or IndexError where it is none."""
    place = 0

    def varint() -> int:
        nonlocal place
        value = shift = 0
        while True:
            byte = data[place]
            place += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while place < len(data):
        key = varint()
        kind = key & 7
        if kind == 0:
            yield key >> 3, varint()
            continue
        if kind not in (1, 2, 5):
            raise ValueError(f"wire type {kind}")
        size = varint() if kind == 2 else 8 if kind == 1 else 4
        yield key >> 3, data[place : place + size]
        place += size
