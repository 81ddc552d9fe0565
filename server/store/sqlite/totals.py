"""What is counted, as one table for all processes: its names, and how it is written down."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Mapping

_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SLOW = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
# What a process has not said for so long, it has no more.
_LIVE_SECONDS = 30.0


@dataclass(frozen=True)
class Family:
    """One metric: what it is, its labels, and the bounds of its buckets where it is a histogram."""

    text: str
    labels: tuple[str, ...] = ()
    bounds: tuple[float, ...] = ()


# Names without Prometheus's endings (_total, _bucket, _sum, _count).
FAMILIES: dict[str, Family] = {
    "osm2cdr_http_requests": Family("Calls by method, route and status", ("method", "route", "code")),
    "osm2cdr_http_request_seconds": Family("How long calls took", ("route",), _QUICK),
    "osm2cdr_connections_refused": Family("Connections that were one too many"),
    "osm2cdr_tasks_accepted": Family("Tasks that were taken in", ("tier",)),
    "osm2cdr_tasks_ended": Family("Tasks by their end, and why they failed", ("tier", "end", "code")),
    "osm2cdr_formats_ended": Family("Formats of tasks by their end", ("format", "tier", "end")),
    "osm2cdr_task_wait_seconds": Family("From acceptance to the start of the first attempt", ("tier",), _SLOW),
    "osm2cdr_task_run_seconds": Family("From there to the end", ("tier",), _SLOW),
    "osm2cdr_events": Family("What happened to tasks", ("kind",)),
}
Key = tuple[str, str]


def counted(name: str, amount: float = 1.0, **labels: str) -> dict[Key, float]:
    """The rows that one more makes of a counter."""
    assert set(labels) == set(FAMILIES[name].labels), (name, labels)
    return {(name, json.dumps(labels, sort_keys=True)): amount}


def observed(name: str, value: float, **labels: str) -> dict[Key, float]:
    """The rows that one more value makes of a histogram."""
    bound = next((str(float(bound)) for bound in FAMILIES[name].bounds if value <= bound), "+Inf")
    return {
        (name, json.dumps({**labels, "le": bound}, sort_keys=True)): 1.0,
        (name, json.dumps({**labels, "le": "sum"}, sort_keys=True)): max(0.0, value),
    }


def add(connection: sqlite3.Connection, amounts: Mapping[Key, float]) -> None:
    """To what was counted before; in a transaction."""
    connection.executemany(
        "INSERT INTO total (name, labels, n) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        [(name, labels, amount) for (name, labels), amount in amounts.items()],
    )


def say(connection: sqlite3.Connection, process: int, values: Mapping[str, float], now: float) -> None:
    """What a process has just now; what others have not said for long goes."""
    for name, value in values.items():
        connection.execute(
            "INSERT INTO live (process, name, n, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET n = excluded.n, at = excluded.at",
            (process, name, value, now),
        )
    connection.execute("DELETE FROM live WHERE at NOT BETWEEN ? AND ?", (now - _LIVE_SECONDS, now + _LIVE_SECONDS))


def read(connection: sqlite3.Connection) -> dict[Key, float]:
    """All that was counted."""
    return {(row["name"], row["labels"]): row["n"] for row in connection.execute("SELECT * FROM total")}


def read_live(connection: sqlite3.Connection, now: float) -> dict[str, float]:
    """What all processes have together."""
    rows = connection.execute("SELECT name, sum(n) AS n FROM live WHERE at > ? GROUP BY name", (now - _LIVE_SECONDS,))
    return {row["name"]: row["n"] for row in rows}


def count_end(connection: sqlite3.Connection, job: str, tier: str, end: str, code: str = "") -> None:
    """The end of a task and of each of its formats, of which some may have failed where it is completed."""
    amounts = counted("osm2cdr_tasks_ended", tier=tier, end=end, code=code)
    for row in connection.execute("SELECT format, state FROM job_file WHERE job_id = ?", (job,)):
        kind = end if row["state"] == "done" or end not in ("completed", "cached") else "failed"
        amounts.update(counted("osm2cdr_formats_ended", format=row["format"], tier=tier, end=kind))
    add(connection, amounts)
