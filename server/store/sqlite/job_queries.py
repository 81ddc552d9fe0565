"""What is asked about jobs without changing them; each by an index, however many there are."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import sqlite3
from dataclasses import fields
from typing import Sequence

from ...domain.accounts import Owner
from ...domain.house import BEHIND, begins
from ...domain.jobs import ENDED, Event, File, Job, Seen
from .faults import translating

# What a job takes where nobody knows it better.
_USUAL_SECONDS = 5.0
_JOB_COLUMNS = [field.name for field in fields(Job)]
_FILE_COLUMNS = [field.name for field in fields(File)]
_JOB, _FILE = ", ".join(_JOB_COLUMNS), ", ".join(_FILE_COLUMNS)
# What is not kept as it is told.
_SPEC, _CANCEL = _JOB_COLUMNS.index("spec"), _JOB_COLUMNS.index("cancel_requested")
_WARNINGS, _ACCOUNT = _FILE_COLUMNS.index("warnings"), _FILE_COLUMNS.index("account")


@translating
class SqliteJobViews:
    """See JobViews in interfaces.py."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, job: str, account: int | None = None) -> Job | None:
        """One job."""
        row = self._connection.execute(f"SELECT {_JOB} FROM job WHERE id = ?", (job,)).fetchone()
        return None if row is None or account not in (None, row["account_id"]) else _job(row)

    def listed(self, account: int | None, state: str | None, limit: int, before: Job | None = None) -> list[Job]:
        """The newest first."""
        terms: list[tuple[str, object]] = []
        if account is not None:
            terms.append(("account_id = ?", account))
        if state is not None:
            terms.append(("state = ?", state))
        where = [term for term, _ in terms]
        values = [value for _, value in terms]
        if before is not None:
            where.append("(created, id) < (?, ?)")
            values += [before.created, before.id]
        condition = f"WHERE {' AND '.join(where)} " if where else ""
        rows = self._connection.execute(
            f"SELECT {_JOB} FROM job {condition}ORDER BY created DESC, id DESC LIMIT ?", (*values, limit)
        )
        return [_job(row) for row in rows]

    def look(self, jobs: Sequence[Job]) -> list[Seen]:
        """What is told of jobs."""
        places = self._places(jobs)
        return [Seen(job, places.get(job.id, 0), self.files(job) if job.state in ENDED else []) for job in jobs]

    def _places(self, jobs: Sequence[Job]) -> dict[str, int]:
        """How many jobs stand before each that waits, itself included: 1 also where it was taken since it was read.

        The queue is gone through once, however many of them are asked for.
        """
        places, ahead, last = {}, 0, float("-inf")
        for job in sorted((job for job in jobs if job.state == "queued"), key=lambda job: job.rank):
            ahead += self._connection.execute(
                "SELECT count(*) FROM job INDEXED BY job_queue WHERE state = 'queued' AND rank > ? AND rank <= ?",
                (last, job.rank),
            ).fetchone()[0]
            last = job.rank
            places[job.id] = max(1, ahead)
        return places

    def files(self, job: Job) -> list[File]:
        """Its files."""
        rows = self._connection.execute(f"SELECT {_FILE} FROM job_file WHERE job_id = ?", (job.id,))
        order = job.formats
        return sorted(
            map(_file, rows), key=lambda file: order.index(file.format) if file.format in order else len(order)
        )

    def owner(self, job: Job) -> Owner:
        """Whose it is."""
        row = self._connection.execute(
            "SELECT a.email, a.tier, k.prefix FROM account a JOIN api_key k ON k.id = ? WHERE a.id = ?",
            (job.key_id, job.account_id),
        ).fetchone()
        return Owner(row["email"], row["tier"], row["prefix"])

    def events(self, job: str) -> list[Event]:
        """What happened to it."""
        rows = self._connection.execute("SELECT at, kind, detail FROM event WHERE job_id = ? ORDER BY id", (job,))
        return [Event(*row) for row in rows]

    def tally(self) -> dict[str, int]:
        """How many jobs are in each state."""
        return tally(self._connection)

    def oldest_waiting(self) -> float | None:
        """When the job that has waited longest was created."""
        row = self._connection.execute(
            "SELECT min(created) FROM job INDEXED BY job_age WHERE state = 'queued'"
        ).fetchone()
        return None if row[0] is None else float(row[0])

    def pace(self, now: float, last: int = 50) -> tuple[int, int, float]:
        """Waiting, running, and the seconds that the last ones took."""
        counts = self.tally()
        took = self._connection.execute(
            "SELECT avg(finished - started) FROM (SELECT finished, started FROM job INDEXED BY job_pace "
            "WHERE state = 'completed' AND finished > started AND finished > ? ORDER BY finished DESC LIMIT ?)",
            (now - 86400, last),
        ).fetchone()[0]
        waiting, running = (self._house_s(state, index, now) for state, index in _HOUSE_INDEXES)
        return counts.get("queued", 0) - waiting, counts.get("running", 0) - running, float(took or _USUAL_SECONDS)

    def _house_s(self, state: str, index: str, now: float) -> int:
        """How many of the house's own jobs wait or run: few."""
        query = f"SELECT count(*) FROM job INDEXED BY {index} WHERE state = '{state}' AND rank >= ?"
        return int(self._connection.execute(query, (begins(now),)).fetchone()[0])

    def is_house_s(self, sha256: str) -> bool:
        """By the rank that its job had in the queue."""
        row = self._connection.execute(
            "SELECT 1 FROM job_file f JOIN job j ON j.id = f.job_id "
            "WHERE f.sha256 = ? AND j.rank - j.created > ? LIMIT 1",
            (sha256, BEHIND / 2),
        ).fetchone()
        return row is not None


_HOUSE_INDEXES = (("queued", "job_queue"), ("running", "job_running"))


def tally(connection: sqlite3.Connection) -> dict[str, int]:
    """How many jobs are in each state."""
    return dict(tuple(row) for row in connection.execute("SELECT state, n FROM tally"))


def _job(row: sqlite3.Row) -> Job:
    """By position: a page has two hundred of them."""
    values = list(row)
    values[_SPEC] = json.loads(values[_SPEC])
    values[_CANCEL] = bool(values[_CANCEL])
    return Job(*values)


def _file(row: sqlite3.Row) -> File:
    values = list(row)
    values[_WARNINGS] = tuple(json.loads(values[_WARNINGS]))
    values[_ACCOUNT] = values[_ACCOUNT] and json.loads(values[_ACCOUNT])
    return File(*values)
