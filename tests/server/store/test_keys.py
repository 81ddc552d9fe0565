"""Keys and accounts: who is let in, with what, and what an operator sees and changes."""

import os
import stat

import pytest

from osm2cdr.server.domain.accounts import AccountError
from osm2cdr.server.domain.quota_rules import day_of

NOW = 1_800_000_000.0
DAY = 86400.0


def is_let_in(rows, key, now=NOW):
    """Whether a call with it passes; a link that was signed for it opens just as long."""
    passes = rows.keys.caller(key, now) is not None
    if len(key) == 34:
        assert rows.keys.is_live(rows.keys.find(key), now) == passes
    return passes


@pytest.fixture
def rows(bench):
    return bench.rows


def test_a_key_ends_when_it_is_revoked_and_no_sooner(rows):
    key, other = (rows.keys.create(NOW, "pro") for _ in range(2))
    assert is_let_in(rows, key)
    rows.keys.revoke(rows.keys.find(key), NOW + 60)
    assert is_let_in(rows, key, NOW + 59)
    assert not is_let_in(rows, key, NOW + 61)
    rows.keys.revoke(rows.keys.find(key), NOW + 120)
    assert not is_let_in(rows, key, NOW + 61), "never later than it was to end"
    assert is_let_in(rows, other, NOW + 61)


def test_the_keys_of_a_disabled_account_are_none(bench):
    key, job = bench.rows.keys.create(NOW, "pro", "somebody@example.org"), None
    caller = bench.rows.keys.caller(key, NOW)
    running, job = bench.submit(caller), bench.submit(caller, NOW + 1)
    bench.claim(NOW + 2)
    assert bench.rows.accounts.disable(caller.account, NOW) == (1, 1)
    assert not is_let_in(bench.rows, key)
    assert bench.job(job).state == "cancelled"
    assert (bench.job(running).state, bench.job(running).cancel_requested) == ("running", True)
    bench.rows.accounts.enable(caller.account)
    assert is_let_in(bench.rows, key)


def test_what_comes_in_while_an_account_is_disabled_is_not_worked_at(bench):
    caller = bench.account()
    bench.rows.accounts.disable(caller.account, NOW)
    job = bench.submit(caller)
    assert bench.claim() is None
    assert bench.job(job).state == "cancelled"


def test_a_key_is_of_one_secret(store, rows):
    key = rows.keys.create(NOW, "pro")
    other = store.database.connect(b"another", durable=False)
    assert other.keys.caller(key, NOW) is None
    other.close()
    assert not is_let_in(rows, key[:-1])


def test_an_old_key_works_on_for_its_overlap(rows):
    old = rows.keys.create(NOW, "pro", name="mine")
    new = rows.keys.rotate(rows.keys.find(old), NOW, 3600)
    assert [is_let_in(rows, key, NOW + 3599) for key in (old, new)] == [True, True]
    assert [is_let_in(rows, key, NOW + 3601) for key in (old, new)] == [False, True]
    (first, account), (second, same) = rows.keys.listed()
    assert (first.name, second.name, account) == ("mine", "mine", same)
    with pytest.raises(AccountError, match="revoked already"):
        rows.keys.rotate(rows.keys.find(old), NOW + 3601)


def test_an_account_is_known_by_its_e_mail(rows):
    first = rows.keys.create(NOW, "pro", "a@example.org")
    again = rows.keys.create(NOW, "", "A@example.org")
    alone = rows.keys.create(NOW)
    callers = [rows.keys.caller(key, NOW) for key in (first, again, alone)]
    assert callers[0].account == callers[1].account != callers[2].account
    assert [caller.tier.id for caller in callers] == ["pro", "pro", "free"]
    assert [caller.email for caller in callers] == ["a@example.org", "a@example.org", ""]
    with pytest.raises(AccountError, match="has the tier pro"):
        rows.keys.create(NOW, "free", "a@example.org")


@pytest.mark.parametrize("wrong", [{"tier": "gold"}, {"email": "nobody"}, {"name": "two\nlines"}, {"name": "x" * 201}])
def test_what_no_key_can_be(rows, wrong):
    with pytest.raises(AccountError):
        rows.keys.create(NOW, **wrong)
    assert not rows.keys.are_there()
    assert rows.accounts.listed(NOW) == []


def test_keys_and_accounts_are_found_by_what_people_have_of_them(rows):
    key = rows.keys.create(NOW, "pro", "a@example.org")
    caller = rows.keys.caller(key, NOW)
    assert key.startswith(caller.prefix)
    assert [rows.keys.find(word) for word in (key, caller.prefix, str(caller.key))] == [caller.key] * 3
    words = ("a@example.org", str(caller.account), key, caller.prefix)
    assert [rows.accounts.find(word) for word in words] == [caller.account] * 4
    for word in ("ocd_nobody", "99", "9" * 30, "ocd_" + "x" * 30):
        with pytest.raises(AccountError, match=r"There is no such key|There is no account"):
            rows.accounts.find(word)


def test_what_an_operator_sees_of_an_account(bench):
    key = bench.rows.keys.create(NOW - DAY, "basic", "a@example.org", "laptop")
    caller = bench.rows.keys.caller(key, NOW)
    for now in (NOW - DAY, NOW, NOW + 60):
        bench.submit(caller, now)
    bench.claim(NOW + 60)
    (use,) = bench.rows.accounts.listed(NOW)
    assert (use.account.email, use.account.tier, use.account.created) == ("a@example.org", "basic", NOW - DAY)
    assert (use.account.disabled, use.keys, use.last_used, use.used_today, use.waiting) == (False, 1, NOW, 2, 2)
    details = bench.rows.accounts.details(caller.account, NOW)
    assert details.use == use
    assert [(one.prefix, one.name, one.revoked) for one in details.keys] == [(caller.prefix, "laptop", None)]
    assert details.jobs == {"queued": 2, "running": 1}
    assert details.days == {day_of(NOW): 2, day_of(NOW - DAY): 1}
    assert bench.rows.accounts.set_tier(caller.account, "pro") == "basic"
    assert bench.rows.keys.caller(key, NOW).tier.id == "pro"
    with pytest.raises(AccountError):
        bench.rows.accounts.set_tier(caller.account, "gold")


def test_nobody_else_reads_the_secret(store, tmp_path):
    before = os.umask(0)
    try:
        secret = store.secret
    finally:
        os.umask(before)
    assert len(secret) == 32
    found = [path for path in tmp_path.rglob("*") if path.is_file() and path.read_bytes() == secret]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in found)
