"""Results of identical requests, handed on to a second job."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from typing import Collection

from ...domain.tiers import Tier
from .journal import note
from .totals import count_end

# Results are handed on that are kept for so many seconds more.
_LEFT_SECONDS = 60
_TWIN = (
    "SELECT id FROM job INDEXED BY job_twin WHERE spec_hash = ? AND state = 'completed' AND error IS NULL "
    "AND expires > ? ORDER BY finished DESC LIMIT 1"
)


def twin_of(connection: sqlite3.Connection, spec_hash: str, now: float) -> str | None:
    """The newest job of the same request whose results are kept for a while more."""
    row = connection.execute(_TWIN, (spec_hash, now + _LEFT_SECONDS)).fetchone()
    return None if row is None else str(row["id"])


def files_of_twin(connection: sqlite3.Connection, spec_hash: str, now: float) -> dict[str, int]:
    """SHA-256 and size of each file that a job of this request would get."""
    twin = twin_of(connection, spec_hash, now)
    rows = connection.execute("SELECT sha256, bytes FROM job_file WHERE job_id = ?", (twin,)) if twin else ()
    return {row["sha256"]: row["bytes"] for row in rows}


def copy_cached(
    connection: sqlite3.Connection, job: str, spec_hash: str, now: float, tier: Tier, good: Collection[str]
) -> bool:
    """Complete a new job with the files of an identical one, where all are among the `good`; in a transaction."""
    twin = twin_of(connection, spec_hash, now)
    rows = connection.execute("SELECT sha256 FROM job_file WHERE job_id = ?", (twin,)).fetchall()
    if twin is None or not all(row["sha256"] in good for row in rows):
        return False
    connection.execute(
        "UPDATE job_file SET (state, sha256, extension, bytes, features, warnings, account) = "
        "(SELECT t.state, t.sha256, t.extension, t.bytes, t.features, t.warnings, t.account FROM job_file t "
        "WHERE t.job_id = ? AND t.format = job_file.format) WHERE job_id = ?",
        (twin, job),
    )
    connection.execute(
        "UPDATE job SET state = 'completed', progress = 100, step = 'done', started = ?, finished = ?, expires = ?, "
        "lease_token = NULL WHERE id = ?",
        (now, now, now + tier.keep_days * 86400, job),
    )
    count_end(connection, job, tier.id, "cached")
    note(connection, job, "cached", now, twin, like=twin)
    return True
