"""People who sign in: sessions, letters, what they did, and what is left of who went."""

import pytest

from osm2cdr.server.domain.accounts import AccountError
from osm2cdr.server.domain.people import GUEST_SECONDS, MAIL_SECONDS, SESSION_SECONDS, Letter
from osm2cdr.server.domain.tiers import TIERS

NOW = 1_800_000_000.0
EMAIL = "a@example.org"


@pytest.fixture
def people(bench):
    return bench.rows.people


def test_an_account_has_one_password_and_keeps_its_tier(bench, people):
    account = people.sign_up(EMAIL, "hash", "", NOW)
    assert (people.credentials("A@EXAMPLE.org").account, people.credentials(EMAIL).password) == (account, "hash")
    with pytest.raises(AccountError, match="already"):
        people.sign_up(EMAIL, "other", "", NOW)
    bench.rows.keys.create(NOW, "pro", "keys@example.org")
    with pytest.raises(AccountError, match="pro"):
        people.sign_up("keys@example.org", "hash", "free", NOW)
    known = people.sign_up("keys@example.org", "hash", "", NOW)
    assert people.caller(known, NOW).tier.id == "pro"
    assert people.credentials("b@example.org") is None
    with pytest.raises(AccountError):
        people.sign_up("no address", "hash", "", NOW)


def test_a_session_ends_by_itself_by_hand_and_with_its_account(bench, people):
    account = people.sign_up(EMAIL, "hash", "basic", NOW)
    for mark in (b"1", b"2", b"3"):
        people.open_session(account, mark, NOW)
    person = people.person(b"1", NOW)
    assert (person.account, person.email, person.tier.id, person.key) == (account, EMAIL, "basic", None)
    assert people.person(b"nobody", NOW) is None
    people.touch_session(b"2", NOW + 100)
    assert people.person(b"1", NOW + SESSION_SECONDS + 1) is None
    assert people.person(b"2", NOW + SESSION_SECONDS + 1) is not None
    people.close_session(b"1")
    assert people.person(b"1", NOW) is None
    bench.rows.accounts.disable(account, NOW)
    assert people.person(b"2", NOW) is None
    bench.rows.accounts.enable(account)
    people.set_password(account, "new", NOW)
    assert people.person(b"2", NOW) is None
    assert people.close_sessions(account) == 0


def test_the_key_of_the_pages_is_nobody_s(bench, people):
    account = people.sign_up(EMAIL, "hash", "", NOW)
    people.open_session(account, b"1", NOW)
    caller = people.caller(account, NOW)
    assert people.caller(account, NOW).key == caller.key == people.person(b"1", NOW).key
    assert bench.rows.keys.is_live(caller.key, NOW)
    assert bench.rows.keys.listed() == []
    details = bench.rows.accounts.details(account, NOW)
    assert (details.keys, details.use.keys) == ([], 0)
    with pytest.raises(AccountError):
        bench.rows.keys.find("website")
    job = bench.submit(caller)
    assert bench.job(job).account_id == account
    bench.rows.accounts.disable(account, NOW)
    assert not bench.rows.keys.is_live(caller.key, NOW)


def test_guests_of_one_place_are_one(bench, people):
    one, same = (people.guest(b"here", TIERS["free"], NOW) for _ in range(2))
    other = people.guest(b"there", TIERS["free"], NOW)
    assert (one.account, one.key) == (same.account, same.key)
    assert one.account != other.account
    assert people.guest(b"here", TIERS["basic"], NOW).tier.id == "basic"
    assert bench.rows.accounts.details(one.account, NOW).use.account.tier == "basic"


def test_a_letter_is_opened_once_and_not_too_late(people):
    people.write_letter(b"1", Letter("verify", EMAIL, "hash"), NOW)
    assert not people.look_at_letter(b"1", "reset", NOW)
    assert people.open_letter(b"1", "reset", NOW) is None, "of another purpose"
    people.write_letter(b"1", Letter("verify", EMAIL, "hash"), NOW)
    assert people.look_at_letter(b"1", "verify", NOW)
    assert people.open_letter(b"1", "verify", NOW + 1) == Letter("verify", EMAIL, "hash")
    assert people.open_letter(b"1", "verify", NOW + 1) is None
    people.write_letter(b"2", Letter("reset", EMAIL, ""), NOW)
    people.write_letter(b"3", Letter("reset", EMAIL.upper(), ""), NOW)
    assert people.open_letter(b"2", "reset", NOW) is None, "a newer one was sent"
    assert people.open_letter(b"3", "reset", NOW + MAIL_SECONDS + 1) is None


def test_what_is_over_goes(people):
    account = people.sign_up(EMAIL, "hash", "", NOW)
    people.open_session(account, b"old", NOW)
    people.note(account, "sign_in", NOW, "x", "127.0.0.1")
    people.note(account, "password", NOW + 1)
    assert [(deed.kind, deed.detail, deed.address) for deed in people.deeds(account)] == [
        ("password", "", ""),
        ("sign_in", "x", "127.0.0.1"),
    ]
    people.clear(NOW + SESSION_SECONDS + 2)
    assert people.close_sessions(account) == 0
    assert len(people.deeds(account)) == 2
    people.clear(NOW + 91 * 86400)
    assert people.deeds(account) == []


def test_of_who_went_nothing_is_left(bench, people):
    account = people.sign_up(EMAIL, "hash", "", NOW)
    key = bench.rows.keys.create(NOW, email=EMAIL, name="my cat")
    caller = bench.rows.keys.caller(key, NOW)
    people.open_session(account, b"1", NOW)
    people.note(account, "sign_in", NOW)
    finished, waiting = bench.submit(caller), bench.submit(caller)
    bench.done(bench.claim())
    people.forget(account, NOW)
    assert people.credentials(EMAIL) is None
    assert people.person(b"1", NOW) is None
    assert people.deeds(account) == []
    assert bench.rows.keys.caller(key, NOW) is None
    assert [one.name for one in bench.rows.accounts.details(account, NOW).keys] == [""]
    assert bench.job(finished).is_over(NOW)
    assert bench.job(waiting).state == "cancelled"
    assert people.sign_up(EMAIL, "hash", "", NOW) != account


def test_guests_are_forgotten_when_they_were_not_seen_for_long(bench, people):
    free = TIERS["free"]
    once, often, busy = (people.guest(mark, free, NOW) for mark in (b"once", b"often", b"busy"))
    bench.submit(busy)
    later = NOW + GUEST_SECONDS - 10
    assert people.guest(b"often", free, later) == often
    people.clear(later)
    assert people.guest(b"once", free, NOW) == once, "a day has passed, and no more"
    people.clear(NOW + GUEST_SECONDS + 10)
    known = {use.account.id for use in bench.rows.accounts.listed(NOW)}
    assert once.account not in known
    assert {often.account, busy.account} <= known
    # Whoever comes again is somebody new.
    assert people.guest(b"once", free, later).key not in (often.key, busy.key)
