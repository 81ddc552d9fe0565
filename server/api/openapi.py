"""The documentation for programs, OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0), made from the table of routes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any, Sequence

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ...processing_provider.formats.catalogue import FORMATS
from ..version import VERSION
from .auth import HEADER
from .routes import ROUTES, Route

Box = tuple[float, float, float, float]
_REF = "#/components/schemas/{model}"
_TEXT = """Maps of OpenStreetMap data as files, in three steps: POST /api/render makes a task, GET /api/status/{id} says
how it is, GET /api/download/{id}/{format} brings a file.

Every error is a JSON object with `error` (a sentence), `code` (for programs), `hint` (what to do), `request_id`, and
what else is known of it. An address that is not here answers 404, another method 405. CORS is open to every origin;
nothing is read from cookies. `/ws/task/{id}` closes at once with 1001: poll the status every 2 seconds."""
# What each code means here, beside its name.
_ERRORS = {
    400: "Something of the request is wrong; `field` names it.",
    401: "The key is missing, not valid or revoked.",
    402: "The tier does not allow it, and waiting a minute does not help: area, format, or the day's requests.",
    403: "The key has not the scope that this needs, which stands in `scope`.",
    404: "There is no such thing, or it is somebody else's.",
    408: "The body came too slowly.",
    409: "Not now: the task has not ended, or the Idempotency-Key was used for another request.",
    410: "The results are not kept any more.",
    412: "The file is not the one that If-Match names.",
    413: "The body is too large.",
    415: "The body is not plain application/json.",
    416: "The range lies outside the file.",
    429: "Too many requests in a short time; Retry-After says how many seconds to wait.",
    500: "A fault of the server's.",
    503: "The server cannot do it just now; Retry-After says how many seconds to wait.",
}
_KEY = (
    "ocd_ and 30 letters. A key has scopes: `render` makes, cancels and deletes tasks, `read` tells of them and "
    "downloads."
)
_WAITS = (402, 429, 503)
_PATH = {
    "id": {"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "task_id of the answer of /api/render."},
    "format": {"enum": list(FORMATS), "description": "One of the task's formats."},
}
# What generators take for bytes.
_BINARY = {"type": "string", "format": "binary"}
_RETRY = {"Retry-After": {"description": "Whole seconds.", "schema": {"type": "integer", "minimum": 1}}}


def document(box: Box = (24.944, 60.1725, 24.9516, 60.1775), formats: Sequence[str] = tuple(FORMATS)) -> dict[str, Any]:
    """The whole of it, as JSON has it, of a server that writes `formats`; its examples are of a box that it has data
    of."""
    shown = [route for route in ROUTES if not route.hidden]
    paths: dict[str, Any] = {}
    for route in shown:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, box)
        if route.signed:
            words = {"operationId": f"{route.name}_head", "summary": f"{route.summary}: its headers alone"}
            paths[route.path]["head"] = _without_bodies({**_operation(route, box), **words})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "osm2cdr", "version": VERSION, "description": _TEXT,
            "license": {"name": "GPL-2.0-or-later", "identifier": "GPL-2.0-or-later"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in dict.fromkeys(route.group for route in shown)],
        "security": [{"ApiKey": []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(shown, formats),
            "securitySchemes": {
                "ApiKey": {"type": "apiKey", "in": "header", "name": HEADER, "description": _KEY}
            },
        },
    }  # fmt: skip


def _operation(route: Route, box: Box) -> dict[str, Any]:
    names = re.findall(r"\{(\w+)\}", route.path)
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": _PATH[name]} for name in names
    ]
    parameters += [
        {"name": one.name, "in": one.place, "description": one.text, "schema": dict(one.schema)}
        for one in route.parameters
    ]
    words: dict[str, Any] = {
        "operationId": route.name, "tags": [route.group], "summary": route.summary, "parameters": parameters,
    }  # fmt: skip
    if route.text:
        words["description"] = route.text
    if route.open:
        words["security"] = []
    elif route.signed:
        words["security"] = [{"ApiKey": [route.scope]}, {}]
    elif route.scope:
        words["security"] = [{"ApiKey": [route.scope]}]
    if route.body is not None:
        words["requestBody"] = {
            "required": True,
            "content": {"application/json": {**_media(route.body), "examples": _examples(box)}},
        }
    words["responses"] = {str(code): _answer(code, what) for code, what in route.answers.items()}
    for code, name, where in route.links:
        target = next(other for other in ROUTES if other.name == name)
        link = {"operationId": name, "parameters": dict(where), "description": target.summary}
        words["responses"][str(code)].setdefault("links", {})[name] = link
    for code in sorted({*route.errors, 500}):
        words["responses"][str(code)] = {
            "description": _ERRORS[code], "content": {"application/json": _media(route.error)},
            **({"headers": _RETRY} if code in _WAITS else {}),
        }  # fmt: skip
    return words


def _examples(box: Box) -> dict[str, Any]:
    """Of the request: as documented, with more of its options, and of a polygon."""
    west, south, east, north = box
    bbox = {"min_lon": west, "min_lat": south, "max_lon": east, "max_lat": north}
    middle = round((west + east) / 2, 6)
    ring = [[west, south], [east, south], [middle, north], [west, south]]
    bodies: dict[str, dict[str, Any]] = {
        "As documented": {"bbox": bbox, "formats": ["geojson"], "map_style": "default", "detail_level": 3},
        "With options": {
            "bbox": bbox, "formats": ["svg", "pdf"],
            "config": {
                "map_style": "blueprint", "detail_level": 5, "page": "A4", "title": "My map",
                "layers": ["buildings", "roads", "water"],
            },
        },
        "A polygon": {
            "geometry": {"type": "Polygon", "coordinates": [ring]}, "formats": ["gpkg"],
            "config": {"crs": "EPSG:3857", "tags": "all"},
        },
    }  # fmt: skip
    return {name.lower().replace(" ", "-"): {"summary": name, "value": body} for name, body in bodies.items()}


def _answer(code: int, what: Any) -> dict[str, Any]:
    """A model as JSON, other media types, or no body."""
    words: dict[str, Any] = {"description": HTTPStatus(code).phrase}
    if isinstance(what, tuple):
        # Who checks an answer parses what is JSON.
        words["content"] = {kind: {"schema": {} if kind.endswith("json") else dict(_BINARY)} for kind in what}
    elif isinstance(what, str):
        words["content"] = {what: {"schema": {"type": "string"} if what.startswith("text/") else {}}}
    elif what is not None:
        words["content"] = {"application/json": _media(what)}
    return words


def _without_bodies(operation: dict[str, Any]) -> dict[str, Any]:
    """As HEAD answers."""
    answers = operation["responses"].items()
    bare = {code: {key: value for key, value in answer.items() if key != "content"} for code, answer in answers}
    return {**operation, "responses": bare}


def _media(model: type[BaseModel]) -> dict[str, Any]:
    return {"schema": {"$ref": _REF.format(model=model.__name__)}}


def _schemas(shown: list[Route], formats: Sequence[str]) -> dict[str, Any]:
    """Requests as they are checked here; answers with what may be left out of them."""
    models = {route.body for route in shown if route.body is not None} | {route.error for route in shown}
    models |= {what for route in shown for what in route.answers.values() if isinstance(what, type)}
    ordered = sorted(models, key=lambda model: str(model.__name__))
    _, words = models_json_schema([(model, "validation") for model in ordered], ref_template=_REF)
    schemas: dict[str, Any] = words["$defs"]
    for schema in schemas.values():
        _plain(schema)
    schemas["RenderRequest"]["properties"]["formats"]["items"]["enum"] = list(formats)
    return schemas


def _plain(schema: Any) -> None:
    """Without the titles that pydantic makes of names, and the defaults that only say that a thing may be left out."""
    if isinstance(schema, list):
        for inner in schema:
            _plain(inner)
    elif isinstance(schema, dict):
        for inner in schema.values():
            _plain(inner)
        if isinstance(schema.get("title"), str):
            del schema["title"]
        if "default" in schema and not isinstance(schema["default"], dict):
            del schema["default"]
