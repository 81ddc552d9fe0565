"""No Python that is started takes modules from the current folder, from a source's, or from where the caller says."""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys

import pytest

from areas import ROOT, SAMPLE
from osm2cdr.processing_provider.tools import child_environment, python_environment
from serving import Server

BOX = "24.9440,60.1725,24.9516,60.1775"
# Of the standard library, of QGIS and GDAL, of .venv, what Python itself looks for, and ourselves.
MODULES = (
    "argparse", "csv", "json", "shutil", "sqlite3", "typing", "uuid", "sitecustomize", "usercustomize", "numpy",
    "osgeo", "processing", "qgis", "aiohttp", "pydantic", "ezdxf", "shapely", "pip", "pytest", "areas", "osm2cdr",
)  # fmt: skip


class Hostile:
    """A folder with an extract, and with modules that would tell where they are run."""

    def __init__(self, folder):
        self.folder = folder
        self.ran = folder.parent / "ran"
        folder.mkdir()
        self.source = folder / "map.osm.pbf"
        shutil.copy(SAMPLE, self.source)
        for name in MODULES:
            text = f"open({str(self.ran)!r}, 'a').write({name!r} + '\\n')\n"
            (folder / f"{name}.py").write_text(text)
            (folder / name).mkdir()
            (folder / name / "__init__.py").write_text(text)
        # A caller whose PYTHONPATH has an empty entry, a relative one and the folder itself.
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self.environment["PYTHONPATH"] = os.pathsep.join(("", ".", str(folder)))

    def run(self, *command):
        """The exit code of a command given in the folder, and what it said."""
        done = subprocess.run(
            list(map(str, command)), cwd=self.folder, env=self.environment, capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def did_run(self):
        """The modules of the folder that were run."""
        return sorted(set(self.ran.read_text().split())) if self.ran.exists() else []


@pytest.fixture
def hostile(tmp_path):
    return Hostile(tmp_path / "maps of somebody")


def test_the_folder_is_hostile_to_a_python_that_is_not_safe(hostile):
    hostile.run(sys.executable, "-c", "import csv")
    assert "csv" in hostile.did_run()


@pytest.mark.parametrize(
    "words",
    [
        ["formats"],
        ["doctor"],
        ["keys", "create", "--tier", "free"],
        ["keys", "list"],
        ["export", "--bbox", BOX, "--source", "map.osm.pbf", "--formats", "svg,dxf,xlsx,stl", "--out", "."],
    ],
    ids=lambda words: words[0],
)
def test_no_command_of_the_launcher_runs_what_lies_there(hostile, words, tmp_path):
    hostile.environment["OSM2CDR_DATA"] = str(tmp_path / "data")
    code, said = hostile.run(ROOT / "bin" / "osm2cdr", *words)
    assert hostile.did_run() == []
    assert code == 0, said


@pytest.mark.parametrize("engine", ["fork", "qgis_process"])
def test_no_process_of_the_server_runs_what_lies_there(hostile, engine, tmp_path, monkeypatch):
    """Its supervisor, web processes, surveyor, the parent of the jobs and the jobs."""
    server = Server(tmp_path / "data", hostile.source, ENGINE=engine)
    server.env = {**hostile.environment, **{n: v for n, v in server.env.items() if n.startswith("OSM2CDR_")}}
    server.command = [ROOT / "bin" / "osm2cdr", "serve"]
    monkeypatch.chdir(hostile.folder)
    with server:
        key = server.key()
        done = server.wait(key, server.post(key, formats=["svg", "dxf"])[2]["task_id"])
        assert done["status"] == "completed", done
        assert server.stop(signal.SIGTERM) == 0
    assert list((server.data / "surveys").glob("*.npz")), "nothing was counted"
    assert hostile.did_run() == []


@pytest.mark.parametrize(
    "words",
    [["docs", "--check"], ["gallery", "--check"], ["translations", "--check"], ["sample"], ["links"],
     ["test", "--collect-only", "-q", "tests/house/test_house.py"]],
    ids=lambda words: words[0],
)  # fmt: skip
def test_no_script_of_the_checkout_runs_what_lies_there(hostile, words):
    code, said = hostile.run(ROOT / ".ci" / words[0], *words[1:])
    assert hostile.did_run() == []
    assert code == 0, said


def test_every_script_that_starts_python_is_safe():
    """Those as well that take too long to be tried here."""
    for path in [*sorted((ROOT / ".ci").iterdir()), ROOT / "bin" / "osm2cdr"]:
        text = path.read_text(encoding="utf-8")
        if re.match("#!.*python", text):
            assert text.startswith("#!/usr/bin/python3 -EP\n"), path
        elif text.startswith("#!") and re.search(r"python|\.venv/bin|bin/osm2cdr|\.ci/", text):
            assert re.search(r"^\. \.ci/env$", text, re.MULTILINE) or "python" not in text, path
        # Relative to a folder that changes.
        assert not re.search(r"PYTHONPATH=(?![\"']?\$PWD)", text), path


@pytest.mark.parametrize("room", ["cli", "server", "processing_provider", "osm2cdr_plugin"])
def test_every_program_is_started_in_an_environment_of_ours(room):
    """What starts one says where its environment comes from; a script of .ci has its own."""
    for path in sorted((ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            text = ast.unparse(function)
            if re.search(r"subprocess\.(run|Popen|check_\w+|call)\(|os\.(exec|spawn|system)", text):
                assert re.search(r"(child|python)_environment\(|env=environment|'\.ci'", text), (path, function.name)


def test_environments_hold_no_folder_that_is_not_named_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", ":.:tests")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    given = {"PYTHONPATH": "", "PYTHONINSPECT": "1", "LANG": "C"}
    for environment in (child_environment(ROOT, tmp_path), python_environment(ROOT), python_environment(ROOT, given)):
        assert environment["PYTHONSAFEPATH"] == "1"
        assert all(map(os.path.isabs, environment["PYTHONPATH"].split(os.pathsep)))
        assert not environment.keys() & {"PYTHONHOME", "PYTHONINSPECT"}
    assert python_environment(ROOT, given)["LANG"] == "C"
    assert "LANG" in child_environment(ROOT, tmp_path)
