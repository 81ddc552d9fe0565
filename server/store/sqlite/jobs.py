"""What their owners do with jobs: submit them, and cancel them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import sqlite3
import uuid
from typing import Collection, cast

from ...domain.accounts import Caller
from ...domain.jobs import Accepted, IdempotencyError, JobState, Submission
from ...domain.totals import counted
from .database import transaction
from .faults import translating
from .journal import note
from .keys import note_use
from .quota_counting import charge, check_queue, rank_of
from .totals import add, count_end
from .twins import copy_cached, files_of_twin


@translating
class SqliteJobs:
    """See Jobs in interfaces.py."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def files_of_twin(self, spec_hash: str, now: float) -> dict[str, int]:
        """What a job of this request would get of an identical one."""
        return files_of_twin(self._connection, spec_hash, now)

    def submit(
        self, caller: Caller, wanted: Submission, max_queued: int, now: float, cached: Collection[str] = ()
    ) -> Accepted:
        """Charge the day's quota and insert the job, in one transaction."""
        # A polygon may be long: not while others wait.
        spec = json.dumps(wanted.spec, ensure_ascii=False)
        with transaction(self._connection):
            known = self._known(caller, wanted)
            if known is not None:
                return known
            job = self._insert(caller, wanted, spec, now)
            add(self._connection, counted("osm2cdr_tasks_accepted", tier=caller.tier.id))
            note(
                self._connection, job, "submitted", now, account=caller.account, key=caller.prefix,
                tier=caller.tier.id, formats=list(wanted.formats), km2=round(wanted.km2, 3),
            )  # fmt: skip
            note_use(self._connection, caller.key, now)
            if cached and copy_cached(self._connection, job, wanted.spec_hash, now, caller.tier, cached):
                return Accepted(job, "completed")
            check_queue(self._connection, caller, max_queued)
            return Accepted(job, "queued")

    def _known(self, caller: Caller, wanted: Submission) -> Accepted | None:
        """The job that the same request made before."""
        if wanted.idempotency_key is None:
            return None
        row = self._connection.execute(
            "SELECT id, state, body_hash FROM job WHERE account_id = ? AND idempotency_key = ?",
            (caller.account, wanted.idempotency_key),
        ).fetchone()
        if row is None:
            return None
        if row["body_hash"] != wanted.body_hash:
            raise IdempotencyError
        return Accepted(row["id"], row["state"], repeated=True)

    def _insert(self, caller: Caller, wanted: Submission, spec: str, now: float) -> str:
        """Charged; its id."""
        job, day, rank = uuid.uuid4().hex, charge(self._connection, caller, now), rank_of(self._connection, caller, now)
        self._connection.execute(
            "INSERT INTO job (id, account_id, key_id, spec, spec_hash, km2, memory_mb, rank, state, charged_day, "
            "idempotency_key, body_hash, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?)",
            (job, caller.account, caller.key, spec, wanted.spec_hash, wanted.km2, wanted.memory_mb, rank, day,
             wanted.idempotency_key, wanted.body_hash, now),
        )  # fmt: skip
        for name in wanted.formats:
            self._connection.execute(
                "INSERT INTO job_file (job_id, format, state) VALUES (?, ?, 'waiting')", (job, name)
            )
        return job

    def cancel(self, job: str, account: int, now: float, keep_seconds: float) -> JobState | None:
        """Cancel a job that waits, ask one that runs to stop, delete one that ended."""
        with transaction(self._connection):
            state = self._state(job, account)
            if state == "queued":
                cancel_waiting(self._connection, job, now, keep_seconds)
            elif state == "running":
                self._connection.execute("UPDATE job SET cancel_requested = 1 WHERE id = ?", (job,))
            elif state == "completed":
                self._connection.execute("UPDATE job SET state = 'expired', expires = ? WHERE id = ?", (now, job))
                self._connection.execute("UPDATE job_file SET sha256 = NULL WHERE job_id = ?", (job,))
                note(self._connection, job, "deleted", now)
            return self._state(job, account)

    def _state(self, job: str, account: int) -> JobState | None:
        row = self._connection.execute("SELECT account_id, state FROM job WHERE id = ?", (job,)).fetchone()
        return None if row is None or row["account_id"] != account else cast(JobState, row["state"])


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
