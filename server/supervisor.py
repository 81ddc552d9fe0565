"""The supervisor: claims jobs, keeps the web processes and the parent of the jobs alive, and tidies up.

One per data folder. All it knows is in the database: whatever of the server is killed, the next start goes on from
there.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import select
import shutil
import signal
import socket
import sqlite3
import threading
import time
from pathlib import Path
from typing import Callable, Iterator

from . import doorbell
from .engine.attempt import Attempt
from .engine.children import Children
from .engine.processes import end_orphans
from .settings import Settings, SettingsError
from .store import files, leases
from .store.database import connect, open_database
from .webs import Webs

LOG = logging.getLogger("osm2cdr.supervisor")
_LOOK_SECONDS = 0.5
_ALIVE_SECONDS = 5.0
_REAP_SECONDS = 5.0
_TIDY_SECONDS = 300.0
_READY_SECONDS = 180.0


class Supervisor:
    """`run()` until a signal; SIGTERM lets running jobs end first, SIGINT gives them back at once."""

    def __init__(self, settings: Settings, listener: socket.socket, on_ready: Callable[[], None] | None = None) -> None:
        self.settings = settings
        self.children = Children(settings)
        self._on_ready = on_ready
        self.webs = Webs(settings, listener)
        self._attempts: dict[Attempt, threading.Thread] = {}
        self._signals: list[int] = []
        self._due = {"alive": 0.0, "reap": 0.0, "tidy": 0.0}

    def run(self) -> None:
        """Where the folder is ours (see `alone`); raises SettingsError where QGIS does not start."""
        with contextlib.closing(self._open()) as database, doorbell.listen(self.settings.data) as bell:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, lambda number, _frame: self._signals.append(number))
            try:
                self._take_over(database)
                self.children.ensure()
                if not self.children.wait_ready(_READY_SECONDS):
                    raise SettingsError("QGIS did not start; 'osm2cdr doctor' tells what is missing.")
                self._write_probe()
                self.webs.ensure()
                self._say_alive("ready")
                if self._on_ready is not None:
                    self._on_ready()
                while not self._signals:
                    self._turn(database, bell)
                self._leave(database, wait=self._signals[-1] == signal.SIGTERM)
            finally:
                self.webs.stop()
                self.children.stop()
                with contextlib.suppress(OSError):
                    self._alive_file.unlink()

    def _open(self) -> sqlite3.Connection:
        """For claims and the like, which may be lost with the machine's power: what was not claimed waits still."""
        open_database(self.settings.database).close()
        return connect(self.settings.database, durable=False)

    def _take_over(self, database: sqlite3.Connection) -> None:
        """What the last supervisor left: processes, private folders, files of no job, jobs that nobody works at."""
        end_orphans(self.settings.work)
        shutil.rmtree(self.settings.work, ignore_errors=True)
        self.settings.work.mkdir(parents=True, exist_ok=True)
        lost = leases.reap(database, time.time(), everything=True)
        if lost:
            LOG.info("taken over", extra={"jobs": len(lost)})
        # Nothing is being published now: what no job has was moved there just before the end.
        files.sweep(database, self.settings.blobs, young=0)

    def _write_probe(self) -> None:
        draft = self.settings.probe.with_suffix(".new")
        draft.write_text(json.dumps(self.children.probe), encoding="utf-8")
        draft.replace(self.settings.probe)

    def _turn(self, database: sqlite3.Connection, bell: socket.socket) -> None:
        ready, _, _ = select.select([bell], [], [], _LOOK_SECONDS)
        while ready:
            try:
                bell.recv(16)
            except BlockingIOError:
                break
        try:
            self.children.ensure()
            self.webs.ensure()
            self._claim(database)
            self._housekeep(database)
        except sqlite3.Error as error:
            # A full disk, or a database that is busy for long: nothing is lost, it is tried again.
            LOG.warning("database", extra={"error": str(error)})
        except OSError as error:
            LOG.warning("disk", extra={"error": str(error)})

    def _claim(self, database: sqlite3.Connection) -> None:
        self._attempts = {attempt: thread for attempt, thread in self._attempts.items() if thread.is_alive()}
        while len(self._attempts) < self.settings.workers and self.children.is_ready:
            if free_mb(self.settings.data) < self.settings.min_free_mb:
                LOG.warning("disk", extra={"error": f"less than {self.settings.min_free_mb} MB free"})
                return
            taken = sum(attempt.claimed.memory_mb for attempt in self._attempts)
            # Where nothing runs, anything may.
            left = self.settings.memory_mb - taken if self._attempts else 1 << 40
            claimed = leases.claim(database, left, self.settings.cache, time.time())
            if claimed is None:
                return
            attempt = Attempt(self.settings, self.children, claimed)
            thread = threading.Thread(target=self._attend, args=(attempt,), name=claimed.job)
            self._attempts[attempt] = thread
            thread.start()

    def _attend(self, attempt: Attempt) -> None:
        try:
            attempt.run()
        finally:
            # A slot is free.
            doorbell.ring(self.settings.data)

    def _housekeep(self, database: sqlite3.Connection) -> None:
        now = time.monotonic()
        if now >= self._due["alive"]:
            self._due["alive"] = now + _ALIVE_SECONDS
            self._say_alive("ready" if self.children.is_ready else "starting")
        if now >= self._due["reap"]:
            self._due["reap"] = now + _REAP_SECONDS
            held = {attempt.claimed.token for attempt, thread in self._attempts.items() if thread.is_alive()}
            leases.reap(database, time.time(), held)
        if now >= self._due["tidy"]:
            self._due["tidy"] = now + _TIDY_SECONDS
            leases.expire(database, time.time())
            files.sweep(database, self.settings.blobs)

    @property
    def _alive_file(self) -> Path:
        return self.settings.data / "alive"

    def _say_alive(self, state: str) -> None:
        """Its age tells whether there is a supervisor, its text what that is doing."""
        self._alive_file.write_text(state, encoding="utf-8")

    def _leave(self, database: sqlite3.Connection, wait: bool) -> None:
        """Claim nothing more, let what runs end for a while, give back what is left."""
        deadline = time.monotonic() + (self.settings.drain_seconds if wait else 0)
        while any(thread.is_alive() for thread in self._attempts.values()) and time.monotonic() < deadline:
            self._say_alive("draining")
            self.webs.ensure()
            time.sleep(_LOOK_SECONDS / 5)
            if signal.SIGINT in self._signals or len(self._signals) > 1:
                break
        for attempt in self._attempts:
            attempt.stop()
        for thread in self._attempts.values():
            thread.join()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextlib.contextmanager
def alone(data: Path) -> Iterator[None]:
    """The folder for this supervisor alone, which ends with its process; SettingsError where another one has it."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (data / "lock").open("w")
    except OSError as error:
        text = f"{data} cannot be used ({error.strerror}); name another folder in OSM2CDR_DATA."
        raise SettingsError(text) from error
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SettingsError(f"A server runs on {data} already; name another folder in OSM2CDR_DATA.") from error
        yield


def free_mb(folder: Path) -> int:
    """Room on the folder's disk."""
    return shutil.disk_usage(folder).free >> 20
