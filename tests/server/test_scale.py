"""The server with many tasks: each statement has its index, tidying goes in small steps, the event loop is free."""

import ast
import asyncio
import contextlib
import itertools
import json
import re
import sqlite3
import threading
from types import SimpleNamespace

import pytest
from store_calls import NOW, SECRET, STORE, everything, opened, submission

from osm2cdr.server import sources
from osm2cdr.server.settings import Settings
from osm2cdr.server.store.local import blobs
from osm2cdr.server.store.opening import open_store
from osm2cdr.server.store.sqlite import database, upkeep
from osm2cdr.server.store.sqlite.connections import SqliteConnection

# Statements that are to look at all rows: the lists of an operator, and the few rows of counts.
WHOLE = {
    "total": "totals.read", "live": "totals.live", "k": "keys.listed", "a": "accounts.listed", "tally": "tally",
    "CONSTANT": "a row of values",
}  # fmt: skip
# What opens the database, and a database of its own, which is a text search.
OTHERS = ("database.py", "places.py")
# Indexes of the rows of one moment, gone through from their beginning.
OF_NOW = {"job_queue", "job_age", "job_running", "job_waiting"}
# Those of accounts alone that an operator's pages count or list.
OF_NOW |= {"account_tier", "account_guest", "account_operator"}
# Of these a statement may go through thousands of entries: nothing else is to be read for it.
LONG = {"job_queue", "job_age", "job_pace"}


@pytest.fixture
def db(tmp_path):
    with contextlib.closing(opened(tmp_path / "osm2cdr.sqlite")) as connection:
        yield connection


@pytest.fixture
def rows(db):
    return SqliteConnection(db, SECRET)


def sent_in(module):
    """The lines in which a module of the store sends a statement."""
    tree = ast.parse((STORE / module).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return [(node.lineno, node.end_lineno) for node in calls if node.func.attr == "execute"]


def test_every_statement_finds_its_rows_by_an_index(db, tmp_path):
    db.sent.clear()
    (tmp_path / "blobs").mkdir()
    everything(db, tmp_path / "blobs")
    known = {place for places in db.sent.values() for place in places}
    for path in STORE.glob("*.py"):
        for first, last in sent_in(path.name) if path.name not in OTHERS else ():
            assert any(module == path.name and first <= line <= last for module, line in known), (path.name, first)
    faults = []
    for statement, places in db.sent.items():
        if not re.match(r"SELECT|INSERT|UPDATE|DELETE", statement):
            continue
        # A value that has a number may stand in it twice.
        count = max(map(int, re.findall(r"\?(\d+)", statement)), default=statement.count("?"))
        for row in sqlite3.Connection.execute(db, f"EXPLAIN QUERY PLAN {statement}", [None] * count):
            scan = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", row["detail"])
            if any(name in row["detail"] for name in LONG):
                assert "COVERING" in row["detail"], (row["detail"], statement)
            sorts = "TEMP B-TREE" in row["detail"]
            if sorts or (scan and scan[1] not in WHOLE and scan[2] not in OF_NOW and not ordered(statement, scan[2])):
                faults.append((row["detail"], statement, places))
    assert faults == [], "\n".join(map(str, faults))


def ordered(statement, index):
    """Whether it is the newest few of all that an index of all has in this order."""
    return index == "job_created" and statement.endswith("ORDER BY created DESC, id DESC LIMIT ?")


def filled(rows, count, state="completed", expires=NOW):
    """So many jobs with a file each."""
    caller = rows.keys.caller(rows.keys.create(NOW, "enterprise"), NOW)
    for number in range(count):
        job = rows.jobs.submit(caller, submission(str(number)), 10**6, NOW).id
        rows.connection.execute("UPDATE job SET state = ?, expires = ? WHERE id = ?", (state, expires, job))
    return caller


def test_tidying_goes_in_small_transactions(db, rows, monkeypatch):
    monkeypatch.setattr(upkeep, "HELD_SECONDS", 60)
    count = 2 * upkeep.BATCH + 10
    filled(rows, count)
    filled(rows, count, "failed", NOW - 100 * 86400)
    steps = []
    db.set_trace_callback(lambda text: steps.append((text.split()[0], db.total_changes)))
    assert rows.upkeep.expire(NOW + 1) == count
    db.set_trace_callback(None)
    begins = [changes for word, changes in steps if word == "BEGIN"]
    ends = [changes for word, changes in steps if word == "COMMIT"]
    assert len(begins) == len(ends) >= 6
    # Each job has a file and an event besides, and is counted.
    assert max(end - begin for begin, end in zip(begins, ends)) <= upkeep.BATCH * 6
    assert rows.views.tally() == {"queued": 0, "completed": 0, "failed": 0, "expired": count}


def test_a_slow_machine_s_transactions_have_fewer_rows(rows, monkeypatch):
    """By a clock of the test's own, which goes on by 4 ms whenever somebody looks at it."""
    filled(rows, 30)
    clock = itertools.count(0, 0.004)
    monkeypatch.setattr(upkeep, "time", SimpleNamespace(monotonic=lambda: next(clock), sleep=lambda _seconds: None))
    counts = []
    monkeypatch.setattr(upkeep, "_end_keeping", lambda *given, real=upkeep._end_keeping: counts.append(
        real(*given)) or counts[-1])  # fmt: skip
    assert rows.upkeep.expire(NOW + 1) == 30
    assert counts == [3] * 10 + [0]


def test_tidying_stops_where_it_is_told(rows, monkeypatch):
    monkeypatch.setattr(upkeep, "HELD_SECONDS", 60)
    filled(rows, 3 * upkeep.BATCH)
    turns = iter((True, False))
    assert rows.upkeep.expire(NOW + 1, go=lambda: next(turns, False)) == upkeep.BATCH
    assert rows.views.tally()["completed"] == 2 * upkeep.BATCH


def test_the_sweep_holds_no_lock_between_files(tmp_path, monkeypatch):
    folder, kept = tmp_path / "blobs" / "ab", blobs.LocalBlobs(tmp_path / "blobs")
    folder.mkdir(parents=True)
    for number in range(3 * blobs.SLICE):
        (folder / f"{number:064x}").write_bytes(b"x")
    free = []
    monkeypatch.setattr(blobs.time, "sleep", lambda _seconds: free.append(not kept.moving.locked()))
    assert kept.sweep(lambda _sha256: False, young=-1)[0] == 3 * blobs.SLICE
    assert free == [True] * 3


def test_the_tally_follows_the_rows(db, rows):
    filled(rows, 7, "failed")
    filled(rows, 5, "completed")
    db.execute("DELETE FROM job WHERE id IN (SELECT id FROM job WHERE state = 'failed' LIMIT 3)")
    counted = dict(tuple(row) for row in db.execute("SELECT state, count(*) FROM job GROUP BY state"))
    assert {word: n for word, n in rows.views.tally().items() if n} == counted == {"failed": 4, "completed": 5}


def test_a_database_of_the_first_version_has_its_jobs_counted(tmp_path):
    path = tmp_path / "osm2cdr.sqlite"
    with contextlib.closing(database.connect(path)) as old:
        database.migrate(old, database.scripts()[:1])
        old.execute("INSERT INTO account (id, tier, created) VALUES (1, 'free', 0)")
        old.execute("INSERT INTO api_key (id, account_id, prefix, hash, created) VALUES (1, 1, 'ocd_', x'00', 0)")
        for number, state in enumerate(("queued", "failed", "failed")):
            old.execute(
                "INSERT INTO job (id, account_id, key_id, spec, spec_hash, km2, memory_mb, rank, state, created) "
                "VALUES (?, 1, 1, '{}', '', 1, 1, 1, ?, 0)", (str(number), state)
            )  # fmt: skip
    with contextlib.closing(database.open_database(path)) as new:
        assert SqliteConnection(new, SECRET).views.tally() == {"queued": 1, "failed": 2}


THREADS = set()


class _Watched(database.Connection):
    """Tells by which threads it was used."""

    def execute(self, *arguments):
        THREADS.add(threading.get_ident())
        return super().execute(*arguments)


def test_the_event_loop_does_nothing_with_the_database(tmp_path, monkeypatch):
    """Each call of the table of routes, answered in this process."""
    from aiohttp.test_utils import TestClient, TestServer

    from osm2cdr.server.api import body, metrics, schemas, tasks
    from osm2cdr.server.api.app import create_app
    from osm2cdr.server.api.routes import ROUTES

    settings = Settings(data=tmp_path / "data")
    store = open_store(settings)
    store.prepare()
    with contextlib.closing(store.connect()) as made:
        key = made.keys.create(NOW, "enterprise")
    box = {"min_lon": 1.0, "min_lat": 1.0, "max_lon": 1.01, "max_lat": 1.01}
    sources.write(settings.found, [sources.Source("all", "https://example.org", is_file=False)])
    formats = [{"id": "svg", "name": "SVG", "family": "x", "extension": "svg", "available": True, "reason": "",
                "tier": "free"}]  # fmt: skip
    settings.probe.write_text(json.dumps({"formats": formats}), encoding="utf-8")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **more: connect(*a, **{**more, "factory": _Watched}))

    worked = {}

    def watched(module, name):
        real = getattr(module, name)

        def work(*given, **more):
            worked.setdefault(name, set()).add(threading.get_ident())
            return real(*given, **more)

        monkeypatch.setattr(module, name, work)

    # What takes long by itself: a polygon of ten thousand points, two hundred tasks, all metrics.
    long = ((body, "read_json"), (schemas, "to_request"), (tasks, "described"), (metrics, "generate_latest"))
    for module, name in long:
        watched(module, name)

    async def calls():
        app = create_app(settings)
        THREADS.clear()
        async with TestClient(TestServer(app)) as client:
            wanted = {"bbox": box, "formats": ["svg"]}
            answer = await client.post("/api/render", json=wanted, headers={"X-API-Key": key})
            task = (await answer.json())["task_id"]
            assert answer.status == 202
            for route in ROUTES:
                path = route.path.format(id=task, format="svg", name="x")
                data = {"json": wanted} if route.method == "POST" else {}
                async with client.request(route.method, path, headers={"X-API-Key": key}, **data) as answer:
                    assert answer.status < 500 or route.path == "/readyz", await answer.text()
                    await answer.read()
        return threading.get_ident()

    loop = asyncio.run(calls())
    assert THREADS
    assert loop not in THREADS
    assert {name: loop in threads for name, threads in worked.items()} == {name: False for _, name in long}
