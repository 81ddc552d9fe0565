"""What QGIS said in a run: kept and named where nothing else tells what went wrong, and removed elsewhere."""

import os
import re
import subprocess
import time
from pathlib import Path

import pytest

from areas import AREAS, ROOT


@pytest.fixture
def export(tmp_path):
    """export(box, **environment): the launcher with a folder of its own for temporary files, and that."""
    folder = tmp_path / "temporary files"
    folder.mkdir()

    def run(box, **environment):
        done = subprocess.run(
            [ROOT / "bin" / "osm2cdr", "export", "--bbox=" + ",".join(map(str, box)), "--source", "sample", "--formats",
             "geojson", "--out", tmp_path / "out"],
            capture_output=True, text=True, env={**os.environ, "TMPDIR": str(folder), **environment},
        )  # fmt: skip
        return done, folder

    return run


def test_a_fault_with_a_sentence_leaves_no_log_and_old_ones_go(export, tmp_path):
    folder = tmp_path / "temporary files"
    for name in ("osm2cdr-old_old1.log", "osm2cdr-new_new1.log", "osm2cdr-error.log", "another-old1.log"):
        (folder / name).write_text("words")
    long_ago = time.time() - 2 * 86_400
    for name in ("osm2cdr-old_old1.log", "osm2cdr-error.log", "another-old1.log"):
        os.utime(folder / name, (long_ago, long_ago))
    done, folder = export((0, 0, 0.01, 0.01))
    assert done.returncode == 1
    assert "The source holds nothing in this area" in done.stderr
    kept = {"osm2cdr-new_new1.log", "osm2cdr-error.log", "another-old1.log"}
    assert {path.name for path in folder.glob("*.log")} == kept


def test_an_early_end_names_the_log(export, tmp_path):
    program = tmp_path / "qgis_process"
    program.write_text("#!/bin/sh\necho 'no display of mine'\nexit 1\n")
    program.chmod(0o755)
    done, folder = export(AREAS["sample"][1], OSM2CDR_QGIS_PROCESS=str(program))
    assert done.returncode == 1
    [log] = re.findall(r"what QGIS said is in (.*\.log)\.", done.stderr)
    assert Path(log).parent == folder
    assert "no display of mine" in Path(log).read_text()
