"""A job and its files, from its submission to its end; users know it as a task.

Times are seconds since 1970 (UTC).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

JobState = Literal["queued", "running", "completed", "failed", "cancelled", "expired"]
FileState = Literal["waiting", "done", "failed"]
STATES: tuple[JobState, ...] = get_args(JobState)
# In these it has files that are told of.
ENDED: frozenset[JobState] = frozenset({"completed", "failed", "cancelled"})


class IdempotencyError(Exception):
    """The Idempotency-Key was used for another request."""


@dataclass(frozen=True)
class Submission:
    """A request that passed every check; `spec` is what the engine gets, `spec_hash` what makes two the same."""

    spec: dict[str, Any]
    spec_hash: str
    formats: tuple[str, ...]
    km2: float
    memory_mb: int
    idempotency_key: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True)
class Accepted:
    """A job: new, served from the cache (`state` completed at once), or the one that the same request made before."""

    id: str
    state: JobState
    repeated: bool = False


@dataclass(frozen=True)
class Job:
    """All that is known of one.

    Whoever works at it has `lease_token` until `lease_until`. `attempt` counts those that it may have ended itself,
    `interrupted` those that the server's own end cut short; the next is not before `run_after`. The queue goes by
    `rank`. `progress` is in percent; results are kept until `expires`.
    """

    id: str
    account_id: int
    key_id: int
    spec: dict[str, Any]
    spec_hash: str
    km2: float
    memory_mb: int
    rank: float
    state: JobState
    run_after: float
    attempt: int
    interrupted: int
    lease_token: str | None
    lease_until: float | None
    cancel_requested: bool
    progress: float
    step: str
    error_code: str | None
    error: str | None
    created: float
    started: float | None
    finished: float | None
    expires: float | None

    @property
    def formats(self) -> list[str]:
        """In the order in which they were asked for."""
        return list(self.spec["formats"])

    def is_over(self, now: float) -> bool:
        """Whether its results are kept no more; its time is over when it is over, whether or not its state says so."""
        return self.state == "expired" or (self.state == "completed" and self.expires is not None
                                           and self.expires <= now)  # fmt: skip


@dataclass(frozen=True)
class File:
    """What a job has of one format; `sha256` (hexadecimal) to `features` are those of a finished file alone."""

    job_id: str
    format: str
    state: FileState
    sha256: str | None
    extension: str | None
    bytes: int | None
    features: int | None
    warnings: tuple[str, ...]
    # What became of the source's objects (see docs/account.md); None of what was made before there was one.
    account: dict[str, Any] | None
    error_code: str | None
    error: str | None


@dataclass(frozen=True)
class Finished:
    """A finished file of a job, as whoever made it tells of it."""

    format: str
    sha256: str
    extension: str
    bytes: int
    features: int
    warnings: list[str] = field(default_factory=list)
    account: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """A job, its place in the queue while it waits (else 0), its files once it has ended."""

    job: Job
    position: int
    files: list[File]


@dataclass(frozen=True)
class Event:
    """Something that happened to a job."""

    at: float
    kind: str
    detail: str
