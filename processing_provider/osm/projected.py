"""Staged shapes in another CRS, all of a table at once: their coordinates are replaced where they stand.

What nearly every shape of a map needs is a projection and nothing else; making a geometry of each takes five times as
long.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, Callable, Sequence

import numpy as np
from osgeo import ogr, osr

from ..geo.gdal_settings import attempt
from ..geo.geometry import staged_geometry, to_blob
from .ragged import Flags, Floats, Whole, slices, starts_of
from .tables.staged import LONLAT
from .wkb import chains

# Of the blob of a point, and where its coordinates begin; where the envelope of others does.
_POINT_BYTES, _POINT_AT, _BOX_AT, _BOX_BYTES = 29, 13, 8, 32
_SRS_AT = 4
# The flags of blobs as GDAL and to_blob write them: little endian, for others than points with an envelope in 2D.
_PLAIN, _BOXED = 1, 3
# Bytes of shapes that are looked at together.
_TOGETHER = 16_000_000
_CHECK_EVERY = 2000
_LINE_HEAD = struct.Struct("<BII")


Bytes = Any


@dataclass(frozen=True)
class Projected:
    """Blobs of shapes as `to_blob` writes them, and the `box` (n, 4) of each: xmin, xmax, ymin, ymax.

    One that has no place in the CRS has an empty blob, and a box of nothing but NaN.
    """

    blobs: list[bytes]
    box: Floats


def projected(
    blobs: Sequence[bytes],
    kind: str,
    way: osr.CoordinateTransformation | None,
    srs_id: int,
    go_on: Callable[[], None] = lambda: None,
) -> Projected:
    """The shapes of one table (`kind` is its geometry) brought on their `way`, which is None where they stay.

    `go_on` is called now and then, and may raise.
    """
    made: list[bytes] = []
    boxes = [np.zeros((0, 4))]
    lengths = np.fromiter(map(len, blobs), np.int64, len(blobs))
    for some in slices(lengths, _TOGETHER):
        go_on()
        piece = _together(blobs[some], lengths[some], kind, way, srs_id)
        if piece is None:
            piece = _one_by_one(blobs[some], kind, way, srs_id, go_on)
        made += piece.blobs
        boxes.append(piece.box)
    return Projected(made, np.concatenate(boxes))


def _one_by_one(
    blobs: Sequence[bytes],
    kind: str,
    way: osr.CoordinateTransformation | None,
    srs_id: int,
    go_on: Callable[[], None],
) -> Projected:
    """What `projected` gives, of blobs of any manner, by a geometry of each."""
    made, box = [], np.full((len(blobs), 4), np.nan)
    for number, blob in enumerate(blobs):
        if number % _CHECK_EVERY == 0:
            go_on()
        geometry = staged_geometry(blob)
        if way is not None and attempt(geometry.Transform, way) != 0:
            made.append(b"")
            continue
        made.append(to_blob(geometry, kind, srs_id))
        box[number] = geometry.GetEnvelope()
    return Projected(made, box)


def _together(
    blobs: Sequence[bytes], lengths: Whole, kind: str, way: osr.CoordinateTransformation | None, srs_id: int
) -> Projected | None:
    """The same at once; None where a blob is written in another manner, or a place has none in the other CRS."""
    data: Bytes = np.frombuffer(bytearray(b"".join(blobs)), np.uint8)
    at = starts_of(lengths)
    if way is None and srs_id == LONLAT:
        return _as_they_lie(blobs, data, at, kind)
    mask, first = _places(data, at, blobs, lengths, kind)
    if mask is None:
        return None
    points: Floats | None = data[mask].view("<f8").reshape(-1, 2)
    if way is not None and points is not None:
        points = _moved(points, way)
        if points is not None:
            data[mask] = np.ascontiguousarray(points, "<f8").view(np.uint8).ravel()
    if points is None:
        return None
    box = np.empty((len(at), 4))
    box[:, 0::2] = np.minimum.reduceat(points, first)
    box[:, 1::2] = np.maximum.reduceat(points, first)
    _mark(data, at, srs_id, None if kind == "point" else box)
    whole, ends = data.tobytes(), np.cumsum(lengths).tolist()
    return Projected([whole[start:end] for start, end in zip([0, *ends], ends)], box)


def _as_they_lie(blobs: Sequence[bytes], data: Bytes, at: Whole, kind: str) -> Projected | None:
    """Those that stay what they are, with the boxes that their headers have."""
    begin, size, flags = (_POINT_AT, 16, _PLAIN) if kind == "point" else (_BOX_AT, _BOX_BYTES, _BOXED)
    if not (data[at + 3] == flags).all():
        return None
    found: Floats = data[at[:, None] + np.arange(begin, begin + size)].view("<f8")
    return Projected(list(blobs), np.repeat(found, 2, axis=1) if kind == "point" else found)


def _places(data: Bytes, at: Whole, blobs: Sequence[bytes], lengths: Whole, kind: str) -> tuple[Flags | None, Whole]:
    """Which bytes are coordinates, and which point is the first of each shape; None where a blob is another one."""
    plain = data[at + 3] == (_PLAIN if kind == "point" else _BOXED)
    if not plain.all() or (kind == "point" and (lengths != _POINT_BYTES).any()):
        return None, at
    if kind == "point":
        return np.tile(np.arange(_POINT_BYTES) >= _POINT_AT, len(at)), np.arange(len(at))
    found = chains(blobs)
    if not (np.diff(found.first) > 0).all() or not found.counts.all():
        return None, at
    begins = np.repeat(at, np.diff(found.first)) + found.begins
    # What lies before each chain, the chain itself, and so on.
    edges = np.column_stack((begins, begins + 16 * found.counts)).ravel()
    runs = np.diff(edges, prepend=0, append=len(data))
    return np.repeat(np.arange(len(runs)) % 2 == 1, runs), starts_of(found.counts)[found.first[:-1]]


def _moved(points: Floats, way: osr.CoordinateTransformation) -> Floats | None:
    """The points (n, 2) in the other CRS, by way of a line of them; None where one of them has no place there."""
    line = ogr.CreateGeometryFromWkb(_LINE_HEAD.pack(1, ogr.wkbLineString, len(points)) + points.tobytes())
    if attempt(line.Transform, way) != 0:
        return None
    moved: Floats = np.frombuffer(bytes(line.ExportToIsoWkb(ogr.wkbNDR)), "<f8", offset=_LINE_HEAD.size).reshape(-1, 2)
    return moved if np.isfinite(moved).all() else None


def _mark(data: Bytes, at: Whole, srs_id: int, box: Floats | None) -> None:
    """Write the CRS, and the envelope of those that have one, into the headers."""
    data[at[:, None] + np.arange(_SRS_AT, _SRS_AT + 4)] = np.frombuffer(struct.pack("<i", srs_id), np.uint8)
    if box is not None:
        data[at[:, None] + np.arange(_BOX_AT, _BOX_AT + _BOX_BYTES)] = box.astype("<f8").view(np.uint8)
