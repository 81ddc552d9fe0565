"""What is over goes away, a little at a time: nobody waits for a lock until a million rows are looked through."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from pathlib import Path
from typing import Callable, Iterable, Iterator

from ..local.files import MOVING, is_just_placed
from .database import transaction

# A file that no job has yet may be one that is being published just now.
YOUNG_SECONDS = 3600.0
FORGET_SECONDS = 90 * 86400.0
# Rows of one transaction at most, files after which others get the processor, and how long a transaction may take rows:
# on a machine that has other things to do as well, a hundred may take long.
BATCH, SLICE, HELD_SECONDS = 100, 64, 0.01
_PAUSE, _LONGEST_PAUSE = 0.001, 0.1

Go = Callable[[], bool]


def _always() -> bool:
    return True


def expire(
    connection: sqlite3.Connection, now: float, forget_after: float = FORGET_SECONDS, go: Go = _always
) -> int:  # fmt: skip
    """End the keeping of results whose time is over, and forget jobs long ended, as long as `go`; how many expired."""
    expired = sum(_batches(connection, lambda: _end_keeping(connection, now), go))
    sum(_batches(connection, lambda: _forget_jobs(connection, now - forget_after), go))
    sum(_batches(connection, lambda: _forget_days(connection, now - forget_after), go))
    return expired


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


def sweep(
    connection: sqlite3.Connection, blobs: Path, young: float = YOUNG_SECONDS, go: Go = _always
) -> tuple[int, int]:  # fmt: skip
    """Delete the files that no job has any more, but those that are `young`; how many, and their bytes."""
    count = size = seen = 0
    limit = time.time() - young
    for path in _files(blobs):
        seen += 1
        if seen % SLICE == 0:
            if not go():
                break
            time.sleep(_PAUSE)
        with MOVING, contextlib.suppress(FileNotFoundError):
            stat = path.stat()
            if stat.st_mtime > limit or _is_used(connection, path.name, time.time()):
                continue
            # The clock may have been set back since.
            if young <= 0 and is_just_placed(path.name):
                continue
            path.unlink()
            count, size = count + 1, size + stat.st_size
    return count, size


def _files(blobs: Path) -> Iterator[Path]:
    """Read as they are asked for, a folder after the other."""
    with contextlib.suppress(FileNotFoundError), os.scandir(blobs) as folders:
        for folder in folders:
            with os.scandir(folder.path) as entries:
                yield from (Path(entry.path) for entry in entries)


def _is_used(connection: sqlite3.Connection, sha256: str, now: float) -> bool:
    """Whether a job still has it; the time of a result is over when its time is over, whether or not a row says so."""
    row = connection.execute(
        "SELECT 1 FROM job_file f JOIN job j ON j.id = f.job_id "
        "WHERE f.sha256 = ? AND j.state = 'completed' AND j.expires > ? LIMIT 1",
        (sha256, now),
    ).fetchone()
    return row is not None
