"""The documentation for programs: it is OpenAPI 3.1, and schemathesis holds a running server to it."""

import json
import os
import re
import socket
import subprocess
import threading

import pytest
from openapi_spec_validator import validate

import contract
from areas import ROOT
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.osm.layers import GROUPS
from osm2cdr.processing_provider.papers import PAGES
from osm2cdr.server.api.schemas import styles
from serving import SMALL, Server

EXAMPLES = os.environ.get("OSM2CDR_EXAMPLES", "8")
# Left out: "positive_data_acceptance", since a schema cannot say that west lies west of east.
LEFT_OUT = "positive_data_acceptance"


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
    with Server(tmp_path_factory.mktemp("openapi") / "data", busy) as server:
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


def test_schemathesis(server):
    """All checks but one, from one seed; OSM2CDR_EXAMPLES=200 for longer."""
    key = server.key("enterprise")
    done = subprocess.run(
        [ROOT / ".venv" / "bin" / "schemathesis", "run", f"{server.url}/api/openapi.json", "-H", f"X-API-Key: {key}",
         "--checks", "all", "--exclude-checks", LEFT_OUT, "--max-examples", EXAMPLES, "--seed", "1",
         "--suppress-health-check", "all", "--request-timeout", "30", "--generation-database", "none", "--no-color",
         "--phases", "examples,coverage,fuzzing"],
        capture_output=True, text=True, check=False, cwd=server.data.parent,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]
    faults = re.findall(r'"status": 5\d\d', server.log.read_text())
    assert not faults


def test_a_database_that_cannot_be_read(server):
    """The word is processing where nobody can tell, and everything is a 503 that says when to come again."""
    key = server.key("pro")
    task = server.post(key, bbox=SMALL)[2]["task_id"]
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
    made = [server.post(key, detail_level=level)[2]["task_id"] for level in (1, 2, 3, 4, 5)]
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
