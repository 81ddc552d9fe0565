"""The date of the data of an OSM file, from its first bytes.

PBF: https://wiki.openstreetmap.org/wiki/PBF_Format, osmosis_replication_timestamp of the OSMHeader blob. XML: the
`osm_base` that Overpass writes, or the `timestamp` of the `osm` element.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import zlib
from datetime import datetime, timezone
from pathlib import Path
from typing import BinaryIO

from .packed import opened
from .pbf import blobs, fields

_HEAD = 8192
_REPLICATION_TIMESTAMP = 32
_BASES = (
    re.compile(r"<meta\b[^>]*?\bosm_base\s*=\s*[\"']([^\"']+)"),
    re.compile(r"<osm\b[^>]*?\b(?:osm_base|timestamp)\s*=\s*[\"']([^\"']+)"),
)


def data_date(path: Path) -> str:
    """The date in ISO 8601, empty where the file does not tell it or is none."""
    try:
        if path.suffix.lower() == ".pbf":
            with path.open("rb") as file:
                return _pbf_date(file)
        with opened(path) as file:
            head = file.read(_HEAD).decode("utf-8", errors="replace")
    except (OSError, EOFError, ValueError, IndexError, OverflowError, zlib.error):
        return ""
    return next((found[1] for base in _BASES if (found := base.search(head))), "")


def _pbf_date(file: BinaryIO) -> str:
    blob = next(blobs(file), None)
    if blob is None or blob.kind != b"OSMHeader":
        return ""
    seconds = dict(fields(blob.read(file))).get(_REPLICATION_TIMESTAMP)
    if not isinstance(seconds, int) or not seconds:
        return ""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
