"""GeoJSON by a schema of RFC 7946, and by what a schema cannot say: closed rings that turn as the RFC wants them."""

import json

import pytest
from jsonschema import Draft202012Validator
from shapely.geometry import shape
from tile_exports import run

# Sections 3.1 to 3.3 and 5; a file of one table a property has members of its own, which section 6 allows.
POSITION = {
    "type": "array", "minItems": 2, "maxItems": 3,
    "prefixItems": [{"type": "number", "minimum": -most, "maximum": most} for most in (180, 90)],
    "items": {"type": "number"},
}  # fmt: skip


def _many(items, least=0):
    return {"type": "array", "items": items, "minItems": least}


LINE, RING = _many(POSITION, 2), _many(POSITION, 4)
COORDINATES = {
    "Point": POSITION, "MultiPoint": _many(POSITION), "LineString": LINE, "MultiLineString": _many(LINE),
    "Polygon": _many(RING, 1), "MultiPolygon": _many(_many(RING, 1)),
}  # fmt: skip
BOX = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
GEOMETRY = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {"type": {"enum": list(COORDINATES)}, "bbox": BOX},
    "allOf": [
        {"if": {"properties": {"type": {"const": kind}}}, "then": {"properties": {"coordinates": how}}}
        for kind, how in COORDINATES.items()
    ],
    # Section 7.1: no member of another type.
    "not": {"anyOf": [{"required": [word]} for word in ("geometry", "properties", "features")]},
}
FEATURE = {
    "type": "object",
    "required": ["type", "geometry", "properties"],
    "properties": {
        "type": {"const": "Feature"}, "geometry": {"anyOf": [GEOMETRY, {"type": "null"}]},
        "properties": {"type": ["object", "null"]}, "id": {"type": ["string", "number"]}, "bbox": BOX,
    },
    "not": {"anyOf": [{"required": [word]} for word in ("coordinates", "features", "crs")]},
}  # fmt: skip
COLLECTION = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {"type": {"const": "FeatureCollection"}, "features": _many(FEATURE), "bbox": BOX},
    # Section 4: no other CRS.
    "not": {"anyOf": [{"required": [word]} for word in ("coordinates", "geometry", "properties", "crs")]},
}


def _faults(schema, value):
    return [fault.message[:200] for fault in Draft202012Validator(schema).iter_errors(value)]


@pytest.fixture(scope="module")
def made(qgis, tmp_path_factory):
    results = run(tmp_path_factory.mktemp("geojson"), "geojson,geojsonl", detail=6)
    assert [result.error for result in results] == [None, None]
    return {result.format: result.path.read_text(encoding="utf-8") for result in results}


def test_both_are_as_the_rfc_has_them(made):
    collection = json.loads(made["geojson"])
    lines = [json.loads(line) for line in made["geojsonl"].splitlines()]
    assert _faults(COLLECTION, collection) == []
    assert _faults(_many(FEATURE), lines) == []
    kinds = {one["geometry"]["type"].replace("Multi", "") for one in lines}
    assert kinds == {"Point", "LineString", "Polygon"}
    rings = 0
    for one in [*collection["features"], *lines]:
        geometry = shape(one["geometry"])
        for polygon in getattr(geometry, "geoms", [geometry]) if "Polygon" in geometry.geom_type else ():
            assert polygon.exterior.is_ccw
            assert not any(ring.is_ccw for ring in polygon.interiors)
            rings += 1
    assert rings > 20


@pytest.mark.one_system("a schema")
@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [1]},
        {"type": "Point", "coordinates": [200, 1]},
        {"type": "LineString", "coordinates": [[1, 1]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]},
        {"type": "Circle", "coordinates": [0, 0]},
    ],
)
def test_the_schema_refuses_what_is_none(geometry):
    feature = {"type": "Feature", "geometry": geometry, "properties": {}}
    assert _faults(COLLECTION, {"type": "FeatureCollection", "features": [feature]})
    assert _faults(COLLECTION, {"type": "FeatureCollection", "features": [], "crs": {}})
