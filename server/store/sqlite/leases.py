"""Jobs that somebody works at: kept under a lease, given back to the queue, taken back where the lease ran out.

Every claim draws a new token, and every later write names it: whoever lost the lease writes nothing.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from typing import Collection

from ...domain.attempts import (
    CANCELLED,
    DISK_FULL,
    LEASE_SECONDS,
    MAX_ATTEMPTS,
    MAX_INTERRUPTED,
    Claim,
    Failure,
    interrupted_too_often,
    wait_after_crash,
    wait_for_disk,
)
from .database import transaction
from .faults import translating
from .job_outcomes import fail, fail_within
from .journal import note


@translating
class SqliteLeases:
    """See Leases in interfaces.py."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def beat(self, job: str, token: str, now: float, progress: float, step: str) -> tuple[bool, bool]:
        """Keep the lease and note the progress; whether it is still ours, and to be cancelled."""
        row = self._connection.execute(
            "UPDATE job SET lease_until = ?, progress = max(progress, min(?, 99)), step = ? "
            "WHERE id = ? AND lease_token = ? AND state = 'running' RETURNING cancel_requested",
            (now + LEASE_SECONDS, progress, step, job, token),
        ).fetchone()
        return row is not None, bool(row and row["cancel_requested"])

    def retry(self, claimed: Claim, why: Failure, now: float, most: int = MAX_ATTEMPTS) -> bool:
        """Back into the queue after a while, or the end after `most` attempts; False where the lease was lost."""
        if claimed.attempt >= most:
            return fail(self._connection, claimed, why, now)
        return _requeue(self._connection, claimed, now, now + wait_after_crash(claimed.attempt), why.code, True)

    def give_back(self, claimed: Claim, reason: str, now: float, wait: float = 0.0) -> bool:
        """Back into the queue at once: the attempt was cut short through no doing of the job's, and does not count."""
        return _requeue(self._connection, claimed, now, now + wait, reason, False)

    def wait_for_room(self, claimed: Claim, now: float) -> bool:
        """Back into the queue for a while, longer each time: the disk was full, through no doing of the job's."""
        row = self._connection.execute("SELECT interrupted FROM job WHERE id = ?", (claimed.job,)).fetchone()
        return _requeue(self._connection, claimed, now, now + wait_for_disk(row["interrupted"]), DISK_FULL, False)

    def reap(self, now: float, held: Collection[str] = (), everything: bool = False) -> list[str]:
        """Take back the jobs whose lease has run out."""
        rows = self._connection.execute(
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
            self.give_back(claimed, "lease_lost", now)
        return [claimed.job for claimed in lost]


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
            return fail_within(connection, claimed, CANCELLED, now)
        if not counts and row["interrupted"] >= MAX_INTERRUPTED:
            return fail_within(connection, claimed, interrupted_too_often(reason), now)
        connection.execute(
            "UPDATE job SET state = 'queued', lease_token = NULL, lease_until = NULL, run_after = ?, "
            "attempt = attempt - ?, interrupted = interrupted + ? WHERE id = ?",
            (run_after, 0 if counts else 1, 0 if counts else 1, claimed.job),
        )
        note(connection, claimed.job, "requeued", now, reason, attempt=claimed.attempt, reason=reason)
    return True
