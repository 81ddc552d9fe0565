"""The documentation for programs: it is OpenAPI 3.1, and schemathesis holds a running server to it."""

import json
import os
import shutil
import socket
import subprocess
import threading
from collections import Counter

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

import contract
from areas import ROOT, SAMPLE
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.osm.tables.layers import GROUPS
from osm2cdr.processing_provider.request.papers import PAGES
from osm2cdr.server.api.schemas import styles
from serving import Server

EXAMPLES = os.environ.get("OSM2CDR_EXAMPLES", "8")
SCHEMA = ROOT / "tests" / "support" / "servers"
# Of no extract: Overpass is asked for it.
AWAY = {"min_lon": 10.0, "min_lat": 50.0, "max_lon": 10.01, "max_lat": 50.01}


@pytest.fixture(scope="module")
def busy():
    """An Overpass server that takes every call and never answers: the workers are busy with it, all else waits."""
    held = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hold():
            try:
                while True:
                    held.append(listener.accept()[0])
            except OSError:
                pass

        threading.Thread(target=hold, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api/interpreter"
    for connection in held:
        connection.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory, busy):
    with Server(tmp_path_factory.mktemp("openapi") / "data", f"{SAMPLE},{busy}", BAD_KEYS=10**6) as server:
        yield server


def test_it_is_openapi_with_the_tables():
    document = contract.document()
    validate(document)
    assert document["openapi"].startswith("3.1")
    schemas = document["components"]["schemas"]
    words = json.dumps(schemas["RenderRequest"]) + json.dumps(schemas["Config"])
    for word in (*FORMATS, *GROUPS, *PAGES, *styles()):
        assert f'"{word}"' in words, word
    assert {"ApiKey"} == set(document["components"]["securitySchemes"])
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert "500" in operation["responses"], (method, path)


def test_it_is_served_as_it_is(server):
    status, document = server.get("/api/openapi.json")
    assert status == 200
    assert set(document["paths"]) == set(contract.document()["paths"])
    headers = server.call("GET", "/api/openapi.json")[1]
    assert server.call("GET", "/api/openapi.json", headers={"If-None-Match": headers["ETag"]})[0] == 304


def keywords(schema):
    """All words that are used in a schema as those of JSON Schema, at any depth."""
    for word, inner in schema.items():
        yield word
        parts = inner if isinstance(inner, list) else inner.values() if word == "properties" else [inner]
        for part in parts if word not in ("examples", "enum", "const", "required", "externalDocs") else ():
            if isinstance(part, dict):
                yield from keywords(part)


def test_its_schemas_say_what_they_mean():
    """A bound that is no word of JSON Schema is none; a schema says of an area what it can say."""
    schemas = contract.document()["components"]["schemas"]
    used = {word for schema in schemas.values() for word in keywords(schema)}
    assert used <= {*Draft202012Validator.VALIDATORS, "description", "examples", "externalDocs"}
    request = contract.validator("RenderRequest")
    ring = [[10, 50], [11, 50], [11, 51], [10, 50]]
    polygon = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "geometry": polygon}
    good = [polygon, {"type": "MultiPolygon", "coordinates": [[ring]]}, feature,
            {"type": "FeatureCollection", "features": [feature]}]  # fmt: skip
    for geometry in good:
        assert request.is_valid({"geometry": geometry, "formats": ["svg"]}), geometry
    bad = [{"type": "Polygon"}, {"type": "Polygon", "coordinates": ring}, {"type": "MultiPolygon", "coordinates": []},
           {"type": "Polygon", "coordinates": [ring[1:]]}, {"type": "Polygon", "coordinates": [[[10, 95]] * 4]},
           {"type": "FeatureCollection", "features": [polygon]}, {"type": "Feature", "geometry": feature}]  # fmt: skip
    for geometry in bad:
        assert not request.is_valid({"geometry": geometry, "formats": ["svg"]}), geometry
    assert request.is_valid({"bbox": AWAY, "geometry": None, "formats": ["svg"]})
    assert not request.is_valid({"bbox": AWAY, "geometry": polygon, "formats": ["svg"]})
    assert not request.is_valid({"formats": ["svg"]})
    for config in ({"timeout": 0}, {"dpi": 5000}, {"detail_level": 7}, {"scale": 1}, {"name": "Com1"}):
        assert not request.is_valid({"bbox": AWAY, "formats": ["svg"], "config": config}), config


def test_it_names_what_this_server_writes(server):
    formats = server.get("/api/openapi.json")[1]["components"]["schemas"]["RenderRequest"]["properties"]["formats"]
    assert formats["items"]["enum"] == server.get("/api/me", server.key("enterprise"))[1]["formats"]


def test_schemathesis(server, tmp_path):
    """All checks in all phases, from one seed; OSM2CDR_EXAMPLES=200 for longer. See schema_hooks.py."""
    keys = {name: server.key("enterprise", "--email", f"{name}@example.org") for name in ("one", "other")}
    accounts = [{"name": name, "fixedHeaders": [{"name": "X-API-Key", "value": key}]} for name, key in keys.items()]
    (tmp_path / "auth.json").write_text(json.dumps({"auth": accounts}), encoding="utf-8")
    for name in ("schemathesis.toml", "schema_hooks.py"):
        shutil.copy(SCHEMA / name, tmp_path)
    # What the document's examples ask for is made before: they are answered from the cache, with files.
    body = server.get("/api/openapi.json")[1]["paths"]["/api/render"]["post"]["requestBody"]
    examples = [example["value"] for example in body["content"]["application/json"]["examples"].values()]
    made = [server.post(keys["one"], **{"bbox": None, **example})[2]["task_id"] for example in examples]
    tasks = [server.wait(keys["one"], task) for task in made]
    assert [task["status"] for task in tasks] == ["completed"] * len(tasks)
    task, before = max(tasks, key=lambda task: len(task["files"])), len(server.log.read_text())

    done = subprocess.run(
        [ROOT / ".venv" / "bin" / "schemathesis", "run", f"{server.url}/api/openapi.json", "--checks", "all",
         "--phases", "examples,coverage,fuzzing,stateful", "--max-examples", EXAMPLES, "--seed", "1",
         "--suppress-health-check", "all", "--request-timeout", "30", "--generation-database", "none", "--no-color",
         "--continue-on-failure"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, "SCHEMA_TASK": json.dumps(task), "PYTHONPATH": str(ROOT / "build" / "plugins")},
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]
    lines = [json.loads(line) for line in server.log.read_text()[before:].splitlines() if line.startswith("{")]
    calls = Counter(
        (line["method"], line["path"].removeprefix("/api/").split("/")[0], line["status"])
        for line in lines
        if "ms" in line
    )
    assert not [call for call in calls if call[2] >= 500]
    # What it was about was reached, and not only refused.
    wanted = [
        ("POST", "render", 202), ("POST", "estimate", 200), ("GET", "download", 200), ("GET", "download", 206),
        ("GET", "download", 412), ("HEAD", "download", 200), ("GET", "status", 200), ("DELETE", "tasks", 200),
    ]  # fmt: skip
    assert [call for call in wanted if not calls[call]] == []
    assert calls["POST", "render", 202] > calls["POST", "render", 400] / 4
    for phase in ("Examples", "Coverage", "Fuzzing", "Stateful"):
        assert f"✅ {phase}" in done.stdout, done.stdout[-3000:]


def test_a_database_that_cannot_be_read(server):
    """The word is processing where nobody can tell, and everything is a 503 that says when to come again."""
    key = server.key("pro")
    task = server.post(key, bbox=AWAY)[2]["task_id"]
    assert server.get(f"/api/status/{task}", key)[1]["status"] in ("queued", "processing")
    for table in ("job", "api_key"):
        server.change(f"ALTER TABLE {table} RENAME TO away")
        try:
            status, answer = server.get(f"/api/status/{task}", key)
            assert (status, answer["status"], answer["code"]) == (503, "processing", "storage")
            status, headers, answer = server.post(key)
            assert (status, answer["task_id"], answer["code"]) == (503, None, "storage")
            assert int(headers["Retry-After"]) > 0
            assert server.call("GET", f"/api/download/{task}/svg", key)[0] == 503
            assert server.get("/api/tasks", key)[0] == 503
            assert "job" not in answer["error"]
        finally:
            server.change(f"ALTER TABLE away RENAME TO {table}")
    assert server.get(f"/api/status/{task}", key)[0] == 200
    for word in ("null", "None", "undefined"):
        status, answer = server.get(f"/api/status/{word}", key)
        assert (status, answer["status"]) == (404, "failed")
    status, answer = server.get(f"/api/status/{task}")
    assert (status, answer["status"]) == (401, "failed")


def test_pages_of_tasks_and_their_end(server):
    key = server.key("pro")
    made = [server.post(key, bbox=AWAY, detail_level=level)[2]["task_id"] for level in (1, 2, 3, 4, 5)]
    seen, before = [], ""
    while before is not None:
        page = server.get(f"/api/tasks?limit=2{before and f'&before={before}'}", key)[1]
        seen += [task["task_id"] for task in page["tasks"]]
        before = page["next"]
    assert seen == made[::-1]
    status, _, body = server.call("DELETE", f"/api/tasks/{made[4]}", key)
    assert status in (200, 202)
    assert json.loads(body)["task_id"] == made[4]
    for query in ("limit=0", "limit=201", "limit=x", "limit=1.5", "state=done", "before=1", f"before={'0' * 32}"):
        status, answer = server.get(f"/api/tasks?{query}", key)
        assert (status, answer["field"]) == (400, query.split("=")[0]), query


def test_public_tables_are_kept_by_callers(server):
    for name in ("formats", "styles", "layers"):
        status, headers, body = server.call("GET", f"/api/{name}")
        assert (status, headers["Cache-Control"]) == (200, "public, max-age=300")
        assert json.loads(body)[name]
        assert server.call("GET", f"/api/{name}", headers={"If-None-Match": headers["ETag"]})[0] == 304
