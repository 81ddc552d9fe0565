"""The processes of a server's jobs, and its rows, for tests that stop and kill them."""

import contextlib
import os
import signal
import sqlite3
import time
from pathlib import Path

from osm2cdr.server.workers.fork.prefork import NAME as SPARE
from osm2cdr.server.workers.process_table import children, family


def until(what, seconds=300, tell=lambda: ""):
    """What `what` says, as soon as it says something."""
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline, tell()
        time.sleep(0.01)
    return found


def query(server, statement, *values):
    """Rows of its database."""
    with contextlib.closing(sqlite3.connect(server.data / "osm2cdr.sqlite", timeout=120)) as database:
        return database.execute(statement, values).fetchall()


def state(server, task):
    return query(server, "SELECT state FROM job WHERE id = ?", task)[0][0]


def kinds(server, task):
    """What happened to a job, in order."""
    return [row[0] for row in query(server, "SELECT kind FROM event WHERE job_id = ? ORDER BY id", task)]


def parent(server):
    """The parent of the jobs."""
    for pid in children(server.process.pid):
        with contextlib.suppress(OSError):
            if b"osm2cdr.server.workers.fork.parent" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
                return pid
    return 0


def name_of(pid):
    """As `ps -o comm` tells it, empty where it has ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip()
    return ""


def job_processes(server):
    """The processes that work at jobs; not those that wait for the next, nor one that was forked just now."""
    forked = parent(server)
    return [pid for pid in children(forked) if name_of(pid) not in ("", SPARE, name_of(forked))]


def spare_processes(server):
    """The processes that wait for the next job, or rehearse one."""
    return [pid for pid in children(parent(server)) if name_of(pid) == SPARE]


@contextlib.contextmanager
def held(server, task):
    """A job that runs is stopped in the middle, and goes on at the end if it is still there: its process."""
    pid = until(lambda: state(server, task) == "running" and job_processes(server), tell=server.log.read_text)[0]
    os.kill(pid, signal.SIGSTOP)
    try:
        yield pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def is_alive(pid):
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def left_running(server, pids):
    """Which of these processes run still."""
    return [pid for pid in pids if is_alive(pid)]


def everything(server):
    """All processes of the server."""
    return list(family(server.process.pid))
