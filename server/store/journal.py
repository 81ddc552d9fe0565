"""What happened to jobs, written down in the transaction in which it does."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3


def note(connection: sqlite3.Connection, job: str, kind: str, now: float, detail: str = "") -> None:
    """Add to what happened to a job."""
    connection.execute("INSERT INTO event (job_id, at, kind, detail) VALUES (?, ?, ?, ?)", (job, now, kind, detail))
