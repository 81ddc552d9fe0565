"""Geometry between GeoPackage blobs and OGR: promotion, repair, and what a clip leaves over.

GeoPackage 1.3, section 2.1.3: a blob is `GP`, version, flags, srs_id, an optional envelope
(minx, maxx, miny, maxy as doubles) and ISO WKB.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct

from osgeo import ogr

from .gdal_settings import attempt

# The flag of an empty geometry in a blob.
EMPTY = 0x10
# Where in a blob its envelope stands, the one of two dimensions or that part of another.
ENVELOPE = slice(8, 40)
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_MULTI = {"line": ogr.wkbMultiLineString, "polygon": ogr.wkbMultiPolygon}
_HEADS = {kind: struct.pack("<BII", 1, code, 1) for kind, code in _MULTI.items()}
# The head of a polygon with one ring.
_RING = struct.pack("<BII", 1, ogr.wkbPolygon, 1)
# The head of a line, and the flags of a blob that has the lowest byte first and an envelope of two dimensions.
_LINE, _PLAIN = struct.pack("<BI", 1, ogr.wkbLineString), 3
_BOX = struct.Struct("<4d")
_POINT = struct.Struct("<2d")
_DIMENSION = {"point": 0, "line": 1, "polygon": 2}


def wkb_of(blob: bytes) -> bytes:
    """The WKB inside a GeoPackage blob."""
    return blob[wkb_start(blob) :]


def wkb_start(blob: bytes) -> int:
    """Where in a GeoPackage blob its WKB begins."""
    return 8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7]


def from_blob(blob: bytes) -> ogr.Geometry | None:
    """The geometry of a GeoPackage blob, None where it cannot be read."""
    return attempt(ogr.CreateGeometryFromWkb, wkb_of(blob))


def staged_geometry(blob: bytes) -> ogr.Geometry:
    """The geometry of a blob that was read or made before, and so can be read again."""
    return ogr.CreateGeometryFromWkb(wkb_of(blob))


def ring_from_blob(blob: bytes) -> ogr.Geometry | None:
    """The polygon that a closed way encloses: its WKB with the head of a polygon of one ring (OGC 06-103r4, 8.2)."""
    return attempt(ogr.CreateGeometryFromWkb, _RING + wkb_of(blob)[5:])


def to_blob(geometry: ogr.Geometry, kind: str, srs_id: int) -> bytes:
    """A GeoPackage blob of `geometry`, promoted to the table's kind, with its envelope."""
    if kind == "point":
        return struct.pack("<2sBBi", b"GP", 0, 1, srs_id) + bytes(geometry.ExportToIsoWkb(ogr.wkbNDR))
    return struct.pack("<2sBBi4d", b"GP", 0, 3, srs_id, *geometry.GetEnvelope()) + bytes(
        promoted(geometry, kind).ExportToIsoWkb(ogr.wkbNDR)
    )


def promoted(geometry: ogr.Geometry, kind: str) -> ogr.Geometry:
    """The geometry as a multi-geometry of its kind."""
    if geometry.GetGeometryType() == _MULTI[kind]:
        return geometry
    result = ogr.Geometry(_MULTI[kind])
    result.AddGeometry(geometry)
    return result


def bounds(blob: bytes) -> tuple[float, float, float, float]:
    """xmin, xmax, ymin, ymax of a blob that has an envelope, or is a point."""
    if blob[3] & 14:
        return _BOX.unpack_from(blob, 8)  # type: ignore[return-value]
    x, y = _POINT.unpack_from(blob, 13)
    return x, x, y, y


def as_multi(blob: bytes, kind: str) -> bytes:
    """The blob of a single line, point or multi-geometry as `to_blob` would write it, without reading the geometry."""
    if kind == "point" or blob[41] == _MULTI[kind]:
        return blob
    return blob[:40] + _HEADS[kind] + blob[40:]


def ring_as_multi(blob: bytes) -> bytes:
    """The blob of a closed line as the multipolygon that it encloses."""
    return blob[:40] + _HEADS["polygon"] + _RING + blob[45:]


def is_closed(blob: bytes) -> bool:
    """Whether the blob of a line ends where it begins, with a point or two between (see layer_sql.CLOSED)."""
    return len(blob) >= 49 + 4 * 16 and blob[49:65] == blob[-16:]


def is_ring(blob: bytes | None) -> bool:
    """Whether a blob is that of a single line with an envelope, which is closed."""
    return blob is not None and blob[40:45] == _LINE and blob[3] == _PLAIN and is_closed(blob)


def is_point(blob: bytes) -> bool:
    """Whether all of a blob's points lie at one place: a line has no length there."""
    west, east, south, north = bounds(blob)
    return west == east and south == north


def repaired(geometry: ogr.Geometry, kind: str) -> ogr.Geometry | None:
    """A valid geometry of the same kind; None where nothing of that kind remains."""
    if kind != "polygon" or geometry.IsValid():
        return geometry
    return extracted(attempt(_mended, geometry), kind)


def _mended(geometry: ogr.Geometry) -> ogr.Geometry:
    """A polygon or multi-polygon made valid, its holes kept: GEOS's own way fills those that share an edge with it."""
    polygons = [geometry] if ogr.GT_Flatten(geometry.GetGeometryType()) == ogr.wkbPolygon else list(geometry)
    if all(polygon.GetGeometryCount() < 2 for polygon in polygons):
        return geometry.MakeValid()
    parts = ogr.Geometry(ogr.wkbMultiPolygon)
    for polygon in polygons:
        shell, *holes = (_filled(ring) for ring in polygon)
        inside = ogr.Geometry(ogr.wkbMultiPolygon)
        for hole in holes:
            _gather(hole, inside)
        _gather(shell.Difference(inside.UnionCascaded()) if inside.GetGeometryCount() else shell, parts)
    return parts.UnionCascaded()


def _filled(ring: ogr.Geometry) -> ogr.Geometry:
    """What a ring encloses, valid."""
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(ring)
    return polygon if polygon.IsValid() else polygon.MakeValid()


def _gather(geometry: ogr.Geometry | None, parts: ogr.Geometry) -> None:
    """Append the polygons of a geometry to the multi-polygon `parts`."""
    found = extracted(geometry, "polygon")
    for polygon in found if found is not None else ():
        parts.AddGeometry(polygon)


def extracted(geometry: ogr.Geometry | None, kind: str) -> ogr.Geometry | None:
    """The parts of a mixed result that have the kind's dimension, as a multi-geometry; None where none has."""
    if geometry is None or geometry.IsEmpty():
        return None
    flat = ogr.GT_Flatten(geometry.GetGeometryType())
    if kind == "point":
        return geometry if flat == ogr.wkbPoint else None
    if flat == _MULTI[kind]:
        return geometry
    if flat in (ogr.wkbLineString, ogr.wkbPolygon):
        return promoted(geometry, kind) if geometry.GetDimension() == _DIMENSION[kind] else None
    result = ogr.Geometry(_MULTI[kind])
    for index in range(geometry.GetGeometryCount()):
        part = extracted(geometry.GetGeometryRef(index), kind)
        if part is not None:
            for number in range(part.GetGeometryCount()):
                result.AddGeometry(part.GetGeometryRef(number))
    return None if result.IsEmpty() else result
