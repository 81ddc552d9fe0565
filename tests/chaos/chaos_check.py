"""What must be true after a server was killed again and again."""

import collections
import contextlib
import hashlib
import io
import json
import signal
import sqlite3
import time
from pathlib import Path

ENDS = ("completed", "failed", "cancelled")
ORDER = {"queued": 0, "processing": 1, "completed": 2, "failed": 2}
# What may end a job in such a run: its own process was killed as often as a job has attempts.
ALLOWED = ("worker_lost",)
MOST_ATTEMPTS = 4


def check(server, key, accepted):
    """The server runs at first and is stopped then; what was found out, and `faults`."""
    faults = []
    rows = database_rows(server, faults, accepted)
    opened = download_all(server, key, rows, faults)
    code = server.stop(signal.SIGTERM, 60)
    if code:
        faults.append(f"the server ended with {code}")
    left = processes(server.data)
    if left:
        faults.append(f"processes are left: {left}")
    leftovers = [path.name for path in (server.data / "work").iterdir() if path.name not in (".parent", ".cache")]
    if leftovers:
        faults.append(f"private folders are left: {leftovers}")
    with database(server) as db:
        known = {row[0] for row in db.execute("SELECT sha256 FROM job_file WHERE state = 'done'")}
    blobs = {path.name for path in (server.data / "blobs").glob("*/*")}
    if blobs != known:
        faults.append(f"blobs: {len(blobs - known)} of no job, {len(known - blobs)} missing")
    attempts = [row["claims"] for row in rows]
    return {
        "faults": faults, "opened": opened,
        "ended": dict(collections.Counter(row["state"] for row in rows)),
        "attempts": f"{sum(attempts) / len(attempts):.2f} on average, at most {max(attempts)}",
    }  # fmt: skip


@contextlib.contextmanager
def database(server):
    """Its database, with rows by name."""
    with contextlib.closing(sqlite3.connect(server.data / "osm2cdr.sqlite", timeout=120)) as db:
        db.row_factory = sqlite3.Row
        yield db


def database_rows(server, faults, accepted):
    """Each accepted task once, ended once, charged once."""
    with database(server) as db:
        if [row[0] for row in db.execute("PRAGMA integrity_check")] != ["ok"] or db.execute(
            "PRAGMA foreign_key_check"
        ).fetchall():
            faults.append("the database is damaged")
        rows = [dict(row) for row in db.execute("SELECT * FROM job")]
        used = db.execute("SELECT coalesce(sum(used), 0) FROM usage").fetchone()[0]
        events = collections.defaultdict(list)
        for row in db.execute("SELECT job_id, kind FROM event ORDER BY id"):
            events[row["job_id"]].append(row["kind"])
        files = collections.defaultdict(list)
        for row in db.execute("SELECT * FROM job_file"):
            files[row["job_id"]].append(dict(row))
    if {row["id"]: row["idempotency_key"] for row in rows} != accepted:
        faults.append(f"{len(rows)} jobs are there, {len(accepted)} were accepted")
    refunded = sum(row["state"] == "failed" for row in rows)
    if used != len(rows) - refunded:
        faults.append(f"{used} requests are charged for {len(rows)} jobs, of which {refunded} failed")
    for row in rows:
        told = events[row["id"]]
        row["files"], row["claims"] = files[row["id"]], told.count("claimed")
        good = row["state"] == "completed" or (
            row["state"] == "failed" and row["error_code"] in ALLOWED and row["attempt"] == MOST_ATTEMPTS
        )
        if not good:
            faults.append(f"{row['id']} is {row['state']}: {row['error_code']} {row['error']}")
        ends = [kind for kind in told if kind in ENDS]
        once = told.count("submitted") == 1 and len(ends) == 1 and told[-1] == row["state"]
        if not once or row["claims"] != told.count("requeued") + 1:
            faults.append(f"{row['id']} went {told}")
    return rows


def download_all(server, key, rows, faults):
    """How many files came as they should; each is read by somebody else's reader."""
    opened = 0
    for row in rows:
        for file in row["files"] if row["state"] == "completed" else ():
            where = f"{row['id']}/{file['format']}"
            status, _, body = server.call("GET", f"/api/download/{where}", key)
            if status != 200 or len(body) != file["bytes"] or hashlib.sha256(body).hexdigest() != file["sha256"]:
                faults.append(f"{where}: {status}, {len(body)} bytes")
                continue
            try:
                opens(file["format"], body)
                opened += 1
            except Exception as error:
                faults.append(f"{where} does not open: {error!r}")
    return opened


def opens(name, body):
    """Raises where the file is not whole."""
    if name == "geojson":
        assert json.loads(body)["features"]
    elif name in ("svg", "kml"):
        from lxml import etree

        assert len(etree.fromstring(body))
    else:
        from PIL import Image

        with Image.open(io.BytesIO(body)) as image:
            image.load()


def processes(data, seconds=60):
    """Those that still belong to a server on this folder: all of them have it in their environment."""
    mark = f"OSM2CDR_DATA={data}".encode()
    deadline = time.monotonic() + seconds
    while True:
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    if mark in (folder / "environ").read_bytes().split(b"\0"):
                        found.append((int(folder.name), (folder / "cmdline").read_bytes()))
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.1)
