"""Accounts as other services know them, and who is on the way there."""

import pytest

from osm2cdr.server.domain.identities import ERRAND_SECONDS, Claim, IdentityError

NOW = 1_800_000_000.0


@pytest.fixture
def ways(bench):
    return bench.rows.identities


def test_who_was_sent_comes_back_once(ways):
    def send():
        ways.send(b"mark", b"visitor", "google", "/account/api", NOW)

    send()
    assert ways.take(b"mark", b"visitor", "google", NOW + 1) == "/account/api"
    assert ways.take(b"mark", b"visitor", "google", NOW + 1) is None
    for mark, visitor, provider, now in (
        (b"mark", b"another", "google", NOW),
        (b"mark", b"visitor", "github", NOW),
        (b"mark", b"visitor", "google", NOW + ERRAND_SECONDS),
        (b"mark", b"visitor", "google", NOW - 1),
    ):
        send()
        assert ways.take(mark, visitor, provider, now) is None
        assert ways.take(b"mark", b"visitor", "google", NOW) is None, "it is used up all the same"
    send()
    ways.clear(NOW + ERRAND_SECONDS + 1)
    assert ways.take(b"mark", b"visitor", "google", NOW) is None


def test_one_is_known_by_number_and_linked_by_address(bench, ways):
    account, how = ways.enter(Claim("google", "1", "a@example.org"), NOW)
    assert how == "new"
    assert ways.enter(Claim("google", "1", ""), NOW) == (account, "known")
    assert ways.enter(Claim("github", "1", "A@EXAMPLE.org"), NOW) == (account, "linked")
    for email in ("", "no address", "ä@example.org", "a\nb@example.org"):
        with pytest.raises(IdentityError, match="unverified"):
            ways.enter(Claim("google", "2", email), NOW)
    assert [one.provider for one in ways.listed(account)] == ["github", "google"]
    assert bench.rows.people.credentials("a@example.org").password == ""
    bench.rows.accounts.disable(account, NOW)
    for claim in (Claim("google", "1", ""), Claim("google", "3", "a@example.org")):
        with pytest.raises(IdentityError, match="closed"):
            ways.enter(claim, NOW)


def test_one_way_in_is_left(bench, ways):
    account, _ = ways.enter(Claim("google", "1", "a@example.org"), NOW)
    assert ways.unlink(account, "google") is False
    ways.enter(Claim("github", "1", "a@example.org"), NOW)
    assert ways.unlink(account, "google") is True
    assert ways.unlink(account, "google") is False
    bench.rows.people.set_password(account, "hash", NOW)
    assert ways.unlink(account, "github") is True


def test_who_is_forgotten_is_not_known_any_more(bench, ways):
    account, _ = ways.enter(Claim("google", "1", "a@example.org"), NOW)
    bench.rows.people.forget(account, NOW)
    assert ways.listed(account) == []
    again, how = ways.enter(Claim("google", "1", "a@example.org"), NOW)
    assert how == "new"
    assert again != account
