"""A full disk under the server, at every step: no bad file is called completed, and all goes on where there is room."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from osm2cdr.processing_provider.formats.registry import written_formats
from readers import READERS
from serving import ENGINES, Server
from small_disk import SmallDisk

MEGABYTES = 160
# One of each library that writes; `make disk` takes all, on both engines.
FORMATS = ["pdf", "png", "cog", "gpkg", "geojson", "xlsx", "dxf", "osm_pbf"]
if os.environ.get("OSM2CDR_TEST_FORMATS") == "all":
    FORMATS = [item.id for item in written_formats()]


QUERY = """
import json, sqlite3, sys
database = sqlite3.connect(sys.argv[1] + "/osm2cdr.sqlite", timeout=20, isolation_level=None)
print(json.dumps(database.execute(sys.argv[2], sys.argv[3:]).fetchall()))
"""


class Disk:
    """A server on a small disk, its log included; one key."""

    def __init__(self, folder, engine, **env):
        self.small = SmallDisk(folder, MEGABYTES)
        self.server = Server(
            folder / "data", within=self.small.within, ENGINE=engine, CACHE="off", WORKERS=1, LOG="debug", **env
        )  # fmt: skip
        self.server.log = self.small.seen / "server.log"
        self.data = self.small.seen / "data"

    def __enter__(self):
        self.server.start()
        self.key = self.server.key()
        return self

    def __exit__(self, *_):
        self.server.__exit__()
        self.small.close()

    def submit(self, *formats):
        status, _, body = self.server.post(self.key, formats=list(formats), config={"dpi": 150})
        assert status == 202, body
        return body["task_id"]

    def query(self, statement, *values):
        """Rows of the database, asked for where the disk is mounted."""
        command = [*self.small.within, sys.executable, "-IS", "-c", QUERY, str(self.server.data), statement]
        done = subprocess.run([*command, *values], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def reasons(self, task):
        """Why it was put back, each time."""
        return [row[0] for row in self.query("SELECT detail FROM event WHERE job_id = ? AND kind = 'requeued'", task)]

    def until(self, what, seconds=300):
        deadline = time.monotonic() + seconds
        while not (found := what()):
            assert time.monotonic() < deadline, self.server.log.read_text()[-3000:]
            time.sleep(0.002)
        return found

    def reported(self, text):
        """The folder of a job whose report has a text."""
        for path in self.data.glob("work/*/report.jsonl"):
            try:
                if text in path.read_text(errors="replace"):
                    return path.parent
            except OSError:
                pass
        return None

    def check(self, task, *formats, tmp_path):
        """It ends well, and another program reads each of its files."""
        done = self.server.wait(self.key, task)
        assert (done["status"], done["error"]) == ("completed", None), done
        for name, file in zip(formats, done["files"]):
            assert (file["format"], file["status"]) == (name, "completed")
            path = tmp_path / file["filename"]
            path.write_bytes(self.server.call("GET", f"/api/download/{task}/{name}", self.key)[2])
            assert path.stat().st_size == file["bytes"]
            assert READERS[name](path).layers or file["features"] > 100
        return done


@pytest.fixture(scope="module", params=ENGINES)
def disk(request, tmp_path_factory):
    with Disk(tmp_path_factory.mktemp("disk") / "small", request.param) as disk:
        yield disk


@pytest.fixture(autouse=True)
def room_again(disk):
    yield
    disk.small.empty()


def true_word(disk, task):
    """What /status says while the disk is full."""
    status, body = disk.server.get(f"/api/status/{task}", disk.key)
    assert (status, body["status"] in ("queued", "processing", "completed")) == (200, True), body
    return body["status"]


@pytest.mark.parametrize("name", FORMATS)
def test_while_a_format_is_written(disk, tmp_path, name):
    for _ in range(10):
        task = disk.submit(name)
        folder = disk.until(lambda: disk.reported('"text": "writing '))
        # What it frees itself is taken as well.
        disk.until(lambda folder=folder: disk.small.fill() or not folder.exists() or disk.reported('"ok": true'))
        true_word(disk, task)
        disk.small.empty()
        done = disk.check(task, name, tmp_path=tmp_path)
        assert set(disk.reasons(task)) <= {"disk_full", "told_to_stop"}
        assert done["attempt"] == 1, "it was no doing of the job's"
        # A small file may have got through.
        if disk.reasons(task):
            return
    # It was quicker each time: then there is room for half of it.
    task = submit_stopped(disk, done["files"][0]["bytes"] // 2, name)
    deadline = time.monotonic() + 300
    while not disk.reasons(task) and time.monotonic() < deadline:
        time.sleep(0.1)
    true_word(disk, task)
    disk.small.empty()
    disk.check(task, name, tmp_path=tmp_path)


@pytest.mark.parametrize("left", [0, 150_000, 600_000, 2_000_000])
def test_from_before_the_first_file_on(disk, tmp_path, left):
    """So much room when the job is claimed."""
    task = submit_stopped(disk, left, "svg", "gpkg")
    time.sleep(3)
    true_word(disk, task)
    disk.small.empty()
    disk.check(task, "svg", "gpkg", tmp_path=tmp_path)


def test_while_it_is_published(disk, tmp_path):
    """The files are made, and then there is no room for a folder of blobs, nor for the row."""
    task = disk.submit("svg", "geojson")
    disk.until(lambda: disk.reported('"event": "progress"'))
    disk.server.process.send_signal(signal.SIGSTOP)
    try:
        disk.until(lambda: disk.reported('"event": "end"'))
        time.sleep(0.3)
        disk.small.fill()
    finally:
        disk.server.process.send_signal(signal.SIGCONT)
    time.sleep(3)
    true_word(disk, task)
    disk.small.empty()
    disk.check(task, "svg", "geojson", tmp_path=tmp_path)


def test_nothing_is_taken_in_while_nothing_can_be_kept(disk, tmp_path):
    """No room for a row: a 503 that says when to come again, and reading goes on."""
    before = disk.server.get("/api/me", disk.key)[1]["used_today"]
    # A log that has grown before has room for rows of its own.
    disk.until(lambda: disk.query("PRAGMA wal_checkpoint(TRUNCATE)")[0][0] == 0)
    disk.small.fill()
    refused = 0
    for _ in range(20):
        status, headers, body = disk.server.post(disk.key)
        if status == 202:
            continue
        assert (status, body["code"], body["task_id"]) == (503, "storage", None)
        assert int(headers["Retry-After"]) > 0
        refused += 1
    assert refused
    status, ready = disk.server.get("/readyz")
    assert (status, ready["faults"]) == (503, ["the disk is nearly full"])
    assert disk.server.get("/healthz")[0] == 200
    assert disk.server.get("/api/tasks", disk.key)[0] == 200
    disk.small.empty()
    task = disk.submit("svg")
    disk.check(task, "svg", tmp_path=tmp_path)
    assert disk.server.get("/readyz")[0] == 200
    used = disk.server.get("/api/me", disk.key)[1]["used_today"]
    assert used == before + 20 - refused + 1, "what was refused is not counted"


def test_parent_and_web_start_again_on_a_full_disk(disk, tmp_path):
    disk.small.fill()
    log = disk.server.log.stat().st_size
    for child in children(disk.server.process.pid):
        os.kill(child, signal.SIGKILL)
    disk.until(lambda: disk.server.get("/readyz")[1]["faults"] == ["the disk is nearly full"])
    assert disk.server.log.stat().st_size <= log + 65536
    disk.small.empty()
    disk.check(disk.submit("svg"), "svg", tmp_path=tmp_path)


def children(pid):
    return [int(word) for word in open(f"/proc/{pid}/task/{pid}/children").read().split()]


def test_the_database_is_whole(disk):
    assert disk.query("PRAGMA integrity_check") == [["ok"]]
    assert not [path for path in disk.data.glob("work/*") if path.name not in (".parent", ".cache")]
    rows = disk.query("SELECT sha256, bytes FROM job_file WHERE state = 'done'")
    assert rows
    for name, size in rows:
        assert (disk.data / "blobs" / name[:2] / name).stat().st_size == size
    for line in disk.server.log.read_text(errors="replace").splitlines():
        assert "Traceback" not in line or json.loads(line)["level"] == "error"


def test_a_gate_before_the_disk_is_full(tmp_path):
    """Less than MIN_FREE_MB: nothing is taken in, what waits goes on later, and what has expired makes room."""
    with Disk(tmp_path / "small", ENGINES[0], MIN_FREE_MB=40) as disk:
        old = disk.submit("svg")
        disk.check(old, "svg", tmp_path=tmp_path)
        waiting = submit_stopped(disk, left=30 << 20)
        status, headers, body = disk.server.post(disk.key)
        assert (status, body["code"], body["task_id"]) == (503, "disk_full", None)
        assert int(headers["Retry-After"]) > 0
        time.sleep(2)
        assert disk.server.get(f"/api/status/{waiting}", disk.key)[1]["status"] == "queued"
        assert disk.server.get("/readyz")[1]["faults"] == ["the disk is nearly full"]
        name = disk.query("SELECT sha256 FROM job_file WHERE job_id = ?", old)[0][0]
        path = disk.data / "blobs" / name[:2] / name
        os.utime(path, (1, 1))
        disk.query("UPDATE job SET expires = ? WHERE id = ?", str(time.time() - 1), old)
        disk.until(lambda: not path.exists())
        assert disk.server.get(f"/api/status/{old}", disk.key)[0] == 410
        disk.small.empty()
        disk.check(waiting, "svg", tmp_path=tmp_path)
        assert disk.reasons(waiting) == []


def submit_stopped(disk, left, *formats):
    """A task that is taken in before there is less room than is asked for, and not claimed before."""
    disk.server.process.send_signal(signal.SIGSTOP)
    try:
        task = disk.submit(*(formats or ["svg"]))
        disk.small.fill(left)
        return task
    finally:
        disk.server.process.send_signal(signal.SIGCONT)


def test_a_start_on_a_full_disk(tmp_path):
    """One sentence, an exit code that says to try again, and all is there when there is room."""
    with Disk(tmp_path / "small", ENGINES[0]) as disk:
        task = submit_stopped(disk, left=0)
        assert disk.server.stop(signal.SIGKILL) == -signal.SIGKILL
        time.sleep(1)
        disk.small.fill()
        disk.server.start(ready=False)
        code = None
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = disk.server.process.wait(10)
        if code is not None:
            assert code == 1
            disk.small.empty()
            assert "make room there" in disk.server.log.read_text().splitlines()[-1]
            disk.server.start()
        disk.small.empty()
        disk.check(task, "svg", tmp_path=tmp_path)
        new = disk.server.launcher("keys", "create", "--tier", "pro").stdout.strip()
        disk.small.fill()
        refused = disk.until(lambda: refusal(disk.server))
        assert refused.returncode == 1
        assert refused.stderr.count("\n") == 1, refused.stderr
        assert disk.server.get("/api/me", new)[0] == 200


def refusal(server):
    """Of a new key: none while there is room for its row."""
    try:
        server.launcher("keys", "create", "--tier", "pro")
    except subprocess.CalledProcessError as error:
        return error
    return None
