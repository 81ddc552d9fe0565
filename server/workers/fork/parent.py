"""The parent of the jobs: a process with QGIS and the provider loaded, that forks one child for each job.

It never draws, nor opens a network or a database: a child of a parent that has drawn hangs. While nothing is to do it
makes children ready that have drawn already (see prefork.py). With the engine `qgis_process` it loads nothing, and each
child becomes a qgis_process of its own.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any, Callable

from ..confine import CACHE, Limits, adopt, confine, die_with_parent, isolate, name_process
from ..process_table import children, job_of
from .prefork import MOST, NAME, Spare, rehearse, wait_for_job
from .protocol import JOB, LOG, REPORT

Body = Callable[[Path, dict[str, Any]], int]
_CHUNK = 65536
# How long the end of a job waits for what the job left behind to be gone.
_GONE_SECONDS = 2.0
# After so long without anything to do, a child is made ready for the next job. Made beside one that runs, it would cost
# that as much time as it saves the next.
_IDLE_SECONDS = 0.2


class Parent:
    """Starts children and tells of their end."""

    def __init__(self, body: Body, commands: int, answers: int, spare: bool = False) -> None:
        self._body = body
        self._commands = commands
        self._answers = answers
        self._spares: list[Spare] = []
        # How many more may be made before the next job: spare children that end by themselves would do so for ever.
        self._most = self._left = MOST if spare else 0
        # Token and folder of each child.
        self._running: dict[int, tuple[str, str]] = {}

    def tell(self, **words: Any) -> None:
        """A line to the supervisor."""
        os.write(self._answers, (json.dumps(words) + "\n").encode())

    def serve(self) -> None:
        """Until the supervisor closes its end."""
        adopt()
        woken, wake = os.pipe()
        for end in (woken, wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        pending = b""
        while True:
            rehearsing = [spare for spare in self._spares if not spare.is_ready]
            wait = _IDLE_SECONDS if self._wants_spare(rehearsing) else None
            ends: list[int | Spare] = [self._commands, woken, *rehearsing]
            ready, _, _ = select.select(ends, [], [], wait)
            if not ready:
                self._make_spare()
            for spare in rehearsing:
                if spare in ready and not spare.hear():
                    self._drop(spare)
            if woken in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(woken, _CHUNK)
                self._reap()
            if self._commands in ready:
                data = os.read(self._commands, _CHUNK)
                if not data:
                    return
                *lines, pending = (pending + data).split(b"\n")
                for line in lines:
                    self._start(json.loads(line))

    def _start(self, command: dict[str, Any]) -> None:
        token = command["start"]
        pid = self._hand_over(json.dumps(command).encode())
        if not pid:
            parent = os.getpid()
            pid = self._fork(lambda: self._work(command, parent))
        self._left = self._most
        self._running[pid] = token, command["folder"]
        self.tell(started=token, pid=pid)

    def _hand_over(self, command: bytes) -> int:
        """The number of the spare child that has taken the job, 0 where none is ready."""
        for spare in [spare for spare in self._spares if spare.is_ready]:
            taken = spare.take(command)
            self._drop(spare)
            if taken:
                return spare.pid
        return 0

    def _wants_spare(self, rehearsing: list[Spare]) -> bool:
        """One at a time, while nothing else is to do."""
        return self._left > 0 and len(self._spares) < self._most and not rehearsing and not self._running

    def _drop(self, spare: Spare) -> None:
        """It is a job's process now, or none."""
        spare.close()
        self._spares.remove(spare)

    def _make_spare(self) -> None:
        self._left -= 1
        ours, theirs = socket.socketpair()
        parent = os.getpid()

        def stand_by() -> int:
            ours.close()
            die_with_parent(parent)
            name_process(NAME)
            null = os.open(os.devnull, os.O_WRONLY)
            for stream in (1, 2):
                os.dup2(null, stream)
            os.close(null)
            rehearse(self._body)
            command = wait_for_job(theirs)
            theirs.close()
            return self._work(json.loads(command), parent) if command else 0

        pid = self._fork(stand_by)
        theirs.close()
        self._spares.append(Spare(pid, ours))

    def _fork(self, body: Callable[[], int]) -> int:
        """A child that does this, and ends with what it returns; its number."""
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                self._leave()
                code = body()
            except BaseException:
                import traceback

                with contextlib.suppress(OSError):
                    traceback.print_exc()
            finally:
                # A full disk takes no last words.
                for stream in (sys.stdout, sys.stderr):
                    with contextlib.suppress(OSError):
                        stream.flush()
                # No destructors: what the parent made is the parent's.
                os._exit(code)
        return pid

    def _leave(self) -> None:
        """In a child: what is the parent's alone is let go."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        for end in (self._commands, self._answers):
            os.close(end)
        for spare in self._spares:
            spare.close()

    def _work(self, command: dict[str, Any], parent: int) -> int:
        """In a child: the job."""
        folder = Path(command["folder"])
        confine(Limits(**command["limits"]), parent)
        name_process("osm2cdr-job")
        log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        for stream in (1, 2):
            os.dup2(log, stream)
        os.close(log)
        from ....processing_provider.pipeline import events

        parameters = json.loads((folder / JOB).read_text(encoding="utf-8"))
        source = Path(parameters["SOURCE"]) if parameters.get("SOURCE", "").startswith("/") else None
        isolate(folder, source, parent)
        os.environ["XDG_CACHE_HOME"] = str(folder.parent / CACHE)
        os.environ[events.VARIABLE] = str(folder / REPORT)
        os.environ[events.JOB_VARIABLE] = str(folder)
        os.environ["XDG_RUNTIME_DIR"] = os.environ["TMPDIR"] = str(folder)
        # The parent may have asked before.
        tempfile.tempdir = None
        return self._body(folder, parameters)

    def _reap(self) -> None:
        for spare in list(self._spares):
            if os.waitpid(spare.pid, os.WNOHANG)[0]:
                self._drop(spare)
        for pid, (token, _folder) in list(self._running.items()):
            # Left as a zombie for a moment more, so that the number of its group cannot be anyone else's.
            ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None:
                continue
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
            del self._running[pid]
            deadline = time.monotonic() + _GONE_SECONDS
            while self._end_strays() and time.monotonic() < deadline:
                time.sleep(0.005)
            self.tell(ended=token, code=os.waitstatus_to_exitcode(status))
        self._end_strays()

    def _end_strays(self) -> int:
        """Kill what jobs left behind, in whatever session: it is this process's now; how many there still are.

        A program of a job that runs may have left its starter and still be of use.
        """
        folders, left = {folder for _token, folder in self._running.values()}, 0
        ours = {*self._running, *(spare.pid for spare in self._spares)}
        for pid in children(os.getpid()):
            if pid in ours or job_of(pid) in folders:
                continue
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                left += os.waitpid(pid, os.WNOHANG)[0] == 0
        return left


def main(engine: str, body: Body | None = None) -> None:
    """Load what the engine needs, say what there is, and serve."""
    die_with_parent()
    # Nothing that prints shall meet the protocol.
    answers = os.dup(1)
    os.dup2(2, 1)
    commands = os.dup(0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    # Whoever stops the whole group of processes means the supervisor, which lets the jobs end first.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    spare = body is None and engine == "fork"
    if body is None:
        if engine == "fork":
            from .warm import load, run

            load()
            body = run
        else:
            from ..qgis_process import run

            body = run
    from ..probe import probe

    # Python warns of other threads: those of QGIS wait, and hold no lock, as long as this process does not draw. QGIS
    # shows all such warnings from when it is loaded.
    warnings.filterwarnings("ignore", message=".*use of fork", category=DeprecationWarning)
    parent = Parent(body, commands, answers, spare)
    parent.tell(ready=engine, probe=probe())
    parent.serve()


if __name__ == "__main__":
    main(sys.argv[1])
