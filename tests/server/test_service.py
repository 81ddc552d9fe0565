"""As a service: the checkout is somebody else's and cannot be written into, nobody has a home, the journal is a log."""

import argparse
import json
import os
import re
import shlex
import signal
import stat
import subprocess

import pytest

from areas import ROOT, SAMPLE
from osm2cdr.processing_provider.tools import child_environment, own_profile
from ports import free_port
from readers import READERS
from server_jobs import until
from serving import Server
from small_disk import read_only

BOX = "24.9440,60.1725,24.9516,60.1775"
# Root is let in everywhere, but for these two rights.
LESS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


@pytest.fixture
def home(tmp_path):
    """One that nobody may look into, as ProtectHome= of systemd has it."""
    (tmp_path / "home").mkdir(mode=0)
    return {"HOME": str(tmp_path / "home")}


@pytest.fixture(scope="module")
def locked():
    """What stands before a command to which the checkout is read-only, by somebody who is let in nowhere else."""
    return [*read_only(ROOT), *LESS]


@pytest.mark.parametrize("engine", ["fork", "qgis_process"])
def test_a_service_that_may_only_write_into_its_folder(tmp_path, locked, home, engine):
    server = Server(tmp_path / "data", within=locked, ENGINE=engine, WEB_PROCESSES=1)
    server.env.update(home)
    server.data.mkdir()
    with server:
        key = server.key()
        for name in ("svg", "dxf", "geojson"):
            task = server.post(key, formats=[name])[2]["task_id"]
            done = server.wait(key, task)
            assert done["status"] == "completed", done
            status, _, body = server.call("GET", f"/api/download/{task}/{name}", key)
            assert status == 200
            (tmp_path / f"map.{name}").write_bytes(body)
            assert READERS[name](tmp_path / f"map.{name}").layers
        assert server.stop(signal.SIGTERM) == 0
    # A folder that others may look into, with files that they may not.
    for name in ("osm2cdr.sqlite", "secret"):
        assert stat.S_IMODE((server.data / name).stat().st_mode) == 0o600
    assert "Traceback" not in server.log.read_text()


def test_the_launcher_where_only_the_target_can_be_written(tmp_path, locked, home):
    command = [ROOT / "bin" / "osm2cdr", "export", "--source", SAMPLE, "--bbox", BOX]
    done = subprocess.run(
        [*locked, *command, "--formats", "svg,dxf", "--out", tmp_path / "out"],
        env={**os.environ, **home}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["helsinki_dxf.dxf", "helsinki_svg.svg"]


def test_the_profile_is_the_checkouts_own_where_that_can_be_written(tmp_path, monkeypatch):
    assert own_profile(ROOT, tmp_path) == ROOT / "build" / "profile"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert child_environment(ROOT, tmp_path / "run")["HOME"] == str(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    assert child_environment(ROOT, tmp_path / "run")["HOME"] == str(tmp_path / "run")
    assert not list(tmp_path.iterdir())


def test_a_profile_of_which_one_file_is_somebody_elses_is_not_taken(tmp_path, monkeypatch):
    """QGIS keeps its settings in databases, and does not start where it cannot write into one."""
    theirs = tmp_path / "checkout" / "build" / "profile" / "profiles" / "default"
    (theirs / "QGIS").mkdir(parents=True)
    (theirs / "QGIS" / "QGIS3.ini").write_text("osm2cdr=true")
    (theirs / "qgis.db").touch()
    assert own_profile(tmp_path / "checkout", tmp_path) == tmp_path / "checkout" / "build" / "profile"
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: access(path, mode) and not str(path).endswith("qgis.db"))
    assert own_profile(tmp_path / "checkout", tmp_path) == tmp_path / "profile"
    ini = tmp_path / "profile" / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    assert ini.read_text() == "osm2cdr=true"
    ini.write_text("changed")
    own_profile(tmp_path / "checkout", tmp_path)
    assert ini.read_text() == "changed"


def start(server, **environment):
    """`bin/osm2cdr serve`, until it is ready; what it said."""
    with server.log.open("ab") as log:
        kept = os.fstat(log.fileno())
        told = {name: value.format(kept) for name, value in environment.items()}
        server.process = subprocess.Popen(
            [ROOT / "bin" / "osm2cdr", "serve"], env={**server.env, **told}, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    until(lambda: "Ctrl-C" in server.log.read_text(), tell=server.log.read_text)
    return server.log.read_text()


def curl(server, line):
    """What a line for curl gets, JSON where it saves no file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-H", action="append")
    parser.add_argument("-d")
    parser.add_argument("-O", action="store_true")
    parser.add_argument("-J", action="store_true")
    parser.add_argument("url")
    call = parser.parse_args(shlex.split(line)[1:])
    data, headers = call.d and call.d.encode(), dict(header.split(": ") for header in call.H)
    status, _, body = server.call("POST" if data else "GET", call.url, data=data, headers=headers)
    assert status in (200, 202), body
    return body if call.O else json.loads(body)


def run_program(server, folder):
    """quickstart.py, as a newcomer runs it; what it saved by name, and what it said."""
    folder.mkdir()
    done = subprocess.run(
        ["/usr/bin/python3", server.data / "quickstart.py"],
        cwd=folder, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    return {path.name: path.read_bytes() for path in folder.iterdir()}, done


def test_a_first_start_says_what_to_call_with_a_key_that_works(tmp_path):
    server = Server(tmp_path / "data")
    said = start(server)
    try:
        key = re.search(r"shown this once: (ocd_\w{30})\n", said)[1]
        order, ask, fetch = [line for line in said.replace("\\\n", "").splitlines() if line.startswith("curl ")]
        task = curl(server, order)["task_id"]
        assert server.wait(key, task)["status"] == "completed"
        assert curl(server, ask.replace("TASK_ID", task))["status"] == "completed"
        assert b"<svg" in curl(server, fetch.replace("TASK_ID", task))[:1000]
        saved, done = run_program(server, tmp_path / "as a program")
        assert sorted(saved) == ["map.geojson", "map.svg"], done.stderr
        assert json.loads(saved["map.geojson"])["features"]
        assert str(server.data / "quickstart.py") in shlex.split(said.split("program: ")[1].splitlines()[0])
        assert (server.data / "quickstart.py").stat().st_mode & 0o077 == 0
    finally:
        server.stop()
    # Once.
    server.log.unlink()
    server.port = free_port()
    server.env["OSM2CDR_PORT"] = str(server.port)
    server.url = f"http://127.0.0.1:{server.port}"
    try:
        assert "ocd_" not in start(server)
        # The program goes on with its key, at the new address.
        saved, done = run_program(server, tmp_path / "again")
        assert sorted(saved) == ["map.geojson", "map.svg"], done.stderr
        server.change("UPDATE api_key SET revoked = 1")
        saved, done = run_program(server, tmp_path / "revoked")
        assert (saved, done.returncode) == ({}, 1)
        assert done.stderr == "The API key is missing or not valid.\n"
    finally:
        server.stop()


def test_no_key_goes_into_the_journal(tmp_path):
    server = Server(tmp_path / "data")
    try:
        said = start(server, JOURNAL_STREAM="{0.st_dev}:{0.st_ino}")
        assert "keys create" in said
        # Where the folder is not the usual one, the line makes a key of this server all the same.
        command = shlex.split(re.search(r"Keys: (.*?)\. Ctrl-C", said)[1])
        environment = {name: value for name, value in os.environ.items() if name != "OSM2CDR_DATA"}
        made = subprocess.run(
            ["env", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        ).stdout.split()  # fmt: skip
        assert server.call("GET", "/api/tasks", made[-1])[0] == 200
        server.change("DELETE FROM api_key")
        assert "YOUR_KEY" in said
        assert "ocd_" not in said
        assert server.rows("SELECT count(*) FROM api_key") == [(0,)]
    finally:
        server.stop()
