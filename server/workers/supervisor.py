"""The supervisor: claims jobs, keeps the web processes and the parent of the jobs alive, and tidies up.

One per data folder. All it knows is in the database: whatever of the server is killed, the next start goes on from
there.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import json
import logging
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import Callable

from ..disk_space import free_mb
from ..domain.keeping import YOUNG_SECONDS
from ..settings import Settings, SettingsError
from ..starting import Starting
from ..store.bell import Ear
from ..store.errors import StoreError
from ..store.interfaces import StoreConnection
from ..store.opening import open_store
from ..web_processes import WebProcesses
from . import density, landlock
from .attempt import Attempt
from .data_folder import AliveFile
from .fork.parent_client import Children
from .process_table import end_orphans
from .source_check import Looker
from .store_builder import StoreBuilder
from .tidier import Tidier

LOG = logging.getLogger("osm2cdr.supervisor")
_LOOK_SECONDS = 0.5
_ALIVE_SECONDS = 5.0
_REAP_SECONDS = 5.0
_TIDY_SECONDS = 300.0
# Where the disk is nearly full, it is tidied as often as this, and files without a job are kept no longer than this.
_SHORT_TIDY_SECONDS, _SHORT_YOUNG_SECONDS = 10.0, 120.0
# The same trouble is told again after this.
_AGAIN_SECONDS = 60.0
_READY_SECONDS = 180.0
_SOURCES_SECONDS = 0.05


class Supervisor:
    """`run()` until a signal; SIGTERM lets running jobs end first, SIGINT gives them back at once."""

    def __init__(self, settings: Settings, listener: socket.socket, on_ready: Callable[[], None] | None = None) -> None:
        self.settings = settings
        self.store = open_store(settings)
        self.children = Children(settings)
        self._on_ready = on_ready
        self.looker = Looker(settings)
        self.store_builder = StoreBuilder(settings, self.looker.sources)
        self.web_processes = WebProcesses(settings, listener)
        self._starting = Starting(listener)
        self._alive = AliveFile(settings.data)
        self._attempts: dict[Attempt, threading.Thread] = {}
        self._signals: list[int] = []
        self._surveyor: subprocess.Popen[bytes] | None = None
        self._due = {"alive": 0.0, "reap": 0.0, "tidy": 0.0}
        self._troubles: dict[str, float] = {}
        self._tidier = Tidier(settings, self.store, self._folders, self._trouble)

    def run(self) -> None:
        """Where the folder is ours (see `alone`); raises SettingsError where QGIS does not start."""
        with (
            self._starting,
            contextlib.closing(self._open()) as rows,
            contextlib.closing(self.store.bell.listen()) as ear,
        ):
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                # nohup has it ignored.
                if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                    signal.signal(number, lambda number, _frame: self._signals.append(number))
            try:
                self._take_over(rows)
                self.children.ensure()
                self.looker.start()
                self._survey()
                if self._begin() and self._on_ready is not None:
                    self._on_ready()
                while not self._signals:
                    self._turn(rows, ear)
                self._leave(rows, wait=self._signals[-1] == signal.SIGTERM)
            finally:
                self._starting.stop()
                self.web_processes.stop()
                self.children.stop()
                self._tidier.stop()
                self.looker.stop()
                self.store_builder.stop()
                if self._surveyor is not None:
                    self._surveyor.kill()
                    self._surveyor.wait()
                self._alive.remove()

    def _begin(self) -> bool:
        """Wait for QGIS and the sources, then let calls in; False where a signal came first."""
        if not self.children.wait_ready(_READY_SECONDS, lambda: bool(self._signals)):
            if self._signals:
                return False
            raise SettingsError("QGIS did not start; 'osm2cdr doctor' tells what is missing.")
        if not self._open_sources():
            return False
        if not landlock.version():
            LOG.warning(landlock.MISSING)
        self._write_probe()
        self._alive.say("ready")
        self._starting.stop()
        self.web_processes.ensure()
        return True

    def _open_sources(self) -> bool:
        """Wait until each was opened; SettingsError where none of them can be used, False where a signal came first."""
        while self.looker.is_busy():
            if self._signals:
                return False
            time.sleep(_SOURCES_SECONDS)
        self.looker.tell()
        known = self.looker.sources.all()
        if not any(not source.is_out for source in known):
            why = " ".join(source.why_out() for source in known) or "They could not be looked at."
            raise SettingsError(f"No source of OSM2CDR_SOURCE can be used: {why} Give extracts (.osm.pbf), 'sample' or "
                                "'overpass'.")  # fmt: skip
        return True

    def _survey(self) -> None:
        """Have it counted where the sources are dense, once more where one of them was replaced."""
        if self._surveyor is None or self._surveyor.poll() is not None:
            with contextlib.suppress(OSError):
                self._surveyor = density.start(self.settings)

    def _open(self) -> StoreConnection:
        """For claims and the like, which may be lost with the machine's power: what was not claimed waits still."""
        self.store.prepare(examine=True)
        return self.store.connect(durable=False)

    def _take_over(self, rows: StoreConnection) -> None:
        """What the last supervisor left: processes, private folders, files of no job, jobs that nobody works at."""
        end_orphans(self.settings.work)
        shutil.rmtree(self.settings.work, ignore_errors=True)
        self.settings.work.mkdir(parents=True, exist_ok=True)
        lost = rows.leases.reap(time.time(), everything=True)
        if lost:
            LOG.info("taken over", extra={"jobs": len(lost)})
        # What no job has was moved there just before the end; what is published from now on is known to be.
        self._tidier.begin(young=0)

    def _write_probe(self) -> None:
        draft = self.settings.probe.with_suffix(".new")
        draft.write_text(json.dumps(self.children.probe), encoding="utf-8")
        draft.replace(self.settings.probe)

    def _turn(self, rows: StoreConnection, ear: Ear) -> None:
        ear.wait(_LOOK_SECONDS)
        # A full disk, or a database that is busy for long: nothing is lost, it is tried again.
        for step in (
            self.children.ensure,
            self.web_processes.ensure,
            self.looker.ensure,
            self.store_builder.ensure,
            lambda: self._claim(rows),
        ):
            self._try(step)
        self._housekeep(rows)

    def _try(self, step: Callable[[], object]) -> None:
        try:
            step()
        except (StoreError, OSError) as error:
            self._trouble(str(error))

    def _trouble(self, text: str) -> None:
        """Into the log, which a full disk shall not fill with one line."""
        now = time.monotonic()
        if now >= self._troubles.get(text, 0.0):
            self._troubles = {known: due for known, due in list(self._troubles.items()) if due > now}
            self._troubles[text] = now + _AGAIN_SECONDS
            LOG.warning("storage", extra={"error": text})

    def _claim(self, rows: StoreConnection) -> None:
        self._attempts = {attempt: thread for attempt, thread in self._attempts.items() if thread.is_alive()}
        while len(self._attempts) < self.settings.workers and self.children.is_ready:
            if self._is_short:
                self._trouble(f"{self.settings.data} has less than {self.settings.min_free_mb} MB free; jobs wait")
                return
            taken = sum(attempt.claimed.memory_mb for attempt in self._attempts)
            # Where nothing runs, anything may.
            left = self.settings.memory_mb - taken if self._attempts else 1 << 40
            claimed = rows.queue.claim(left, self.store.blobs if self.settings.cache else None, time.time())
            if claimed is None:
                break
            attempt = Attempt(self.settings, self.store, self.children, claimed)
            thread = threading.Thread(target=self._attend, args=(attempt,), name=claimed.job)
            self._attempts[attempt] = thread
            thread.start()
        self._give_way(rows)

    def _give_way(self, rows: StoreConnection) -> None:
        """Give one of the house's own jobs back where somebody's is due and found no room, one at a time."""
        ours = [attempt for attempt, thread in self._attempts.items() if attempt.is_house_s and thread.is_alive()]
        if not ours or any(attempt.is_stopping for attempt in ours):
            return
        if rows.queue.is_wanted(time.time(), self.settings.cache):
            ours[-1].stop()

    def _attend(self, attempt: Attempt) -> None:
        try:
            attempt.run()
        finally:
            # A slot is free.
            self.store.bell.ring()

    @property
    def _is_short(self) -> bool:
        return free_mb(self.settings.data) < self.settings.min_free_mb

    def _housekeep(self, rows: StoreConnection) -> None:
        now = time.monotonic()
        if now >= self._due["alive"]:
            self._due["alive"] = now + _ALIVE_SECONDS
            self._try(lambda: self._alive.say("ready" if self.children.is_ready else "starting"))
        if now >= self._due["reap"]:
            self._due["reap"] = now + _REAP_SECONDS
            held = {attempt.claimed.token for attempt, thread in self._attempts.items() if thread.is_alive()}
            self._try(lambda: rows.leases.reap(time.time(), held))
        short = self._is_short
        if now >= self._due["tidy"] - (_TIDY_SECONDS - _SHORT_TIDY_SECONDS if short else 0):
            self._due["tidy"] = now + _TIDY_SECONDS
            self._tidier.begin(_SHORT_YOUNG_SECONDS if short else YOUNG_SECONDS)
            self._survey()

    def _folders(self) -> set[Path]:
        """Those that somebody works in, or will."""
        return {attempt.folder for attempt in list(self._attempts)}

    def _leave(self, rows: StoreConnection, wait: bool) -> None:
        """Claim nothing more, let what runs end for a while, give back what is left."""
        deadline = time.monotonic() + (self.settings.drain_seconds if wait else 0)
        while any(thread.is_alive() for thread in self._attempts.values()) and time.monotonic() < deadline:
            self._try(lambda: self._alive.say("draining"))
            self._try(self.web_processes.ensure)
            time.sleep(_LOOK_SECONDS / 5)
            if signal.SIGINT in self._signals or len(self._signals) > 1:
                break
        for attempt in self._attempts:
            attempt.stop()
        for thread in self._attempts.values():
            thread.join()
        self._try(rows.upkeep.settle)
