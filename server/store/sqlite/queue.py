"""The queue: the next job is claimed, or gets the files of an identical one."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import math
import sqlite3
import uuid

from ...domain.attempts import BEGUN, LEASE_SECONDS, LONGEST_WAIT, Claim
from ...domain.house import begins
from ...domain.tiers import TIERS
from ...domain.totals import observed
from ..blobs import Blobs
from .database import transaction
from .faults import translating
from .jobs import cancel_waiting
from .journal import note
from .totals import add
from .twins import copy_cached, files_of_twin

# How many twins get their files before the supervisor looks at other things.
_MOST_COPIES = 200


@translating
class SqliteQueue:
    """See Queue in interfaces.py."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def claim(self, memory_left: int, cache: Blobs | None, now: float) -> Claim | None:
        """The next job. Twins get their files in a transaction of their own: there may be thousands."""
        connection = self._connection
        for _ in range(_MOST_COPIES):
            first = _next(connection, cache is not None, now)
            if first is None:
                return None
            good = _good_twin(connection, cache, first, now) if cache else frozenset()
            with transaction(connection):
                job = _next(connection, cache is not None, now)
                if job is None:
                    return None
                row = connection.execute(
                    "SELECT j.*, a.tier, a.disabled FROM job j JOIN account a ON a.id = j.account_id WHERE j.id = ?",
                    (job,),
                ).fetchone()
                tier = TIERS[row["tier"]]
                if row["disabled"]:
                    # It came in while its account was being disabled.
                    cancel_waiting(connection, job, now, tier.keep_days * 86400)
                    continue
                if job != first or copy_cached(connection, job, row["spec_hash"], now, tier, good):
                    continue
                if row["memory_mb"] > memory_left:
                    return None
                token = uuid.uuid4().hex
                connection.execute(
                    "UPDATE job SET state = 'running', attempt = attempt + 1, lease_token = ?, lease_until = ?, "
                    "started = coalesce(started, ?), step = ? WHERE id = ?",
                    (token, now + LEASE_SECONDS, now, BEGUN, job),
                )
                waited = round(now - row["created"], 1)
                if row["started"] is None:
                    add(connection, observed("osm2cdr_task_wait_seconds", waited, tier=tier.id))
                note(connection, job, "claimed", now, token, attempt=row["attempt"] + 1, tier=tier.id, waited=waited)
                return Claim(job, token, json.loads(row["spec"]), row["memory_mb"], row["attempt"] + 1, row["tier"])
        return None

    def is_wanted(self, now: float, twins: bool) -> bool:
        """By the queue's index, at whose end the house's own stand."""
        return _next(self._connection, twins, now, begins(now)) is not None


def _good_twin(connection: sqlite3.Connection, blobs: Blobs, job: str, now: float) -> frozenset[str]:
    """The files that the job would get of an identical one, as far as they are whole; what is damaged goes."""
    row = connection.execute("SELECT spec_hash FROM job WHERE id = ?", (job,)).fetchone()
    files = files_of_twin(connection, row["spec_hash"], now) if row else {}
    good = blobs.whole(files)
    blobs.discard(files, good)
    return good


def _next(connection: sqlite3.Connection, twins: bool, now: float, before: float = math.inf) -> str | None:
    """The job that is due first, by the queue's index alone, `before` a rank; with `twins` none of which an identical
    one runs."""
    twin = (
        "AND NOT EXISTS (SELECT 1 FROM job r INDEXED BY job_running "
        "WHERE r.spec_hash = j.spec_hash AND r.state = 'running')"
    )
    row = connection.execute(
        "SELECT j.id FROM job j INDEXED BY job_queue "
        f"WHERE j.state = 'queued' AND j.rank < ? AND j.run_after NOT BETWEEN ? AND ? {twin if twins else ''} "
        "ORDER BY j.rank LIMIT 1",
        # Nobody waits longer than that: the clock was set back.
        (before, now + 1e-6, now + LONGEST_WAIT),
    ).fetchone()
    return None if row is None else str(row["id"])
