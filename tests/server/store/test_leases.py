"""Leases, attempts, back-off, ends that come once, the order of jobs; the clock is the test's own."""

import pytest

from osm2cdr.server.domain.attempts import LEASE_SECONDS, MAX_INTERRUPTED, Failure

NOW = 1_800_000_000.0
CRASH = Failure("worker_lost", "It crashed.", fault=True)


def test_crashes_wait_longer_each_time_and_end_with_the_fourth(bench):
    caller, now = bench.account(), NOW
    job = bench.submit(caller)
    for wait in (5, 15, 45):
        claimed = bench.claim(now)
        assert bench.rows.leases.retry(claimed, CRASH, now)
        later = bench.job(job).run_after - now
        assert wait <= later <= 1.25 * wait
        assert bench.claim(now + wait - 0.1) is None
        assert bench.rows.accounts.used_today(caller.account, NOW) == 1
        now += later
    assert bench.rows.leases.retry(bench.claim(now), CRASH, now)
    row = bench.job(job)
    assert (row.state, row.error_code, row.attempt) == ("failed", "worker_lost", 4)
    assert bench.rows.accounts.used_today(caller.account, NOW) == 0, "given back"
    assert bench.events(job) == ["submitted", *["claimed", "requeued"] * 3, "claimed", "failed"]


def test_what_the_request_is_to_blame_for_is_not_given_back(bench):
    caller = bench.account()
    bench.submit(caller)
    bench.rows.outcomes.fail(bench.claim(), Failure("timeout", "Too long."), NOW)
    assert bench.rows.accounts.used_today(caller.account, NOW) == 1


def test_interruptions_do_not_count_but_end_some_day(bench):
    job = bench.submit(bench.account())
    for _ in range(MAX_INTERRUPTED):
        assert bench.rows.leases.give_back(bench.claim(), "stopped", NOW)
        assert bench.job(job).attempt == 0
    assert bench.rows.leases.give_back(bench.claim(), "stopped", NOW)
    assert (bench.job(job).state, bench.job(job).error_code) == ("failed", "worker_lost")


def test_whoever_lost_the_lease_writes_nothing(bench):
    """A worker that was stopped beyond its lease and goes on: its job is another one's by then."""
    job = bench.submit(bench.account())
    old = bench.claim()
    late = NOW + LEASE_SECONDS + 1
    assert bench.rows.leases.reap(late) == [job]
    new = bench.claim(late)
    for _ in range(2):
        before = bench.job(job), bench.events(job)
        assert bench.rows.leases.beat(job, old.token, late, 99, "late") == (False, False)
        assert not bench.done(old, late)
        assert not bench.rows.outcomes.fail(old, CRASH, late)
        assert not bench.rows.leases.retry(old, CRASH, late)
        assert not bench.rows.leases.give_back(old, "late", late)
        assert (bench.job(job), bench.events(job)) == before
        bench.done(new, late)
    assert bench.events(job) == ["submitted", "claimed", "requeued", "claimed", "completed"]


def test_an_end_is_the_end(bench):
    job = bench.submit(bench.account())
    claimed = bench.claim()
    assert bench.done(claimed)
    before = bench.job(job)
    assert not bench.done(claimed)
    assert not bench.rows.outcomes.fail(claimed, CRASH, NOW)
    assert bench.rows.leases.reap(NOW + 1e6) == []
    assert bench.rows.leases.reap(NOW, everything=True) == []
    assert bench.job(job) == before


@pytest.mark.parametrize("jump", [3600, -3600])
def test_a_clock_that_is_set_costs_no_work_and_no_waiting(bench, jump):
    caller = bench.account()
    held, waits = bench.submit(caller), bench.submit(caller)
    held_claim, lost_claim = bench.claim(), bench.claim()
    bench.rows.leases.retry(lost_claim, CRASH, NOW)
    lost = bench.submit(caller)
    dead = bench.claim()
    assert dead.job == lost
    now = NOW + jump
    assert bench.rows.leases.reap(now, {held_claim.token}) == [lost], "of the two, the one that nobody works at"
    assert {bench.claim(now).job, bench.claim(now).job} == {waits, lost}
    assert bench.done(held_claim, now)
    assert bench.job(held).attempt == 1


def test_leases_that_are_kept_are_not_taken(bench):
    job = bench.submit(bench.account())
    claimed = bench.claim()
    for second in range(0, 300, 10):
        assert bench.rows.leases.reap(NOW + second) == []
        assert bench.rows.leases.beat(job, claimed.token, NOW + second, second / 3, "")[0]
    assert bench.rows.leases.beat(job, claimed.token, NOW + 300, 5, "")[0]
    assert bench.job(job).progress == pytest.approx(290 / 3), "never back"
    assert bench.rows.leases.reap(NOW + 300 + LEASE_SECONDS + 0.1) == [job]


def test_cancelled_at_every_moment(bench):
    caller = bench.account()
    waiting = bench.submit(caller)
    assert bench.rows.jobs.cancel(waiting, caller.account, NOW, 60) == "cancelled"
    assert bench.claim() is None
    for end in (
        lambda claimed: bench.rows.leases.give_back(claimed, "stopped", NOW),
        lambda claimed: bench.rows.leases.retry(claimed, CRASH, NOW),
        lambda claimed: bench.done(claimed),
        lambda claimed: bench.rows.leases.reap(NOW, everything=True),
    ):
        job = bench.submit(caller)
        claimed = bench.claim()
        assert bench.rows.jobs.cancel(job, caller.account, NOW, 60) == "running"
        assert bench.rows.leases.beat(job, claimed.token, NOW, 10, "") == (True, True)
        end(claimed)
        assert bench.job(job).state == "cancelled"
        assert bench.events(job) == ["submitted", "claimed", "cancelled"]
    job = bench.submit(caller)
    bench.done(bench.claim())
    assert bench.rows.jobs.cancel(job, caller.account, NOW, 60) == "expired"
    assert bench.rows.jobs.cancel(job, caller.account, NOW, 60) == "expired"
