"""What is asked about jobs without changing them; each by an index, however many there are."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Sequence

# What a job takes where nobody knows it better.
_USUAL_SECONDS = 5.0


@dataclass(frozen=True)
class Seen:
    """A job's row, its place in the queue while it waits, its files once it has ended."""

    row: sqlite3.Row
    position: int
    files: list[sqlite3.Row]


def day_of(now: float) -> str:
    """The day in UTC."""
    return datetime.fromtimestamp(now, timezone.utc).strftime("%Y-%m-%d")


def next_day(now: float) -> float:
    """When the next day in UTC begins."""
    today = datetime.fromtimestamp(now, timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
    return (today + timedelta(days=1)).timestamp()


def used_today(connection: sqlite3.Connection, account: int, now: float) -> int:
    """How many requests of this day are used."""
    row = connection.execute(
        "SELECT used FROM usage WHERE account_id = ? AND day = ?", (account, day_of(now))
    ).fetchone()
    return int(row[0]) if row else 0


def find(connection: sqlite3.Connection, job: str, account: int | None = None) -> sqlite3.Row | None:
    """A job's row, of one account where that is given."""
    row: sqlite3.Row | None = connection.execute("SELECT * FROM job WHERE id = ?", (job,)).fetchone()
    return None if row is None or account not in (None, row["account_id"]) else row


def look(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> list[Seen]:
    """What is told of jobs."""
    places = queue_positions(connection, rows)
    ended = ("completed", "failed", "cancelled")
    return [
        Seen(row, places.get(row["id"], 0), files_of(connection, row) if row["state"] in ended else []) for row in rows
    ]


def files_of(connection: sqlite3.Connection, job: sqlite3.Row) -> list[sqlite3.Row]:
    """Its files, finished or not, in the order in which they were asked for."""
    rows = connection.execute("SELECT * FROM job_file WHERE job_id = ?", (job["id"],)).fetchall()
    order = json.loads(job["spec"])["formats"]
    return sorted(rows, key=lambda row: order.index(row["format"]) if row["format"] in order else len(order))


def queue_positions(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> dict[str, int]:
    """How many jobs stand before each that waits, itself included: 1 also where it was taken since its row was read.

    The queue is gone through once, however many of them are asked for.
    """
    places, ahead, last = {}, 0, float("-inf")
    for row in sorted((row for row in rows if row["state"] == "queued"), key=lambda row: float(row["rank"])):
        ahead += connection.execute(
            "SELECT count(*) FROM job INDEXED BY job_queue WHERE state = 'queued' AND rank > ? AND rank <= ?",
            (last, row["rank"]),
        ).fetchone()[0]
        last = row["rank"]
        places[row["id"]] = max(1, ahead)
    return places


def tally(connection: sqlite3.Connection) -> dict[str, int]:
    """How many jobs are in each state."""
    return dict(tuple(row) for row in connection.execute("SELECT state, n FROM tally"))


def oldest_waiting(connection: sqlite3.Connection) -> float | None:
    """When the job that has waited longest was created."""
    row = connection.execute("SELECT min(created) FROM job INDEXED BY job_age WHERE state = 'queued'").fetchone()
    return None if row[0] is None else float(row[0])


def pace(connection: sqlite3.Connection, now: float, last: int = 50) -> tuple[int, int, float]:
    """How many jobs wait, how many run, and how many seconds the last ones took on the average."""
    counts = tally(connection)
    took = connection.execute(
        "SELECT avg(finished - started) FROM (SELECT finished, started FROM job INDEXED BY job_pace "
        "WHERE state = 'completed' AND finished > started AND finished > ? ORDER BY finished DESC LIMIT ?)",
        (now - 86400, last),
    ).fetchone()[0]
    return counts.get("queued", 0), counts.get("running", 0), float(took or _USUAL_SECONDS)


def list_jobs(
    connection: sqlite3.Connection, account: int | None, state: str | None, limit: int,
    before: sqlite3.Row | None = None,
) -> list[sqlite3.Row]:  # fmt: skip
    """Jobs, the newest first: of one account or of all, in one state or in any, behind the job `before`."""
    terms: list[tuple[str, object]] = []
    if account is not None:
        terms.append(("account_id = ?", account))
    if state is not None:
        terms.append(("state = ?", state))
    where = [term for term, _ in terms]
    values = [value for _, value in terms]
    if before is not None:
        where.append("(created, id) < (?, ?)")
        values += [before["created"], before["id"]]
    condition = f"WHERE {' AND '.join(where)} " if where else ""
    return connection.execute(
        f"SELECT * FROM job {condition}ORDER BY created DESC, id DESC LIMIT ?", (*values, limit)
    ).fetchall()
