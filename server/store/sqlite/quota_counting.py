"""Requests of a day, charged and given back within the transaction of what they are for."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3

from ...domain.accounts import Caller
from ...domain.quota_rules import QuotaUsedUpError, check_waiting, day_of, most_per_day, next_day, next_rank
from .job_queries import tally


def charge(connection: sqlite3.Connection, caller: Caller, now: float) -> str:
    """One request more of this day, which it gives back; QuotaUsedUpError where the tier has no more."""
    day, most = day_of(now), most_per_day(caller.tier)
    changed = connection.execute(
        "INSERT INTO usage (account_id, day, used) SELECT ?, ?, 1 WHERE ? > 0 "
        "ON CONFLICT DO UPDATE SET used = used + 1 WHERE used < ?",
        (caller.account, day, most, most),
    ).rowcount
    if changed != 1:
        raise QuotaUsedUpError(most, next_day(now))
    return day


def refund(connection: sqlite3.Connection, job: str) -> None:
    """Give the request back: the server, not the request, is why the job failed."""
    connection.execute(
        "UPDATE usage SET used = used - 1 WHERE used > 0 AND (account_id, day) = "
        "(SELECT account_id, charged_day FROM job WHERE id = ?)",
        (job,),
    )


def used_today(connection: sqlite3.Connection, account: int, now: float) -> int:
    """How many requests of this day are used."""
    row = connection.execute(
        "SELECT used FROM usage WHERE account_id = ? AND day = ?", (account, day_of(now))
    ).fetchone()
    return int(row[0]) if row else 0


def rank_of(connection: sqlite3.Connection, caller: Caller, now: float) -> float:
    """The place in the queue of a new job."""
    last = connection.execute(
        "SELECT max(rank) FROM job WHERE account_id = ? AND state = 'queued'", (caller.account,)
    ).fetchone()[0]
    return next_rank(caller.tier, last, now)


def check_queue(connection: sqlite3.Connection, caller: Caller, max_queued: int) -> None:
    """QueueFullError where too many wait; called with the new job inserted: it counts."""

    def own() -> int:
        row = connection.execute(
            "SELECT count(*) FROM job WHERE state = 'queued' AND account_id = ?", (caller.account,)
        ).fetchone()
        return int(row[0])

    check_waiting(caller.tier, max_queued, tally(connection).get("queued", 0), own)
