"""Limits of real jobs: each ends with its word and its sentence, leaves no file and no process, the next is made."""

import json
import os
import resource
import time
from pathlib import Path

import pytest

from osm2cdr.server.settings import Settings
from osm2cdr.server.workers.failures import reason
from osm2cdr.server.workers.process_table import family
from server_jobs import held, is_alive, job_processes, kinds, query, until
from serving import BOX, SMALL, Server

ENGINES = os.environ.get("OSM2CDR_TEST_ENGINES", "qgis_process").split(",")
LARGE = {"bbox": BOX, "formats": ["svg", "gpkg", "pdf"], "detail_level": 6}
WORDS = {
    "out_of_memory": "The task needed more than 900 MB of memory; ask for a smaller area, a lower detail level or "
    "a lower resolution.",
    "file_too_large": "A file of the task would have been larger than 64 MB; ask for a smaller area, another format, "
    "or a lower resolution.",
    "timeout": "The task took more than 600 seconds of every processor; ask for a smaller area, fewer formats, "
    "or a lower detail level.",
}


@pytest.fixture(scope="module", params=ENGINES)
def engine(request):
    return request.param


@pytest.fixture(scope="module")
def server(engine, tmp_path_factory):
    settings = {"JOB_MEMORY_MB": 900, "JOB_FILE_MB": 64, "JOB_SECONDS": 600, "WORKERS": 1, "CACHE": "off"}
    with Server(tmp_path_factory.mktemp(engine) / "data", ENGINE=engine, **settings) as server:
        yield server


def running(server, key, **fields):
    """A task and its process, as soon as that is at its work."""
    task = server.post(key, **fields)[2]["task_id"]
    until(
        lambda: query(server, "SELECT 1 FROM job WHERE id = ? AND state = 'running' AND step != 'start'", task),
        tell=server.log.read_text,
    )
    (pid,) = job_processes(server)
    is_program = b"qgis_process" in Path(f"/proc/{pid}/cmdline").read_bytes()
    assert is_program == (server.env["OSM2CDR_ENGINE"] == "qgis_process")
    return task, pid


def ended(server, key, task, pid, code):
    """The task has ended with its word, and nothing is left of it."""
    done = server.wait(key, task)
    assert (done["status"], done["error_code"], done["attempt"]) == ("failed", code, 1), done
    assert {(file["status"], file["error_code"]) for file in done["files"]} == {("failed", code)}
    assert kinds(server, task)[-1] == ("cancelled" if code == "cancelled" else "failed")
    assert query(server, "SELECT count(*) FROM job_file WHERE job_id = ? AND sha256 IS NOT NULL", task) == [(0,)]
    assert server.call("GET", f"/api/download/{task}/{done['files'][0]['format']}", key)[0] == 404
    until(lambda: not is_alive(pid) and not job_processes(server))
    until(lambda: not list(server.data.glob("work/[0-9a-f]*")))
    good = server.post(key, bbox=SMALL, formats=["geojson"])[2]["task_id"]
    then = server.wait(key, good)
    assert then["status"] == "completed", (then["error_code"], then["error"], [file["error"] for file in then["files"]])
    return done["error"]


def test_memory(server):
    key = server.key()
    task = server.post(key, bbox=SMALL, formats=["png"], config={"page": "A0", "dpi": 400})[2]["task_id"]
    (pid,) = until(lambda: job_processes(server), tell=server.log.read_text)
    assert ended(server, key, task, pid, "out_of_memory") == WORDS["out_of_memory"]


KERNEL = {
    "timeout": (resource.RLIMIT_CPU, 600 * os.cpu_count(), (1, 11)),
    "file_too_large": (resource.RLIMIT_FSIZE, 64 << 20, (1 << 14, 1 << 14)),
}


@pytest.mark.parametrize("code", KERNEL)
def test_what_the_kernel_keeps(server, code):
    """Its limits are those of the settings; made so small that this job meets them, each is told as what it is."""
    what, told, most = KERNEL[code]
    key = server.key()
    task, pid = running(server, key, **LARGE)
    assert resource.prlimit(pid, what)[0] == told
    assert resource.prlimit(pid, resource.RLIMIT_AS)[0] == (2048 + 2 * 900) << 20
    resource.prlimit(pid, what, most)
    assert ended(server, key, task, pid, code) == WORDS[code]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("bad_source", "The source x.osm.pbf could not be read: osm_parser.cpp, 1834: cannot allocate 923035 bytes.",
         "out_of_memory"),
        ("bad_source", "The source x.osm.pbf could not be read.", "bad_source"),
        ("overpass_memory", "The Overpass server a.b ran out of memory; choose fewer layers.", "overpass_memory"),
    ],
)  # fmt: skip
def test_memory_that_a_library_was_refused(tmp_path, code, text, expected):
    """It is told among other words; another server's memory is not the job's."""
    assert reason(code, text, tmp_path / "log", Settings(tmp_path)).code == expected


def test_cancelled(server):
    key = server.key()
    task, pid = running(server, key, **LARGE)
    processes = list(family(pid))
    status, _, body = server.call("DELETE", f"/api/tasks/{task}", key)
    assert (status, json.loads(body)["state"]) == (202, "running")
    start = time.monotonic()
    assert ended(server, key, task, pid, "cancelled") == "The task was cancelled."
    assert not any(map(is_alive, processes))
    assert time.monotonic() - start < 60


def test_time(engine, tmp_path):
    """One that does not hear is killed."""
    with Server(tmp_path / "data", ENGINE=engine, JOB_SECONDS=5, WORKERS=1, CACHE="off") as server:
        key = server.key()
        task = server.post(key, **LARGE)[2]["task_id"]
        with held(server, task) as pid:
            done = server.wait(key, task)
            until(lambda: not is_alive(pid))
        assert (done["status"], done["error_code"], done["attempt"]) == ("failed", "timeout", 1)
        assert done["error"] == (
            "The task took longer than 5 seconds; ask for a smaller area, fewer formats, or a lower detail level."
        )
        assert not list(server.data.glob("blobs/*/*"))
