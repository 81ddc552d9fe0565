"""A child in a session of its own, that never outlives the launcher."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any, Callable, Iterator

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# prctl(2): the signal that a process gets when its parent dies.
_PR_SET_PDEATHSIG = 1
_POLL_SECONDS = 0.05
_GRACE_SECONDS = 0.4


class Stopped(Exception):
    """The launcher got a signal; the child and all of its group are gone."""


@contextlib.contextmanager
def stopping() -> Iterator[list[int]]:
    """The signals by which people stop a program, as they come, in place of what these do by themselves."""
    stopped: list[int] = []

    def stop(number: int, _frame: Any) -> None:
        stopped.append(number)

    before = {number: signal.signal(number, stop) for number in _SIGNALS}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(arguments: list[str], environment: dict[str, str], log: Path, watch: Callable[[], None]) -> int:
    """Run a program with its output in `log`, calling `watch` 20 times a second; returns its exit code."""
    library = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def prepare() -> None:
        os.setsid()
        library.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # The launcher may have died before the line above took effect.
        if os.getppid() != parent:
            os._exit(1)

    with stopping() as stopped:
        with log.open("wb") as output:
            child = subprocess.Popen(
                arguments, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                preexec_fn=prepare,
            )  # fmt: skip
            try:
                while child.poll() is None and not stopped:
                    watch()
                    time.sleep(_POLL_SECONDS)
            finally:
                _end(child)
        watch()
    if stopped:
        raise Stopped
    return child.returncode


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ask the child's group to end, then make it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(_GRACE_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
