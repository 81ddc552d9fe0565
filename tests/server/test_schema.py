"""Versions of the database: an older one is brought up to date whole or not at all, a newer one is refused."""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time

import pytest

from areas import ROOT
from osm2cdr.server.store.errors import StoreUnusableError
from osm2cdr.server.store.sqlite import database
from osm2cdr.server.store.sqlite.database import connect, migrate, scripts
from server_jobs import until
from serving import PYTHON, StubServer

STEP = """-- A table in the place of an old one, and a column.
CREATE TABLE usage_new (account_id INTEGER NOT NULL REFERENCES account, day TEXT NOT NULL, used INTEGER NOT NULL,
  reserved INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (account_id, day)) WITHOUT ROWID;
INSERT INTO usage_new (account_id, day, used) SELECT account_id, day, used FROM usage;
DROP TABLE usage;
ALTER TABLE usage_new RENAME TO usage;
ALTER TABLE job ADD COLUMN note TEXT NOT NULL DEFAULT ''"""


@pytest.fixture
def old(tmp_path):
    """A database of the first version, with something in it."""
    path = tmp_path / "osm2cdr.sqlite"
    with contextlib.closing(connect(path)) as db:
        migrate(db, scripts()[:1])
        db.execute("INSERT INTO account (id, tier, created) VALUES (1, 'free', 0)")
        db.execute("INSERT INTO usage VALUES (1, '2026-01-01', 7)")
        db.execute("INSERT INTO api_key (id, account_id, prefix, hash, created) VALUES (1, 1, 'ocd_', x'00', 0)")
        db.execute(
            "INSERT INTO job (id, account_id, key_id, spec, spec_hash, km2, memory_mb, rank, state, created) "
            "VALUES ('a', 1, 1, '{}', '', 1, 1, 1, 'queued', 0)"
        )
        db.execute("INSERT INTO event (job_id, at, kind) VALUES ('a', 0, 'submitted')")
    return path


def whole(path):
    """All that is in it."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return list(db.iterdump()), db.execute("PRAGMA user_version").fetchone()[0]


def test_a_step_more_keeps_what_is_there(old, tmp_path):
    step = tmp_path / "0002_more.sql"
    step.write_text(STEP, encoding="utf-8")
    with contextlib.closing(connect(old)) as db:
        migrate(db, [*scripts()[:1], step])
        assert db.execute("PRAGMA user_version").fetchone()[0] == 2
        assert tuple(db.execute("SELECT * FROM usage").fetchone()) == (1, "2026-01-01", 7, 0)
        assert db.execute("SELECT note FROM job").fetchone()[0] == "", "the last statement needs no semicolon"
        assert db.execute("SELECT count(*) FROM event").fetchone()[0] == 1
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        migrate(db, [*scripts()[:1], step])


def test_a_step_that_fails_in_the_middle_leaves_nothing(old, tmp_path):
    before = whole(old)
    for number, fault in enumerate(("INSERT INTO nowhere VALUES (1);", "DELETE FROM account;")):
        step = tmp_path / f"000{number + 2}_bad.sql"
        step.write_text(f"{STEP};\n{fault}", encoding="utf-8")
        with contextlib.closing(connect(old)) as db, pytest.raises((sqlite3.Error, StoreUnusableError)):
            migrate(db, [*scripts()[:1], step])
        assert whole(old) == before


def test_a_step_that_is_killed_in_the_middle_leaves_nothing(old, tmp_path):
    before = whole(old)
    step = tmp_path / "0002_slow.sql"
    # Larger than the cache: some of it is on the disk before the commit.
    step.write_text(
        f"{STEP};\nCREATE TABLE big (x);\nWITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "INSERT INTO big SELECT zeroblob(4000) FROM n LIMIT 100000000;",
        encoding="utf-8",
    )
    code = (
        "import sys; from pathlib import Path; from osm2cdr.server.store.sqlite.database import *; "
        "migrate(connect(Path(sys.argv[1])), [*scripts()[:1], Path(sys.argv[2])])"
    )
    wal = old.with_name(old.name + "-wal")
    process = subprocess.Popen(
        [sys.executable, "-c", code, old, step], env={**os.environ, "PYTHONPATH": str(ROOT / "build" / "plugins")}
    )
    deadline = time.monotonic() + 300
    while not wal.exists() or wal.stat().st_size < 20 << 20:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert whole(old) == before


def second(server):
    return subprocess.run([PYTHON, "-m", server.module], env=server.env, capture_output=True, text=True, timeout=300)


def test_an_older_server_refuses_a_newer_database(tmp_path):
    server = StubServer(tmp_path / "data")
    with server:
        key = server.key("free")
        assert server.wait(key, server.job(key))["status"] == "completed"
    server.change("PRAGMA user_version = 99")
    before = whole(server.data / "osm2cdr.sqlite")
    refused = second(server)
    assert refused.returncode == 2
    known = len(scripts())
    assert refused.stderr.splitlines()[-1] == (
        f"osm2cdr: The database is of a newer osm2cdr (schema 99, this one knows {known}); start that version, "
        "or name another folder in OSM2CDR_DATA."
    )
    assert whole(server.data / "osm2cdr.sqlite") == before
    server.change(f"PRAGMA user_version = {known}")
    with server:
        assert server.wait(key, server.job(key))["status"] == "completed"


def test_one_server_for_a_folder(tmp_path):
    with StubServer(tmp_path / "data") as server:
        other = StubServer(tmp_path / "data")
        for one in (server, other):
            refused = second(one)
            assert (refused.returncode, refused.stderr.splitlines()[-1]) == (
                2,
                f"osm2cdr: A server runs on {server.data} already; name another folder in OSM2CDR_DATA.",
            )
        elsewhere = StubServer(tmp_path / "elsewhere", PORT=server.port)
        refused = second(elsewhere)
        assert refused.returncode == 2
        assert f"127.0.0.1:{server.port} cannot be listened at" in refused.stderr
        key = server.key("free")
        assert server.wait(key, server.job(key))["status"] == "completed"


def test_a_start_that_takes_long_is_answered(tmp_path):
    """Probes and calls alike, until the web processes are there; nobody is answered twice, or not at all."""
    server = StubServer(tmp_path / "data", STUB_START=tmp_path / "go")
    server.start(ready=False)
    try:
        until(lambda: server.get("/healthz")[0] == 200)
        assert server.get("/readyz") == (503, {
            "status": "not ready", "faults": ["the supervisor is starting"], "warnings": []})  # fmt: skip
        status, headers, body = server.post("ocd_" + "x" * 30)
        assert (status, headers["Retry-After"], body["code"], body["task_id"]) == (503, "5", "starting", None)
        assert server.call("HEAD", "/healthz")[::2] == (200, b"")
        # Who looks gets a page, which asks again.
        status, headers, page = server.call("GET", "/export", headers={"Accept": "text/html,*/*"})
        assert (status, headers.get_content_type()) == (503, "text/html")
        assert b'http-equiv="refresh"' in page
        # Who says nothing keeps nobody waiting.
        with socket.create_connection(("127.0.0.1", server.port)):
            assert until(lambda: server.get("/api/status/x")[0] == 503)
        (tmp_path / "go").touch()
        until(lambda: server.get("/readyz")[0] == 200)
        key = server.key()
        assert server.wait(key, server.job(key))["status"] == "completed"
    finally:
        server.stop()


def test_a_change_that_takes_long_is_told_of(old, caplog, monkeypatch):
    monkeypatch.setattr(database, "_TOLD_SECONDS", -1)
    monkeypatch.setattr(database, "_TOLD_STEPS", 1)
    caplog.set_level("INFO")
    with contextlib.closing(connect(old)) as db:
        migrate(db)
        said = [record.message for record in caplog.records]
        assert said[0] == "the database is brought up to date"
        assert set(said[1:-1]) == {"the database is still brought up to date"}
        assert said[-1] == "the database is up to date"
        assert caplog.records[0].tasks == 1
        migrate(db)
        assert len(caplog.records) == len(said), "nothing was to be done"
