"""The launcher: exit codes, one sentence per error, cancel at any moment, nothing left behind."""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from areas import ROOT
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.registry import written_formats
from osm2cdr.processing_provider.tools import child_environment
from small_disk import SmallDisk

pytestmark = pytest.mark.one_system("processes and sentences of ours; other tests export by it on both")

LAUNCHER = str(ROOT / "bin" / "osm2cdr")
BOX = "24.9440,60.1685,24.9480,60.1705"
GOOD = ["export", "--bbox", BOX, "--source", "sample", "--formats", "svg"]
SLOW = "#!/bin/sh\nmktemp -d\necho $$ > \"$OSM2CDR_TEST_PID\"\ntrap '' TERM\nwhile :; do sleep 0.1; done\n"


def launch(*arguments, **environment):
    return subprocess.run(
        [LAUNCHER, *arguments], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


MORE = f"{len(FORMATS) - 8} more."
BAD = [
    (["export", "--formats", "svg"], "required"),
    ([*GOOD[:1], "--bbox=1,2,3", *GOOD[3:]], "four numbers"),
    ([*GOOD, "--formatz", "x"], "did you mean '--formats'"),
    ([*GOOD, "--style", "x"], "There is no style"),
    ([*GOOD[:-1], "svgg"], "did you mean 'svg'"),
    ([*GOOD[:-1], "all"], f"'all'; there are svg, pdf, png, cdr, dxf, geojson, gpkg, shp, and {MORE}"),
    ([*GOOD, "--source", "/nowhere.osm.pbf"], "not a file"),
    ([*GOOD, "--source", "/usr"], "is a folder; name a file in it"),
    ([*GOOD, "--source", str(ROOT / "README.md")], "is no OSM extract; give one of"),
    ([*GOOD, "--source", "http://"], "not an address"),
    ([*GOOD, "--timeout", "x"], "not a finite number"),
    ([*GOOD, "--detail", "9"], "from 0 to 6"),
    ([*GOOD, "--geometry", "/nowhere.json"], "cannot be read"),
    ([*GOOD[:-1], "png", "--page", "A0", "--scale", "200", "--dpi", "600"], "does not fit"),
    ([*GOOD[:-1], "png", "--page", "A0", "--dpi", "600"], "megapixels"),
    ([*GOOD, "--crs", "EPSG:4326"], "needs a projected CRS"),
    ([*GOOD, "--crs", "EPSG:999999"], "is not known"),
    ([*GOOD[:1], "--bbox=179,0,-179,1", *GOOD[3:]], "antimeridian"),
    ([*GOOD[:1], "--bbox=0,0,nan,1", *GOOD[3:]], "finite"),
    ([*GOOD, "--name", "a/b"], "has /, which no file's name can have"),
]


@pytest.mark.one_system("the checks of a request, and one way out for all")
@pytest.mark.parametrize(("arguments", "words"), BAD)
def test_a_bad_request_is_one_sentence_and_exit_2(arguments, words, tmp_path):
    done = (
        launch(*arguments, "--out", str(tmp_path / "out"))
        if arguments[:2] != ["export", "--formats"]
        else launch(*arguments)
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_an_export_prints_its_files_and_leaves_nothing_else(tmp_path):
    target = tmp_path / "a folder"
    done = launch(*GOOD[:-1], "svg,gpkg", "--json", "--name", "t", "--out", str(target))
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert [row["format"] for row in rows] == ["svg", "gpkg"]
    assert {path.name for path in target.iterdir()} == {"t_svg.svg", "t_gpkg.gpkg"}
    assert all(row["features"] > 10 and row["bytes"] == Path(row["path"]).stat().st_size for row in rows)
    assert all(row["account"]["in_tables"] > 10 for row in rows)


def test_the_json_has_all_warnings_with_the_files_that_they_belong_to(tmp_path):
    """What the source lacks each file has, what was told while one was made it has alone."""
    source, target = tmp_path / "a source.osm", tmp_path / "out"
    nodes = "".join(f'<node id="{at}" lat="47.000{at}" lon="10.000{at}"/>' for at in (1, 2, 9))
    way = "".join(f'<nd ref="{at}"/>' for at in (1, 2, 3, 9))
    source.write_text(f'<osm version="0.6">{nodes}<way id="1">{way}<tag k="highway" v="path"/></way></osm>')
    command = ["export", "--bbox", "9.9999,46.9999,10.001,47.001", "--source", str(source), "--crs", "EPSG:32632"]
    done = launch(*command, "--formats", "kml,gpkg,kmz", "--json", "--out", str(target))
    assert done.returncode == 0, done.stderr
    told = {row["format"]: row["warnings"] for row in json.loads(done.stdout)}
    of_all = told["gpkg"]
    assert any("nodes" in text for text in of_all)
    assert told["kml"] == ["Always in longitude and latitude: KML, KMZ.", *of_all]
    assert told["kmz"] == ["Always in longitude and latitude: KML, KMZ.", *of_all]
    assert {f"osm2cdr: {text}" for texts in told.values() for text in texts} == set(done.stderr.splitlines())


def test_a_place_without_data_fails_with_a_sentence(tmp_path):
    done = launch("export", "--bbox", "1,1,1.01,1.01", "--source", "sample", "--formats", "svg", "--out", str(tmp_path))
    assert done.returncode == 1
    # Before it a warning may say where the data end.
    assert done.stderr.splitlines()[-1] == (
        "osm2cdr: The source holds nothing in this area; choose another area, source or detail level."
    )
    assert list(tmp_path.iterdir()) == []


def test_latitudes_first_are_recognised(tmp_path):
    out = tmp_path / "new" / "out"
    done = launch(
        "export", "--bbox", "60.16,24.94,60.17,24.95", "--source", "sample", "--formats", "geojson", "--out", str(out)
    )
    assert done.returncode == 1
    assert "it would with longitudes and latitudes exchanged" in done.stderr
    # Nor is a folder left that was made for it.
    assert not out.parent.exists()


@pytest.mark.one_system("what the disk and our own errors do")
@pytest.mark.parametrize("left", [0, 1 << 20, 3 << 20, 5 << 20])
def test_a_full_disk_is_told_at_any_moment(tmp_path, left):
    target = tmp_path / "a disk"
    with SmallDisk(target, 8) as disk:
        disk.fill(left)
        command = ["export", *GOOD[3:-1], "svg,xyz_tiles", "--detail", "5", "--out", target / "out"]
        done = subprocess.run([*disk.within, LAUNCHER, *command], capture_output=True, text=True, check=False)
        # No more of it is left than what was finished.
        kept = list((disk.seen / "out").iterdir()) if (disk.seen / "out").exists() else []
    assert done.returncode == 1
    assert re.search(r"(The disk of .*|the disk of .*) is full|cannot be written to: No space left", done.stderr)
    assert {path.name for path in kept} <= {"helsinki_svg.svg"}


def test_a_broken_extract_fails_with_a_sentence(tmp_path):
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(b"this is no extract" * 20)
    out = tmp_path / "out"
    done = launch(*GOOD[:3], "--source", str(broken), "--formats", "svg", "--out", str(out))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert not out.exists()


@pytest.fixture
def slow(tmp_path):
    """A qgis_process that never ends and takes no hint."""
    stub = tmp_path / "slow"
    stub.write_text(SLOW)
    stub.chmod(0o755)
    note = tmp_path / "pid"
    temporary = tmp_path / "temporary files"
    temporary.mkdir()
    environment = {
        **os.environ, "OSM2CDR_QGIS_PROCESS": str(stub), "OSM2CDR_TEST_PID": str(note), "TMPDIR": str(temporary)
    }  # fmt: skip
    target = tmp_path / "out"
    child = subprocess.Popen([LAUNCHER, *GOOD, "--out", str(target)], env=environment, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while not (note.exists() and note.read_text().strip()) and time.monotonic() < deadline:
        time.sleep(0.05)
    yield child, int(note.read_text()), target
    child.kill()
    child.wait()
    child.stderr.close()


def alive(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().split(")")[1].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_cancels_at_once(slow, number):
    child, grandchild, target = slow
    child.send_signal(number)
    assert child.wait(120) == 130
    assert not alive(grandchild)
    assert not target.exists()
    assert list((target.parent / "temporary files").iterdir()) == []


def test_a_killed_launcher_takes_its_child_along_and_is_swept(slow):
    child, grandchild, target = slow
    child.kill()
    child.wait(120)
    deadline = time.monotonic() + 120
    while alive(grandchild) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(grandchild)
    assert len(list(target.iterdir())) == 1
    done = launch(*GOOD, "--out", str(target))
    assert done.returncode == 0, done.stderr
    assert [path.name for path in target.iterdir()] == ["helsinki_svg.svg"]


def test_the_environment_of_children_is_our_own(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONHOME", "/x")
    monkeypatch.setenv("VIRTUAL_ENV", "/x")
    monkeypatch.setenv("PATH", "/root/.pyenv/shims:/usr/bin")
    environment = child_environment(ROOT, tmp_path)
    assert environment["PATH"] == "/usr/bin:/bin"
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert environment["XDG_RUNTIME_DIR"] == str(tmp_path)
    assert environment["PYTHONPATH"].endswith("site-packages")
    assert "PYTHONHOME" not in environment
    assert "VIRTUAL_ENV" not in environment


def test_formats_lists_all():
    rows = json.loads(launch("formats", "--json").stdout)
    assert len(rows) == 127
    assert [row["id"] for row in rows if row["available"]] == [item.id for item in written_formats()]
    assert all(row["available"] or row["reason"].endswith(".") for row in rows)


def test_what_a_file_lacks_is_told(tmp_path):
    done = launch(*GOOD[:-1], "gpx", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "osm2cdr: GPX holds no areas" in done.stderr
