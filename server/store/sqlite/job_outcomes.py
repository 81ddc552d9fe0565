"""The ends of tasks, each written once: only where the row still runs under the token of whoever ends it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import sqlite3

from ...domain.attempts import CANCELLED, Claim, Failure
from ...domain.jobs import Finished
from ...domain.tiers import TIERS
from ...domain.totals import observed
from .database import transaction
from .faults import translating
from .journal import note
from .quota_counting import refund
from .totals import add, count_end

_MISSING = "The server did not make this file."


@translating
class SqliteOutcomes:
    """See Outcomes in interfaces.py."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def finish(self, claimed: Claim, files: list[Finished], lost: dict[str, Failure], now: float) -> bool:
        """Complete a job with its files and the formats that were lost."""
        connection = self._connection
        text = None
        if lost:
            text = " ".join(dict.fromkeys(failure.text for failure in lost.values()))
        with transaction(connection):
            if _is_cancelled(connection, claimed):
                return fail_within(connection, claimed, CANCELLED, now)
            keep = now + TIERS[claimed.tier].keep_days * 86400
            if not _end(
                connection, claimed, "completed", next(iter(lost.values())).code if lost else None, text, now, keep
            ):
                return False
            _keep(connection, claimed.job, files)
            _lose(connection, claimed.job, lost)
            missing = connection.execute(
                "UPDATE job_file SET state = 'failed', error_code = 'internal', error = ? "
                "WHERE job_id = ? AND state = 'waiting'",
                (_MISSING, claimed.job),
            ).rowcount
            connection.execute(
                "UPDATE job SET progress = 100, step = 'done', "
                "error = CASE WHEN ? THEN coalesce(error, ?) ELSE error END WHERE id = ?",
                (missing, _MISSING, claimed.job),
            )
            _tell_end(connection, claimed, now)
        return True

    def fail(self, claimed: Claim, why: Failure, now: float) -> bool:
        """End a job for good."""
        return fail(self._connection, claimed, why, now)


def fail(connection: sqlite3.Connection, claimed: Claim, why: Failure, now: float) -> bool:
    """End a job for good; a fault of the server's gives the day's request back. False where the lease was lost."""
    with transaction(connection):
        return fail_within(connection, claimed, why, now)


def fail_within(connection: sqlite3.Connection, claimed: Claim, why: Failure, now: float) -> bool:
    """The same in a transaction."""
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


def _keep(connection: sqlite3.Connection, job: str, files: list[Finished]) -> None:
    for item in files:
        said = [json.dumps(one, ensure_ascii=False) for one in (item.warnings, item.account)]
        connection.execute(
            "UPDATE job_file SET state = 'done', sha256 = ?, extension = ?, bytes = ?, features = ?, warnings = ?, "
            "account = ? WHERE job_id = ? AND format = ?",
            (item.sha256, item.extension, item.bytes, item.features, *said, job, item.format),
        )


def _lose(connection: sqlite3.Connection, job: str, lost: dict[str, Failure]) -> None:
    for name, failure in lost.items():
        connection.execute(
            "UPDATE job_file SET state = 'failed', error_code = ?, error = ? WHERE job_id = ? AND format = ?",
            (failure.code, failure.text, job, name),
        )


def _is_cancelled(connection: sqlite3.Connection, claimed: Claim) -> bool:
    row = connection.execute(
        "SELECT 1 FROM job WHERE id = ? AND lease_token = ? AND cancel_requested", (claimed.job, claimed.token)
    ).fetchone()
    return row is not None
