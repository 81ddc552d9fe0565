"""The embedded database: SQLite in WAL mode, every commit on the disk before it is answered."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
from pathlib import Path
from typing import Any, Iterator

from ..errors import StoreUnusableError

LOG = logging.getLogger("osm2cdr.tasks")
_SCHEMA = Path(__file__).with_name("schema")
# How long a writer waits for another one.
_BUSY_SECONDS = 20
# Between two lines about a change that takes long, and how many steps of SQLite's machine pass between two looks.
_TOLD_SECONDS, _TOLD_STEPS = 5.0, 100_000
# The WAL of a time with many writes is cut to this afterwards.
_MOST_JOURNAL = 64 << 20


class Connection(sqlite3.Connection):
    """One that keeps what is to be told in the log until it is true."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.untold: list[dict[str, object]] = []


def connect(path: Path, durable: bool = True) -> sqlite3.Connection:
    """A connection for one thread at a time.

    Not `durable`: what it commits may be lost where the machine loses power, never the order or the whole; for
    progress and heartbeats.
    """
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, factory=Connection
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA journal_size_limit = {_MOST_JOURNAL}")
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing; the write lock is taken at the start, so that what is read stays true to the end."""
    connection.execute("BEGIN IMMEDIATE")
    untold = connection.untold if isinstance(connection, Connection) else []
    untold.clear()
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has rolled it back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    for words in untold:
        LOG.info("task", extra=words)
    untold.clear()


def tell(connection: sqlite3.Connection, **words: object) -> None:
    """A line for the log, once the transaction is over."""
    if isinstance(connection, Connection):
        connection.untold.append(words)


def scripts() -> list[Path]:
    """The steps from an empty database to today's, in order; the first makes version 1."""
    return sorted(_SCHEMA.glob("*.sql"))


def migrate(connection: sqlite3.Connection, steps: list[Path] | None = None) -> None:
    """Bring a database to this version in one transaction; StoreUnusableError where it is of a newer one."""
    steps = scripts() if steps is None else steps
    # A step may put a new table in an old one's place: dropping that must not take along what refers to it.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with transaction(connection), contextlib.ExitStack() as stack:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > len(steps):
                raise StoreUnusableError(
                    f"The database is of a newer osm2cdr (schema {version}, this one knows {len(steps)}); "
                    "start that version, or name another folder in OSM2CDR_DATA."
                )
            if 0 < version < len(steps):
                # With a million tasks it takes half a minute.
                stack.enter_context(_told(connection, version, len(steps)))
            for step in steps[version:]:
                for statement in _statements(step.read_text(encoding="utf-8")):
                    connection.execute(statement)
            replaced = any("DROP TABLE" in step.read_text(encoding="utf-8") for step in steps[version:])
            # All rows are read for that: only where a table was put in another's place.
            if replaced and connection.execute("PRAGMA foreign_key_check").fetchone():
                raise StoreUnusableError(
                    "The database does not fit together after its migration; it is left as it was."
                )
            connection.execute(f"PRAGMA user_version = {len(steps)}")
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


@contextlib.contextmanager
def _told(connection: sqlite3.Connection, old: int, new: int) -> Iterator[None]:
    """A line in the log at the beginning and at the end of what may take long, and every few seconds between them."""
    start = told = time.monotonic()
    tasks = connection.execute("SELECT count(*) FROM job").fetchone()[0]
    LOG.info("the database is brought up to date", extra={"from": old, "to": new, "tasks": tasks})

    def look() -> None:
        nonlocal told
        if time.monotonic() - told > _TOLD_SECONDS:
            told = time.monotonic()
            LOG.info("the database is still brought up to date", extra={"seconds": round(told - start)})

    connection.set_progress_handler(look, _TOLD_STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
    LOG.info("the database is up to date", extra={"seconds": round(time.monotonic() - start, 1)})


def open_database(path: Path, durable: bool = True) -> sqlite3.Connection:
    """Connect, make the folder and bring the schema up to date; StoreUnusableError where that cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = connect(path, durable)
        migrate(connection)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise damaged(path, str(error)) from error
    return connection


def examine(connection: sqlite3.Connection, path: Path) -> None:
    """StoreUnusableError where the pages of the database do not fit together; all of it is read."""
    try:
        word = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise damaged(path, str(error)) from error
    if word != "ok":
        raise damaged(path, " ".join(str(word).replace("*", "").split()))


def damaged(path: Path, why: str) -> StoreUnusableError:
    """The sentence for a database that is none any more."""
    return StoreUnusableError(
        f"The database {path} is damaged ({why}); restore it from a backup, or name another folder in OSM2CDR_DATA."
    )


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: executescript() would commit before it begins."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
