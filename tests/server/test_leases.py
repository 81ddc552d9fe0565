"""The store by itself, with a clock of its own: leases, attempts, back-off, ends that come once, the order of jobs."""

import sqlite3
from types import SimpleNamespace

import pytest

from osm2cdr.server.domain.attempts import Failure
from osm2cdr.server.store.local.files import Finished
from osm2cdr.server.store.sqlite import job_outcomes, jobs, leases, queue, views
from osm2cdr.server.store.sqlite.accounts import create_key, find_caller
from osm2cdr.server.store.sqlite.database import open_database

NOW = 1_800_000_000.0
CRASH = Failure("worker_lost", "It crashed.", fault=True)
HUGE = 1 << 40


@pytest.fixture
def store(tmp_path):
    """A database, accounts, and the few things that a supervisor does."""
    db = open_database(tmp_path / "osm2cdr.sqlite", durable=False)

    def account(tier="pro"):
        return find_caller(db, b"secret", create_key(db, b"secret", tier, now=NOW), NOW)

    def submit(caller, now=NOW, memory=300, formats=("svg",)):
        wanted = jobs.Submission({"parameters": {}, "formats": list(formats)}, "-", tuple(formats), 1.0, memory)
        return jobs.submit(db, caller, wanted, 10**6, now).id

    def claim(now=NOW, left=HUGE):
        return queue.claim(db, left, None, now)

    def row(job):
        return dict(views.find(db, job))

    def events(job):
        return [kind for (kind,) in db.execute("SELECT kind FROM event WHERE job_id = ? ORDER BY id", (job,))]

    yield SimpleNamespace(db=db, account=account, submit=submit, claim=claim, row=row, events=events)
    db.close()


def done(store, claimed, now=NOW):
    return job_outcomes.finish(store.db, claimed, [Finished("svg", "0" * 64, "svg", 1, 1)], {}, now)


def test_crashes_wait_longer_each_time_and_end_with_the_fourth(store):
    caller, now = store.account(), NOW
    job = store.submit(caller)
    for wait in (5, 15, 45):
        claimed = store.claim(now)
        assert leases.retry(store.db, claimed, CRASH, now)
        later = store.row(job)["run_after"] - now
        assert wait <= later <= 1.25 * wait
        assert store.claim(now + wait - 0.1) is None
        assert views.used_today(store.db, caller.account, NOW) == 1
        now += later
    assert leases.retry(store.db, store.claim(now), CRASH, now)
    row = store.row(job)
    assert (row["state"], row["error_code"], row["attempt"]) == ("failed", "worker_lost", 4)
    assert views.used_today(store.db, caller.account, NOW) == 0, "given back"
    assert store.events(job) == ["submitted", *["claimed", "requeued"] * 3, "claimed", "failed"]


def test_what_the_request_is_to_blame_for_is_not_given_back(store):
    caller = store.account()
    store.submit(caller)
    job_outcomes.fail(store.db, store.claim(), Failure("timeout", "Too long."), NOW)
    assert views.used_today(store.db, caller.account, NOW) == 1


def test_interruptions_do_not_count_but_end_some_day(store):
    job = store.submit(store.account())
    for _ in range(leases.MAX_INTERRUPTED):
        assert leases.give_back(store.db, store.claim(), "stopped", NOW)
        assert store.row(job)["attempt"] == 0
    assert leases.give_back(store.db, store.claim(), "stopped", NOW)
    assert (store.row(job)["state"], store.row(job)["error_code"]) == ("failed", "worker_lost")


def test_whoever_lost_the_lease_writes_nothing(store):
    """A worker that was stopped beyond its lease and goes on: its job is another one's by then."""
    job = store.submit(store.account())
    old = store.claim()
    late = NOW + leases.LEASE_SECONDS + 1
    assert leases.reap(store.db, late) == [job]
    new = store.claim(late)
    for _ in range(2):
        before = store.row(job), store.events(job)
        assert leases.beat(store.db, job, old.token, late, 99, "late") == (False, False)
        assert not done(store, old, late)
        assert not job_outcomes.fail(store.db, old, CRASH, late)
        assert not leases.retry(store.db, old, CRASH, late)
        assert not leases.give_back(store.db, old, "late", late)
        assert (store.row(job), store.events(job)) == before
        done(store, new, late)
    assert store.events(job) == ["submitted", "claimed", "requeued", "claimed", "completed"]


def test_an_end_is_the_end(store):
    job = store.submit(store.account())
    claimed = store.claim()
    assert done(store, claimed)
    before = store.row(job)
    assert not done(store, claimed)
    assert not job_outcomes.fail(store.db, claimed, CRASH, NOW)
    assert leases.reap(store.db, NOW + 1e6) == []
    assert leases.reap(store.db, NOW, everything=True) == []
    assert store.row(job) == before


@pytest.mark.parametrize("jump", [3600, -3600])
def test_a_clock_that_is_set_costs_no_work_and_no_waiting(store, jump):
    caller = store.account()
    held, waits = store.submit(caller), store.submit(caller)
    held_claim, lost_claim = store.claim(), store.claim()
    leases.retry(store.db, lost_claim, CRASH, NOW)
    lost = store.submit(caller)
    dead = store.claim()
    assert dead.job == lost
    now = NOW + jump
    assert leases.reap(store.db, now, {held_claim.token}) == [lost], "of the two, the one that nobody works at"
    assert {store.claim(now).job, store.claim(now).job} == {waits, lost}
    assert done(store, held_claim, now)
    assert store.row(held)["attempt"] == 1


def test_leases_that_are_kept_are_not_taken(store):
    job = store.submit(store.account())
    claimed = store.claim()
    for second in range(0, 300, 10):
        assert leases.reap(store.db, NOW + second) == []
        assert leases.beat(store.db, job, claimed.token, NOW + second, second / 3, "")[0]
    assert leases.beat(store.db, job, claimed.token, NOW + 300, 5, "")[0]
    assert store.row(job)["progress"] == pytest.approx(290 / 3), "never back"
    assert leases.reap(store.db, NOW + 300 + leases.LEASE_SECONDS + 0.1) == [job]


def test_cancelled_at_every_moment(store):
    caller = store.account()
    waiting = store.submit(caller)
    assert jobs.cancel(store.db, waiting, caller.account, NOW, 60) == "cancelled"
    assert store.claim() is None
    for end in (
        lambda claimed: leases.give_back(store.db, claimed, "stopped", NOW),
        lambda claimed: leases.retry(store.db, claimed, CRASH, NOW),
        lambda claimed: done(store, claimed),
        lambda claimed: leases.reap(store.db, NOW, everything=True),
    ):
        job = store.submit(caller)
        claimed = store.claim()
        assert jobs.cancel(store.db, job, caller.account, NOW, 60) == "running"
        assert leases.beat(store.db, job, claimed.token, NOW, 10, "") == (True, True)
        end(claimed)
        assert store.row(job)["state"] == "cancelled"
        assert store.events(job) == ["submitted", "claimed", "cancelled"]
    job = store.submit(caller)
    done(store, store.claim())
    assert jobs.cancel(store.db, job, caller.account, NOW, 60) == "expired"
    assert jobs.cancel(store.db, job, caller.account, NOW, 60) == "expired"


def test_a_large_job_is_waited_for(store):
    caller, other = store.account(), store.account()
    small, large = store.submit(caller, NOW, 300), store.submit(caller, NOW + 1, 4000)
    after = store.submit(other, NOW + 8, 300)
    assert store.claim(NOW + 9, 4096).job == small
    assert store.claim(NOW + 9, 4096 - 300) is None, "nobody goes before it, though there is room"
    assert store.claim(NOW + 9, 4096).job == large
    assert store.claim(NOW + 9, 96) is None
    assert store.claim(NOW + 9, 4096).job == after


def order(store, count):
    """Who is next, so many times."""
    names = []
    for _ in range(count):
        claimed = store.claim(NOW + 1e5)
        names.append(store.row(claimed.job)["account_id"])
        done(store, claimed)
    return names


def test_two_free_accounts_share(store):
    many, few = store.account("free"), store.account("free")
    for _ in range(10):
        store.submit(many)
    for _ in range(3):
        store.submit(few, NOW + 1)
    first = order(store, 7)
    assert (first.count(few.account), first[0]) == (3, many.account)


def test_a_flood_that_is_over_is_forgotten(store):
    many, free = store.account("enterprise"), store.account("free")
    for _ in range(1000):
        store.submit(many)
    order(store, 1000)
    store.submit(free, NOW + 1)
    store.submit(many, NOW + 2)
    assert order(store, 2) == [many.account, free.account]


def test_a_free_job_does_not_wait_for_ever(store):
    """Ten Enterprise accounts send more than can be done, and go on; a Free one waits an hour, and no longer."""
    flood, free = [store.account("enterprise") for _ in range(10)], store.account("free")
    job, now = store.submit(free), NOW
    while True:
        for caller in flood:
            store.submit(caller, now)
        for _ in range(8):
            claimed = store.claim(now)
            if claimed.job == job:
                assert 1800 < now - NOW <= 3600 * 1.5
                return
            done(store, claimed, now)
        now += 60
        assert now < NOW + 2 * 3600


def test_the_quota_is_counted_once_for_each_key(store):
    caller = store.account("free")
    wanted = jobs.Submission({"parameters": {}, "formats": ["svg"]}, "-", ("svg",), 1.0, 300, "once", "body")
    first = jobs.submit(store.db, caller, wanted, 100, NOW)
    for _ in range(20):
        again = jobs.submit(store.db, caller, wanted, 100, NOW)
        assert (again.id, again.repeated) == (first.id, True)
    assert views.used_today(store.db, caller.account, NOW) == 1
    for _ in range(9):
        store.submit(caller)
    with pytest.raises(jobs.QuotaUsedUpError):
        store.submit(caller)
    assert store.submit(caller, jobs.next_day(NOW))
    count = "SELECT count(*) FROM job"
    assert store.db.execute(count).fetchone()[0] == 11


def test_a_refusal_leaves_nothing(store):
    caller = store.account("free")
    store.db.execute("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT raise(ABORT, 'full'); END")
    with pytest.raises(sqlite3.Error):
        store.submit(caller)
    assert store.db.execute("SELECT (SELECT count(*) FROM job) + (SELECT count(*) FROM usage)").fetchone()[0] == 0


def test_a_place_in_the_queue_of_a_job_that_is_taken_meanwhile(store):
    """Its row was read just before it was claimed: it is next, not before the first."""
    first, second = store.submit(store.account()), store.submit(store.account(), NOW + 1)
    rows = [views.find(store.db, job) for job in (first, second)]
    assert list(views.queue_positions(store.db, rows).values()) == [1, 2]
    assert store.claim(NOW + 2).job == first
    assert list(views.queue_positions(store.db, rows).values()) == [1, 1]
