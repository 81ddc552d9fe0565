"""Databases of tiles: opened for writing once, and read again when they are proved."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Iterator

from ..errors import WriteError
from ..text.sentence import say


def created(path: Path, tables: str) -> sqlite3.Connection:
    """A new database with these tables, within a transaction that its writer ends."""
    database = sqlite3.connect(path, isolation_level=None)
    # A file that is not finished is nobody's: no journal is needed to get it back.
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.executescript(tables)
    database.execute("BEGIN")
    return database


@contextmanager
def whole(path: Path, name: str) -> Iterator[sqlite3.Connection]:
    """A finished database, to be read; WriteError where it does not open or is not whole."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            (said,) = database.execute("PRAGMA quick_check").fetchone()
            if said != "ok":
                raise WriteError("not_proven", say("{0} is not whole.", name))
            yield database
    except sqlite3.Error as error:
        raise WriteError("not_proven", say("{0} does not open again.", name)) from error
