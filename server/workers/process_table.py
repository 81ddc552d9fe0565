"""Processes as /proc tells of them: what belongs to a job, what it takes, and what a dead server left behind."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Iterator

from ...processing_provider.pipeline.events import JOB_VARIABLE

_PAGE = os.sysconf("SC_PAGE_SIZE")
# Names of a process's memory in smaps_rollup that a job pays for; pages of files can be read again.
_OWN = ("Pss_Anon:", "Pss_Shmem:", "SwapPss:")
_GONE_SECONDS = 10.0


def children(pid: int) -> list[int]:
    """The children of a process, those of all its threads."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                found.extend(map(int, (thread / "children").read_text(encoding="ascii").split()))
    return found


def family(pid: int) -> Iterator[int]:
    """A process and all that come from it, whatever session they are in."""
    left = [pid]
    while left:
        yield left[-1]
        left.extend(children(left.pop()))


def memory_mb(pid: int, enough: int = 0) -> int:
    """Memory of a process and of all that come from it, in MB; at most roughly where it is less than `enough`.

    What is resident counts whole at first, which is cheap and never too little. Where that is too much, each page
    counts in equal parts for those that share it (proportional set size): a job that forks does not pay twice, and
    of the parent's QGIS it pays a part.
    """
    pids = list(family(pid))
    resident = sum(map(_resident_mb, pids))
    return resident if resident < enough else sum(map(_own_mb, pids))


def memory_by_part(supervisor: int) -> dict[str, tuple[int, int]]:
    """Bytes and open descriptors of the supervisor, of the web processes, and of jobs with what waits for them.

    Pages that are shared count in equal parts, as in memory_mb().
    """
    parts: dict[str, tuple[int, int]] = {}
    for pid in family(supervisor):
        part = "supervisor" if pid == supervisor else "web" if _is_web(pid) else "jobs"
        size, descriptors = parts.get(part, (0, 0))
        parts[part] = size + (_own_mb(pid) << 20), descriptors + _descriptors(pid)
    return parts


def _is_web(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return b"osm2cdr.server.web" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return False


def _descriptors(pid: int) -> int:
    with contextlib.suppress(OSError):
        return len(os.listdir(f"/proc/{pid}/fd"))
    return 0


def _resident_mb(pid: int) -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE >> 20
    return 0


def _own_mb(pid: int) -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith(_OWN)) >> 10
    return 0


def job_of(pid: int) -> str:
    """The folder of the job that a program was started for, which its environment tells; empty where it is none's."""
    mark = f"{JOB_VARIABLE}=".encode()
    with contextlib.suppress(OSError):
        for entry in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
            if entry.startswith(mark):
                return os.fsdecode(entry[len(mark) :])
    return ""


def end_orphans(work: Path) -> int:
    """Kill what was started under a folder of jobs, and wait until it is gone; how many there were.

    Again and again, since what forks may have done so just before it was killed.
    """
    killed: set[int] = set()
    deadline = time.monotonic() + _GONE_SECONDS
    while time.monotonic() < deadline:
        left = [pid for pid in _others() if job_of(pid).startswith(f"{work}/")]
        if not left:
            break
        killed.update(left)
        for pid in left:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)
    return len(killed)


def _others() -> list[int]:
    own = os.getpid()
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != own]
