"""GeoJSON (RFC 7946) as JSON Schemas: the polygons of an area, as far as a schema can say what area.py reads; and an
overlay.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from ...processing_provider.request.inline_overlay import TYPES

Schema = dict[str, Any]
# Longitude and latitude; what follows them (a height) is not read, but is a number.
_POSITION: Schema = {
    "type": "array", "minItems": 2, "items": {"type": "number"},
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180}, {"type": "number", "minimum": -85.06, "maximum": 85.06},
    ],
}  # fmt: skip
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
# Of an overlay only the types: what lies in it is told by request/inline_overlay.py, in a sentence that names it.
OVERLAY: Schema = {
    "type": "object", "required": ["type"], "properties": {"type": {"enum": list(TYPES)}},
    "externalDocs": {"description": "RFC 7946", "url": "https://www.rfc-editor.org/rfc/rfc7946"},
}  # fmt: skip
