"""Everything that the store does, done once, on a database that tells which statements were sent from where."""

import contextlib
import inspect
import sqlite3
from dataclasses import replace
from pathlib import Path

from osm2cdr.server.domain.attempts import CANCELLED, Failure
from osm2cdr.server.domain.identities import Claim
from osm2cdr.server.domain.jobs import Finished, Submission
from osm2cdr.server.domain.people import GUEST_SECONDS, Letter
from osm2cdr.server.domain.quota_rules import QueueFullError
from osm2cdr.server.domain.tiers import TIERS
from osm2cdr.server.store.local.blobs import LocalBlobs
from osm2cdr.server.store.sqlite import connections, database

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
    return Submission({"parameters": {}, "formats": ["svg"]}, spec_hash, ("svg",), 1.0, 300, key, "body")


def everything(db, folder):
    """Each call of the store, with each of the arguments that make it send another statement."""
    for known in (b"another" * 8, SECRET):
        connections.bind(db, known)
    rows, blobs = connections.SqliteConnection(db, SECRET), LocalBlobs(folder)
    key = rows.keys.create(NOW, "pro", "a@example.org")
    rows.keys.create(NOW, "", "a@example.org")
    rows.keys.create(NOW, "basic", "b@example.org")
    caller = rows.keys.caller(key, NOW)
    caller = replace(caller, tier=replace(caller.tier, max_waiting=5))
    for word in (key, key[:10], str(caller.key)):
        rows.keys.find(word)
    rows.keys.listed()
    rows.keys.is_live(caller.key, NOW)
    rows.keys.revoke(rows.keys.find(rows.keys.rotate(caller.key, NOW)), NOW)

    def submit(spec_hash="-", key=None, now=NOW, most=10**6):
        cached = blobs.whole(rows.jobs.files_of_twin(spec_hash, now))
        return rows.jobs.submit(caller, submission(spec_hash, key), most, now, cached).id

    def claim(now=NOW):
        return rows.queue.claim(1 << 40, blobs, now)

    submit("idle", "once")
    submit("idle", "once")
    first = claim()
    rows.leases.beat(first.job, first.token, NOW, 10, "x")
    rows.outcomes.finish(first, [], {"svg": Failure("lost", "Lost.")}, NOW + 5)
    made = submit("same")
    path = folder / "svg"
    path.write_bytes(b"x")
    digest = blobs.place(path)
    rows.outcomes.finish(claim(), [Finished("svg", digest, "svg", 1, 1)], {}, NOW + 5)
    copied = submit("same", now=NOW + 6)
    for why in (CANCELLED, Failure("x", "X.", fault=True)):
        submit("other")
        rows.outcomes.fail(claim(), why, NOW)
    submit("other")
    rows.leases.retry(claim(), Failure("x", "X."), NOW - 100)
    rows.leases.give_back(claim(), "x", NOW - 100)
    rows.leases.wait_for_room(claim(), NOW - 100)
    claim()
    rows.leases.reap(NOW, everything=True)
    ours = []
    with contextlib.suppress(QueueFullError):
        while True:
            ours.append(submit(f"number {len(ours)}"))
    look_at(rows, caller, made, copied)
    for job in (ours[0], made):
        rows.jobs.cancel(job, caller.account, NOW, 60)
    running = claim()
    rows.jobs.cancel(running.job, caller.account, NOW, 60)
    for word in ("a@example.org", "1", key):
        rows.accounts.find(word)
    rows.accounts.listed(NOW)
    rows.accounts.details(caller.account, NOW)
    rows.accounts.page(NOW, 5)
    rows.accounts.tiers()
    rows.accounts.set_operator(caller.account, True)
    rows.accounts.operators()
    rows.accounts.set_tier(caller.account, "pro")
    rows.accounts.disable(caller.account, NOW)
    rows.accounts.enable(caller.account)
    sign_in(rows)
    rows.totals.add({}, 1, {"x": 1.0}, NOW)
    rows.totals.read()
    rows.totals.live(NOW)
    rows.upkeep.is_used(digest, NOW)
    rows.upkeep.settle()
    rows.upkeep.expire(NOW + 100 * DAY)


def sign_in(rows):
    """People: with keys alone before, and new ones; their sessions and letters; guests; the end of an account."""
    people, mark = rows.people, b"mark"
    people.sign_up("b@example.org", "hash", "", NOW)
    account = people.sign_up("c@example.org", "hash", "free", NOW)
    people.credentials("c@example.org")
    people.set_password(account, "another", NOW)
    people.open_session(account, mark, NOW)
    people.person(mark, NOW)
    people.touch_session(mark, NOW)
    people.close_session(mark)
    people.close_sessions(account)
    for _ in range(2):
        people.caller(account, NOW)
    for tier in ("free", "free", "basic"):
        people.guest(b"guest", TIERS[tier], NOW)
    people.write_letter(mark, Letter("verify", "c@example.org", "hash"), NOW)
    people.look_at_letter(mark, "verify", NOW)
    people.open_letter(mark, "verify", NOW)
    ways = rows.identities
    for visitor in (b"visitor", b"another"):
        ways.send(mark, visitor, "google", "/account", NOW)
        ways.take(mark, b"visitor", "google", NOW)
    for email in ("c@example.org", "d@example.org", ""):
        ways.enter(Claim("google", email[:1] or "c", email), NOW)
    ways.listed(account)
    ways.unlink(account, "google")
    ways.clear(NOW)
    people.note(account, "signed_in", NOW)
    people.deeds(account)
    people.forget(account, NOW)
    people.clear(NOW)
    # A guest who was not seen for long goes.
    people.clear(NOW + 10 * GUEST_SECONDS)


def look_at(rows, caller, made, copied):
    """What is asked without changing anything."""
    views = rows.views
    jobs = views.listed(None, None, 5)
    for account in (None, caller.account):
        for state in (None, "queued"):
            for before in (None, jobs[0]):
                views.listed(account, state, 5, before)
    views.look([*jobs, views.find(made), views.find(copied)])
    views.oldest_waiting()
    views.pace(NOW)
    views.is_house_s("0" * 64)
    rows.queue.is_wanted(NOW, True)
    views.owner(views.find(made))
    views.events(made)
    rows.accounts.used_today(caller.account, NOW)
