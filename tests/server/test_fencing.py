"""What goes wrong round a job that runs: the clock is set, the lease is another's, time is over, memory is short."""

import contextlib
import json
import os
import signal
import sqlite3
import sys
import threading
import time
from types import SimpleNamespace

import pytest
from process_tree import Tree

from chaos_check import check
from osm2cdr.server.workers.fork.parent_client import PARENT_DIED
from server_jobs import job_processes, until
from serving import StubServer
from stub_start import command


class Clock:
    """The seconds by which the supervisor's clock is wrong."""

    def __init__(self, path):
        self.path = path
        self.set(0)

    def set(self, seconds):
        """At once, for whoever reads it."""
        draft = self.path.with_suffix(".new")
        draft.write_text(str(seconds))
        draft.replace(self.path)


@pytest.fixture
def clock(tmp_path):
    return Clock(tmp_path / "clock")


def rows(server, sql, *values):
    with contextlib.closing(sqlite3.connect(server.data / "osm2cdr.sqlite", timeout=120)) as database:
        return database.execute(sql, values).fetchall()


def told(server, task):
    return [kind for (kind,) in rows(server, "SELECT kind FROM event WHERE job_id = ? ORDER BY id", task)]


def running(server, count=1, seconds=300):
    deadline = time.monotonic() + seconds
    while len(found := rows(server, "SELECT id, lease_token FROM job WHERE state = 'running'")) < count:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


def only_child(server, seconds=300):
    """The process of the one job that runs: a moment after the job is claimed."""
    deadline = time.monotonic() + seconds
    while not (found := Tree(server.process.pid).jobs):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    (child,) = found
    return child


def test_the_clock_is_set_while_jobs_run(tmp_path, clock):
    with StubServer(tmp_path / "data", CACHE="off", STUB_CLOCK=clock.path) as server:
        key = server.key("pro")
        for offset in ("3600", "-3600", "0"):
            tasks = [server.job(key, "nap") for _ in range(4)]
            running(server)
            clock.set(offset)
            # Longer than between two looks for leases that have run out.
            for task in tasks:
                assert server.wait(key, task)["status"] == "completed"
                assert told(server, task) == ["submitted", "claimed", "completed"]
        clock.set("3600")
        crash = server.job(key, "segfault")
        deadline = time.monotonic() + 300
        while "requeued" not in told(server, crash):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        clock.set("0")
        while told(server, crash).count("claimed") < 2:
            assert time.monotonic() < deadline, "it waits for an hour"
            time.sleep(0.1)


def test_whose_lease_is_another_ones_stops_and_writes_nothing(tmp_path):
    with StubServer(tmp_path / "data", CACHE="off") as server:
        key = server.key("pro")
        task = server.job(key, "nap")
        running(server)
        child = only_child(server)
        server.change("UPDATE job SET lease_token = 'another', lease_until = ? WHERE id = ?", time.time() + 8, task)
        deadline = time.monotonic() + 300
        while os.path.exists(f"/proc/{child}"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert rows(server, "SELECT state, lease_token FROM job") == [("running", "another")]
        assert not list((server.data / "blobs").glob("*/*")), "nothing was published"
        # The other one never comes: its lease runs out.
        assert server.wait(key, task)["status"] == "completed"
        assert told(server, task) == ["submitted", "claimed", "requeued", "claimed", "completed"]


def test_a_supervisor_that_was_stopped_beyond_every_lease_goes_on(tmp_path, clock):
    """Its jobs ended meanwhile, its leases ran out: each is published once, none is done again."""
    with StubServer(tmp_path / "data", CACHE="off", STUB_CLOCK=clock.path) as server:
        key = server.key("pro")
        tasks = [server.job(key, "nap") for _ in range(2)]
        running(server, 2)
        os.kill(server.process.pid, signal.SIGSTOP)
        # The jobs end, and the time of the leases is over, though nobody waits for that here.
        until(lambda: not job_processes(server))
        clock.set("45")
        os.kill(server.process.pid, signal.SIGCONT)
        for task in tasks:
            assert server.wait(key, task)["status"] == "completed"
            assert told(server, task) == ["submitted", "claimed", "completed"]


def test_a_child_that_is_stopped_has_its_time_and_no_more(tmp_path):
    with StubServer(tmp_path / "data", CACHE="off", JOB_SECONDS=20) as server:
        key = server.key("pro")
        task = server.job(key, "nap")
        running(server)
        child = only_child(server)
        os.kill(child, signal.SIGSTOP)
        body = server.wait(key, task)
        assert (body["status"], body["error_code"]) == ("failed", "timeout")
        assert server.wait(key, server.job(key))["status"] == "completed"


def test_memory_lets_in_as_many_as_there_is_room_for(tmp_path):
    with StubServer(tmp_path / "data", CACHE="off", WORKERS=4, MEMORY_MB=400) as server:
        key = server.key("pro")
        tasks = [server.job(key, "nap") for _ in range(6)]
        server.change("UPDATE job SET memory_mb = 390 WHERE id = ?", tasks[3])
        most = 0
        while rows(server, "SELECT 1 FROM job WHERE state != 'completed'"):
            # In one statement: of one moment.
            memory, count = rows(server, "SELECT sum(memory_mb), count(*) FROM job WHERE state = 'running'")[0]
            assert not count or memory <= 400
            most = max(most, count)
            time.sleep(0.02)
        assert most == 2
        claimed = rows(server, "SELECT job_id FROM event WHERE kind = 'claimed' ORDER BY id")
        assert [job for (job,) in claimed].index(tasks[3]) <= 3, "nobody went before the large one for long"


@pytest.mark.parametrize(("name", "code"), [("spin", -signal.SIGXCPU), ("big", -signal.SIGXFSZ)])
def test_the_kernel_keeps_the_limits_too(tmp_path, name, code):
    """Where no supervisor looks."""

    from osm2cdr.server.workers.confine import Limits
    from osm2cdr.server.workers.failures import crashed
    from osm2cdr.server.workers.fork.parent_client import Children

    settings = SimpleNamespace(
        work=tmp_path / "work", stores="off", engine="stub", sources=(), job_seconds=1, job_file_mb=1
    )
    children = Children(settings, command)
    children.ensure()
    try:
        assert children.wait_ready(60, lambda: False)
        folder = settings.work / "job"
        folder.mkdir()
        (folder / "job.json").write_text(json.dumps({"NAME": name, "FORMATS": "svg"}))
        child = children.start("token", folder, Limits(512, 1, 1))
        assert child.ended.wait(120)
        assert child.code == code
        why = crashed(code, folder / "log", settings)
        assert why.code in ("timeout", "file_too_large")
        assert not why.fault
        if name == "big":
            assert (folder / "big").stat().st_size == 1 << 20
    finally:
        children.stop()


# A parent that ends and leaves a child which still has its line to the supervisor, as one that was just forked does.
LEAVES_ONE = """
import os, sys, time
print('{"ready": "stub", "probe": {}}', flush=True)
if os.fork() == 0:
    time.sleep(600)
sys.stdin.readline()
os._exit(1)
"""


@pytest.mark.parametrize("ends", ["by itself", "stopped"])
def test_a_line_that_a_child_keeps_open_does_not_stop_the_server(tmp_path, ends):
    from osm2cdr.server.workers.confine import Limits
    from osm2cdr.server.workers.fork.parent_client import Children

    settings = SimpleNamespace(work=tmp_path / "work", stores="off", engine="stub", sources=())
    children = Children(settings, lambda _settings: [sys.executable, "-c", LEAVES_ONE])
    children.ensure()
    stopping = threading.Thread(target=children.stop, daemon=True)
    try:
        assert children.wait_ready(60, lambda: False)
        first = children.pid
        if ends == "by itself":
            child = children.start("token", tmp_path, Limits(512, 1, 1))
            deadline = time.monotonic() + 300
            while children.pid == first and time.monotonic() < deadline:
                children.ensure()
                time.sleep(0.1)
            assert children.pid != first
            assert child.code == PARENT_DIED
    finally:
        stopping.start()
        stopping.join(120)
    assert not stopping.is_alive()


def test_the_runner_would_notice(tmp_path):
    """A server that loses a task: the checks of chaos can fail."""
    with StubServer(tmp_path / "data", CACHE="off") as server:
        key = server.key("pro")
        tasks = {server.job(key): None for _ in range(3)}
        for task in tasks:
            server.wait(key, task)
        first, second, third = tasks
        server.change("DELETE FROM job WHERE id = ?", first)
        server.change("INSERT INTO event (job_id, at, kind) VALUES (?, 0, 'completed')", second)
        (blob,) = rows(server, "SELECT sha256 FROM job_file WHERE job_id = ?", third)[0]
        path = server.data / "blobs" / blob[:2] / blob
        path.write_bytes(path.read_bytes()[:-1])
        faults = check(server, key, tasks)["faults"]
    assert any("2 jobs are there, 3 were accepted" in fault for fault in faults)
    assert any(fault.startswith(f"{second} went") for fault in faults)
    assert any(fault.startswith(f"{third}/svg: ") for fault in faults)
