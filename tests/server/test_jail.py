"""A job that was taken over gets at nothing of the server's: neither at its files, nor at its processes."""

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from osm2cdr.cli import doctor
from osm2cdr.processing_provider.tools import qgis_process
from osm2cdr.server.workers import landlock, privileges
from serving import PYTHON, ROOT, Server, StubServer

pytestmark = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
# An ordinary user's number, for a server that is not root.
LESS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


KINDS = ["open to others", "closed to others", "without rights"]


@pytest.fixture(scope="module", params=KINDS)
def place(request, tmp_path_factory):
    """A folder, what stands before the command, and whether jobs are another user's there.

    Run by root, where it is root that runs the tests, with its rights and without, and by others as they are.
    """
    if request.param != "closed to others" and os.geteuid() != 0:
        pytest.skip("the tests are an ordinary user's")
    folder = tmp_path_factory.mktemp("jail")
    if request.param == "open to others":
        folder = Path(tempfile.mkdtemp(prefix="osm2cdr jail "))
        folder.chmod(0o755)
    other = request.param == "open to others" and privileges.is_open_to_others(ROOT)
    yield folder, LESS if request.param == "without rights" else (), other
    if request.param == "open to others":
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(place):
    folder, within, is_other = place
    (folder / "stub").mkdir(mode=0o755)
    with StubServer(folder / "stub" / "data", within=within, WORKERS=1) as server:
        server.less, server.other = bool(within), is_other
        yield server


def others(server):
    """What another customer has there: a finished file, and the folder of a task."""
    key = server.key()
    [file] = server.wait(key, server.post(key, config={"name": "good", "title": "theirs"})[2]["task_id"])["files"]
    assert server.call("GET", file["url"])[0] == 200
    blob = next(path for path in (server.data / "blobs").rglob("*") if path.is_file())
    job = server.data / "work" / "another" / "job.json"
    job.parent.mkdir()
    job.write_text("{}")
    known = server.data.parent / "known"
    known.write_text(f"{blob}\n{job}\n")
    known.chmod(0o644)


def check(server, told):
    """What the burglar says."""
    assert told["got"] == []
    # Parent, supervisor and web process, at least.
    assert (told["seen"] >= 3, told["known"]) == (True, 2)
    assert told["no_new_privs"] == "1"
    # To read, within what Landlock allows.
    assert int(told["rights"], 16) == (1 << 2 if os.geteuid() == 0 and not server.less else 0)
    assert told["user"] == (privileges.JOB_USER if server.other else os.geteuid())
    if server.other:
        assert told["groups"] == []
    if landlock.version() >= 6:
        assert told["signals"] == []


def test_a_burglar_gets_nothing(server):
    others(server)
    key = server.key()
    done = server.wait(key, server.job(key, "burglar"))
    assert done["status"] == "completed", (done, server.log.read_text())
    check(server, json.loads(done["files"][0]["warnings"][0]))
    # Its file is the server's now.
    blob = next(path for path in (server.data / "blobs").rglob("*") if path.is_file())
    assert (blob.stat().st_uid, blob.stat().st_mode & 0o777) == (os.geteuid(), 0o600)


@pytest.mark.parametrize("what", ["link", "pipe", "folder", "report"])
def test_nothing_else_is_handed_out_in_the_place_of_a_result(server, what):
    key = server.key()
    task = server.post(key, config={"name": "planter", "title": what})[2]["task_id"]
    server.change("UPDATE job SET attempt = 3 WHERE id = ?", task)
    done = server.wait(key, task)
    assert done["status"] == "failed", done
    assert server.call("GET", f"/api/download/{task}/svg", key)[0] == 404
    secret = (server.data / "secret").read_bytes()
    assert not any(path.read_bytes() == secret for path in (server.data / "blobs").rglob("*") if path.is_file())
    assert server.wait(key, server.job(key, "nap"))["status"] == "completed", "the server goes on"


PLUGIN = """
import json, os, sys
from pathlib import Path

sys.path.append({tests!r})
from stub_burglar import break_in
from osm2cdr.processing_provider.pipeline import events


def classFactory(iface):
    told = json.dumps(break_in(Path(os.environ["OSM2CDR_JOB"])))
    events.emit(events.Warned("told", told))
    raise RuntimeError("done")
"""
# The server's own program, in whose profile somebody has put a plugin more.
PROGRAM = """#!/bin/bash
printf '[PythonPlugins]\\nosm2cdr=true\\nburglar=true\\n' > "$QGIS_CUSTOM_CONFIG_PATH/profiles/default/QGIS/QGIS3.ini"
mkdir -p "$QGIS_CUSTOM_CONFIG_PATH/profiles/default/python/plugins"
cp -r "{folder}/burglar" "$QGIS_CUSTOM_CONFIG_PATH/profiles/default/python/plugins/"
exec "{program}" "$@"
"""


def test_nobody_is_told_where_the_server_has_its_files(server):
    key = server.key()
    done = server.wait(key, server.job(key, "gossip"))
    assert done["files"][0]["warnings"] == ["map.gpkg was written twice."]
    done = server.wait(key, server.job(key, "blabber"))
    assert done["state"] == "failed"
    assert "map.gpkg could not be opened." in json.dumps(done)
    assert str(server.data) not in json.dumps(done)


def test_a_burglar_in_a_qgis_process_gets_nothing(place):
    folder, within, is_other = place
    plugin, program = folder / "burglar", folder / "qgis_process"
    plugin.mkdir()
    (plugin / "__init__.py").write_text(PLUGIN.format(tests=str(ROOT / "tests" / "support" / "servers")))
    (plugin / "metadata.txt").write_text(
        "[general]\nname=burglar\nqgisMinimumVersion=3.0\nqgisMaximumVersion=4.99\ndescription=x\nversion=1\n"
        "author=x\nemail=x@example.org\nhasProcessingProvider=yes\n"
    )
    program.write_text(PROGRAM.format(folder=folder, program=qgis_process()))
    program.chmod(0o755)
    with Server(
        folder / "data", within=within, ENGINE="qgis_process", QGIS_PROCESS=program, WORKERS=1, CACHE="off"
    ) as server:
        server.less, server.other = bool(within), is_other
        others(server)
        key = server.key()
        done = server.wait(key, server.post(key)[2]["task_id"])
        assert done["status"] == "completed", (done, server.log.read_text())
        told = next(json.loads(text) for text in done["files"][0]["warnings"] if text.startswith("{"))
        check(server, told)


@pytest.mark.parametrize("engine", ["fork", "qgis_process"])
@pytest.mark.parametrize("is_open", [True, False])
def test_both_engines_make_files(tmp_path, engine, is_open):
    folder = Path(tempfile.mkdtemp(prefix="osm2cdr jail ")) if is_open else tmp_path
    folder.chmod(0o755)
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        server = stack.enter_context(Server(folder / "data", ENGINE=engine, CACHE="off"))
        key = server.key()
        task = server.post(key, formats=["svg", "geojson", "pdf", "dxf", "png"])[2]["task_id"]
        done = server.wait(key, task)
        assert (done["status"], done["error"]) == ("completed", None), done
        for file in done["files"]:
            status, _, body = server.call("GET", file["url"])
            assert (status, len(body)) == (200, file["bytes"])


def test_what_stands_beside_the_folder_can_be_read_and_not_written(tmp_path):
    """Links into the hidden folder do not open it; nothing there is opened but what is named."""
    hidden, mine = tmp_path / "data", tmp_path / "data" / "work" / "mine"
    mine.mkdir(parents=True)
    for path in (hidden / "secret", tmp_path / "beside", mine / "own", hidden / "extract"):
        path.write_text("x")
    (tmp_path / "door").symlink_to(hidden)
    code = (
        "import sys; from pathlib import Path; from osm2cdr.server.workers import landlock, privileges\n"
        f"hidden, mine, beside = Path({str(hidden)!r}), Path({str(mine)!r}), Path({str(tmp_path)!r})\n"
        "privileges.no_new_privileges()\n"
        "assert landlock.restrict(hidden, [mine], [hidden / 'extract'])\n"
        "def can(path, mode):\n"
        "    try:\n        open(path, mode).close()\n        return True\n"
        "    except PermissionError:\n        return False\n"
        "print(can(hidden / 'secret', 'r'), can(beside / 'door' / 'secret', 'r'), can(beside / 'beside', 'r'),\n"
        "      can(beside / 'beside', 'a'), can(mine / 'own', 'a'), can(hidden / 'extract', 'r'),\n"
        "      can(hidden / 'extract', 'a'), can('/dev/null', 'w'))\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "build" / "plugins")}
    done = subprocess.run([PYTHON, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True", "False", "True", "True", "False", "True"]


def test_where_nothing_keeps_jobs_apart_the_operator_is_told(tmp_path, monkeypatch, capsys):
    """By the log, /readyz and doctor; the same jobs run."""
    said = "this kernel has no Landlock"
    with StubServer(tmp_path / "data", STUB_OLD_KERNEL="1") as server:
        key = server.key()
        done = server.wait(key, server.job(key, "burglar"))
        got = json.loads(done["files"][0]["warnings"][0])["got"]
        assert f"read {server.data / 'secret'}" in got, "what is told is true"
        status, words = server.get("/readyz")
        assert (status, words["faults"], words["warnings"][0].startswith(said)) == (200, [], True)
        lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
        assert [line["level"] for line in lines if line["text"].startswith(said)] == ["warning"]
    with StubServer(tmp_path / "newer") as server:
        assert server.get("/readyz")[1]["warnings"] == []
        assert said not in server.log.read_text()
    for number, wanted in ((0, f"-   jobs           {said}"), (4, "ok  jobs           Landlock 4 keeps them")):
        monkeypatch.setattr(landlock, "version", lambda number=number: number)
        doctor.run(argparse.Namespace())
        assert wanted in capsys.readouterr().out
