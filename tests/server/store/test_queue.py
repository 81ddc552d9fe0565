"""The order of the queue, what of a day is charged, and who is let in; the clock is the test's own."""

from dataclasses import replace

import pytest

from osm2cdr.server.domain import house
from osm2cdr.server.domain.jobs import IdempotencyError
from osm2cdr.server.domain.quota_rules import QueueFullError, QuotaUsedUpError, next_day

NOW = 1_800_000_000.0


def order(bench, count):
    """Who is next, so many times."""
    names = []
    for _ in range(count):
        claimed = bench.claim(NOW + 1e5)
        names.append(bench.job(claimed.job).account_id)
        bench.done(claimed)
    return names


def test_a_large_job_is_waited_for(bench):
    caller, other = bench.account(), bench.account()
    small, large = bench.submit(caller, NOW, 300), bench.submit(caller, NOW + 1, 4000)
    after = bench.submit(other, NOW + 8, 300)
    assert bench.claim(NOW + 9, 4096).job == small
    assert bench.claim(NOW + 9, 4096 - 300) is None, "nobody goes before it, though there is room"
    assert bench.claim(NOW + 9, 4096).job == large
    assert bench.claim(NOW + 9, 96) is None
    assert bench.claim(NOW + 9, 4096).job == after


def test_two_free_accounts_share(bench):
    many, few = bench.account("free"), bench.account("free")
    for _ in range(10):
        bench.submit(many)
    for _ in range(3):
        bench.submit(few, NOW + 1)
    first = order(bench, 7)
    assert (first.count(few.account), first[0]) == (3, many.account)


def test_a_flood_that_is_over_is_forgotten(bench):
    many, free = bench.account("enterprise"), bench.account("free")
    for _ in range(1000):
        bench.submit(many)
    order(bench, 1000)
    bench.submit(free, NOW + 1)
    bench.submit(many, NOW + 2)
    assert order(bench, 2) == [many.account, free.account]


def test_a_free_job_does_not_wait_for_ever(bench):
    """Ten Enterprise accounts send more than can be done, and go on; a Free one waits an hour, and no longer."""
    flood, free = [bench.account("enterprise") for _ in range(10)], bench.account("free")
    job, now = bench.submit(free), NOW
    while True:
        for caller in flood:
            bench.submit(caller, now)
        for _ in range(8):
            claimed = bench.claim(now)
            if claimed.job == job:
                assert 1800 < now - NOW <= 3600 * 1.5
                return
            bench.done(claimed, now)
        now += 60
        assert now < NOW + 2 * 3600


def test_the_quota_is_counted_once_for_each_key(bench):
    caller = bench.account("free")
    first = bench.submit(caller, idempotency_key="once", body_hash="body")
    for _ in range(20):
        wanted = bench.wanted(idempotency_key="once", body_hash="body")
        again = bench.rows.jobs.submit(caller, wanted, 100, NOW)
        assert (again.id, again.state, again.repeated) == (first, "queued", True)
    assert bench.rows.accounts.used_today(caller.account, NOW) == 1
    with pytest.raises(IdempotencyError):
        bench.submit(caller, idempotency_key="once", body_hash="another")
    for _ in range(9):
        bench.submit(caller)
    with pytest.raises(QuotaUsedUpError) as refused:
        bench.submit(caller)
    assert (refused.value.limit, refused.value.reset) == (10, next_day(NOW))
    assert bench.submit(caller, next_day(NOW))
    assert bench.rows.views.tally()["queued"] == 11


def test_another_account_s_key_is_another_one(bench):
    first, second = (
        bench.submit(bench.account("free"), idempotency_key="once", body_hash=body) for body in ("one", "other")
    )
    assert first != second


def test_a_full_queue_leaves_nothing_behind(bench):
    caller, other = bench.account("free"), bench.account("pro")
    bench.submit(caller)
    with pytest.raises(QueueFullError) as refused:
        bench.submit(other, most=1)
    assert (refused.value.own, refused.value.limit) == (False, 1)
    assert bench.rows.accounts.used_today(other.account, NOW) == 0
    assert bench.rows.views.tally()["queued"] == 1
    other = replace(other, tier=replace(other.tier, max_waiting=3))
    for _ in range(3):
        bench.submit(other)
    with pytest.raises(QueueFullError) as refused:
        bench.submit(other)
    assert (refused.value.own, refused.value.limit) == (True, 3)
    assert bench.rows.accounts.used_today(other.account, NOW) == 3
    assert bench.submit(caller), "another account is let in"


def test_a_place_in_the_queue_of_a_job_that_is_taken_meanwhile(bench):
    """It was read just before it was claimed: it is next, not before the first."""
    first, second = bench.submit(bench.account()), bench.submit(bench.account(), NOW + 1)
    jobs = [bench.job(job) for job in (first, second)]
    assert [seen.position for seen in bench.rows.views.look(jobs)] == [1, 2]
    assert bench.claim(NOW + 2).job == first
    assert [seen.position for seen in bench.rows.views.look(jobs)] == [1, 1]
    assert [seen.position for seen in bench.rows.views.look([bench.job(first)])] == [0], "it runs"


def test_the_house_s_own_jobs_stand_behind_everybody_s(bench):
    ours = replace(bench.account(), tier=house.TIER)
    made = bench.submit(ours, NOW - 7200)
    assert not bench.rows.queue.is_wanted(NOW, True)
    assert bench.rows.views.pace(NOW)[:2] == (0, 0)
    other = bench.submit(bench.account("free"), NOW, spec_hash="+")
    assert bench.rows.queue.is_wanted(NOW, True)
    assert bench.rows.views.pace(NOW)[:2] == (1, 0)
    first, second = bench.claim(), bench.claim()
    assert (first.job, second.job) == (other, made)
    assert bench.rows.views.pace(NOW)[:2] == (0, 1)
    bench.done(first, sha256="1" * 64)
    bench.done(second, sha256="2" * 64)
    assert [bench.rows.views.is_house_s(sign * 64) for sign in "123"] == [False, True, False]
