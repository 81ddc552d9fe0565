"""What is counted for operators: the names, and what one more of each makes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Iterable

_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SLOW = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
# What a process has not said for so long, it has no more.
LIVE_SECONDS = 30.0


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
# A family and its labels, as JSON: what has a number of its own.
Series = tuple[str, str]


def counted(name: str, amount: float = 1.0, **labels: str) -> dict[Series, float]:
    """The rows that one more makes of a counter."""
    assert set(labels) == set(FAMILIES[name].labels), (name, labels)
    return {(name, json.dumps(labels, sort_keys=True)): amount}


def observed(name: str, value: float, **labels: str) -> dict[Series, float]:
    """The rows that one more value makes of a histogram."""
    bound = next((str(float(bound)) for bound in FAMILIES[name].bounds if value <= bound), "+Inf")
    return {
        (name, json.dumps({**labels, "le": bound}, sort_keys=True)): 1.0,
        (name, json.dumps({**labels, "le": "sum"}, sort_keys=True)): max(0.0, value),
    }


def ended(tier: str, end: str, code: str, files: Iterable[tuple[str, str]]) -> dict[Series, float]:
    """The end of a job and of each of its files (format, state), of which some may have failed where it is completed;
    `end` is `cached` where it was completed by the files of another one."""
    amounts = counted("osm2cdr_tasks_ended", tier=tier, end=end, code=code)
    for name, state in files:
        kind = end if state == "done" or end not in ("completed", "cached") else "failed"
        amounts.update(counted("osm2cdr_formats_ended", format=name, tier=tier, end=kind))
    return amounts
