"""Holds the server's answers to its own OpenAPI document, by a validator that is not the server's."""

import json
import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

import jsonschema

# Answers of any address: another method, no such address, HTTP that is none.
ANYWHERE = {404, 405}


@lru_cache(maxsize=1)
def document():
    """The OpenAPI document."""
    from osm2cdr.server.api.openapi import document as made

    return json.loads(json.dumps(made()))


@lru_cache(maxsize=1)
def _paths():
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), words) for path, words in document()["paths"].items()]


@cache
def validator(name):
    """For one of the document's schemas."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def check(method, url, status, headers, body):
    """Fails where the answer is not as documented; addresses that are not in the document are let through."""
    path = urlsplit(url).path
    words = next((words for pattern, words in _paths() if pattern.fullmatch(path)), None)
    if words is None or method == "OPTIONS" or status == 0:
        return
    operation = words.get(method.lower()) or (words.get("get") if method == "HEAD" else None)
    if operation is None:
        assert status == 405, (method, path, status, body[:300])
        validator("Error").validate({k: v for k, v in json.loads(body).items() if k not in ("task_id", "status")})
        return
    answer = operation["responses"].get(str(status))
    assert answer is not None, f"{method} {path} answered {status}, which is not documented: {body[:300]!r}"
    assert headers["X-Request-Id"]
    for name in answer.get("headers", {}) if status in (429, 503) else ():
        assert re.fullmatch("[0-9]+", headers[name]), (name, headers[name])
    if method == "HEAD" or "content" not in answer:
        return
    kind = headers["Content-Type"].split(";")[0]
    content = answer["content"].get(kind) or answer["content"].get("*/*")
    assert content is not None, (method, path, status, kind)
    if "$ref" in content["schema"]:
        validator(content["schema"]["$ref"].rsplit("/", 1)[-1]).validate(json.loads(body))
