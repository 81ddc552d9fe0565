"""The store of a server, as its settings have it: today all of it in one folder."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import cached_property
from typing import Callable

from ..settings import Settings
from .bell import Bell
from .blobs import Blobs
from .interfaces import Database, StoreConnection
from .local.bell import LocalBell
from .local.blobs import LocalBlobs
from .local.secret import load_secret
from .sqlite.connections import SqliteDatabase


class Store:
    """One for each process: its parts may be used by several threads, a connection by one at a time."""

    def __init__(self, database: Database, blobs: Blobs, bell: Bell, load: Callable[[], bytes]) -> None:
        self.database = database
        self.blobs = blobs
        self.bell = bell
        self._load = load

    @cached_property
    def secret(self) -> bytes:
        """What keys are hashed with and links are signed with, made on first use; StoreUnusableError where the keys
        that there are are of another one."""
        return self._load()

    def prepare(self, examine: bool = False) -> None:
        """Make what is not there, bring the rest up to date, read all of it where it is to be examined.

        StoreUnusableError where it cannot be used, StoreError and OSError where it cannot be just now.
        """
        self.database.prepare(lambda: self.secret, examine)

    def connect(self, durable: bool = True) -> StoreConnection:
        """To the rows of a store that is prepared; see Database.connect()."""
        return self.database.connect(self.secret, durable)


def open_store(settings: Settings) -> Store:
    """Nothing is read before it is asked for."""
    database = SqliteDatabase(settings.data / "osm2cdr.sqlite")
    return Store(
        database,
        LocalBlobs(settings.data / "blobs"),
        LocalBell(settings.data),
        lambda: load_secret(settings.data, database.has_keys),
    )
