"""The web processes: started on one listening socket, and started again where they end."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import logging
import os
import socket
import subprocess
import time

from ..processing_provider.tools import python_environment
from .settings import CHECKOUT, MAIL_SECRET, Settings
from .workers.confine import STARTER_VARIABLE

LOG = logging.getLogger("osm2cdr.supervisor")
# A process that ends sooner than this after its start is started again only after a while.
_SHORT_SECONDS, _WAIT_SECONDS = 2.0, 1.0
_STOP_SECONDS = 12.0
# Each of them gives a sign of life every second; one that is silent for so long hangs. The first sign may take longer.
_SILENT_SECONDS, _FIRST_SECONDS = 20.0, 90.0


class WebProcesses:
    """The supervisor holds the socket: who calls while a web process starts again waits in its queue."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self._settings = settings
        self._listener = listener
        self._processes: list[subprocess.Popen[bytes] | None] = [None] * settings.web_processes
        self._started = [0.0] * settings.web_processes
        self._wait_until = [0.0] * settings.web_processes
        # Where their signs of life come in, and until when the next one must.
        self._signs = [-1] * settings.web_processes
        self._due = [0.0] * settings.web_processes

    @property
    def pids(self) -> list[int]:
        """Their numbers."""
        return [process.pid for process in self._processes if process is not None]

    def ensure(self) -> None:
        """Start what does not run, and put another one in the place of one that hangs."""
        for number, process in enumerate(self._processes):
            if process is not None:
                if process.poll() is None and not self._hangs(number):
                    continue
                if process.poll() is None:
                    LOG.error("web process hangs", extra={"pid": process.pid})
                    process.kill()
                    process.wait()
                LOG.warning("web process ended", extra={"code": process.returncode})
                self._processes[number] = None
                if time.monotonic() - self._started[number] < _SHORT_SECONDS:
                    self._wait_until[number] = time.monotonic() + _WAIT_SECONDS
            if time.monotonic() >= self._wait_until[number]:
                self._started[number] = time.monotonic()
                self._processes[number] = self._start(number)

    def _hangs(self, number: int) -> bool:
        """Whether it was silent for too long; what came in while this process was stopped itself is heard first."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self._signs[number], 4096):
                self._due[number] = time.monotonic() + _SILENT_SECONDS
        return time.monotonic() > self._due[number]

    def _start(self, number: int) -> subprocess.Popen[bytes]:
        if self._signs[number] >= 0:
            os.close(self._signs[number])
        self._signs[number], theirs = os.pipe()
        for end in (self._signs[number], theirs):
            os.set_blocking(end, False)
        self._due[number] = time.monotonic() + _FIRST_SECONDS
        try:
            return self._start_with(theirs)
        finally:
            os.close(theirs)

    def _start_with(self, sign: int) -> subprocess.Popen[bytes]:
        descriptor = self._listener.fileno()
        environment = python_environment(CHECKOUT)
        environment.update({"OSM2CDR_DATA": str(self._settings.data), STARTER_VARIABLE: str(os.getpid())})
        if self._settings.smtp_password:
            environment[MAIL_SECRET] = self._settings.smtp_password
        environment.update({one.variable: one.secret for one in self._settings.providers})
        return subprocess.Popen(
            [*_command(), str(descriptor), str(sign)], env=environment,
            pass_fds=(descriptor, sign), stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def stop(self) -> None:
        """Let them finish what they are answering.

        The socket is theirs alone from here on: where the last of them closes it, who calls is refused, and waits in
        no queue that nobody serves.
        """
        self._listener.close()
        running = [process for process in self._processes if process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _command() -> list[str]:
    return [str(CHECKOUT / ".venv" / "bin" / "python"), "-m", "osm2cdr.server.web"]
