"""The box that an OpenStreetMap extract covers: what its header says, or else where its nodes lie."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ...processing_provider.osm import pbf

Box = tuple[float, float, float, float]
Array = np.ndarray[Any, np.dtype[np.float64]]


def box_of(path: Path) -> Box | None:
    """West, south, east, north in degrees; None where the file tells nothing (not PBF, or empty)."""
    try:
        with path.open("rb") as file:
            found = list(pbf.blobs(file))
            for blob in found:
                if blob.kind == b"OSMHeader":
                    box = _header_box(blob.read(file))
                    if box:
                        return box
            boxes = [box for blob in found if blob.kind == b"OSMData" and (box := _node_box(blob.read(file)))]
    except (ValueError, IndexError):
        return None
    if not boxes:
        return None
    west, south, east, north = zip(*boxes)
    return min(west), min(south), max(east), max(north)


def _header_box(block: bytes) -> Box | None:
    """HeaderBlock.bbox (1): left, right, top, bottom as sint64 nanodegrees."""
    inner = dict(pbf.fields(block)).get(1)
    if not isinstance(inner, bytes):
        return None
    sides = dict(pbf.fields(inner))
    left, right, top, bottom = (_signed(sides.get(number, 0)) / 1e9 for number in (1, 2, 3, 4))
    return (left, bottom, right, top) if left < right and bottom < top else None


def node_places(block: bytes) -> tuple[Array, Array]:
    """Longitudes and latitudes of the dense nodes of a PrimitiveBlock, in degrees."""
    plain = dict(pbf.fields(block))
    granularity = plain.get(17, 100)
    lons, lats = [np.empty(0)], [np.empty(0)]
    for number, group in pbf.fields(block):
        for inner, dense in pbf.fields(group) if number == 2 and isinstance(group, bytes) else ():
            if inner == 2 and isinstance(dense, bytes):
                parts = dict(pbf.fields(dense))
                lats.append(_degrees(parts.get(8), granularity, plain.get(19, 0)))
                lons.append(_degrees(parts.get(9), granularity, plain.get(20, 0)))
    return np.concatenate(lons), np.concatenate(lats)


def _node_box(block: bytes) -> Box | None:
    x, y = node_places(block)
    return (float(x.min()), float(y.min()), float(x.max()), float(y.max())) if len(x) else None


def _degrees(packed: Any, granularity: Any, offset: Any) -> Array:
    """Packed steps in units of `granularity` nanodegrees, from `offset` (int64) on."""
    signed = offset - (1 << 64) if offset >> 63 else offset
    degrees: Array = (signed + granularity * pbf.deltas(packed or b"")) * 1e-9
    return degrees


def _signed(value: Any) -> int:
    """Of a sint64: the sign is its last bit."""
    return int((value >> 1) ^ -(value & 1))
