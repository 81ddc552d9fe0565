"""Ways split into edges where they meet.

GDAL's OSM driver hands over the places of a way's nodes and not their numbers. Two nodes hardly ever lie at one place
to a hundred-millionth of a degree, so ways are joined where they share such a place, at a node of each; where one
merely crosses the other, as a bridge does, they stay apart.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..geo.geometry import wkb_of
from .measure import steps
from .model import Flags, Floats, Integers

# OpenStreetMap's own unit, of which a degree has so many.
_UNITS = 10_000_000
_CORNER = np.array([-180.0, -90.0])
_LATITUDES = 360 * _UNITS + 1
# A line's WKB begins with 1 byte of order, 4 of type and 4 of the number of points.
_WKB_HEAD, _POINT = 9, 16


@dataclass(frozen=True, eq=False)
class Pieces:
    """Edges by the numbers of their ways and the ids of their ends; points as in model.Edges."""

    ways: Integers
    sources: Integers
    targets: Integers
    lengths: Floats
    starts: Integers
    lonlat: Floats

    def only(self, kept: Flags) -> Pieces:
        """Some of them."""
        rows, starts = runs(self.starts[:-1][kept], self.starts[1:][kept])
        return replace(
            self, ways=self.ways[kept], sources=self.sources[kept], targets=self.targets[kept],
            lengths=self.lengths[kept], starts=starts, lonlat=self.lonlat[rows],
        )  # fmt: skip


def ids_of(lonlat: Floats) -> Integers:
    """A number for each place, the same for the same place."""
    east, north = np.rint((lonlat - _CORNER) * _UNITS).astype("i8").T
    result: Integers = north * _LATITUDES + east
    return result


def split(blobs: list[bytes]) -> Pieces:
    """Lines (GeoPackage blobs in lon/lat) split at their ends and wherever a place comes more than once."""
    bodies = [wkb_of(blob)[_WKB_HEAD:] for blob in blobs]
    lonlat = np.frombuffer(b"".join(bodies), "<f8").reshape(-1, 2)
    line = np.repeat(np.arange(len(bodies)), [len(body) // _POINT for body in bodies])
    ids = ids_of(lonlat)
    # A node listed twice running is one.
    fresh = np.ones(len(ids), bool)
    fresh[1:] = (ids[1:] != ids[:-1]) | (line[1:] != line[:-1])
    lonlat, line, ids = lonlat[fresh], line[fresh], ids[fresh]
    _, which, often = np.unique(ids, return_inverse=True, return_counts=True)
    border = line[1:] != line[:-1]
    ends = np.concatenate([[True], border]) | np.concatenate([border, [True]])
    at = np.flatnonzero(ends | (often[which.ravel()] > 1)) if len(ids) else np.empty(0, "i8")
    same = line[at[1:]] == line[at[:-1]]
    first, last = at[:-1][same], at[1:][same]
    way = np.concatenate([[0.0], np.cumsum(np.where(border, 0.0, steps(lonlat)))]) if len(ids) else np.empty(0)
    rows, starts = runs(first, last + 1)
    return Pieces(line[first], ids[first], ids[last], way[last] - way[first], starts, lonlat[rows])


def runs(first: Integers, beyond: Integers) -> tuple[Integers, Integers]:
    """The rows of several runs, one behind the other, and where each run begins among them."""
    starts = np.concatenate([[0], np.cumsum(beyond - first)])
    rows = np.arange(starts[-1]) + np.repeat(first - starts[:-1], beyond - first)
    return rows, starts
