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
from osm2cdr.server.store.local import files
from osm2cdr.server.store.sqlite import accounts, database, jobs, tidying, views

# Statements that are to look at all rows: the lists of an operator, and the few rows of counts.
WHOLE = {
    "total": "totals.read", "live": "totals.read_live", "k": "list_keys", "a": "list_accounts", "tally": "tally",
    "CONSTANT": "a row of values",
}  # fmt: skip
# Indexes of the rows of one moment, gone through from their beginning.
OF_NOW = {"job_queue", "job_age", "job_running", "job_waiting"}
# Of these a statement may go through thousands of entries: nothing else is to be read for it.
LONG = {"job_queue", "job_age", "job_pace"}


@pytest.fixture
def db(tmp_path):
    with contextlib.closing(opened(tmp_path / "osm2cdr.sqlite")) as connection:
        yield connection


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
        for first, last in sent_in(path.name) if path.name != "database.py" else ():
            assert any(module == path.name and first <= line <= last for module, line in known), (path.name, first)
    faults = []
    for statement, places in db.sent.items():
        if not re.match(r"SELECT|INSERT|UPDATE|DELETE", statement):
            continue
        count = max([statement.count("?"), *map(int, re.findall(r"\?(\d+)", statement))])
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


def filled(db, count, state="completed", expires=NOW):
    """So many jobs with a file each."""
    caller = accounts.find_caller(db, SECRET, accounts.create_key(db, SECRET, "enterprise", now=NOW), NOW)
    for number in range(count):
        job = jobs.submit(db, caller, submission(str(number)), 10**6, NOW).id
        db.execute("UPDATE job SET state = ?, expires = ? WHERE id = ?", (state, expires, job))
    return caller


def test_tidying_goes_in_small_transactions(db, monkeypatch):
    monkeypatch.setattr(tidying, "HELD_SECONDS", 60)
    count = 2 * tidying.BATCH + 10
    filled(db, count)
    filled(db, count, "failed", NOW - 100 * 86400)
    steps = []
    db.set_trace_callback(lambda text: steps.append((text.split()[0], db.total_changes)))
    assert tidying.expire(db, NOW + 1) == count
    db.set_trace_callback(None)
    begins = [changes for word, changes in steps if word == "BEGIN"]
    ends = [changes for word, changes in steps if word == "COMMIT"]
    assert len(begins) == len(ends) >= 6
    # Each job has a file and an event besides, and is counted.
    assert max(end - begin for begin, end in zip(begins, ends)) <= tidying.BATCH * 6
    assert views.tally(db) == {"queued": 0, "completed": 0, "failed": 0, "expired": count}


def test_a_slow_machine_s_transactions_have_fewer_rows(db, monkeypatch):
    """By a clock of the test's own, which goes on by 4 ms whenever somebody looks at it."""
    filled(db, 30)
    clock = itertools.count(0, 0.004)
    monkeypatch.setattr(tidying, "time", SimpleNamespace(monotonic=lambda: next(clock), sleep=lambda _seconds: None))
    counts = []
    monkeypatch.setattr(tidying, "_end_keeping", lambda *given, real=tidying._end_keeping: counts.append(
        real(*given)) or counts[-1])  # fmt: skip
    assert tidying.expire(db, NOW + 1) == 30
    assert counts == [3] * 10 + [0]


def test_tidying_stops_where_it_is_told(db, monkeypatch):
    monkeypatch.setattr(tidying, "HELD_SECONDS", 60)
    filled(db, 3 * tidying.BATCH)
    turns = iter((True, False))
    assert tidying.expire(db, NOW + 1, go=lambda: next(turns, False)) == tidying.BATCH
    assert views.tally(db)["completed"] == 2 * tidying.BATCH


def test_the_sweep_holds_no_lock_between_files(db, tmp_path, monkeypatch):
    folder = tmp_path / "blobs" / "ab"
    folder.mkdir(parents=True)
    for number in range(3 * tidying.SLICE):
        (folder / f"{number:064x}").write_bytes(b"x")
    free = []
    monkeypatch.setattr(tidying.time, "sleep", lambda _seconds: free.append(not files.MOVING.locked()))
    assert tidying.sweep(db, folder.parent, young=-1)[0] == 3 * tidying.SLICE
    assert free == [True] * 3
    assert not db.in_transaction


def test_what_was_just_published_stays(db, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x")
    files.place(path, tmp_path / "blobs")
    assert tidying.sweep(db, tmp_path / "blobs", young=-1) == (0, 0)
    files._PLACED.clear()
    assert tidying.sweep(db, tmp_path / "blobs", young=-1) == (1, 1)


def test_the_tally_follows_the_rows(db):
    filled(db, 7, "failed")
    filled(db, 5, "completed")
    db.execute("DELETE FROM job WHERE id IN (SELECT id FROM job WHERE state = 'failed' LIMIT 3)")
    counted = dict(tuple(row) for row in db.execute("SELECT state, count(*) FROM job GROUP BY state"))
    assert {word: n for word, n in views.tally(db).items() if n} == counted == {"failed": 4, "completed": 5}


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
        assert views.tally(new) == {"queued": 1, "failed": 2}


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
    from osm2cdr.server.settings import Settings

    settings = Settings(data=tmp_path / "data")
    with contextlib.closing(database.open_database(settings.database)) as made:
        from osm2cdr.server.store.local.secret import load_secret

        key = accounts.create_key(made, load_secret(settings.data), "enterprise")
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
