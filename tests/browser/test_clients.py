"""Clients that are generated from the document that a server serves: they submit, poll and download."""

import json
import os
import shutil
import subprocess

import pytest

from areas import ROOT
from serving import SMALL, Server

pytestmark = pytest.mark.browser
CLIENTS = ROOT / "build" / "clients"
PROGRAMS = ROOT / "tests" / "browser" / "clients"
# No shell stands between: a path may have a blank.
RUN = {"capture_output": True, "text": True, "check": False, "timeout": 240}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("generated") / "data") as server:
        yield server


@pytest.fixture(scope="module")
def document(server, tmp_path_factory):
    """The document as it is served, in a file."""
    path = tmp_path_factory.mktemp("document") / "openapi.json"
    path.write_bytes(server.call("GET", "/api/openapi.json")[2])
    return path


def check(server, done, file):
    """That the client was refused by a code, and has what is at the address of its file."""
    assert done.returncode == 0, done.stderr
    refused, saved = done.stdout.splitlines()
    assert refused == "refused: bad_name"
    body = file.read_bytes()
    assert saved == f"saved: {len(body)}"
    assert b"<svg" in body[:1000]


def test_openapi_python_client(server, document, tmp_path):
    """No warning: it leaves out what it does not understand."""
    venv = CLIENTS / "venv" / "bin"
    made = tmp_path / "made"
    done = subprocess.run(
        [venv / "openapi-python-client", "generate", "--path", document, "--output-path", made, "--meta", "none",
         "--fail-on-warning"],
        cwd=tmp_path, env={"PATH": f"{venv}:/usr/bin:/bin", "LANG": "C.UTF-8"}, **RUN,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
    made.rename(tmp_path / "osm2cdr_client")
    shutil.copy(PROGRAMS / "client.py", tmp_path)
    file = tmp_path / "map.svg"
    command = [venv / "python", tmp_path / "client.py", server.url, server.key(), json.dumps(SMALL), file]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    check(server, subprocess.run(command, cwd=tmp_path, env=environment, **RUN), file)


def test_openapi_typescript(server, document, tmp_path):
    for name in ("client.ts", "tsconfig.json", "package.json"):
        shutil.copy(PROGRAMS / name, tmp_path)
    modules = CLIENTS / "node_modules"
    (tmp_path / "node_modules").symlink_to(modules)
    tools = modules / ".bin"
    done = subprocess.run([tools / "openapi-typescript", document, "-o", tmp_path / "api.d.ts"], cwd=tmp_path, **RUN)
    assert done.returncode == 0, done.stdout + done.stderr
    done = subprocess.run([tools / "tsc", "-p", tmp_path], cwd=tmp_path, **RUN)
    assert done.returncode == 0, done.stdout + done.stderr
    file = tmp_path / "map.svg"
    command = ["node", tmp_path / "out" / "client.js", server.url, server.key(), json.dumps(SMALL), file]
    check(server, subprocess.run(command, cwd=tmp_path, **RUN), file)
