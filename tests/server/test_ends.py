"""How jobs and the server end when somebody wants them to: drained, stopped at once, cancelled."""

import contextlib
import json
import os
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request

import pytest

from areas import ROOT
from osm2cdr.server.workers.process_table import family
from server_jobs import everything, held, is_alive, job_processes, kinds, left_running, query, state, until
from serving import ENGINES, SMALL, Server

MORE = {"bbox": SMALL, "formats": ["svg", "gpkg", "dxf", "pdf"], "detail_level": 5}


@pytest.fixture(params=ENGINES)
def server(request, tmp_path):
    # It heeds a hang-up also where nohup has these tests ignore it.
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        server = Server(tmp_path / "data", ENGINE=request.param, WORKERS=1, CACHE="off").start()
    finally:
        signal.signal(signal.SIGHUP, before)
    with contextlib.ExitStack() as stack:
        stack.push(server.__exit__)
        yield server


def submit(server, key, **fields):
    status, _, body = server.post(key, **fields)
    assert status == 202, body
    return body["task_id"]


def readiness(server):
    status, body = server.get("/readyz")
    return status, body and body["faults"]


def test_a_server_that_is_told_to_end_lets_jobs_end(server):
    key = server.key()
    first, second = submit(server, key, **MORE), submit(server, key)
    with held(server, first):
        processes = everything(server)
        server.process.send_signal(signal.SIGTERM)
        until(lambda: readiness(server) == (503, ["the supervisor is draining"]))
        third = submit(server, key)
        assert server.get(f"/api/status/{first}", key)[1]["status"] == "processing"
        assert server.get(f"/api/status/{third}", key)[1]["status"] == "queued"
    assert server.process.wait(300) == 0
    assert not left_running(server, processes)
    assert [state(server, task) for task in (first, second, third)] == ["completed", "queued", "queued"]
    server.start()
    assert [server.wait(key, task)["status"] for task in (first, second, third)] == ["completed"] * 3
    for task in (first, second, third):
        assert kinds(server, task) == ["submitted", "claimed", "completed"]


@pytest.mark.parametrize("numbers", [[signal.SIGTERM, signal.SIGTERM], [signal.SIGINT], [signal.SIGHUP]])
def test_a_server_that_shall_end_at_once_gives_jobs_back(server, numbers):
    key = server.key()
    task = submit(server, key, **MORE)
    with held(server, task):
        processes = everything(server)
        for number in numbers:
            server.process.send_signal(number)
            time.sleep(1)
        start = time.monotonic()
        assert server.process.wait(300) == 0
        assert time.monotonic() - start < 100
    assert not left_running(server, processes)
    assert not list(server.data.glob("work/[0-9a-f]*"))
    server.start()
    done = server.wait(key, task)
    assert (done["status"], done["attempt"]) == ("completed", 1)
    assert kinds(server, task) == ["submitted", "claimed", "requeued", "claimed", "completed"]


def test_a_server_ends_before_it_was_ready(tmp_path):
    server = Server(tmp_path / "data").start(ready=False)
    until(lambda: (server.data / "work" / ".parent").is_dir())
    processes = everything(server)
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(300) == 0
    assert not left_running(server, processes)


def test_a_terminal_s_interrupt_ends_it_all(tmp_path):
    """`osm2cdr serve` in a terminal: Ctrl-C goes to all of its group; nohup's ignored hang-up does not end it."""
    server = Server(tmp_path / "data")
    server.process = subprocess.Popen(
        [ROOT / "bin" / "osm2cdr", "serve"], env=server.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )  # fmt: skip
    lines = []
    reader = threading.Thread(target=lambda: lines.extend(server.process.stdout))
    reader.start()
    until(lambda: server.get("/readyz")[0] == 200)
    processes = everything(server)
    assert len(processes) >= 3
    os.killpg(server.process.pid, signal.SIGHUP)
    time.sleep(1)
    assert server.get("/readyz")[0] == 200
    os.killpg(server.process.pid, signal.SIGINT)
    assert server.process.wait(300) == 0
    reader.join(60)
    assert not left_running(server, processes)
    text = b"".join(lines).decode()
    assert "Traceback" not in text
    assert "listens at" in text


def test_a_rolling_restart_loses_nothing(server):
    """Under load: whatever was answered is kept, and in between there are connections refused or reset and no faults.

    A start that takes long is told of, with the time to wait.
    """
    key, tasks, faults, done = server.key(), [], [], threading.Event()
    body = json.dumps({"bbox": SMALL, "formats": ["geojson"]}).encode()
    headers = {"X-API-Key": key, "Content-Type": "application/json"}

    def call(path, data=None):
        try:
            request = urllib.request.Request(server.url + path, data, headers)
            with urllib.request.urlopen(request, timeout=300) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            said = json.load(error)
            if (error.code, said.get("code")) != (503, "starting") or not error.headers["Retry-After"]:
                faults.append((path, error.code, said))
        except urllib.error.URLError as error:
            # Refused, or reset where the kernel had taken it in and nobody had seen it yet.
            if not isinstance(error.reason, (ConnectionRefusedError, ConnectionResetError)):
                faults.append((path, error.reason))
        except ConnectionResetError:
            pass
        except OSError as error:
            faults.append((path, error))
        time.sleep(0.05)
        return None

    def client():
        while not done.is_set():
            task = call("/api/render", body) if len(tasks) < 24 else None
            if task:
                tasks.append(task["task_id"])
            for known in tasks[-3:]:
                found = call(f"/api/status/{known}")
                if found and found["status"] == "failed":
                    faults.append(found)

    clients = [threading.Thread(target=client) for _ in range(4)]
    for thread in clients:
        thread.start()
    try:
        for turn in (1, 2, 3):
            until(lambda turn=turn: len(tasks) >= 4 * turn or faults)
            assert server.stop(signal.SIGTERM, 120) == 0
            server.start()
    finally:
        done.set()
        for thread in clients:
            thread.join()
    assert faults == []
    assert len(tasks) >= 10
    assert query(server, "SELECT count(*) FROM job") == [(len(tasks),)]
    for task in tasks:
        assert server.wait(key, task)["status"] == "completed"
        assert kinds(server, task) == ["submitted", "claimed", "completed"]


def cancel(server, key, task):
    status, _, body = server.call("DELETE", f"/api/tasks/{task}", key)
    return status, json.loads(body)


def test_cancel_at_every_state(server):
    key, other = server.key(), server.key()
    running, waiting = submit(server, key, **MORE), submit(server, key)
    with held(server, running) as pid:
        family_before = list(family(pid))
        status, body = cancel(server, key, waiting)
        assert (status, body["state"]) == (200, "cancelled")
        assert cancel(server, key, waiting)[0] == 200, "twice is no fault"
        assert cancel(server, other, running)[0] == 404
        status, body = cancel(server, key, running)
        assert (status, body["status"]) == (202, "processing")
        assert cancel(server, key, running)[0] == 202
        start = time.monotonic()
        until(lambda: not any(map(is_alive, family_before)))
        assert time.monotonic() - start < 60
    for task in (running, waiting):
        done = server.wait(key, task)
        assert (done["status"], done["state"], done["error_code"]) == ("failed", "cancelled", "cancelled")
        assert done["error"] == "The task was cancelled."
        assert {file["status"] for file in done["files"]} == {"failed"}
        assert server.call("GET", f"/api/download/{task}/svg", key)[0] == 404
        assert cancel(server, key, task) == (200, {"task_id": task, "status": "failed", "state": "cancelled"})
    assert not job_processes(server)
    finished = submit(server, key)
    assert server.wait(key, finished)["status"] == "completed"
    status, body = cancel(server, key, finished)
    assert (status, body["state"]) == (200, "expired")
    assert server.get(f"/api/status/{finished}", key)[0] == 410
    assert server.call("GET", f"/api/download/{finished}/svg", key)[0] == 410
    assert cancel(server, key, finished)[0] == 200
    assert cancel(server, key, "0" * 32)[0] == 404


def test_cancel_while_it_is_published(server):
    """Its files are made and nobody has taken them over yet: who was told that it stops finds nothing."""
    key = server.key()
    task = submit(server, key)
    pid = until(lambda: job_processes(server))[0]
    server.process.send_signal(signal.SIGSTOP)
    try:
        until(lambda: not is_alive(pid))
        assert cancel(server, key, task)[0] == 202
    finally:
        server.process.send_signal(signal.SIGCONT)
    done = server.wait(key, task)
    assert (done["state"], {file["status"] for file in done["files"]}) == ("cancelled", {"failed"})
    assert query(server, "SELECT count(*) FROM job_file WHERE sha256 IS NOT NULL") == [(0,)]
