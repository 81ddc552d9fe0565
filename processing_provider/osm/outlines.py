"""What ways enclose, and two drawings of one area known as one."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from typing import Mapping, Sequence

from osgeo import ogr

from ..geo.geometry import bounds, ring_from_blob, staged_geometry
from .tables.language import Pair
from .tables.layers import COMMON
from .tables.staged import Box, Rows

_KIND = [name for name, _ in COMMON].index("kind")
# Where the blob of a line, which has an envelope, says how many points it has.
_COUNT = slice(45, 49)
_BOX = struct.Struct("<4d")


def area_of(box: Box | None, blob: bytes) -> ogr.Geometry | None:
    """The area that a way encloses; one that is open is closed only where it reaches over the edge of `box`."""
    geometry = ring_from_blob(blob)
    if geometry is None:
        return None
    ring = geometry.GetGeometryRef(0)
    last = ring.GetPointCount() - 1
    if last >= 3 and ring.GetPoint_2D(0) == ring.GetPoint_2D(last):
        return geometry
    west, east, south, north = geometry.GetEnvelope()
    if last < 2 or box is None or (west >= box[0] and south >= box[1] and east <= box[2] and north <= box[3]):
        return None
    geometry.CloseRings()
    return geometry


def outline(polygon: ogr.Geometry, values: Sequence[object]) -> tuple[object, ...]:
    """What two drawings of one area have in common: bounds and number of corners of the outer ring.

    A part of a building is another thing than the building that it is all of.
    """
    return (*polygon.GetEnvelope(), polygon.GetGeometryRef(0).GetPointCount(), values[_KIND] == "part")


def ring_outline(blob: bytes, values: Sequence[object]) -> tuple[object, ...]:
    """The same of the area that the blob of a line encloses (see area_of), without reading the geometry."""
    corners = int.from_bytes(blob[_COUNT], "little") + (blob[_COUNT.stop : _COUNT.stop + 16] != blob[-16:])
    return (*bounds(blob), corners, values[_KIND] == "part")


def outlines(rows: Rows) -> dict[tuple[object, ...], list[int]]:
    """The outer rings of the relations read so far, and the rows that have each; the last one counts.

    A relation without tags of its own has those of its outer way (the old style of multipolygons), and some have
    both: the way must not be drawn a second time, over the courtyards that the relation has.
    """
    result: dict[tuple[object, ...], list[int]] = {}
    for row, (blob, values) in enumerate(zip(rows.blobs, rows.values)):
        geometry = staged_geometry(blob)
        for index in range(geometry.GetGeometryCount()):
            part = geometry.GetGeometryRef(index)
            if part.GetGeometryName() == "POLYGON":
                result.setdefault(outline(part, values), []).append(row)
    return result


def boxes_of(twins: Mapping[tuple[object, ...], object]) -> frozenset[bytes]:
    """The bounds of outlines as blobs have them: most rings have none of these, which is soon seen."""
    return frozenset(_BOX.pack(*key[:4]) for key in twins)


def take_name(rows: Rows, row: int, values: Sequence[object], pair: Pair | None) -> None:
    """Give a relation the names of its outer way where it has none."""
    names = [name for name, _ in rows.table.columns]
    place = names.index("name")
    if rows.values[row][place] is None and values[place] is not None:
        mended = list(rows.values[row])
        mended[place] = values[place]
        rows.values[row] = tuple(mended)
        if pair is not None:
            rows.names[row] = pair
