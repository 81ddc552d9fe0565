"""What the other files of this folder hold together: see StoreConnection and Database in interfaces.py."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Callable

from ...domain.api_keys import keyed_hash
from ..errors import StoreUnusableError
from ..identities import Identities
from ..interfaces import Accounts, Jobs, JobViews, Keys, Leases, Outcomes, Queue, StoreConnection, Totals, Upkeep
from ..people import People
from . import database
from .accounts import SqliteAccounts
from .faults import translating
from .identities import SqliteIdentities
from .job_outcomes import SqliteOutcomes
from .job_queries import SqliteJobViews
from .jobs import SqliteJobs
from .keys import SqliteKeys, holds_keys
from .leases import SqliteLeases
from .people import SqlitePeople
from .queue import SqliteQueue
from .totals import SqliteTotals
from .upkeep import SqliteUpkeep


class SqliteConnection:
    """All rows, for one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, secret: bytes) -> None:
        self.connection = connection
        keys = SqliteKeys(connection, secret)
        self.keys: Keys = keys
        accounts = SqliteAccounts(connection, keys)
        self.accounts: Accounts = accounts
        self.people: People = SqlitePeople(connection, accounts)
        self.identities: Identities = SqliteIdentities(connection)
        self.jobs: Jobs = SqliteJobs(connection)
        self.views: JobViews = SqliteJobViews(connection)
        self.queue: Queue = SqliteQueue(connection)
        self.leases: Leases = SqliteLeases(connection)
        self.outcomes: Outcomes = SqliteOutcomes(connection)
        self.totals: Totals = SqliteTotals(connection)
        self.upkeep: Upkeep = SqliteUpkeep(connection)

    def close(self) -> None:
        """Use it no more."""
        self.connection.close()


@translating
class SqliteDatabase:
    """One file, and its WAL beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def prepare(self, secret: Callable[[], bytes], examine: bool = False) -> None:
        """Make it, bring it up to date, and bind it to the secret of its keys."""
        with contextlib.closing(database.open_database(self.path)) as connection:
            if examine:
                database.examine(connection, self.path)
            bind(connection, secret())

    def has_keys(self) -> bool:
        """Whether there are any."""
        if not self.path.exists():
            return False
        try:
            with contextlib.closing(database.connect(self.path)) as connection:
                return holds_keys(connection)
        except sqlite3.DatabaseError:
            # It has no such table yet, or tells itself what is wrong with it.
            return False

    def connect(self, secret: bytes, durable: bool = True) -> StoreConnection:
        """For one thread at a time."""
        return SqliteConnection(database.connect(self.path, durable), secret)

    def size(self) -> int:
        """With its WAL."""
        paths = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        return sum(path.stat().st_size for path in paths if path.exists())


def bind(connection: sqlite3.Connection, secret: bytes) -> None:
    """Note in the database which secret its keys are of, as its application_id; StoreUnusableError where it is another
    one."""
    mark = int.from_bytes(keyed_hash(secret, "database", "")[:4], "big") >> 1 or 1
    known = connection.execute("PRAGMA application_id").fetchone()[0]
    if known == mark:
        return
    if known and holds_keys(connection):
        raise StoreUnusableError(
            "The keys in the database are not of the file 'secret' beside it; restore both from one backup, or name "
            "another folder in OSM2CDR_DATA."
        )
    connection.execute(f"PRAGMA application_id = {mark}")
