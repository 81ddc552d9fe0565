"""Jobs as the supervisor sees them: claimed under a lease, kept alive, ended once.

Every claim draws a new token, and every later write names it: whoever lost the lease writes nothing.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import random
import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Collection

from ..tiers import TIERS
from . import cache as results
from .database import transaction
from .files import Finished
from .jobs import cancel_waiting, refund
from .journal import note
from .totals import add, count_end, observed

LEASE_SECONDS = 30.0
# How often an attempt may end by a crash of the job's own process, and how often by the server's own end.
MAX_ATTEMPTS, MAX_INTERRUPTED = 4, 50
# Waiting before another attempt: so many seconds, three times as many each time, and up to a quarter more.
_BACK_OFF = 5.0
LONGEST_WAIT = 120.0
# How many twins get their files before the supervisor looks at other things.
_MOST_COPIES = 200
# After a full disk: so many seconds, doubled each time, up to a minute.
_DISK_BACK_OFF, _DISK_MOST = 2.0, 60.0


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
_MISSING = "The server did not make this file."
DISK_FULL = "disk_full"
_INTERRUPTED = Failure(
    "worker_lost", f"The server was interrupted {MAX_INTERRUPTED} times during this task.", fault=True
)
# What was the last of so many interruptions.
_OFTEN = {DISK_FULL: Failure(DISK_FULL, "The server's disk stayed full; try again when there is room.", fault=True)}


def claim(connection: sqlite3.Connection, memory_left: int, cache: Path | None, now: float) -> Claim | None:
    """The next job of the queue, None where none is due or the next one needs more memory than is left.

    Whoever is next waits for its memory; nobody goes before it, or a large job would wait for ever. A twin of a
    running job waits for that one's files, and gets them in a transaction of its own: there may be thousands.
    """
    for _ in range(_MOST_COPIES):
        first = _next(connection, cache, now)
        if first is None:
            return None
        good = _good_twin(connection, cache, first, now) if cache else frozenset()
        with transaction(connection):
            job = _next(connection, cache, now)
            if job is None:
                return None
            row = connection.execute(
                "SELECT j.*, a.tier, a.disabled FROM job j JOIN account a ON a.id = j.account_id WHERE j.id = ?", (job,)
            ).fetchone()
            tier = TIERS[row["tier"]]
            if row["disabled"]:
                # It came in while its account was being disabled.
                cancel_waiting(connection, job, now, tier.keep_days * 86400)
                continue
            if job != first or results.copy_cached(connection, job, row["spec_hash"], now, tier, good):
                continue
            if row["memory_mb"] > memory_left:
                return None
            token = uuid.uuid4().hex
            connection.execute(
                "UPDATE job SET state = 'running', attempt = attempt + 1, lease_token = ?, lease_until = ?, "
                "started = coalesce(started, ?), step = 'start' WHERE id = ?",
                (token, now + LEASE_SECONDS, now, job),
            )
            waited = round(now - row["created"], 1)
            if row["started"] is None:
                add(connection, observed("osm2cdr_task_wait_seconds", waited, tier=tier.id))
            note(connection, job, "claimed", now, token, attempt=row["attempt"] + 1, tier=tier.id, waited=waited)
            return Claim(job, token, json.loads(row["spec"]), row["memory_mb"], row["attempt"] + 1, row["tier"])
    return None


def _good_twin(connection: sqlite3.Connection, blobs: Path, job: str, now: float) -> frozenset[str]:
    """The files that the job would get of an identical one, as far as they are whole; what is damaged goes."""
    row = connection.execute("SELECT spec_hash FROM job WHERE id = ?", (job,)).fetchone()
    files = results.files_of_twin(connection, row["spec_hash"], now) if row else {}
    good = results.whole(blobs, files)
    results.discard(blobs, files, good)
    return good


def _next(connection: sqlite3.Connection, cache: Path | None, now: float) -> str | None:
    """The job that is due first, by the queue's index alone."""
    twin = (
        "AND NOT EXISTS (SELECT 1 FROM job r INDEXED BY job_running "
        "WHERE r.spec_hash = j.spec_hash AND r.state = 'running')"
    )
    row = connection.execute(
        "SELECT j.id FROM job j INDEXED BY job_queue "
        f"WHERE j.state = 'queued' AND j.run_after NOT BETWEEN ? AND ? {twin if cache else ''} ORDER BY j.rank LIMIT 1",
        # Nobody waits longer than that: the clock was set back.
        (now + 1e-6, now + LONGEST_WAIT),
    ).fetchone()
    return None if row is None else str(row["id"])


def beat(
    connection: sqlite3.Connection, job: str, token: str, now: float, progress: float, step: str
) -> tuple[bool, bool]:
    """Keep the lease and note the progress, which never goes back; whether it is still ours, and to be cancelled."""
    row = connection.execute(
        "UPDATE job SET lease_until = ?, progress = max(progress, min(?, 99)), step = ? "
        "WHERE id = ? AND lease_token = ? AND state = 'running' RETURNING cancel_requested",
        (now + LEASE_SECONDS, progress, step, job, token),
    ).fetchone()
    return row is not None, bool(row and row["cancel_requested"])


def finish(
    connection: sqlite3.Connection, claimed: Claim, files: list[Finished], lost: dict[str, Failure], now: float
) -> bool:
    """Complete a job with its files and the formats that were lost; False where the lease was lost.

    Where it was to be cancelled meanwhile, that is its end.
    """
    text = None
    if lost:
        text = " ".join(dict.fromkeys(failure.text for failure in lost.values()))
    with transaction(connection):
        if _is_cancelled(connection, claimed):
            return _fail(connection, claimed, CANCELLED, now)
        keep = now + TIERS[claimed.tier].keep_days * 86400
        if not _end(
            connection, claimed, "completed", next(iter(lost.values())).code if lost else None, text, now, keep
        ):
            return False
        for item in files:
            connection.execute(
                "UPDATE job_file SET state = 'done', sha256 = ?, extension = ?, bytes = ?, features = ?, warnings = ? "
                "WHERE job_id = ? AND format = ?",
                (item.sha256, item.extension, item.bytes, item.features, json.dumps(item.warnings, ensure_ascii=False),
                 claimed.job, item.format),
            )  # fmt: skip
        _lose(connection, claimed.job, lost)
        missing = connection.execute(
            "UPDATE job_file SET state = 'failed', error_code = 'internal', error = ? "
            "WHERE job_id = ? AND state = 'waiting'",
            (_MISSING, claimed.job),
        ).rowcount
        connection.execute(
            "UPDATE job SET progress = 100, step = 'done', error = CASE WHEN ? THEN coalesce(error, ?) ELSE error END "
            "WHERE id = ?",
            (missing, _MISSING, claimed.job),
        )
        _tell_end(connection, claimed, now)
    return True


def fail(connection: sqlite3.Connection, claimed: Claim, why: Failure, now: float) -> bool:
    """End a job for good; a fault of the server's gives the day's request back. False where the lease was lost."""
    with transaction(connection):
        return _fail(connection, claimed, why, now)


def retry(connection: sqlite3.Connection, claimed: Claim, why: Failure, now: float, most: int = MAX_ATTEMPTS) -> bool:
    """Back into the queue after a while, or the end after `most` attempts; False where the lease was lost."""
    if claimed.attempt >= most:
        return fail(connection, claimed, why, now)
    wait = _BACK_OFF * 3 ** (claimed.attempt - 1)
    return _requeue(connection, claimed, now, now + wait * random.uniform(1, 1.25), why.code, True)


def give_back(connection: sqlite3.Connection, claimed: Claim, reason: str, now: float, wait: float = 0.0) -> bool:
    """Back into the queue at once: the attempt was cut short through no doing of the job's, and does not count."""
    return _requeue(connection, claimed, now, now + wait, reason, False)


def wait_for_room(connection: sqlite3.Connection, claimed: Claim, now: float) -> bool:
    """Back into the queue for a while, longer each time: the disk was full, through no doing of the job's."""
    row = connection.execute("SELECT interrupted FROM job WHERE id = ?", (claimed.job,)).fetchone()
    wait = min(_DISK_MOST, _DISK_BACK_OFF * 2 ** min(row["interrupted"], 10))
    return _requeue(connection, claimed, now, now + wait, DISK_FULL, False)


def reap(connection: sqlite3.Connection, now: float, held: Collection[str] = (), everything: bool = False) -> list[str]:
    """Take back the jobs whose lease has run out, all of them at the start of a supervisor; their ids.

    Not those whose tokens are `held`: somebody works at them, whatever the clock says, which may have been set. A
    lease that ends later than any can is one from before the clock was set back.
    """
    rows = connection.execute(
        "SELECT j.*, a.tier FROM job j JOIN account a ON a.id = j.account_id "
        "WHERE j.state = 'running' AND (j.lease_until NOT BETWEEN ? AND ? OR ?)",
        (now, now + 2 * LEASE_SECONDS, everything),
    ).fetchall()
    lost = [
        Claim(row["id"], row["lease_token"], {}, row["memory_mb"], row["attempt"], row["tier"])
        for row in rows
        if row["lease_token"] not in held
    ]
    for claimed in lost:
        give_back(connection, claimed, "lease_lost", now)
    return [claimed.job for claimed in lost]


def _end(
    connection: sqlite3.Connection, claimed: Claim, state: str, code: str | None, text: str | None, now: float,
    expires: float,
) -> bool:  # fmt: skip
    changed = connection.execute(
        "UPDATE job SET state = ?, error_code = ?, error = ?, finished = ?, expires = ?, lease_token = NULL, "
        "lease_until = NULL WHERE id = ? AND lease_token = ? AND state = 'running'",
        (state, code, text, now, expires, claimed.job, claimed.token),
    ).rowcount
    return bool(changed)


def _tell_end(connection: sqlite3.Connection, claimed: Claim, now: float) -> None:
    """With its reason, once all rows of it are written."""
    row = connection.execute(
        "SELECT state, started, error_code, error FROM job WHERE id = ?", (claimed.job,)
    ).fetchone()
    code, seconds = row["error_code"] or "", round(now - row["started"], 1)
    add(connection, observed("osm2cdr_task_run_seconds", seconds, tier=claimed.tier))
    count_end(connection, claimed.job, claimed.tier, row["state"], code)
    note(
        connection, claimed.job, row["state"], now, code, attempt=claimed.attempt, tier=claimed.tier, seconds=seconds,
        code=code or None, error=row["error"],
    )  # fmt: skip


def _lose(connection: sqlite3.Connection, job: str, lost: dict[str, Failure]) -> None:
    for name, failure in lost.items():
        connection.execute(
            "UPDATE job_file SET state = 'failed', error_code = ?, error = ? WHERE job_id = ? AND format = ?",
            (failure.code, failure.text, job, name),
        )


def _fail(connection: sqlite3.Connection, claimed: Claim, why: Failure, now: float) -> bool:
    keep = now + TIERS[claimed.tier].keep_days * 86400
    state = "cancelled" if why.code == "cancelled" else "failed"
    if not _end(connection, claimed, state, why.code, why.text, now, keep):
        return False
    formats = connection.execute("SELECT format FROM job_file WHERE job_id = ?", (claimed.job,)).fetchall()
    _lose(connection, claimed.job, {row["format"]: why for row in formats})
    if why.fault:
        refund(connection, claimed.job)
    _tell_end(connection, claimed, now)
    return True


def _is_cancelled(connection: sqlite3.Connection, claimed: Claim) -> bool:
    row = connection.execute(
        "SELECT 1 FROM job WHERE id = ? AND lease_token = ? AND cancel_requested", (claimed.job, claimed.token)
    ).fetchone()
    return row is not None


def _requeue(
    connection: sqlite3.Connection, claimed: Claim, now: float, run_after: float, reason: str, counts: bool
) -> bool:
    """The end in place of another attempt where the job is cancelled, or was interrupted too often."""
    with transaction(connection):
        row = connection.execute(
            "SELECT interrupted, cancel_requested FROM job WHERE id = ? AND lease_token = ? AND state = 'running'",
            (claimed.job, claimed.token),
        ).fetchone()
        if row is None:
            return False
        if row["cancel_requested"]:
            return _fail(connection, claimed, CANCELLED, now)
        if not counts and row["interrupted"] >= MAX_INTERRUPTED:
            return _fail(connection, claimed, _OFTEN.get(reason, _INTERRUPTED), now)
        connection.execute(
            "UPDATE job SET state = 'queued', lease_token = NULL, lease_until = NULL, run_after = ?, "
            "attempt = attempt - ?, interrupted = interrupted + ? WHERE id = ?",
            (run_after, 0 if counts else 1, 0 if counts else 1, claimed.job),
        )
        note(connection, claimed.job, "requeued", now, reason, attempt=claimed.attempt, reason=reason)
    return True
