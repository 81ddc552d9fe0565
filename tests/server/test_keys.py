"""Keys, tiers and files of the store by themselves: who is let in, with how much, and what others may see."""

import os
import stat

import pytest

from osm2cdr.server.api.download import has_etag, wanted_range
from osm2cdr.server.api.errors import ApiError
from osm2cdr.server.domain import tiers
from osm2cdr.server.store.local.secret import load_secret
from osm2cdr.server.store.sqlite.accounts import create_key, find_caller, find_key, is_live, revoke_key, rotate_key
from osm2cdr.server.store.sqlite.database import open_database

NOW = 1_800_000_000.0


@pytest.fixture
def db(tmp_path):
    database = open_database(tmp_path / "osm2cdr.sqlite", durable=False)
    yield database
    database.close()


def is_let_in(db, key, now=NOW):
    """Whether a call with it passes; a link that was signed for it opens just as long."""
    passes = find_caller(db, b"secret", key, now) is not None
    if len(key) == 34:
        assert is_live(db, find_key(db, b"secret", key), now) == passes
    return passes


def test_a_key_ends_when_it_is_revoked_and_no_sooner(db):
    key, other = (create_key(db, b"secret", "pro", now=NOW) for _ in range(2))
    assert is_let_in(db, key)
    revoke_key(db, find_key(db, b"secret", key), NOW + 60)
    assert is_let_in(db, key, NOW + 59)
    assert not is_let_in(db, key, NOW + 61)
    assert is_let_in(db, other, NOW + 61)


def test_the_keys_of_a_disabled_account_are_none(db):
    key = create_key(db, b"secret", "pro", "somebody@example.org", now=NOW)
    db.execute("UPDATE account SET disabled = 1")
    assert not is_let_in(db, key)


def test_a_key_is_of_one_secret(db):
    key = create_key(db, b"secret", "pro", now=NOW)
    assert find_caller(db, b"another", key, NOW) is None
    assert not is_let_in(db, key[:-1])


def test_an_old_key_works_on_for_its_overlap(db, monkeypatch):
    monkeypatch.setattr("time.time", lambda: NOW)
    old = create_key(db, b"secret", "pro", now=NOW)
    new = rotate_key(db, b"secret", find_key(db, b"secret", old), 3600)
    assert [is_let_in(db, key, NOW + 3599) for key in (old, new)] == [True, True]
    assert [is_let_in(db, key, NOW + 3601) for key in (old, new)] == [False, True]


def test_tiers_begin_where_the_one_below_ends():
    for tier, km2 in (("free", 25), ("basic", 100), ("pro", 500), ("enterprise", 20_000)):
        assert tiers.lowest(("svg",), km2).id == tier
    for tier, km2 in (("basic", 25.01), ("pro", 100.01), ("enterprise", 500.01)):
        assert tiers.lowest(("svg",), km2).id == tier
    assert tiers.lowest(("svg",), 20_000.01) is None


def test_nobody_else_reads_the_secret(tmp_path):
    before = os.umask(0)
    try:
        secret = load_secret(tmp_path)
    finally:
        os.umask(before)
    assert len(secret) == 32
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert load_secret(tmp_path) == secret


@pytest.mark.parametrize(
    ("given", "part"),
    [("bytes=0-0", (0, 0)), ("bytes=90-", (90, 99)), ("bytes=-1", (99, 99)), ("bytes=0-99", (0, 99)),
     ("bytes=0-1000", (0, 99)), ("bytes=5-4", None), ("bytes=", None), (None, None), ("bytes=0-1,5-6", None)],
)  # fmt: skip
def test_a_part_of_a_hundred_bytes(given, part):
    assert wanted_range(given, 100) == part


@pytest.mark.parametrize("given", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_part_that_is_not_there(given):
    with pytest.raises(ApiError) as error:
        wanted_range(given, 100)
    assert error.value.status == 416


def test_a_weak_mark_is_the_same_only_where_that_is_enough():
    assert has_etag('W/"a", "b"', '"a"')
    assert not has_etag('W/"a"', '"a"', weakly=False)
    assert has_etag("*", '"a"', weakly=False)
    assert not has_etag(None, '"a"')
