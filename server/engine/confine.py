"""What a job's process may take: its own session, an end with its parent, and limits that the kernel keeps."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
from dataclasses import dataclass
from pathlib import Path

# prctl(2): the signal that a process gets when its parent dies.
_PR_SET_PDEATHSIG = 1
# Address space that QGIS has before it does anything, and how much more of it than of memory a job may take.
_BASE_MB, _SPACE = 2048, 2
_LIBRARY = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Limits:
    """Of one job: memory and the largest file in MB, time of all cores and of the clock in seconds."""

    memory_mb: int
    file_mb: int
    seconds: int


def die_with_parent(parent: int) -> None:
    """Be killed when the process `parent`, which started this one, ends; at once where it has ended already."""
    _LIBRARY.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def confine(limits: Limits, parent: int) -> None:
    """Called in the job's own process before it does anything."""
    os.setsid()
    die_with_parent(parent)
    # Where memory runs out, the kernel shall take this process and not the one that watches it.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("900", encoding="ascii")
    with contextlib.suppress(OSError):
        os.nice(10)
    space = (_BASE_MB + _SPACE * limits.memory_mb) << 20
    cpu = limits.seconds * (os.cpu_count() or 1)
    for what, most in (
        (resource.RLIMIT_AS, space),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, limits.file_mb << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def memory_mb(session: int) -> int:
    """Memory of all processes of a session, in MB; what they share with others counts in part (smaps_rollup, Pss)."""
    total = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        with contextlib.suppress(OSError, ValueError, IndexError):
            stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            if int(stat[stat.rindex(")") + 2 :].split()[3]) != session:
                continue
            for line in (folder / "smaps_rollup").read_text(encoding="ascii").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) >> 10
    return total
