"""What can be written here, and which places the sources hold: found out once, at the start, for the web process."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

from ...processing_provider.errors import RequestError
from ...processing_provider.formats.registry import listing
from ...processing_provider.osm.sources import SAMPLE, find_sample, is_overpass
from .coverage import box_of


def probe(sources: list[str]) -> dict[str, Any]:
    """`formats` as registry.listing(), `sources` in the order in which they are tried."""
    return {"formats": listing(), "sources": [_source(word) for word in sources]}


def _source(word: str) -> dict[str, Any]:
    """`name`, `path` for the algorithm, `box` (west, south, east, north; None for everywhere), whether a `file`."""
    if is_overpass(word):
        return {"name": word, "path": word, "box": None, "file": False}
    try:
        path = find_sample() if word == SAMPLE else Path(word)
        box = box_of(path)
    except (RequestError, OSError) as error:
        return {"name": word, "path": "", "box": None, "file": True, "fault": str(error)}
    if box is None and path.suffix == ".pbf":
        return {"name": word, "path": "", "box": None, "file": True, "fault": f"{path.name} is no OSM extract."}
    return {"name": word, "path": str(path), "box": box, "file": True}
