"""The store of a server, as its settings have it: today all of it in one folder."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import Callable, Iterable

from ..domain.places import Place
from ..settings import Settings
from .bell import Bell
from .blobs import Blobs
from .interfaces import Database, StoreConnection
from .local.bell import LocalBell
from .local.blobs import LocalBlobs
from .local.secret import load_secret
from .places import Places
from .sqlite import places as sqlite_places
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


def _places_file(folder: Path, state: str) -> Path:
    """By the path of a source and by what else its state says: see sources.file_state()."""
    path = state.rsplit(" ", 2)[0]
    source, whole = (hashlib.sha256(word.encode("utf-8", "surrogateescape")).hexdigest()[:16] for word in (path, state))
    return folder / f"{source}-{whole}.sqlite"


def has_places(folder: Path, state: str) -> bool:
    """Whether the places of a source, as it is now, can be looked for."""
    return _places_file(folder, state).exists()


def open_places(folder: Path, state: str) -> Places | None:
    """The places of a source, as it is now; None where nobody has made them."""
    path = _places_file(folder, state)
    return sqlite_places.SqlitePlaces(path) if path.exists() else None


def keep_places(folder: Path, state: str, places: Iterable[tuple[Place, Iterable[str]]]) -> int:
    """Lay down the places of a source, those that matter most first, each with all its names; how many there are.

    Those of the same file as it was before go. OSError, StoreError where they cannot be kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = _places_file(folder, state)
    count = sqlite_places.write(path, places)
    for other in folder.glob(f"{path.stem.partition('-')[0]}-*"):
        if other != path:
            other.unlink(missing_ok=True)
    return count
