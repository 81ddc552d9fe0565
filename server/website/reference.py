"""The reference of the API, from the same document that programs read."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Callable, Mapping

from aiohttp import web

from ..api.docs import DOCUMENT
from ..api.state import STATE
from ..sources import Box
from .reference_words import in_reference
from .rendering import render
from .texts import Speak, language_of, speaker

_METHODS = ("get", "post", "put", "delete")
_REF = "#/components/schemas/"
# Values of a choice that are told one by one; of more the first few.
_FEW = 12


async def reference_page(request: web.Request) -> web.StreamResponse:
    """Calls by their group, then the fields of a request."""
    state = request.app[STATE]
    written = tuple(row["id"] for row in state.formats if row["available"])
    language = language_of(request)
    return render(
        request, "reference.html", **_told(request.app[DOCUMENT], state.example_box, written, language),
        said=lambda text: in_reference(language, text),
    )  # fmt: skip


@lru_cache(maxsize=4)
def _told(
    document_of: Callable[[Box, tuple[str, ...]], dict[str, Any]], box: Box, written: tuple[str, ...], language: str
) -> Mapping[str, Any]:
    """What is said of all, the calls of each group, and the models of a request with their fields."""
    t = speaker(language)
    document = document_of(box, written)
    schemas = document["components"]["schemas"]
    groups: dict[str, list[dict[str, Any]]] = {tag["name"]: [] for tag in document["tags"]}
    for path, operations in document["paths"].items():
        for method in _METHODS:
            if method in operations:
                call = operations[method]
                groups[call["tags"][0]].append(_call(t, method.upper(), path, call))
    names = ("RenderRequest", "BBox", "Config", "Options")
    wanted = {name: schemas[name] for name in names if name in schemas}
    models = [(name, one.get("description", ""), _fields(t, one)) for name, one in wanted.items()]
    return {
        "groups": [(name, calls) for name, calls in groups.items() if calls], "models": models,
        "about": document["info"]["description"].split("\n\n"),
    }  # fmt: skip


def _call(t: Speak, method: str, path: str, call: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "method": method, "path": path, "summary": call.get("summary", ""), "text": call.get("description", ""),
        "id": call["operationId"], "open": call.get("security") == [],
        "parameters": [
            {"name": one["name"], "place": one["in"], "text": one.get("description", ""),
             "kind": _kind(t, one.get("schema", {}))}
            for one in call.get("parameters", ())
        ],
        "answers": [(code, one.get("description", "")) for code, one in call["responses"].items()],
    }  # fmt: skip


def _fields(t: Speak, schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    needed = schema.get("required", ())
    return [
        {"name": name, "kind": _kind(t, one), "text": one.get("description", ""), "needed": name in needed}
        for name, one in schema.get("properties", {}).items()
    ]


def _kind(t: Speak, schema: Mapping[str, Any]) -> str:
    """What a value is, in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    if "anyOf" in schema or "oneOf" in schema:
        some = [_kind(t, one) for one in schema.get("anyOf") or schema["oneOf"] if one.get("type") != "null"]
        return " | ".join(dict.fromkeys(some))
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        words = [str(word) for word in schema["enum"]]
        return ", ".join(words[:_FEW]) + (", ..." if len(words) > _FEW else "")
    kind = str(schema.get("type", "object"))
    if kind == "array":
        return t("array of {0}", _kind(t, schema.get("items", {})))
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is None or high is None:
        return kind
    return t("{0} from {1} to {2}", kind, f"{low:g}", f"{high:g}")
