"""The way of the data at its worst: cancel at every step, full disks, open targets, a system that is not POSIX."""

import ast
import copy
import json
import os
import shlex
import subprocess
import sys

import pytest

from areas import AREAS, ROOT, SAMPLE
from osm2cdr.processing_provider.errors import Cancelled
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.registry import written_formats
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline import view_builders
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request.checks import make_request
from small_disk import mounted

BOX = (24.9420, 60.1690, 24.9470, 60.1715)
WRITTEN = [item.id for item in written_formats()]


def request(*formats):
    return make_request({"bbox": BOX, "formats": formats, "source": str(SAMPLE), "dpi": 100})


@pytest.mark.parametrize("step", ["read", "sort", "cut", "style", "svg", "gpkg"])
def test_cancel_at_any_step_leaves_nothing(qgis, tmp_path, step):
    seen = set()

    def progress(percent, now, text):
        seen.add(now)

    with pytest.raises(Cancelled):
        pipeline.run(request("svg", "gpkg"), tmp_path, Feedback(progress, None, lambda: step in seen))
    # A file that was proven before stays; the private folder never does.
    left = {path.name for path in tmp_path.iterdir()}
    assert left <= {"map_svg.svg", "map_gpkg.gpkg"}
    if step in ("read", "sort", "cut", "style", "svg"):
        assert not left


@pytest.fixture(scope="module")
def read(qgis, tmp_path_factory):
    """The area read once for all formats, with what was made of it so far."""
    stages = Stages(request(*WRITTEN), tmp_path_factory.mktemp("read"))
    stages.read(Feedback())
    return stages


@pytest.mark.parametrize("name", WRITTEN)
def test_cancel_while_a_format_is_written(read, tmp_path, monkeypatch, name):
    """The answer to `cancelled` turns true while the writer runs."""
    from osm2cdr.processing_provider.formats import registry

    def at_hand(asked, work, *_):
        stages = copy.copy(read)
        stages.request, stages.work = asked, work
        return stages

    view_builders.build(read, registry.FORMATS[name], Feedback())
    monkeypatch.setattr(pipeline, "Stages", at_hand)
    module = registry.writer(registry.FORMATS[name])
    writing = []
    original = module.write

    def write(view, path, job):
        writing.append(True)
        return original(view, path, job)

    module.write = write
    try:
        with pytest.raises(Cancelled):
            pipeline.run(request(name), tmp_path, Feedback(None, None, lambda: bool(writing)))
    finally:
        module.write = original
    assert list(tmp_path.iterdir()) == []


def test_a_target_open_elsewhere_is_kept(qgis, tmp_path, monkeypatch):
    old = tmp_path / "map_svg.svg"
    old.write_text("old")
    replace = os.replace

    def locked(source, target):
        if str(target) == str(old):
            raise PermissionError(13, "Permission denied", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", locked)
    svg, png = pipeline.run(request("svg", "png"), tmp_path, Feedback(), overwrite=True)
    assert svg.error.code == "target_in_use"
    assert "close it in other programs" in svg.error.text
    assert png.path.exists()
    assert old.read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"map_svg.svg", "map_png.png"}


def test_a_folder_is_no_file_to_replace(qgis, tmp_path):
    (tmp_path / "map_geojson.geojson").mkdir()
    [result] = pipeline.run(request("geojson"), tmp_path, Feedback(), overwrite=True)
    assert str(result.error.text).endswith("map_geojson.geojson is a folder; move it, or choose another name.")
    assert [path.name for path in tmp_path.iterdir()] == ["map_geojson.geojson"]


NOT_POSIX = """
import os, sys, stat
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in ("fcntl", "resource", "pwd", "grp", "termios"):
            raise ImportError(name)
sys.meta_path.insert(0, Absent())
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules.pop(name, None)
for name in ("fork", "setsid", "forkpty", "killpg"):
    delattr(os, name)
sys.path.insert(0, {plugins!r})
from pathlib import Path
from qgis.core import QgsApplication
application = QgsApplication([], False)
application.initQgis()
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.request.checks import make_request
target = Path({target!r})
replace = os.replace
def closed(source, final):
    # Windows renames no file that is open, and no rename crosses drives.
    files = [f"/proc/self/fd/{{n}}" for n in os.listdir("/proc/self/fd")]
    held = [os.readlink(name) for name in files if os.path.islink(name)]
    assert str(source) not in held, source
    assert Path(source).is_relative_to(target), source
    assert os.stat(source).st_dev == os.stat(target).st_dev
    replace(source, final)
os.replace = closed
fields = {{"bbox": {box!r}, "formats": {formats!r}, "source": {source!r}, "dpi": 72}}
results = pipeline.run(make_request(fields), target, Feedback())
print([(r.format, r.error.text) for r in results if r.error], len(results))
"""


@pytest.mark.one_system("what Windows lacks is taken from Python, and our own names of files are looked at")
def test_a_system_without_posix_exports_all_formats(tmp_path):
    target = tmp_path / "Łódź out"
    target.mkdir()
    code = NOT_POSIX.format(
        plugins=str(ROOT / "build" / "plugins"), target=str(target), box=BOX, formats=WRITTEN, source=str(SAMPLE)
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == f"[] {len(WRITTEN)}", done.stderr
    assert len(list(target.iterdir())) == len(WRITTEN)


def test_no_child_is_started_by_the_interpreters_own_name():
    """Inside QGIS `sys.executable` can be QGIS; and other programs are started in one place alone."""
    for room in ("processing_provider", "osm2cdr_plugin", "cli"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute):
                    assert node.attr != "executable", path
                if isinstance(node, ast.Import) and room != "cli" and path.name != "tools.py":
                    assert not {alias.name for alias in node.names} & {"subprocess", "multiprocessing"}, path


FULL = """
import json, sys
sys.path.insert(0, {plugins!r})
from pathlib import Path
from qgis.core import QgsApplication
application = QgsApplication([], False)
application.initQgis()
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.pipeline import view_builders
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request.checks import make_request
work, full = Path({work!r}), Path({full!r})
fields = {{"bbox": {box!r}, "formats": {formats!r}, "source": {source!r}}}
job = Stages(make_request(fields), work)
for name in {formats!r}:
    view_builders.build(job, FORMATS[name], Feedback())
answers = {{}}
for name in {formats!r}:
    job.work = full
    result = pipeline.one(job, FORMATS[name], full / ("final." + FORMATS[name].extension), Feedback())
    answers[name] = result.error.text if result.error else ""
    import shutil
    shutil.rmtree(full / name)
print(json.dumps([answers, [path.name for path in full.iterdir()]]))
"""


@pytest.mark.one_system("each writer meets it, whoever wrote below it; the disk of reading is filled on both")
def test_a_full_disk_is_met_by_every_writer(tmp_path):
    """Each format into 4 kB, less than any has: an error in one sentence, never a file that looks finished."""
    full, work = tmp_path / "full", tmp_path / "work"
    full.mkdir()
    work.mkdir()
    flags, mount = mounted(full, "size=4096")
    script = tmp_path / "full.py"
    script.write_text(
        FULL.format(
            plugins=str(ROOT / "build" / "plugins"), work=str(work), full=str(full), box=BOX, formats=WRITTEN,
            source=str(SAMPLE),
        )
    )  # fmt: skip
    command = f"{mount} && exec {shlex.join([sys.executable, str(script)])}"
    done = subprocess.run(["unshare", flags, "sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers, left = json.loads(done.stdout.splitlines()[-1])
    assert set(answers) == set(WRITTEN)
    for name, text in answers.items():
        assert text.endswith("."), f"{name} was called done on a full disk"
        assert "Traceback" not in text
    assert left == []


@pytest.mark.one_system("how far an export comes hangs on the disk alone; all writers meet a full one on each")
@pytest.mark.parametrize("size", ["size=8k", "size=300k", "size=1500k", "size=2500k", "ro"])
def test_a_disk_that_fills_at_any_stage_of_reading(tmp_path, size):
    """From the first file to the finished one, and a folder that cannot be written to: one sentence, nothing left."""
    small = tmp_path / "small"
    small.mkdir()
    flags, mount = mounted(small, size)
    corners = ",".join(map(str, AREAS["sample"][1]))
    words = [ROOT / "bin" / "osm2cdr", "export", "--bbox", corners, "--detail", 5, "--source", SAMPLE]
    export = shlex.join(map(str, [*words, "--formats", "gpkg", "--out", small / "o"]))
    command = f"{mount} && {export}; echo $?; {shlex.join(['find', str(small), '-type', 'f'])}"
    done = subprocess.run(["unshare", flags, "sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["1"], "an exit code of 1, and no file"
    sentence = done.stderr.strip().splitlines()[-1]
    assert sentence.startswith("osm2cdr: ")
    assert sentence.endswith(".")
    assert ("is full" if "size" in size else "cannot be written") in sentence
    assert "unexpected" not in sentence
    assert "/.osm2cdr" not in sentence
