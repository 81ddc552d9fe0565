"""Jobs as their owners see them, what is counted of them, and what goes away when their time is over."""

import threading

import pytest

from osm2cdr.server.domain.attempts import Failure
from osm2cdr.server.domain.totals import counted

NOW = 1_800_000_000.0
DAY = 86400.0
HASH = "0" * 64


def test_a_job_is_what_was_submitted(bench):
    caller = bench.account("basic")
    wanted = bench.wanted(("svg", "pdf"), 500, "same")
    accepted = bench.rows.jobs.submit(caller, wanted, 10, NOW)
    job = bench.job(accepted.id)
    assert (job.account_id, job.key_id, job.spec, job.spec_hash) == (caller.account, caller.key, wanted.spec, "same")
    assert (job.km2, job.memory_mb, job.state, job.created) == (1.0, 500, "queued", NOW)
    assert (job.attempt, job.interrupted, job.lease_token, job.cancel_requested) == (0, 0, None, False)
    assert (job.progress, job.error, job.started, job.finished, job.expires) == (0, None, None, None, None)
    owner = bench.rows.views.owner(job)
    assert (owner.email, owner.tier, owner.prefix) == (None, "basic", caller.prefix)
    assert [file.state for file in bench.rows.views.files(job)] == ["waiting"] * 2


def test_nobody_sees_another_one_s_job(bench):
    mine, other = bench.account(), bench.account()
    job = bench.submit(mine)
    assert bench.rows.views.find(job, mine.account).id == job
    assert bench.rows.views.find(job, other.account) is None
    assert bench.rows.views.find("0" * 32) is None
    assert bench.rows.jobs.cancel(job, other.account, NOW, 60) is None
    assert bench.job(job).state == "queued"


def test_files_stand_in_the_order_in_which_they_were_asked_for(bench):
    job = bench.submit(bench.account(), formats=("svg", "dxf", "pdf"))
    claimed = bench.claim()
    files = bench.rows.views.look([bench.job(job)])[0].files
    assert files == [], "it has not ended"
    bench.done(claimed, NOW + 5, formats=("pdf", "svg"))
    (seen,) = bench.rows.views.look([bench.job(job)])
    assert [(file.format, file.state) for file in seen.files] == [("svg", "done"), ("dxf", "failed"), ("pdf", "done")]
    svg, dxf, _ = seen.files
    assert (svg.sha256, svg.extension, svg.bytes, svg.features, svg.warnings) == (HASH, "svg", 1, 1, ("A warning.",))
    assert (svg.account, dxf.account) == ({"in_tables": 1}, None)
    assert (dxf.sha256, dxf.error_code, dxf.error) == (None, "internal", "The server did not make this file.")
    assert (seen.job.state, seen.job.progress, seen.job.finished) == ("completed", 100, NOW + 5)
    assert seen.job.expires == NOW + 5 + 7 * DAY
    assert not seen.job.is_over(NOW + 7 * DAY)
    assert seen.job.is_over(NOW + 8 * DAY)


def test_a_format_that_was_lost_says_why(bench):
    job = bench.submit(bench.account(), formats=("svg", "stl"))
    why = Failure("no_buildings", "There are no buildings.")
    assert bench.rows.outcomes.finish(bench.claim(), [], {"stl": why}, NOW)
    assert (bench.job(job).state, bench.job(job).error_code, bench.job(job).error) == (
        "completed", "no_buildings", "There are no buildings.")  # fmt: skip
    codes = [file.error_code for file in bench.rows.views.files(bench.job(job))]
    assert codes == ["internal", "no_buildings"]


def test_pages_follow_each_other(bench):
    caller, other = bench.account(), bench.account()
    jobs = [bench.submit(caller, NOW + number // 2) for number in range(7)]
    bench.submit(other, NOW + 99)
    seen, last = [], None
    while page := bench.rows.views.listed(caller.account, None, 2, last):
        seen += [job.id for job in page]
        last = page[-1]
    assert sorted(seen) == sorted(jobs)
    assert [bench.job(job).created for job in seen] == sorted((bench.job(job).created for job in jobs), reverse=True)
    bench.done(bench.claim(NOW + 100))
    assert len(bench.rows.views.listed(None, "completed", 9)) == 1
    assert len(bench.rows.views.listed(None, None, 9)) == 8
    assert bench.rows.views.listed(caller.account, "running", 9) == []


def test_a_twin_gets_the_files_where_they_are_whole(bench):
    caller, other = bench.account("pro"), bench.account("free")
    assert bench.rows.jobs.files_of_twin("same", NOW) == {}
    first = bench.submit(caller, spec_hash="same")
    bench.done(bench.claim(), NOW + 1)
    assert bench.rows.jobs.files_of_twin("same", NOW + 2) == {HASH: 1}
    again = bench.submit(other, NOW + 2, spec_hash="same")
    assert bench.job(again).state == "queued", "nobody said that they are whole"
    copied = bench.submit(other, NOW + 2, spec_hash="same", cached={HASH})
    job = bench.job(copied)
    assert (job.state, job.progress, job.expires) == ("completed", 100, NOW + 2 + DAY)
    mine, theirs = (bench.rows.views.files(bench.job(one))[0] for one in (first, copied))
    assert (mine.sha256, mine.warnings) == (theirs.sha256, theirs.warnings)
    assert bench.events(copied) == ["submitted", "cached"]
    assert bench.rows.accounts.used_today(other.account, NOW) == 2, "the cache is not free"
    assert bench.rows.jobs.files_of_twin("same", NOW + 8 * DAY) == {}


def test_results_are_over_when_their_time_is(bench):
    job = bench.submit(bench.account("free"))
    bench.done(bench.claim())
    assert bench.rows.upkeep.is_used(HASH, NOW + DAY - 1)
    assert not bench.rows.upkeep.is_used(HASH, NOW + DAY + 1), "whether or not somebody has tidied"
    assert bench.rows.upkeep.expire(NOW + DAY - 1) == 0
    assert bench.rows.upkeep.expire(NOW + DAY + 1, go=lambda: False) == 0
    assert bench.rows.upkeep.expire(NOW + DAY + 1) == 1
    assert bench.job(job).state == "expired"
    assert bench.rows.upkeep.expire(NOW + 90 * DAY) == 0
    assert bench.job(job) is not None
    bench.rows.upkeep.expire(NOW + 92 * DAY)
    assert bench.job(job) is None
    assert bench.events(job) == []


def test_how_things_stand(bench):
    assert bench.rows.views.oldest_waiting() is None
    assert bench.rows.views.pace(NOW)[:2] == (0, 0)
    for number in range(3):
        bench.submit(bench.account(), NOW + number)
    first = bench.claim(NOW + 10)
    bench.claim(NOW + 10)
    bench.done(first, NOW + 40)
    assert bench.rows.views.oldest_waiting() == NOW + 2
    assert bench.rows.views.pace(NOW + 50) == (1, 1, 30.0)
    assert {state: n for state, n in bench.rows.views.tally().items() if n} == {
        "queued": 1, "running": 1, "completed": 1}  # fmt: skip


def test_counts_add_up(bench):
    calls = counted("osm2cdr_connections_refused")
    (series,) = calls
    for process, now in ((1, NOW), (2, NOW), (1, NOW + 10)):
        bench.rows.totals.add(calls, process, {"osm2cdr_connections": 5.0}, now)
    assert bench.rows.totals.read()[series] == 3
    assert bench.rows.totals.live(NOW + 20) == {"osm2cdr_connections": 10.0}
    assert bench.rows.totals.live(NOW + 35) == {"osm2cdr_connections": 5.0}, "the other has not said it for long"


def test_the_ends_of_jobs_are_counted(bench):
    caller = bench.account("pro")
    for _ in range(2):
        bench.submit(caller)
    bench.done(bench.claim())
    bench.rows.outcomes.fail(bench.claim(), Failure("timeout", "Too long."), NOW)
    found = bench.rows.totals.read()
    for end, code in (("completed", ""), ("failed", "timeout")):
        (series,) = counted("osm2cdr_tasks_ended", tier="pro", end=end, code=code)
        assert found[series] == 1


@pytest.mark.parametrize("durable", [True, False])
def test_what_one_connection_has_changed_the_others_see(store, bench, durable):
    """Also of another thread: each has its own."""
    caller, made = bench.account(), []

    def submit():
        rows = store.connect(durable)
        made.extend(rows.jobs.submit(caller, bench.wanted(), 10**6, NOW).id for _ in range(20))
        rows.close()

    threads = [threading.Thread(target=submit) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 60
    assert bench.rows.views.tally()["queued"] == 60
    assert bench.rows.accounts.used_today(caller.account, NOW) == 60


def test_a_store_is_prepared_as_often_as_one_likes(store, bench):
    job = bench.submit(bench.account())
    for examine in (False, True):
        store.prepare(examine)
    bench.rows.upkeep.settle()
    assert bench.job(job).state == "queued"
    assert store.database.has_keys()
    assert store.database.size() > 0
