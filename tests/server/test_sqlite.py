"""What is SQLite's own of the store: its errors as those of a store, and no half of a change."""

import contextlib
import sqlite3

import pytest

from osm2cdr.server.domain.jobs import Submission
from osm2cdr.server.settings import Settings
from osm2cdr.server.store.errors import StoreBusyError, StoreError, StoreUnavailableError, StoreUnusableError
from osm2cdr.server.store.opening import open_store
from osm2cdr.server.store.sqlite.faults import translated

NOW = 1_800_000_000.0


@pytest.fixture
def store(tmp_path):
    made = open_store(Settings(data=tmp_path / "data"))
    made.prepare()
    return made


@pytest.fixture
def rows(store):
    with contextlib.closing(store.connect(durable=False)) as rows:
        yield rows


def test_a_refusal_leaves_nothing(rows):
    caller = rows.keys.caller(rows.keys.create(NOW), NOW)
    rows.connection.execute("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT raise(ABORT, 'full'); END")
    with pytest.raises(StoreError):
        rows.jobs.submit(caller, Submission({}, "-", ("svg",), 1.0, 300), 100, NOW)
    assert rows.views.tally() == {}
    assert rows.accounts.used_today(caller.account, NOW) == 0


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (sqlite3.OperationalError("database or disk is full"), StoreBusyError),
        (sqlite3.DatabaseError("database disk image is malformed"), StoreUnavailableError),
        (sqlite3.IntegrityError("UNIQUE constraint failed"), StoreError),
        (sqlite3.ProgrammingError("Incorrect number of bindings supplied"), StoreError),
    ],
)
def test_what_cannot_be_now_is_told_from_what_is_damaged_and_from_faults_of_ours(error, kind):
    assert type(translated(error)) is kind
    assert str(translated(error)) == str(error)


def test_who_holds_the_lock_for_long_keeps_others_waiting_and_breaks_nothing(store, rows):
    caller = rows.keys.caller(rows.keys.create(NOW), NOW)
    rows.connection.execute("PRAGMA busy_timeout = 0")
    with contextlib.closing(sqlite3.connect(store.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError):
            rows.accounts.enable(caller.account)
        assert rows.keys.are_there(), "it is read meanwhile"
        other.execute("ROLLBACK")
    rows.accounts.enable(caller.account)


def test_no_database_at_all_is_told_in_a_sentence(tmp_path):
    store = open_store(Settings(data=tmp_path))
    store.database.path.write_bytes(b"no database at all " * 1000)
    with pytest.raises(StoreUnusableError, match="is damaged"):
        store.prepare()
    assert not (tmp_path / "secret").exists()
