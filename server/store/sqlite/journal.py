"""What happened to jobs, written down in the transaction in which it does, and told in the log after it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3

from ...domain.totals import counted
from .database import tell
from .totals import add


def note(
    connection: sqlite3.Connection, job: str, kind: str, now: float, detail: str = "", **words: object
) -> None:  # fmt: skip
    """Add to what happened to a job; `words` are for the log alone."""
    connection.execute("INSERT INTO event (job_id, at, kind, detail) VALUES (?, ?, ?, ?)", (job, now, kind, detail))
    add(connection, counted("osm2cdr_events", kind=kind))
    tell(connection, task=job, event=kind, **words)
