"""An overlay that comes as GeoJSON itself (RFC 7946): checked before anything is read, and held to a size."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from ..errors import RequestError
from ..sources.overlay_files import is_inline
from ..text.phrases import listed, nearest, quoted
from ..text.sentence import say

# As many objects, and bytes, as a request may bring along.
MAX_OBJECTS, MAX_BYTES = 5000, 512 * 1024
# How deep the positions of each type lie in its coordinates, and how many members the innermost list has at least.
_DEPTHS = {
    "Point": (0, 1), "MultiPoint": (1, 1), "LineString": (1, 2), "MultiLineString": (2, 2), "Polygon": (2, 4),
    "MultiPolygon": (3, 4),
}  # fmt: skip
GEOMETRIES = tuple(_DEPTHS)
TYPES = (*GEOMETRIES, "Feature", "FeatureCollection")


def checked_overlay(value: Any) -> str:
    """The overlay as a request keeps it: the path as given, or GeoJSON as text; RequestError where that is none."""
    if value is None:
        return ""
    if isinstance(value, str):
        word = value.strip()
        if not is_inline(word):
            return word
        try:
            value = json.loads(word, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise RequestError("bad_overlay", say("The overlay {0} is not JSON.", quoted(word)), "overlay") from error
    _check(value)
    text = json.dumps(value, ensure_ascii=False)
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        _fail(say("it has more than {0} KiB; give it as a file", MAX_BYTES // 1024))
    return text


def _check(value: Any) -> None:
    kind = _type(value, TYPES)
    if kind != "FeatureCollection":
        _feature(value) if kind == "Feature" else _geometry(value)
        return
    features = value.get("features")
    if not isinstance(features, list) or not 0 < len(features) <= MAX_OBJECTS:
        _fail(say("its features are not a list of 1 to {0}", MAX_OBJECTS))
    for feature in features:
        _type(feature, ("Feature",))
        _feature(feature)


def _feature(value: dict[str, Any]) -> None:
    if not isinstance(value.get("properties"), (dict, type(None))):
        _fail(say("the properties of a feature are no object"))
    _type(value.get("geometry"), GEOMETRIES)
    _geometry(value["geometry"])


def _geometry(value: dict[str, Any]) -> None:
    depth, least = _DEPTHS[value["type"]]
    _positions(value.get("coordinates"), depth, least)


def _positions(value: Any, depth: int, least: int) -> None:
    """Positions so many lists deep, the innermost of which has at least `least`."""
    if not depth:
        _position(value)
        return
    if not isinstance(value, list) or len(value) < (least if depth == 1 else 1):
        _fail(say("the coordinates of a geometry are not as its type has them"))
    for part in value:
        _positions(part, depth - 1, least)


def _position(value: Any) -> None:
    if not isinstance(value, list) or len(value) < 2 or not all(map(_is_number, value)):
        _fail(say("a position is not a list of a longitude and a latitude"))
    if not (-180 <= value[0] <= 180 and -90 <= value[1] <= 90):
        _fail(say("the position {0} is not in degrees, longitude first", quoted(value[:2])))


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _type(value: Any, known: tuple[str, ...]) -> str:
    """The type of an object, which is one of those that are known."""
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in known:
        hint = nearest(kind, known) if isinstance(kind, str) else ""
        _fail(say("it has the type {0}{1} where there are {2}", quoted(kind), hint, listed(known)))
    return str(kind)


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _fail(reason: str) -> NoReturn:
    raise RequestError("bad_overlay", say("The overlay is not GeoJSON that can be drawn: {0}.", reason), "overlay")
