"""What is counted, as one table for all processes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from typing import Mapping

from ...domain.totals import LIVE_SECONDS, Series, ended
from .database import transaction
from .faults import translating


@translating
class SqliteTotals:
    """See Totals in interfaces.py."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, amounts: Mapping[Series, float], process: int, values: Mapping[str, float], now: float) -> None:
        """To what was counted before, and what a process has just now."""
        with transaction(self._connection):
            add(self._connection, amounts)
            for name, value in values.items():
                self._connection.execute(
                    "INSERT INTO live (process, name, n, at) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT DO UPDATE SET n = excluded.n, at = excluded.at",
                    (process, name, value, now),
                )
            self._connection.execute(
                "DELETE FROM live WHERE at NOT BETWEEN ? AND ?", (now - LIVE_SECONDS, now + LIVE_SECONDS)
            )

    def read(self) -> dict[Series, float]:
        """All that was counted."""
        return {(row["name"], row["labels"]): row["n"] for row in self._connection.execute("SELECT * FROM total")}

    def live(self, now: float) -> dict[str, float]:
        """What all processes have together."""
        rows = self._connection.execute(
            "SELECT name, sum(n) AS n FROM live WHERE at > ? GROUP BY name", (now - LIVE_SECONDS,)
        )
        return {row["name"]: row["n"] for row in rows}


def add(connection: sqlite3.Connection, amounts: Mapping[Series, float]) -> None:
    """To what was counted before; in a transaction."""
    connection.executemany(
        "INSERT INTO total (name, labels, n) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        [(name, labels, amount) for (name, labels), amount in amounts.items()],
    )


def count_end(connection: sqlite3.Connection, job: str, tier: str, end: str, code: str = "") -> None:
    """The end of a job and of each of its formats; in its transaction, once all rows of it are written."""
    rows = connection.execute("SELECT format, state FROM job_file WHERE job_id = ?", (job,))
    add(connection, ended(tier, end, code, ((row["format"], row["state"]) for row in rows)))
