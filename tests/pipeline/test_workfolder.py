"""What a run that is killed leaves in the user's folder is gone after the next; what lives is not touched."""

import os
import signal
import subprocess
import tempfile

import pytest

from areas import ROOT, SAMPLE
from osm2cdr.processing_provider.errors import LOGS, unexpected
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline import workfolder
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.tools import child_environment, qgis_process
from server_jobs import until

EXTENT = "--EXTENT=24.9368,24.9516,60.1652,60.1775 [EPSG:4326]"


@pytest.fixture
def target(tmp_path):
    return tmp_path / "Łódź, it's maps"


@pytest.fixture
def held(target, tmp_path):
    """held(): a qgis_process that exports into `target`, stopped in the middle of it."""
    runs = []

    def start():
        (tmp_path / "run").mkdir(mode=0o700)
        run = subprocess.Popen(
            [qgis_process(), "run", "osm2cdr:exportarea", EXTENT, f"--SOURCE={SAMPLE}", "--FORMATS=svg,geojson",
             "--NAME=map", f"--OUTPUT_FOLDER={target}"],
            env=child_environment(ROOT, tmp_path / "run"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        runs.append(run)
        # When something lies beside the lock, that is written.
        until(lambda: len(list(target.glob(f"{workfolder.PREFIX}*/*"))) > 1 or run.poll() is not None, 120)
        run.send_signal(signal.SIGSTOP)
        assert run.poll() is None
        return run

    yield start
    for run in runs:
        if run.poll() is None:
            run.kill()
        run.wait()


def export(target):
    """One more run, in this process; the names that are then in the folder."""
    fields = {"bbox": "24.9420,60.1690,24.9440,60.1700", "formats": "geojson", "source": str(SAMPLE), "name": "next"}
    assert pipeline.run(make_request(fields), target, Feedback())[0].error is None
    return sorted(path.name for path in target.iterdir())


def test_the_folder_of_a_killed_run_is_swept_by_the_next(qgis, target, held):
    run = held()
    run.kill()
    run.wait()
    assert [path for path in target.iterdir() if path.name.startswith(workfolder.PREFIX)]
    assert export(target) == ["next_geojson.geojson"]


def test_the_folder_of_a_run_that_lives_is_not_touched(qgis, target, held):
    run = held()
    (left,) = target.glob(f"{workfolder.PREFIX}*")
    before = sorted(os.listdir(left))
    assert export(target) == [left.name, "next_geojson.geojson"]
    assert sorted(os.listdir(left)) == before
    run.send_signal(signal.SIGCONT)
    assert run.wait(120) == 0
    names = sorted(path.name for path in target.iterdir())
    assert names == ["map_geojson.geojson", "map_svg.svg", "next_geojson.geojson"]


def test_the_log_of_the_unforeseen_follows_no_link_and_is_its_owners(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv(LOGS, str(tmp_path))
    told = []
    for _ in range(2):
        try:
            raise RuntimeError("nobody foresaw me")
        except RuntimeError:
            told.append(unexpected())
    logs = sorted(tmp_path.glob("osm2cdr-????????.log"))
    assert len(logs) == 2
    assert {error.text.split("the details are in ")[1] for error in told} == {f"{log}." for log in logs}
    assert all("nobody foresaw me" in log.read_text() and log.stat().st_mode & 0o077 == 0 for log in logs)
    monkeypatch.setenv(LOGS, str(tmp_path / "nowhere"))
    try:
        raise RuntimeError("nobody foresaw me")
    except RuntimeError:
        assert "no log of it could be written" in unexpected().text


def test_two_runs_of_one_process_leave_each_other_alone(qgis, target):
    one, two = workfolder.WorkFolder(target), workfolder.WorkFolder(target)
    assert one.path.is_dir()
    two.close()
    assert one.path.is_dir()
    one.close()
    assert list(target.iterdir()) == []


def test_a_folder_without_a_lock_is_left(qgis, target):
    begun = target / f"{workfolder.PREFIX}begun"
    begun.mkdir(parents=True)
    workfolder.sweep(target)
    assert begun.is_dir()
