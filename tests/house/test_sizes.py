"""How long files are: what one reads in one go."""

import statistics
import subprocess

import pytest
import tomllib

from areas import ROOT

CODE = {".css", ".html", ".js", ".py", ".sql", ".ts"}
MOST, MEDIAN = 300, 110
ROOMS = ("processing_provider", "osm2cdr_plugin", "cli", "server", "bench", "tests")


def lengths(room="."):
    """The lines of each file of code, and of each script of .ci, which have no suffix."""
    command = ["git", "ls-files", "-zco", "--exclude-standard", room]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return {
        str(path.relative_to(ROOT)): len(path.read_bytes().splitlines())
        for path in paths
        if path.is_file() and not {"_vendor", "i18n", "samples"} & set(path.parts)
        and (path.suffix in CODE or (path.parent.name == ".ci" and not path.suffix))
    }  # fmt: skip


@pytest.mark.parametrize("room", [".", *ROOMS])
def test_no_file_is_long(room):
    found = lengths(room)
    assert found
    assert {name: count for name, count in found.items() if count > MOST} == {}


def test_half_of_the_files_are_short():
    found = lengths()
    assert len(found) > 500
    assert statistics.median(found.values()) < MEDIAN
    for room in ROOMS[:-2]:
        assert statistics.median(lengths(room).values()) < MEDIAN, room


def test_helpers_are_imported_by_names_that_nothing_else_has():
    """No two modules of the tests' folders of helpers are of one name, nor as the libraries that the tests use."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        folders = tomllib.load(file)["tool"]["pytest"]["ini_options"]["pythonpath"]
    names = [path.stem for folder in folders for path in sorted((ROOT / folder).glob("*.py"))]
    names += [path.parent.name for folder in folders for path in sorted((ROOT / folder).glob("*/__init__.py"))]
    names = [name for name in names if not name.startswith("test_")]
    assert len(names) > 50
    assert len(set(names)) == len(names)
    listed = subprocess.run(["bash", "-c", ". .ci/env; helpers"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert listed.stdout.strip().split(":") == [str(ROOT / folder) for folder in folders]
    code = "import importlib.util as u, sys\nprint([n for n in sys.argv[1:] if u.find_spec(n)])"
    command = [ROOT / ".venv" / "bin" / "python", "-P", "-c", code, *names]
    found = subprocess.run(command, capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin"})
    assert found.stdout == "[]\n"


def test_the_tests_stand_in_the_folders_of_the_rooms():
    flat = [path.name for path in (ROOT / "tests").glob("*.py")]
    assert flat == ["conftest.py"]
    assert not list((ROOT / "tests" / "support").rglob("test_*.py"))
