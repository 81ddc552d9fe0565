"""Jobs as their owners see them: submitted, looked at, listed, cancelled."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import sqlite3
import uuid
from dataclasses import dataclass
from typing import Any, Collection

from .accounts import Caller, note_use
from .cache import copy_cached
from .database import transaction
from .journal import note
from .totals import add, count_end, counted
from .views import day_of, find, next_day, tally

# Jobs of one account stand this many seconds apart in the queue, however fast they come.
SPACING = 5.0
STATES = ("queued", "running", "completed", "failed", "cancelled", "expired")


class QuotaUsedUpError(Exception):
    """The account's requests of this day are used up; `reset` is when the next day begins."""

    def __init__(self, limit: int, reset: float) -> None:
        super().__init__(f"{limit} requests a day are used up")
        self.limit, self.reset = limit, reset


class QueueFullError(Exception):
    """Too many jobs wait; `own` where they are the account's."""

    def __init__(self, own: bool, limit: int) -> None:
        super().__init__(f"{limit} jobs wait already")
        self.own, self.limit = own, limit


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
    state: str
    repeated: bool = False


def submit(
    connection: sqlite3.Connection, caller: Caller, wanted: Submission, max_queued: int, now: float,
    cached: Collection[str] = (),
) -> Accepted:  # fmt: skip
    """Charge the day's quota and insert the job, in one transaction; `cached` are files that it may be served with.

    Raises QuotaUsedUpError, QueueFullError, IdempotencyError; then nothing was charged.
    """
    tier, key = caller.tier, wanted.idempotency_key
    # A polygon may be long: not while others wait.
    spec = json.dumps(wanted.spec, ensure_ascii=False)
    with transaction(connection):
        if key is not None:
            known = connection.execute(
                "SELECT id, state, body_hash FROM job WHERE account_id = ? AND idempotency_key = ?",
                (caller.account, key),
            ).fetchone()
            if known is not None:
                if known["body_hash"] != wanted.body_hash:
                    raise IdempotencyError
                return Accepted(known["id"], known["state"], repeated=True)
        day = day_of(now)
        if not _charge(connection, caller, day):
            raise QuotaUsedUpError(tier.per_day or 0, next_day(now))
        job = uuid.uuid4().hex
        rank = _next_rank(connection, caller, now)
        connection.execute(
            "INSERT INTO job (id, account_id, key_id, spec, spec_hash, km2, memory_mb, rank, state, charged_day, "
            "idempotency_key, body_hash, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?)",
            (job, caller.account, caller.key, spec, wanted.spec_hash, wanted.km2,
             wanted.memory_mb, rank, day, key, wanted.body_hash, now),
        )  # fmt: skip
        for name in wanted.formats:
            connection.execute("INSERT INTO job_file (job_id, format, state) VALUES (?, ?, 'waiting')", (job, name))
        add(connection, counted("osm2cdr_tasks_accepted", tier=tier.id))
        note(
            connection, job, "submitted", now, account=caller.account, key=caller.prefix, tier=tier.id,
            formats=list(wanted.formats), km2=round(wanted.km2, 3),
        )  # fmt: skip
        note_use(connection, caller.key, now)
        if cached and copy_cached(connection, job, wanted.spec_hash, now, tier, cached):
            return Accepted(job, "completed")
        _check_room(connection, caller, max_queued)
        return Accepted(job, "queued")


def _charge(connection: sqlite3.Connection, caller: Caller, day: str) -> bool:
    """One request more of this day; False where the tier has no more."""
    limit = caller.tier.per_day
    changed = connection.execute(
        "INSERT INTO usage (account_id, day, used) SELECT ?, ?, 1 WHERE ? > 0 "
        "ON CONFLICT DO UPDATE SET used = used + 1 WHERE used < ?",
        (caller.account, day, 1 if limit is None else limit, 2**62 if limit is None else limit),
    ).rowcount
    return changed == 1


def _next_rank(connection: sqlite3.Connection, caller: Caller, now: float) -> float:
    """Now, earlier by the tier's bonus; behind what waits of the account, so that a hundred go not before all others.

    What it had done before counts for nothing.
    """
    last = connection.execute(
        "SELECT max(rank) FROM job WHERE account_id = ? AND state = 'queued'", (caller.account,)
    ).fetchone()[0]
    first = now - caller.tier.bonus_seconds
    return first if last is None else max(first, float(last) + SPACING)


def _check_room(connection: sqlite3.Connection, caller: Caller, max_queued: int) -> None:
    """Called with the new job inserted: it counts."""
    waiting = tally(connection).get("queued", 0)
    if waiting > max_queued:
        raise QueueFullError(False, max_queued)
    limit = caller.tier.max_waiting
    if waiting > limit:
        own = connection.execute(
            "SELECT count(*) FROM job WHERE state = 'queued' AND account_id = ?", (caller.account,)
        ).fetchone()[0]
        if own > limit:
            raise QueueFullError(True, limit)


def refund(connection: sqlite3.Connection, job: str) -> None:
    """Give the request back: the server, not the request, is why the job failed."""
    connection.execute(
        "UPDATE usage SET used = used - 1 WHERE used > 0 AND (account_id, day) = "
        "(SELECT account_id, charged_day FROM job WHERE id = ?)",
        (job,),
    )


def cancel(connection: sqlite3.Connection, job: str, account: int, now: float, keep_seconds: float) -> str | None:
    """Cancel a job that waits, ask one that runs to stop, delete one that ended; its state then, None if unknown."""
    with transaction(connection):
        row = find(connection, job, account)
        if row is None:
            return None
        if row["state"] == "queued":
            cancel_waiting(connection, job, now, keep_seconds)
        elif row["state"] == "running":
            connection.execute("UPDATE job SET cancel_requested = 1 WHERE id = ?", (job,))
        elif row["state"] == "completed":
            connection.execute("UPDATE job SET state = 'expired', expires = ? WHERE id = ?", (now, job))
            connection.execute("UPDATE job_file SET sha256 = NULL WHERE job_id = ?", (job,))
            note(connection, job, "deleted", now)
        state: str = connection.execute("SELECT state FROM job WHERE id = ?", (job,)).fetchone()[0]
        return state


def cancel_waiting(connection: sqlite3.Connection, job: str, now: float, keep_seconds: float) -> None:
    """End a job that nobody works at; in a transaction."""
    connection.execute(
        "UPDATE job SET state = 'cancelled', error_code = 'cancelled', error = 'The task was cancelled.', "
        "cancel_requested = 1, finished = ?, expires = ? WHERE id = ?",
        (now, now + keep_seconds, job),
    )
    connection.execute(
        "UPDATE job_file SET state = 'failed', error_code = 'cancelled', error = 'The task was cancelled.' "
        "WHERE job_id = ?",
        (job,),
    )
    row = connection.execute(
        "SELECT a.tier, j.created FROM job j JOIN account a ON a.id = j.account_id WHERE j.id = ?", (job,)
    ).fetchone()
    count_end(connection, job, row["tier"], "cancelled", "cancelled")
    note(connection, job, "cancelled", now, tier=row["tier"], waited=round(now - row["created"], 1))
