"""The supervisor's side of the parent: it is started, kept alive, told to start jobs, and asked how they ended."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, Callable

from ....processing_provider.pipeline.events import JOB_VARIABLE
from ....processing_provider.tools import child_environment
from ...settings import CHECKOUT, Settings
from ..confine import RUNTIME, STARTER_VARIABLE, Limits
from ..process_table import end_orphans

LOG = logging.getLogger("osm2cdr.supervisor")
# What a child ends with where its parent died.
PARENT_DIED = -1000
# A parent that dies before it can start a job is started again only after a while, longer each time.
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0
# For mallopt(3): what is let go stays with the process, which else gives it back and gets it anew, page by page, some
# hundred times a job.
_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(256 << 20), "MALLOC_MMAP_THRESHOLD_": str(32 << 20)}
# How many may be killed before the first is ready.
_STARTS = 4


class Child:
    """A job's process. `code` is None while it runs, negative for a signal, PARENT_DIED where nothing is known."""

    def __init__(self) -> None:
        self.started = threading.Event()
        self.ended = threading.Event()
        self.pid = 0
        self.code: int | None = None

    def kill(self, number: int) -> None:
        """A signal to all processes of the job."""
        if self.pid and not self.ended.is_set():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                try:
                    os.killpg(self.pid, number)
                except ProcessLookupError:
                    # It has not come so far as to lead a group.
                    os.kill(self.pid, number)


class Children:
    """One parent process at a time; where it dies, its jobs have ended and a new one is started by `ensure()`."""

    def __init__(self, settings: Settings, command: Callable[[Settings], list[str]] | None = None) -> None:
        self._settings = settings
        self._command = command or _command
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._running: dict[str, Child] = {}
        self._listener: threading.Thread | None = None
        self._ready = threading.Event()
        self._wait = self._not_before = 0.0
        self._starts = 0
        self._stopped = False
        self.probe: dict[str, Any] = {}

    @property
    def pid(self) -> int:
        """The parent's number, 0 where there is none."""
        return self._process.pid if self._process is not None else 0

    def ensure(self) -> None:
        """Start the parent where it does not run; called by the supervisor's main thread, with which it dies."""
        # The last one's jobs are told of their end first.
        if self._listener is not None and self._listener.is_alive():
            self._end_silence()
            return
        if time.monotonic() < self._not_before:
            return
        self._starts += 1
        self._not_before = time.monotonic() + self._wait
        self._wait = min(max(2 * self._wait, _FIRST_WAIT), _LONGEST_WAIT)
        runtime = self._settings.work / RUNTIME
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment = child_environment(CHECKOUT, runtime)
        packages = str(CHECKOUT / "build" / "plugins")
        environment["PYTHONPATH"] = os.pathsep.join((packages, environment["PYTHONPATH"]))
        # Its children are known by it, too, where they are not programs of their own.
        environment[JOB_VARIABLE] = str(runtime)
        environment[STARTER_VARIABLE] = str(os.getpid())
        environment["TMPDIR"] = str(runtime)
        # Jobs use the stores of the sources and build none: that is the supervisor's.
        environment["OSM2CDR_STORE"] = str(self._settings.stores)
        environment["OSM2CDR_STORE_BUILD"] = "off"
        environment.update(_MEMORY)
        self._process = subprocess.Popen(
            self._command(self._settings), env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        self._listener = threading.Thread(target=self._listen, args=(self._process,), daemon=True)
        self._listener.start()

    def wait_ready(self, seconds: float, give_up: Callable[[], bool]) -> bool:
        """Whether the parent says in time that it can start jobs; one that is killed is started again, a few times."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self._ready.wait(0.1) and not give_up():
            code = self._process.poll() if self._process is not None else None
            if code is not None and (code >= 0 or self._starts >= _STARTS):
                return False
            self.ensure()
        return self._ready.is_set()

    @property
    def is_ready(self) -> bool:
        """Whether it can start jobs now."""
        return self._ready.is_set()

    def start(self, token: str, folder: Path, limits: Limits) -> Child:
        """Start a job in its folder. Where the parent is gone, the child has ended already."""
        child = Child()
        line = json.dumps({"start": token, "folder": str(folder), "limits": vars(limits)}) + "\n"
        with self._lock:
            process = self._process
            if process is None or process.stdin is None or not self._ready.is_set():
                _end(child, PARENT_DIED)
                return child
            self._running[token] = child
            try:
                process.stdin.write(line.encode())
                process.stdin.flush()
            except OSError:
                del self._running[token]
                _end(child, PARENT_DIED)
        return child

    def restart(self) -> None:
        """Kill the parent, which does not do what it is told; its jobs have then ended, `ensure()` starts another."""
        LOG.error("the parent of the jobs does not answer")
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        """End the parent, and with it every job."""
        self._stopped = True
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._end_silence()
        if self._listener is not None:
            self._listener.join()

    def _end_silence(self) -> None:
        """A child that was stopped as soon as it was forked keeps the line of its dead parent open: it is killed."""
        if self._process is not None and self._process.poll() is not None:
            end_orphans(self._settings.work)

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            with contextlib.suppress(ValueError, KeyError):
                self._hear(json.loads(line))
        code = process.wait()
        if not self._stopped:
            LOG.warning("the parent of the jobs ended", extra={"code": code})
        with self._lock:
            self._ready.clear()
            lost, self._running = list(self._running.values()), {}
        # A child dies with its parent; what it has started does not.
        end_orphans(self._settings.work)
        for child in lost:
            _end(child, PARENT_DIED)

    def _hear(self, words: dict[str, Any]) -> None:
        if "ready" in words:
            self.probe = words["probe"]
            self._wait = self._not_before = 0.0
            self._ready.set()
            return
        with self._lock:
            child = self._running.get(words.get("started") or words["ended"])
            if child is not None and "ended" in words:
                del self._running[words["ended"]]
        if child is None:
            return
        if "started" in words:
            child.pid = words["pid"]
            child.started.set()
        else:
            _end(child, words["code"])


def _end(child: Child, code: int) -> None:
    child.code = code
    child.started.set()
    child.ended.set()


def _command(settings: Settings) -> list[str]:
    python = str(CHECKOUT / ".venv" / "bin" / "python")
    return [python, "-m", "osm2cdr.server.workers.fork.parent", settings.engine]
