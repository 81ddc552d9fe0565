"""Everything that the store does, done once, on a database that tells which statements were sent from where."""

import contextlib
import inspect
import sqlite3
from dataclasses import replace
from pathlib import Path

from osm2cdr.server.domain.attempts import CANCELLED, Failure
from osm2cdr.server.store.local import files, secret
from osm2cdr.server.store.sqlite import (
    accounts,
    cache,
    database,
    job_outcomes,
    jobs,
    leases,
    operating,
    queue,
    tidying,
    totals,
    views,
)

STORE = Path(inspect.getfile(database)).resolve().parent
NOW = 1_800_000_000.0
DAY = 86400.0
SECRET = b"secret"


class Told(database.Connection):
    """A connection that remembers statements with the module and line that sent them."""

    def __init__(self, *arguments, **more):
        self.sent = {}
        super().__init__(*arguments, **more)

    def execute(self, statement, *values):
        frame = inspect.currentframe().f_back
        path = Path(frame.f_code.co_filename).resolve()
        if path.parent == STORE:
            self.sent.setdefault(statement, set()).add((path.name, frame.f_lineno))
        return super().execute(statement, *values)


def opened(path):
    """A database whose connection is a Told."""
    connect = sqlite3.connect
    sqlite3.connect = lambda *arguments, **more: connect(*arguments, **{**more, "factory": Told})
    try:
        return database.open_database(path, durable=False)
    finally:
        sqlite3.connect = connect


def submission(spec_hash="-", key=None):
    return jobs.Submission({"parameters": {}, "formats": ["svg"]}, spec_hash, ("svg",), 1.0, 300, key, "body")


def everything(db, folder):
    """Each function of the store, with each of the arguments that make it send another statement."""
    for known in (b"another" * 8, SECRET):
        secret.bind(db, known)
    key = accounts.create_key(db, SECRET, "pro", "a@example.org", now=NOW)
    accounts.create_key(db, SECRET, "", "a@example.org", now=NOW)
    accounts.create_key(db, SECRET, "basic", "b@example.org", now=NOW)
    caller = accounts.find_caller(db, SECRET, key, NOW)
    caller = replace(caller, tier=replace(caller.tier, max_waiting=5))
    for word in (key, key[:10], str(caller.key)):
        accounts.find_key(db, SECRET, word)
    accounts.list_keys(db)
    accounts.is_live(db, caller.key, NOW)
    accounts.revoke_key(db, accounts.find_key(db, SECRET, accounts.rotate_key(db, SECRET, caller.key)))

    def submit(spec_hash="-", key=None, now=NOW, most=10**6):
        cached = cache.whole(folder, cache.files_of_twin(db, spec_hash, now))
        return jobs.submit(db, caller, submission(spec_hash, key), most, now, cached).id

    def claim(now=NOW):
        return queue.claim(db, 1 << 40, folder, now)

    submit("idle", "once")
    submit("idle", "once")
    first = claim()
    leases.beat(db, first.job, first.token, NOW, 10, "x")
    job_outcomes.finish(db, first, [], {"svg": Failure("lost", "Lost.")}, NOW + 5)
    made = submit("same")
    path = folder / "svg"
    path.write_bytes(b"x")
    digest = files.place(path, folder)
    job_outcomes.finish(db, claim(), [files.Finished("svg", digest, "svg", 1, 1)], {}, NOW + 5)
    copied = submit("same", now=NOW + 6)
    for why in (CANCELLED, Failure("x", "X.", fault=True)):
        submit("other")
        job_outcomes.fail(db, claim(), why, NOW)
    submit("other")
    for act in (leases.retry, leases.give_back):
        act(db, claim(), *((Failure("x", "X."),) if act is leases.retry else ("x",)), NOW - 100)
    leases.wait_for_room(db, claim(), NOW - 100)
    claim()
    leases.reap(db, NOW, everything=True)
    ours = []
    with contextlib.suppress(jobs.QueueFullError):
        while True:
            ours.append(submit(f"number {len(ours)}"))
    rows = views.list_jobs(db, None, None, 5)
    for account in (None, caller.account):
        for state in (None, "queued"):
            for before in (None, rows[0]):
                views.list_jobs(db, account, state, 5, before)
    views.look(db, [*rows, views.find(db, made), views.find(db, copied)])
    views.oldest_waiting(db)
    views.pace(db, NOW)
    views.used_today(db, caller.account, NOW)
    for job in (ours[0], made):
        jobs.cancel(db, job, caller.account, NOW, 60)
    running = claim()
    jobs.cancel(db, running.job, caller.account, NOW, 60)
    files._PLACED.clear()
    for word in ("a@example.org", "1", key):
        operating.find_account(db, SECRET, word)
    operating.list_accounts(db, NOW)
    operating.show_account(db, caller.account, NOW)
    operating.set_tier(db, caller.account, "pro")
    operating.owner_of(db, views.find(db, made))
    operating.events_of(db, made)
    operating.disable(db, caller.account)
    operating.enable(db, caller.account)
    with database.transaction(db):
        totals.say(db, 1, {"x": 1.0}, NOW)
    totals.read(db)
    totals.read_live(db, NOW)
    tidying.sweep(db, folder, young=-1)
    tidying.expire(db, NOW + 100 * DAY)
