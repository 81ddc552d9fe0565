"""GeoJSON (RFC 7946) as JSON Schemas: the polygons of an area, as far as a schema can say what area.py reads; and an
overlay, exactly as request/inline_overlay.py takes it.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from ...processing_provider.request.inline_overlay import MAX_OBJECTS

Schema = dict[str, Any]


def _position(most: float) -> Schema:
    """Longitude and latitude, this one at `most`; what follows them (a height) is not read, but is a number."""
    return {
        "type": "array", "minItems": 2, "items": {"type": "number"},
        "prefixItems": [
            {"type": "number", "minimum": -180, "maximum": 180}, {"type": "number", "minimum": -most, "maximum": most},
        ],
    }  # fmt: skip


_POSITION = _position(85.06)
_RING: Schema = {"type": "array", "minItems": 4, "items": _POSITION}
_RINGS: Schema = {"type": "array", "minItems": 1, "items": _RING}


def _object(kind: str, member: str, schema: Schema) -> Schema:
    """An object of a type with the one member that counts; others may stand beside it."""
    return {"type": "object", "required": ["type", member], "properties": {"type": {"const": kind}, member: schema}}


def _list_of(schema: Schema, least: int) -> Schema:
    return {"type": "array", "minItems": least, "items": schema}


_POLYGON = _object("Polygon", "coordinates", _RINGS)
# A feature among others may have no polygon at all.
_FEATURE = _object("Feature", "geometry", {
    "oneOf": [_POLYGON, _object("MultiPolygon", "coordinates", _list_of(_RINGS, 0))],
})  # fmt: skip
GEOMETRY: Schema = {
    "oneOf": [
        _POLYGON,
        _object("MultiPolygon", "coordinates", _list_of(_RINGS, 1)),
        _object("Feature", "geometry", {
            "oneOf": [_POLYGON, _object("MultiPolygon", "coordinates", _list_of(_RINGS, 1))],
        }),
        _object("FeatureCollection", "features", _list_of(_FEATURE, 1)),
    ],
    "externalDocs": {"description": "RFC 7946", "url": "https://www.rfc-editor.org/rfc/rfc7946"},
}  # fmt: skip


def _overlay() -> Schema:
    anywhere = _position(90)
    line, ring = _list_of(anywhere, 2), _list_of(anywhere, 4)
    rings = _list_of(ring, 1)
    shapes = {
        "Point": anywhere, "MultiPoint": _list_of(anywhere, 1), "LineString": line,
        "MultiLineString": _list_of(line, 1), "Polygon": rings, "MultiPolygon": _list_of(rings, 1),
    }  # fmt: skip
    geometries = [_object(kind, "coordinates", schema) for kind, schema in shapes.items()]
    feature = _object("Feature", "geometry", {"oneOf": geometries})
    feature["properties"]["properties"] = {"type": ["object", "null"]}
    features = {**_list_of(feature, 1), "maxItems": MAX_OBJECTS}
    return {
        "oneOf": [*geometries, feature, _object("FeatureCollection", "features", features)],
        "externalDocs": {"description": "RFC 7946", "url": "https://www.rfc-editor.org/rfc/rfc7946"},
    }  # fmt: skip


OVERLAY: Schema = _overlay()
