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

from ..settings import CHECKOUT, STORES
from .landlock import restrict, version
from .privileges import can_change_user, give_up, hand_over, is_open_to_others, no_new_privileges

# prctl(2): the signal that a process gets when its parent dies; its name; who gets the children of the dead.
_PR_SET_PDEATHSIG, _PR_SET_NAME, _PR_SET_CHILD_SUBREAPER = 1, 15, 36
# Address space that QGIS has before it does anything, and how much more of it than of memory a job may take.
_BASE_MB, _SPACE = 2048, 2
# Seconds of work between being told that the processors' time is over and being killed.
_CPU_GRACE = 10
_LIBRARY = ctypes.CDLL(None, use_errno=True)
# By which a process knows who started it, even where that one has died before it could look.
STARTER_VARIABLE = "OSM2CDR_STARTED_BY"
# Beside the folders of jobs: that of their parent, and what they keep for each other (answers of Overpass).
RUNTIME, CACHE = ".parent", ".cache"


@dataclass(frozen=True)
class Limits:
    """Of one job: memory and the largest file in MB, time of all cores and of the clock in seconds."""

    memory_mb: int
    file_mb: int
    seconds: int


def die_with_parent(parent: int | None = None) -> None:
    """Be killed when the process `parent`, which started this one, ends; at once where it has ended already."""
    if parent is None:
        parent = int(os.environ.get(STARTER_VARIABLE) or os.getppid())
    _LIBRARY.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt() -> None:
    """Become the parent of whatever the descendants of this process leave behind."""
    _LIBRARY.prctl(_PR_SET_CHILD_SUBREAPER, 1)


def name_process(name: str) -> None:
    """What `ps -o comm` calls this process, 15 letters at most."""
    _LIBRARY.prctl(_PR_SET_NAME, name.encode())


def confine(limits: Limits, parent: int) -> None:
    """Called in the job's own process before it does anything."""
    os.setsid()
    die_with_parent(parent)
    # Python ignores it: a library that does not look would go on behind a file that was cut off.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    # Where memory runs out, the kernel shall take this process and not the one that watches it.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("900", encoding="ascii")
    with contextlib.suppress(OSError):
        os.nice(10)
    space = (_BASE_MB + _SPACE * limits.memory_mb) << 20
    cpu = limits.seconds * (os.cpu_count() or 1)
    for what, most, last in (
        (resource.RLIMIT_AS, space, space),
        # Who reaches the last one is killed without the signal that tells why.
        (resource.RLIMIT_CPU, cpu, cpu + _CPU_GRACE),
        (resource.RLIMIT_FSIZE, limits.file_mb << 20, limits.file_mb << 20),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, last))


def isolate(folder: Path, source: Path | None, parent: int) -> None:
    """Called next: the server's folder, with its secret and its accounts, is closed to the job, but for `folder`.

    Where the server is root, the job is another user, who may read what root may as far as Landlock lets it. Where
    that one could not come to the folders by their modes, which libraries ask for, or without Landlock, it stays root
    without its rights.
    """
    data, cache = folder.parent.parent, folder.parent / CACHE
    with contextlib.suppress(OSError):
        cache.mkdir(mode=0o700, exist_ok=True)
    no_new_privileges()
    another_user = version() > 0 and can_change_user() and all(map(is_open_to_others, (data, CHECKOUT)))
    if another_user:
        for path in (data, folder.parent):
            os.chmod(path, path.stat().st_mode | 1)
        hand_over(folder)
        hand_over(cache)
    restrict(data, (folder, cache), (folder.parent / RUNTIME, data / STORES, *([source] if source else [])))
    if os.geteuid() == 0:
        give_up(another_user)
        # The change of user has undone it.
        die_with_parent(parent)
