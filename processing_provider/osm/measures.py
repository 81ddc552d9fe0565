"""How large areas in lon/lat are on the ground."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Sequence

import numpy as np
from osgeo import ogr

from ..geo.geometry import ENVELOPE, bounds
from .ragged import Floats, Whole, before, behind, starts_of

_EARTH_A = 6378137.0
_EARTH_E2 = 0.00669437999014
# The longest degree of a meridian or a parallel, in metres.
_DEGREE = 111_700.0


def square_metres(geometry: ogr.Geometry) -> float:
    """The area in m2 of a small lon/lat polygon, by the radii of WGS 84's curvature at its middle."""
    _, _, south, north = geometry.GetEnvelope()
    sine = math.sin(math.radians((south + north) / 2))
    root = 1 - _EARTH_E2 * sine * sine
    meridian = _EARTH_A * (1 - _EARTH_E2) / root**1.5
    parallel = _EARTH_A / math.sqrt(root) * math.sqrt(1 - sine * sine)
    return float(geometry.GetArea()) * math.radians(1) ** 2 * meridian * parallel


def square_metres_of(points: Floats, count: Whole) -> Floats:
    """The same of many rings: ring `r` has `count[r]` of the `points` (n, 2), the first one not again."""
    start = starts_of(count)
    x, y = points.T
    south, north = np.minimum.reduceat(y, start), np.maximum.reduceat(y, start)
    sine = np.sin(np.radians((south + north) / 2))
    root = 1 - _EARTH_E2 * sine * sine
    meridian = _EARTH_A * (1 - _EARTH_E2) / root**1.5
    parallel = _EARTH_A / np.sqrt(root) * np.sqrt(1 - sine * sine)
    # From a corner of each: numbers keep more digits so.
    wide, high = x - np.repeat(x[start], count), y - np.repeat(south, count)
    twice = np.add.reduceat(wide * (behind(high, count) - before(high, count)), start)
    result: Floats = np.abs(twice) / 2 * math.radians(1) ** 2 * meridian * parallel
    return result


def box_metres(blob: bytes) -> float:
    """The area in m2 of the box round a lon/lat blob: what lies in it has no more."""
    west, east, south, north = bounds(blob)
    # A degree has 111,700 m at most, and is the longer on a parallel the nearer that is to the equator.
    near = 0.0 if south < 0 < north else min(abs(south), abs(north))
    return (east - west) * (north - south) * _DEGREE**2 * math.cos(math.radians(near))


def boxes_metres(blobs: Sequence[bytes | None]) -> list[float]:
    """The same of many blobs; nothing of those that are none."""
    is_boxed = [bool(blob) and blob[3] & 14 != 0 for blob in blobs]  # type: ignore[index]
    box = np.frombuffer(b"".join([blob[ENVELOPE] for blob, is_so in zip(blobs, is_boxed) if blob and is_so]), "<f8")
    west, east, south, north = box.reshape(-1, 4).T
    near = np.where((south < 0) & (north > 0), 0.0, np.minimum(np.abs(south), np.abs(north)))
    found = ((east - west) * (north - south) * _DEGREE**2 * np.cos(np.radians(near))).tolist()
    if len(found) == len(blobs):
        return found  # type: ignore[no-any-return]
    left = iter(found)
    return [next(left) if is_so else box_metres(blob) if blob else 0.0 for blob, is_so in zip(blobs, is_boxed)]
