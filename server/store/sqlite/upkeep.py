"""What is over goes away, a little at a time: nobody waits for a lock until a million rows are looked through."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
import time
from typing import Callable, Iterable, Iterator

from ...domain.keeping import FORGET_SECONDS
from ..blobs import Go, always
from .database import transaction
from .faults import translating

# Rows of one transaction at most, and for how many seconds a transaction may take rows: on a machine that has other
# things to do as well, a hundred may take long.
BATCH, HELD_SECONDS = 100, 0.01
# As long as a transaction others may write, but no longer than this many seconds.
_LONGEST_PAUSE = 0.1


@translating
class SqliteUpkeep:
    """See Upkeep in interfaces.py."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def expire(self, now: float, forget_after: float = FORGET_SECONDS, go: Go = always) -> int:
        """End the keeping of results whose time is over, and forget what ended long ago."""
        connection, before = self._connection, now - forget_after
        expired = sum(_batches(connection, lambda: _end_keeping(connection, now), go))
        sum(_batches(connection, lambda: _forget_jobs(connection, before), go))
        sum(_batches(connection, lambda: _forget_days(connection, before), go))
        return expired

    def is_used(self, sha256: str, now: float) -> bool:
        """Whether a job still has it; the time of a result is over when its time is over, whether or not a row says
        so."""
        row = self._connection.execute(
            "SELECT 1 FROM job_file f JOIN job j ON j.id = f.job_id "
            "WHERE f.sha256 = ? AND j.state = 'completed' AND j.expires > ? LIMIT 1",
            (sha256, now),
        ).fetchone()
        return row is not None

    def settle(self) -> None:
        """Bring what stands in the WAL into the database."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _batches(connection: sqlite3.Connection, act: Callable[[], int], go: Go) -> Iterator[int]:
    """A transaction for each batch until one is empty, and as long a pause after it, in which others write."""
    count = 1
    while count and go():
        start = time.monotonic()
        with transaction(connection):
            count = act()
        yield count
        time.sleep(min(_LONGEST_PAUSE, time.monotonic() - start))


def _in_time(rows: Iterable[sqlite3.Row], act: Callable[[str], object]) -> int:
    """One after the other until the lock was held for long enough, one at least; how many."""
    end, count = time.monotonic() + HELD_SECONDS, 0
    for row in rows:
        act(row["id"])
        count += 1
        if time.monotonic() > end:
            break
    return count


def _end_keeping(connection: sqlite3.Connection, now: float) -> int:
    rows = connection.execute(
        "SELECT id FROM job INDEXED BY job_keep WHERE state = 'completed' AND expires < ? ORDER BY expires LIMIT ?",
        (now, BATCH),
    ).fetchall()

    def end(job: str) -> None:
        connection.execute("UPDATE job SET state = 'expired' WHERE id = ?", (job,))
        # Who looks whether a file is used shall not go through all that used it once.
        connection.execute("UPDATE job_file SET sha256 = NULL WHERE job_id = ?", (job,))

    return _in_time(rows, end)


def _forget_jobs(connection: sqlite3.Connection, before: float) -> int:
    rows = connection.execute(
        "SELECT id FROM job INDEXED BY job_forget "
        "WHERE state IN ('failed', 'cancelled', 'expired') AND expires < ? LIMIT ?",
        (before, BATCH),
    ).fetchall()
    return _in_time(rows, lambda job: connection.execute("DELETE FROM job WHERE id = ?", (job,)))


def _forget_days(connection: sqlite3.Connection, before: float) -> int:
    return connection.execute(
        "DELETE FROM usage WHERE (account_id, day) IN "
        "(SELECT account_id, day FROM usage WHERE day < strftime('%Y-%m-%d', ?, 'unixepoch') LIMIT ?)",
        (before, BATCH),
    ).rowcount
