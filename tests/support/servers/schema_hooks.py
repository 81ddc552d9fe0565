"""What no schema can say, for schemathesis: a request that is valid by the schema is made one that the server takes.

Only what was made to be valid is changed: what is wrong by design reaches the server as it is. SCHEMA_TASK is a task
that is there, see test_openapi.py.
"""

import copy
import itertools
import json
import math
import os

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase

from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.geo.area import MAX_KM2
from osm2cdr.processing_provider.geo.geodesy import box_km2

# Degrees: a side that is no more than a line on the sphere is made so long.
_LEAST = 0.001
_NAME_BYTES = 200
_FITTING = {"If-Match": "*", "Range": "bytes=10-"}
# What answers of /api/tasks named as the next page.
_PAGES = set()
_NUMBERS = itertools.count()


def in_order(box):
    """West before east, south before north, neither empty, and no larger than the API allows."""
    west, east = _rising(box["min_lon"], box["max_lon"], 180)
    south, north = _rising(box["min_lat"], box["max_lat"], 85.06)
    while (km2 := box_km2(west, south, east, north)) > MAX_KM2:
        part = max(0.1, 0.9 * math.sqrt(MAX_KM2 / km2))
        east, north = west + (east - west) * part, south + (north - south) * part
    return {**box, "min_lon": west, "max_lon": east, "min_lat": south, "max_lat": north}


def _rising(one, other, most):
    low, high = sorted((one, other))
    if high - low >= _LEAST:
        return low, high
    return (low, low + _LEAST) if low + _LEAST <= most else (most - _LEAST, most)


class Polygons:
    """Squares in the place of rings: closed, with holes inside, each polygon beside the one before."""

    def __init__(self):
        self.count = 0

    def geometry(self, data):
        """A valid GeoJSON object of the same kind and with the same members."""
        if data["type"] == "FeatureCollection":
            features = [self.geometry(feature) for feature in data["features"]]
            if not self.count:
                features[0] = {**features[0], "geometry": {"type": "Polygon", "coordinates": self.rings([[[0, 0]]])}}
            return {**data, "features": features}
        if data["type"] == "Feature":
            return {**data, "geometry": self.geometry(data["geometry"])}
        if data["type"] == "MultiPolygon":
            return {**data, "coordinates": [self.rings(rings) for rings in data["coordinates"]]}
        return {**data, "coordinates": self.rings(data["coordinates"])}

    def rings(self, rings):
        """At most nine holes; what the first point has beside its place is kept."""
        west, south, *more = rings[0][0]
        if not self.count:
            self.west, self.south = max(-180, min(west, 170)), max(-85, min(south, 85))
        west, side = self.west + 0.02 * (self.count % 400), 0.01
        south = self.south
        self.count += 1
        made = [self.square(west, south, side, more)]
        for number in range(min(9, len(rings) - 1)):
            made.append(self.square(west + side * (number + 0.25) / 10, south + side / 4, side / 20, more))
        return made

    @staticmethod
    def square(west, south, side, more):
        corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
        return [[west + x * side, south + y * side, *more] for x, y in corners]


def taken(body):
    """The body as the server takes it."""
    body = copy.deepcopy(body)
    if body.get("bbox"):
        body["bbox"] = in_order(body["bbox"])
    if body.get("geometry"):
        body["geometry"] = Polygons().geometry(body["geometry"])
    config = body.get("config") or {}
    for name in ("map_style", "detail_level"):
        if body.get(name) is not None and config.get(name) is not None:
            config[name] = body[name]
    if config.get("crs"):
        # Which numbers there are, and of which areas, no schema says.
        config["crs"] = "EPSG:3857"
    if config.get("overlay"):
        # Its schema says nothing but the type.
        config["overlay"] = {"type": "Point", "coordinates": [24.95, 60.17]}
    if config.get("pois"):
        # Of its words there are two hundred.
        config["pois"] = "food,museum"
    if config.get("name"):
        # A file's name is so long in bytes, a schema counts characters.
        config["name"] = config["name"].encode()[:_NAME_BYTES].decode("utf-8", "ignore").rstrip(". ")
    return body


def known():
    """A task of the caller's that is completed, as /api/status told of it."""
    return json.loads(os.environ["SCHEMA_TASK"])


def with_known(case, places):
    """A file and a task that are there in place of one of 2 ** 128; an ETag and a range that fit, every other time;
    an Idempotency-Key that was not used before."""
    if ParameterLocation.PATH in places and case.method != "DELETE" and "id" in case.path_parameters:
        case.path_parameters = {**case.path_parameters, "id": known()["task_id"]}
        if "format" in case.path_parameters:
            formats = [file["format"] for file in known()["files"]]
            number = list(FORMATS).index(case.path_parameters["format"])
            case.path_parameters["format"] = formats[number % len(formats)]
    if ParameterLocation.HEADER in places:
        fitting = {name: value for name, value in _FITTING.items() if not len(case.headers.get(name, "-")) % 2}
        case.headers = {**case.headers, **fitting}
        if "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = case.headers["Idempotency-Key"][:200] + f".{next(_NUMBERS)}"


@schemathesis.hook
def after_call(context, case, response):
    """Pages that there are."""
    if case.operation.path == "/api/tasks" and response.status_code == 200:
        _PAGES.add(response.json()["next"])


@schemathesis.hook
def before_call(context, case, kwargs):
    """Before each call, those that checks repeat without a key included; what a link led to stays."""
    if case.meta is None:
        return
    valid = [place for place, one in case.meta.components.items() if one.mode.is_positive]
    if ParameterLocation.BODY in valid and isinstance(case.body, dict):
        case.body = taken(case.body)
    if ParameterLocation.QUERY in valid and case.query.get("before", "") not in ("", *_PAGES):
        case.query = {**case.query, "before": known()["task_id"]}
    if case.meta.phase.name is not TestPhase.STATEFUL:
        with_known(case, valid)
    elif case.operation.path.startswith("/api/download/") and case.headers:
        # Links lead to files of JSON too, of which a part is none.
        case.headers = {name: value for name, value in case.headers.items() if name.lower() != "range"}
