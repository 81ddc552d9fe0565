"""The area of a request: a lon/lat box, or polygons; read from its fields, checked, measured on the ellipsoid."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping

from ..errors import RequestError
from ..text.phrases import quoted
from ..text.sentence import say
from .geodesy import box_km2, polygons_km2

Ring = tuple[tuple[float, float], ...]
MAX_KM2 = 20_000.0
EARTH_KM2 = 511_000_000.0


@dataclass(frozen=True)
class Extent:
    """A rectangle in units of `crs`; `centre` is the longitude and latitude of its middle."""

    crs: str
    xmin: float
    ymin: float
    xmax: float
    ymax: float
    centre: tuple[float, float]


@dataclass(frozen=True)
class Area:
    """A lon/lat box in degrees, and the polygons in it (outer ring, holes); none for the plain box.

    `extent` is the rectangle of another CRS that the area was asked for by: there it is exactly that.
    """

    west: float
    south: float
    east: float
    north: float
    rings: tuple[tuple[Ring, ...], ...] = ()
    extent: Extent | None = None

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude of its middle."""
        return self.extent.centre if self.extent else ((self.west + self.east) / 2, (self.south + self.north) / 2)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return self.west, self.south, self.east, self.north

    @property
    def km2(self) -> float:
        """The area on the ellipsoid."""
        return polygons_km2(self.rings) if self.rings else box_km2(self.west, self.south, self.east, self.north)


def read_geometry_file(path: Path) -> dict[str, Any]:
    """The GeoJSON object in a file; RequestError where it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise RequestError(
            "bad_geometry", say("The file {0} cannot be read: {1}.", path, error.strerror), "geometry"
        ) from error
    except ValueError as error:
        raise RequestError("bad_geometry", say("The file {0} is not GeoJSON.", path), "geometry") from error
    if not isinstance(data, dict):
        raise RequestError("bad_geometry", say("The file {0} holds no GeoJSON object.", path), "geometry")
    return data


def read_area(fields: Mapping[str, Any], most: float) -> Area:
    """The area of `bbox` or of `geometry`, at most `most` km2; RequestError names the field at fault."""
    bbox, geometry = fields.get("bbox"), fields.get("geometry")
    if (bbox is None) == (geometry is None):
        raise RequestError("bad_area", "Give the area either as a box or as polygons.", "bbox")
    if geometry is not None:
        rings = tuple(_polygons(geometry))
        if not rings:
            raise RequestError("bad_geometry", "The geometry holds no polygon.", "geometry")
        points = [point for polygon in rings for point in polygon[0]]
        lons, lats = [point[0] for point in points], [point[1] for point in points]
        area = Area(min(lons), min(lats), max(lons), max(lats), rings)
        where = "geometry"
    else:
        parts = bbox.split(",") if isinstance(bbox, str) else bbox
        if not isinstance(parts, (list, tuple)) or len(parts) != 4:
            raise RequestError(
                "bad_bbox", say("The bbox {0} must be four numbers: west,south,east,north.", quoted(bbox)), "bbox"
            )
        west, south, east, north = (finite(part, "bbox") for part in parts)
        area = Area(west, south, east, north)
        where = "bbox"
    _in_range(area, where)
    if area.km2 > most:
        raise RequestError(
            "area_too_large",
            say("The area has {0} km2; at most {1} km2 is allowed.", f"{area.km2:,.0f}", f"{most:,.0f}"),
            where,
        )
    if area.km2 < 1e-6:
        if area.rings and fault_of(area.rings):
            raise RequestError(
                "bad_geometry", "The outlines of the geometry cross themselves, or lie on each other.", "geometry"
            )
        raise RequestError("area_too_small", "The area is smaller than a square metre.", where)
    return area


def _in_range(area: Area, where: str) -> None:
    for value, low, high, word in (
        (area.west, -180, 180, "longitude"),
        (area.east, -180, 180, "longitude"),
        (area.south, -85.06, 85.06, "latitude"),
        (area.north, -85.06, 85.06, "latitude"),
    ):
        if not low <= value <= high:
            raise RequestError(
                f"bad_{where}",
                say("The {0} {1} is not between {2} and {3}.", word, f"{value:g}", f"{low:g}", f"{high:g}"),
                where,
            )
    if area.west > area.east and area.south > area.north:
        raise RequestError(
            f"bad_{where}",
            say(
                "The corners are swapped: west ({0}) lies east of east ({1}), and south ({2}) north of "
                "north ({3}); the order is west,south,east,north.",
                f"{area.west:g}",
                f"{area.east:g}",
                f"{area.south:g}",
                f"{area.north:g}",
            ),
            where,
        )
    if area.west > area.east and area.west - area.east < 180:
        raise RequestError(
            f"bad_{where}",
            say(
                "West ({0}) lies east of east ({1}); the order is west,south,east,north.",
                f"{area.west:g}",
                f"{area.east:g}",
            ),
            where,
        )
    if area.south > area.north:
        raise RequestError(
            f"bad_{where}",
            say(
                "South ({0}) lies north of north ({1}); the order is west,south,east,north.",
                f"{area.south:g}",
                f"{area.north:g}",
            ),
            where,
        )
    if area.west > area.east:
        raise RequestError(
            f"bad_{where}",
            say(
                "West ({0}) lies east of east ({1}); an area across the antimeridian must be asked for "
                "as two, one on each side of it.",
                f"{area.west:g}",
                f"{area.east:g}",
            ),
            where,
        )
    if area.west == area.east or area.south == area.north:
        raise RequestError(f"bad_{where}", "The area is empty: west,south,east,north must rise in pairs.", where)


def _polygons(data: Any) -> list[tuple[Ring, ...]]:
    kind = _kind(data)
    if kind == "FeatureCollection":
        return [polygon for feature in data.get("features", []) for polygon in _of_feature(feature)]
    return _of_feature(data) if kind == "Feature" else _of_geometry(data)


def _of_feature(data: Any) -> list[tuple[Ring, ...]]:
    if _kind(data) != "Feature":
        raise RequestError("bad_geometry", "The features of a FeatureCollection must be of type Feature.", "geometry")
    return _of_geometry(data.get("geometry"))


def _of_geometry(data: Any) -> list[tuple[Ring, ...]]:
    kind = _kind(data)
    if kind == "Polygon":
        return [_rings(data.get("coordinates"))]
    if kind == "MultiPolygon":
        return [_rings(rings) for rings in data.get("coordinates") or []]
    raise RequestError(
        "bad_geometry",
        say(
            "The geometry is a {0}, not a Polygon or MultiPolygon.", quoted(kind or "thing without a type", plain=True)
        ),
        "geometry",
    )


def _kind(data: Any) -> Any:
    return data.get("type") if isinstance(data, dict) else None


def _rings(coordinates: Any) -> tuple[Ring, ...]:
    if not isinstance(coordinates, list) or not coordinates:
        raise RequestError("bad_geometry", "A polygon of the geometry has no ring.", "geometry")
    rings = []
    for ring in coordinates:
        if not isinstance(ring, list) or len(ring) < 4 or any(not isinstance(p, list) or len(p) < 2 for p in ring):
            raise RequestError("bad_geometry", "A ring of the geometry needs four points or more.", "geometry")
        for value in (part for point in ring for part in point if isinstance(part, str)):
            raise RequestError(
                "bad_geometry", say("A coordinate is the text {0}, not a number.", quoted(value)), "geometry"
            )
        # What follows longitude and latitude is not used, but is a number, too.
        points = tuple((parts[0], parts[1]) for parts in ([finite(part, "geometry") for part in p] for p in ring))
        if points[0] != points[-1]:
            raise RequestError("bad_geometry", "A ring of the geometry does not end where it begins.", "geometry")
        rings.append(points)
    return tuple(rings)


def fault_of(polygons: tuple[tuple[Ring, ...], ...]) -> str:
    """Why polygons are no area whose size is what it seems (they cross, overlap, or have holes outside); else empty."""
    from osgeo import ogr

    from .gdal_settings import attempt, quiet

    with quiet() as errors:
        shape = ogr.CreateGeometryFromJson(json.dumps({"type": "MultiPolygon", "coordinates": polygons}))
        if shape is not None and attempt(shape.IsValid):
            return ""
    return errors.text


def finite(value: Any, where: str) -> float:
    """A number, given as such or as text; RequestError of the field `where` for anything else."""
    try:
        number = float(value) if not isinstance(value, bool) else math.nan
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise RequestError(f"bad_{where}", say("{0} (in {1}) is not a finite number.", quoted(value), where), where)
    return number
