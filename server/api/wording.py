"""What is wrong with a request, in one sentence for people."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ...processing_provider.text.phrases import listed, nearest, quoted
from .errors import ApiError

# What to do where a field is at fault and the field's own description does not say it.
HINTS = {
    "bbox": "Give min_lon, min_lat, max_lon and max_lat in degrees; both max_ are larger than their min_.",
    "geometry": "Give a GeoJSON Polygon or MultiPolygon in degrees, longitude first; each ring ends where it begins.",
    "formats": "GET /api/formats lists them.",
    "layers": "GET /api/layers lists them.",
    "map_style": "GET /api/styles lists them.",
    "options": "config.options is described in /api/docs.",
    "crs": "Give EPSG:n or ESRI:n, such as EPSG:4326, or leave it out.",
    "name": "Use letters and digits, or leave it out.",
    "title": "Give one line of at most 200 characters.",
    "subtitle": "Give one line of at most 200 characters.",
    "language": "Give a code such as en, ru or zh-Hant, or leave it out for the names of the place.",
    "overlay": "Give GeoJSON in degrees, longitude first: a FeatureCollection, a Feature or a geometry.",
    "dpi": "Give a lower resolution or a smaller page.",
}
# What pydantic calls a thing, and people.
_KINDS = {
    "float_type": "a number", "int_type": "a whole number", "int_from_float": "a whole number", "string_type": "a text",
    "bool_type": "true or false", "list_type": "a list", "dict_type": "an object", "model_type": "an object",
    "model_attributes_type": "an object", "finite_number": "a finite number",
}  # fmt: skip


def told(error: ValidationError, model: type[BaseModel]) -> ApiError:
    """The first of what is wrong: what is unknown before what is missing, which may be the same under a wrong name."""
    details = error.errors(include_url=False)
    first = next((detail for detail in details if detail["type"] == "extra_forbidden"), details[0])
    place = first["loc"]
    field = _path(place) or "body"
    owner = _owner(model, place)
    if first["type"] == "extra_forbidden":
        known = list(owner.model_fields)
        text = f"There is no field {quoted(field)}{nearest(str(place[-1])[:100], known)}."
        return ApiError(400, "unknown_field", text, f"There are {listed(known)}.", field)
    code = "missing_field" if first["type"] == "missing" else f"bad_{place[0] if place else 'request'}"
    return ApiError(400, code, _sentence(first, field), _hint(owner, place), field)


def _path(place: tuple[Any, ...]) -> str:
    """`config.layers[0]`."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{quoted(str(part), 80, plain=True)}"
    return text.lstrip(".")


def _owner(model: type[BaseModel], place: tuple[Any, ...]) -> type[BaseModel]:
    """The model that has the field."""
    for part in place[:-1]:
        info = model.model_fields.get(str(part))
        inner = [kind for kind in get_args(info.annotation) if _is_model(kind)] if info else []
        if not inner:
            return model
        model = inner[0]
    return model


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _hint(owner: type[BaseModel], place: tuple[Any, ...]) -> str:
    """What the documentation says of the field."""
    names = [str(part) for part in place if not isinstance(part, int)]
    if not names:
        return "Send an object with bbox and formats, as in the examples of /api/docs."
    info = owner.model_fields.get(names[-1])
    return (info.description if info is not None else None) or HINTS.get(names[-1], "See /api/docs.")


def _sentence(detail: ErrorDetails, field: str) -> str:
    kind, value, more = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "missing":
        return f"The field {field} is missing."
    if kind in _KINDS:
        return f"{field} must be {_KINDS[kind]}, not {_given(value)}."
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = f"at least {more['ge']:g}" if "ge" in more else f"at most {more['le']:g}"
        return f"{field} is {quoted(value)}; it must be {bound}."
    if kind in ("too_long", "too_short"):
        bound = f"at most {more['max_length']}" if "max_length" in more else f"at least {more['min_length']}"
        return f"{field} has {more['actual_length']} entries; it must have {bound}."
    if kind == "string_too_long":
        return f"{field} has {len(str(value))} characters; it may have {more['max_length']}."
    if kind == "string_too_short":
        return f"{field} is empty; leave it out where nothing is meant."
    if kind == "literal_error":
        return f"{field} cannot be {_given(value)}; there are {more['expected']}."
    return f"{field} cannot be {_given(value)}."


def _given(value: Any) -> str:
    """What was given, for people."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    if isinstance(value, (int, float)):
        return f"the number {quoted(value)}"
    return "a list" if isinstance(value, list) else "an object"
