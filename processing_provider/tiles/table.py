"""A table of map data as arrays, once for all zooms of its detail level."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np

from ..geo.geometry import wkb_start
from ..osm import wkb
from ..osm.ragged import Flags, Floats, Whole, ragged, starts_of
from .attributes import Attributes, attributes
from .grid import HALF
from .mvt import LINES, POINTS, POLYGON

_KINDS = {"point": POINTS, "line": LINES, "polygon": POLYGON}
# What begins a polygon within another's WKB, beside the number of points: byte order, type, number of rings.
_BETWEEN = 4
# Bytes from the start of a point's WKB to its coordinates, and of these.
_POINT, _POINT_SIZE = 5, 16


@dataclass(frozen=True)
class Rows:
    """The rows of a table: `kind` is that of tiles, chains are numbered by `first` (rows + 1) as in osm.wkb.Chains.

    `points` (n, 2) count from the upper left corner of the world, a side of which is 1; rings have no point twice.
    `box` (rows, 4) is xmin, ymin, xmax, ymax in the same unit.
    """

    name: str
    kind: int
    attributes: Attributes
    first: Whole
    count: Whole
    outer: Flags
    points: Floats
    box: Floats


def made(
    name: str, geometry: str, blobs: Sequence[bytes], names: Sequence[str], columns: Sequence[Sequence[object]]
) -> Rows:
    """The rows of a table: geometries as blobs of a GeoPackage in EPSG:3857, and columns."""
    kind = _KINDS[geometry]
    said = attributes(names, columns, len(blobs))
    if kind == POINTS:
        starts = [wkb_start(blob) + _POINT for blob in blobs]
        whole = b"".join(blob[start : start + _POINT_SIZE] for blob, start in zip(blobs, starts))
        points = np.frombuffer(whole, "<f8").reshape(-1, 2)
        count = np.ones(len(blobs), np.int64)
        first, outer = np.arange(len(blobs) + 1), np.ones(len(blobs), bool)
    else:
        chains = wkb.chains(blobs)
        points, count, first = wkb.points(blobs, chains), chains.counts, chains.first
        # The first ring of a polygon lies farther behind the ring before it than a hole does.
        outer = np.ones(len(count), bool)
        outer[1:] = chains.begins[1:] - (chains.begins + 16 * count)[:-1] != _BETWEEN
        outer[first[:-1]] = True
        if kind == POLYGON:
            start = starts_of(count)
            count = np.maximum(count - 1, 0)
            points = points[ragged(start, start + count)]
        else:
            outer[:] = True
    points = np.column_stack((points[:, 0] + HALF, HALF - points[:, 1])) / (2 * HALF)
    return Rows(name, kind, said, first, count, outer, points, _boxes(points, first, count))


def _boxes(points: Floats, first: Whole, count: Whole) -> Floats:
    start = np.append(starts_of(count), len(points))[first[:-1]]
    return np.column_stack((np.minimum.reduceat(points, start), np.maximum.reduceat(points, start)))
