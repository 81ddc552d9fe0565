"""The server with a million tasks: each documented call, while what is over is tidied.

Jobs are those of the tests' stand-in for QGIS: what is measured is the server itself.
"""

import http.client
import json
import os
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BOX = {"min_lon": 24.9440, "min_lat": 60.1725, "max_lon": 24.9516, "max_lat": 60.1775}
TASKS, QUEUED, BLOBS = int(os.environ.get("TASKS", 1_000_000)), 5_000, 100_000
ROUNDS = 150
SPEC = {"parameters": {"FORMATS": "svg", "NAME": "sleep", "THEME": "x" * 300}, "formats": ["svg"], "name": "sleep"}
# Of ten tasks of each account; the last ones are tidied while the calls are made.
STATES = ("completed", "completed", "completed", "failed", "failed", "cancelled", "expired", "completed", "over", "old")
INSERT = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :tasks)
INSERT INTO job (id, account_id, key_id, spec, spec_hash, km2, memory_mb, rank, state, charged_day, created, started,
  finished, expires, error_code, error)
SELECT printf('%032x', i), a, a, :spec, printf('%064x', i / 3), 1, 300, i, state, '2026-01-01', made, made + 1,
  made + 6, CASE word WHEN 'over' THEN :now - 60 WHEN 'old' THEN :now - 100 * 86400 ELSE :now + 86400 END,
  CASE state WHEN 'failed' THEN 'timeout' END, CASE state WHEN 'failed' THEN 'The task took too long.' END
FROM (SELECT i, word, CASE WHEN i % 3 = 0 THEN 1 ELSE 2 + i % 1000 END AS a, :now - 86400 + i * 0.08 AS made,
  CASE word WHEN 'over' THEN 'completed' WHEN 'old' THEN 'failed' ELSE word END AS state
  FROM (SELECT i, json_extract(:states, '$[' || (i % 10) || ']') AS word FROM n))
"""
REST = (
    "INSERT INTO job_file (job_id, format, state, sha256, extension, bytes, features) SELECT id, 'svg', CASE state "
    "WHEN 'completed' THEN 'done' ELSE 'failed' END, CASE state WHEN 'completed' THEN id || id END, 'svg', 100, 1 "
    "FROM job",
    "INSERT INTO event (job_id, at, kind) SELECT id, created, 'submitted' FROM job",
    "INSERT INTO event (job_id, at, kind) SELECT id, started, 'claimed' FROM job",
    "INSERT INTO event (job_id, at, kind) SELECT id, finished, state FROM job",
)
QUEUE = (
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :queued) "
    "INSERT INTO job (id, account_id, key_id, spec, spec_hash, km2, memory_mb, rank, state, created) "
    "SELECT printf('f%031x', i), 1 + i % 1000, 1 + i % 1000, :spec, printf('q%063x', i), 1, 300, :now + i, 'queued', "
    ":now FROM n",
    "INSERT INTO job_file (job_id, format, state) SELECT id, 'svg', 'waiting' FROM job WHERE id >= 'f'",
)


def fill(data: Path, tasks: int) -> tuple[str, float]:
    """A database of the first version with so many tasks, brought up to date: a key, and how long that took."""
    from osm2cdr.server.settings import Settings
    from osm2cdr.server.store.opening import open_store
    from osm2cdr.server.store.sqlite import database
    from osm2cdr.server.store.sqlite.keys import SqliteKeys

    data.mkdir(parents=True)
    with closing(database.connect(data / "osm2cdr.sqlite", durable=False)) as db:
        database.migrate(db, database.scripts()[:1])
        indexes = [row["sql"] for row in db.execute("SELECT sql FROM sqlite_master WHERE type = 'index'") if row["sql"]]
        for text in indexes:
            db.execute(f"DROP INDEX {text.split()[2]}")
        secret = open_store(Settings(data=data)).secret
        key = SqliteKeys(db, secret).create(time.time(), "enterprise", "bench@example.org")
        values = {"tasks": tasks, "queued": QUEUED, "spec": json.dumps(SPEC), "states": json.dumps(STATES)}
        with database.transaction(db):
            for number in range(2, 1003):
                db.execute("INSERT INTO account VALUES (?, NULL, 'pro', 0, 0)", (number,))
                db.execute("INSERT INTO api_key VALUES (?, ?, '', randomblob(32), '', 0, 0, 0)", (number, number))
            db.execute(INSERT, {**values, "now": time.time()})
            for statement in (*REST, *QUEUE):
                db.execute(statement, {**values, "now": time.time()} if ":" in statement else ())
            for text in indexes:
                db.execute(text)
        start = time.perf_counter()
        database.migrate(db)
        return key, time.perf_counter() - start


def litter(data: Path) -> None:
    """Files that no task has, for the sweep."""
    for number in range(BLOBS):
        path = data / "blobs" / f"{number % 256:02x}" / f"{number % 256:02x}{number:062x}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        os.utime(path, (1, 1))


class Caller:
    """One connection that is kept."""

    def __init__(self, port: int, key: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"X-API-Key": key, "Content-Type": "application/json"}
        self.times: dict[str, list[float]] = {}

    def call(self, name: str, method: str, path: str, body: Any = None, good: tuple[int, ...] = (200,)) -> Any:
        """What is answered; its time is kept."""
        data = None if body is None else json.dumps(body)
        start = time.perf_counter()
        self._connection.request(method, path, data, self._headers)
        answer = self._connection.getresponse()
        text = answer.read()
        self.times.setdefault(name, []).append(time.perf_counter() - start)
        assert answer.status in good, (method, path, answer.status, text[:300])
        return json.loads(text) if text.startswith(b"{") else None


def everything(caller: Caller, number: int, done: str) -> None:
    """Each documented call once."""
    box = {**BOX, "min_lon": BOX["min_lon"] + number % 5000 * 1e-6}
    body = {"bbox": box, "formats": ["svg"], "config": {"name": "good"}}
    task = caller.call("POST /api/render", "POST", "/api/render", body, (202,))["task_id"]
    caller.call("POST /api/estimate", "POST", "/api/estimate", body)
    caller.call("GET /api/status, waiting", "GET", f"/api/status/{task}")
    if number % 2:
        caller.call("DELETE /api/tasks/{id}", "DELETE", f"/api/tasks/{task}", None, (200, 202))
    caller.call("GET /api/status, ended", "GET", f"/api/status/{done}")
    page = caller.call("GET /api/tasks", "GET", "/api/tasks")
    caller.call("GET /api/tasks, next page", "GET", f"/api/tasks?before={page['next']}")
    caller.call("GET /api/tasks?limit=200", "GET", "/api/tasks?limit=200")
    for state in ("failed", "queued", "running", "completed", "cancelled", "expired"):
        caller.call(f"GET /api/tasks?state={state}", "GET", f"/api/tasks?state={state}")
    for path in ("/api/me", "/api/formats", "/api/styles", "/api/layers", "/api/openapi.json", "/healthz", "/readyz",
                 "/metrics"):  # fmt: skip
        caller.call(f"GET {path}", "GET", path)
    caller.call("GET /api/download", "GET", f"/api/download/{done}/svg", None, (200, 410))


def held(path: Path) -> list[str]:
    """Rows of how long locks were held, by whom, and of the event loop: how late it was, and its longest steps."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for line in path.read_text().splitlines():
        kind, what, seconds, work = json.loads(line)
        found.setdefault((kind, what), []).append((seconds * 1e3, work * 1e3))
    rows = []
    for kind in ("lock", "callback", "loop"):
        rows_of = {what: spans for (known, what), spans in found.items() if known == kind}
        for what, spans in sorted(rows_of.items(), key=lambda item: -max(item[1])[0]):
            times = sorted(wall for wall, _ in spans)
            cuts = statistics.quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 20
            rows.append(f"| {kind}: `{what}` | {len(times):,} | {cuts[9]:.1f} | {cuts[18]:.1f} | {times[-1]:.1f} | "
                        f"{max(work for _, work in spans):.1f} |")  # fmt: skip
    return rows


def calls(folder: Path) -> str:
    """The table of all calls, and what was tidied meanwhile."""
    from serving import StubServer

    start = time.perf_counter()
    key, migrated = fill(folder / "data", TASKS)
    filled = time.perf_counter() - start - migrated
    litter(folder / "data")
    settings = {"WORKERS": 1, "CACHE": "off", "LOG": "warning", "STUB_TIMES": folder / "times", "MAX_QUEUED": 20_000}
    with StubServer(folder / "data", **settings) as server:
        caller = Caller(server.port, key)
        done = f"{3 * 10:032x}"
        before = dict(server.rows("SELECT state, n FROM tally"))
        for number in range(ROUNDS):
            everything(caller, number, done)
        after = dict(server.rows("SELECT state, n FROM tally"))
        files = sum(len(names) for _, _, names in os.walk(folder / "data" / "blobs"))
    rows = ["| call | half within, ms | 95 % within, ms | all within, ms |", "|---|---:|---:|---:|"]
    for name, times in caller.times.items():
        cuts = statistics.quantiles(times, n=20, method="inclusive")
        rows.append(f"| `{name}` | {cuts[9] * 1e3:.0f} | {cuts[18] * 1e3:.0f} | {max(times) * 1e3:.0f} |")
    rows += ["", "| held, or late | times | half within, ms | 95 % within, ms | all within, ms | ms of work |",
             "|---|---:|---:|---:|---:|---:|", *held(folder / "times")]  # fmt: skip
    load, expired = os.getloadavg()[0], before["completed"] - after["completed"]
    gone = sum(before.values()) - sum(after.values()) + ROUNDS
    return "\n".join(rows) + (
        f"\n\n{TASKS:,} tasks of 1,002 accounts, {TASKS // 3:,} of them the caller's, {QUEUED:,} more that wait; "
        f"{ROUNDS} rounds, at a load of {load:.1f}. Meanwhile {expired:,} tasks expired, "
        f"{gone:,} were forgotten, and {BLOBS - files:,} files of no task deleted. "
        f"Filling took {filled:.0f} s, bringing the database up to date at the start {migrated:.0f} s."
    )


def report() -> str:
    """The table of the calls."""
    with tempfile.TemporaryDirectory() as folder:
        return calls(Path(folder))


if __name__ == "__main__":
    print(report())
