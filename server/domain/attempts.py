"""Attempts at a task: who has it, why one failed, how many there may be and how long it is waited between them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

# Who has a task keeps it by telling so within this time.
LEASE_SECONDS = 30.0
# How often an attempt may end by a crash of the job's own process, and how often by the server's own end.
MAX_ATTEMPTS, MAX_INTERRUPTED = 4, 50
# Nobody waits longer than that for another attempt.
LONGEST_WAIT = 120.0
# Before another attempt: so many seconds, three times as many each time, and up to a quarter more.
_BACK_OFF, _TIMES, _QUARTER_MORE = 5.0, 3.0, 1.25
# After a full disk: so many seconds, doubled each time, up to a minute.
_DISK_BACK_OFF, _DISK_MOST = 2.0, 60.0
DISK_FULL = "disk_full"
# The step of one that has not told of any yet.
BEGUN = "start"


@dataclass(frozen=True)
class Claim:
    """A job that is ours until the lease runs out."""

    job: str
    token: str
    spec: dict[str, Any]
    memory_mb: int
    attempt: int
    tier: str


@dataclass(frozen=True)
class Failure:
    """Why an attempt failed: a code for programs, a sentence for people; `fault` where the server is to blame."""

    code: str
    text: str
    fault: bool = False


CANCELLED = Failure("cancelled", "The task was cancelled.")
_INTERRUPTED = Failure(
    "worker_lost", f"The server was interrupted {MAX_INTERRUPTED} times during this task.", fault=True
)
_DISK_STAYED_FULL = Failure(DISK_FULL, "The server's disk stayed full; try again when there is room.", fault=True)


def interrupted_too_often(reason: str) -> Failure:
    """What a task ends with whose last interruption was for this reason."""
    return _DISK_STAYED_FULL if reason == DISK_FULL else _INTERRUPTED


def wait_after_crash(attempt: int) -> float:
    """Seconds until the next attempt after this one."""
    return _BACK_OFF * _TIMES ** (attempt - 1) * random.uniform(1, _QUARTER_MORE)


def wait_for_disk(interrupted: int) -> float:
    """Seconds until it is tried again whether the disk has room, after so many interruptions."""
    return min(_DISK_MOST, _DISK_BACK_OFF * 2.0 ** min(interrupted, 10))
