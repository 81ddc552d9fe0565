"""A user's own data, to be laid over the map: GPX, GeoJSON, GeoPackage, KML and KMZ, read into tables in lon/lat.

Looks come along where the file has them: simplestyle 1.1 in GeoJSON, GDAL's feature styles of KML.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Iterator

from osgeo import gdal, ogr, osr

from ..errors import RequestError
from ..geo.gdal_settings import attempt, quiet
from ..geo.geometry import bounds, repaired
from ..geo.projection import WGS84, spatial_reference
from ..osm.tables.overlay import BY_GEOMETRY
from ..osm.tables.staged import Rows
from ..text.phrases import one_line
from ..text.sentence import say
from .overlay_files import files, is_inline
from .overlay_values import NAME, columns, values_of

Box = tuple[float, float, float, float]
# Nothing else is opened: some drivers of GDAL fetch what a file names.
_DRIVERS = ("GPX", "GeoJSON", "GPKG", "LIBKML", "KML")
# Of GPX, what its tracks and routes are made of.
_PARTS = ("route_points", "track_points")
# More is no overlay but a map.
MAX_OBJECTS, _MAX_BYTES = 50_000, 100_000_000
_KINDS = {
    ogr.wkbPoint: "point", ogr.wkbLineString: "line", ogr.wkbMultiLineString: "line", ogr.wkbPolygon: "polygon",
    ogr.wkbMultiPolygon: "polygon",
}  # fmt: skip
_COLLECTIONS = (ogr.wkbMultiPoint, ogr.wkbGeometryCollection)


@dataclass
class Overlay:
    """The rows of each table that has any, by its name; how many objects were read."""

    rows: dict[str, Rows] = field(default_factory=dict)

    @property
    def objects(self) -> int:
        """How many there are."""
        return sum(len(rows.blobs) for rows in self.rows.values())

    @property
    def box(self) -> Box:
        """West, south, east, north of all of them."""
        boxes = [bounds(blob) for rows in self.rows.values() for blob in rows.blobs]
        west, east, south, north = zip(*boxes)
        return min(west), min(south), max(east), max(north)

    def outside(self, box: Box) -> int:
        """How many objects have nothing in a box of west, south, east, north."""
        found = 0
        for rows in self.rows.values():
            for blob in rows.blobs:
                west, east, south, north = bounds(blob)
                found += west > box[2] or east < box[0] or south > box[3] or north < box[1]
        return found


def read_overlay(word: str, check: Callable[[], None] = lambda: None) -> Overlay:
    """All that an OVERLAY holds; RequestError where it cannot be read or holds nothing.

    `check` is called meanwhile, and may raise.
    """
    result = Overlay()
    for path, title in [("", say("Overlay"))] if is_inline(word) else [(str(path), path.stem) for path in files(word)]:
        before = result.objects
        with quiet() as errors, _opened(path, word) as data:
            if data is None:
                raise RequestError(
                    "bad_overlay",
                    say("The overlay {0} cannot be read as GPX, GeoJSON, GeoPackage, KML or KMZ: {1}.",
                        _called(path), one_line(errors.text, 200)), "overlay",
                )  # fmt: skip
            _read(data, one_line(title, NAME), result, check)
            # Of a file that ends in the middle, what came before is not the whole.
            if errors.failures:
                raise RequestError(
                    "bad_overlay",
                    say("The overlay {0} is damaged: {1}.", _called(path), one_line(errors.text, 200)), "overlay",
                )  # fmt: skip
        if result.objects == before:
            raise RequestError(
                "empty_overlay", say("The overlay {0} has no points, lines or areas.", _called(path)), "overlay"
            )
    return result


def _called(path: str) -> str:
    return Path(path).name if path else "GeoJSON"


@contextmanager
def _opened(path: str, word: str) -> Iterator[gdal.Dataset | None]:
    """The file, or the GeoJSON of `word` where there is none."""
    place = path or f"/vsimem/osm2cdr_overlay_{id(word)}.geojson"
    if not path:
        gdal.FileFromMemBuffer(place, word.encode("utf-8", "replace"))
    try:
        flags = gdal.OF_VECTOR | gdal.OF_READONLY
        yield attempt(lambda: gdal.OpenEx(place, flags, allowed_drivers=list(_DRIVERS)))
    finally:
        if not path:
            gdal.Unlink(place)


def _read(data: gdal.Dataset, title: str, result: Overlay, check: Callable[[], None]) -> None:
    size = 0
    for number in range(data.GetLayerCount()):
        layer = data.GetLayer(number)
        if layer.GetName() in _PARTS or layer.GetGeomType() == ogr.wkbNone:
            continue
        way = _way(layer.GetSpatialRef(), title)
        fields, shared = columns(layer), attempt(layer.GetStyleTable) or attempt(data.GetStyleTable)
        for count, feature in enumerate(_features(layer)):
            if count % 500 == 0:
                check()
            shape = feature.GetGeometryRef()
            if shape is None or shape.IsEmpty():
                continue
            size += int(shape.WkbSize())
            if result.objects >= MAX_OBJECTS or size > _MAX_BYTES:
                raise RequestError(
                    "bad_overlay",
                    say("The overlay {0} has more than {1} objects, or too long ones; leave some of it out.",
                        title, MAX_OBJECTS), "overlay",
                )  # fmt: skip
            values = values_of(feature, fields, title, shared)
            for kind, part in _parts(shape.Clone(), way):
                table = BY_GEOMETRY[kind]
                result.rows.setdefault(table.name, Rows(table)).add(part, values)


def _features(layer: ogr.Layer) -> Iterator[ogr.Feature]:
    while True:
        feature = attempt(layer.GetNextFeature)
        if feature is None:
            return
        yield feature


def _way(reference: osr.SpatialReference | None, title: str) -> osr.CoordinateTransformation | None:
    """From a layer's CRS to lon/lat; None where it is that, or none is told."""
    if reference is None:
        return None
    own, lonlat = reference.Clone(), spatial_reference(WGS84)
    own.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    if own.IsSame(lonlat):
        return None
    way = attempt(osr.CoordinateTransformation, own, lonlat)
    if way is None:
        raise RequestError(
            "bad_overlay", say("The overlay {0} has a CRS that leads nowhere: {1}.", title, own.GetName()), "overlay"
        )
    return way


def _parts(shape: ogr.Geometry, way: osr.CoordinateTransformation | None) -> Iterator[tuple[str, ogr.Geometry]]:
    """The points, lines and areas of a geometry, flat, straight and in lon/lat; nothing of what is not on earth."""
    shape.FlattenTo2D()
    shape = shape.GetLinearGeometry()
    if way is not None:
        # What a projection cannot carry is no fault of the file.
        with quiet():
            if attempt(shape.Transform, way) != 0:
                return
    yield from _simple(shape)


def _simple(shape: ogr.Geometry) -> Iterator[tuple[str, ogr.Geometry]]:
    flat = ogr.GT_Flatten(shape.GetGeometryType())
    if flat in _COLLECTIONS:
        for number in range(shape.GetGeometryCount()):
            yield from _simple(shape.GetGeometryRef(number).Clone())
        return
    kind = _KINDS.get(flat)
    if kind is None or shape.IsEmpty() or not _is_on_earth(shape):
        return
    if kind == "line" and not shape.Length():
        return
    mended = repaired(shape, kind)
    if mended is not None and not mended.IsEmpty():
        yield kind, mended


def _is_on_earth(shape: ogr.Geometry) -> bool:
    west, east, south, north = shape.GetEnvelope()
    return all(map(math.isfinite, (west, east, south, north))) and -180 <= west <= east <= 180 and (
        -90 <= south <= north <= 90
    )  # fmt: skip
