"""Folders that were restored, or not whole: told in a sentence before anything is done; the backup as documented."""

import hashlib
import os
import re
import shutil
import stat
import subprocess

import pytest

from areas import ROOT
from serving import StubServer

DOCS = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")


@pytest.fixture
def used(tmp_path):
    """A server that is stopped, with a key and a finished task."""
    with StubServer(tmp_path / "data") as server:
        server.secret_key = server.key()
        server.task = server.job(server.secret_key)
        server.wait(server.secret_key, server.task)
    return server


def refused(server):
    """What the server says where it does not start, and the launcher's keys command the same."""
    said = start_alone(server).strip()
    assert said.startswith("osm2cdr: ")
    assert "Traceback" not in said
    done = subprocess.run([ROOT / "bin" / "osm2cdr", "keys", "list"], env=server.env, capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert done.returncode == 1
    return said, done.stderr


@pytest.mark.parametrize("harm", ["missing", "another", "short"])
def test_keys_without_their_secret(used, harm):
    secret = used.data / "secret"
    if harm == "missing":
        secret.unlink()
    else:
        secret.write_bytes(os.urandom(32 if harm == "another" else 5))
    for said in refused(used):
        assert "secret" in said
        assert "restore both from one backup" in said
    assert secret.exists() == (harm != "missing"), "none is made that would make all keys dead"


def test_an_old_database_is_bound_to_its_secret_at_the_next_start(used):
    used.change("PRAGMA application_id = 0")
    with used:
        assert used.get("/api/me", used.secret_key)[0] == 200
    assert used.rows("PRAGMA application_id")[0][0] != 0


def test_a_folder_without_keys_gets_a_secret(used):
    used.change("DELETE FROM event")
    for table in ("job_file", "job", "api_key", "account"):
        used.change(f"DELETE FROM {table}")
    (used.data / "secret").unlink()
    with used:
        assert used.get("/api/me", used.key())[0] == 200


@pytest.mark.parametrize("harm", ["garbage", "pages", "index"])
def test_a_damaged_database(used, harm):
    path = used.data / "osm2cdr.sqlite"
    used.change("PRAGMA wal_checkpoint(TRUNCATE)")
    for more in ("-wal", "-shm"):
        path.with_name(path.name + more).unlink(missing_ok=True)
    data = bytearray(path.read_bytes())
    # A page that nothing reads at the start: all would go well until the first task.
    root, size = used.rows("SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master "
                           "WHERE name = 'event_job'")[0]  # fmt: skip
    if harm == "index":
        data[(root - 1) * size : root * size] = os.urandom(size)
    elif harm == "garbage":
        data[:] = b"no database at all " * 1000
    else:
        # All pages but that of the schema.
        data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    for said in refused(used) if harm == "garbage" else [start_alone(used)]:
        assert "is damaged" in said
        assert "restore it from a backup" in said


def start_alone(server):
    server.log.unlink()
    server.start(ready=False)
    try:
        assert server.process.wait(300) == 2
    finally:
        server.stop()
    return server.log.read_text()


def test_the_documented_backup_is_private_and_comes_back(used, tmp_path):
    script = re.search(r"To back up a running server.*?```\n(.*?)```", DOCS, re.DOTALL)[1]
    backup = tmp_path / "backup"
    with used:
        for _ in range(2):
            subprocess.run(
                ["bash", "-euc", f"umask 022\n{script.replace('/backup', str(backup))}"],
                env={**os.environ, "OSM2CDR_DATA": str(used.data)}, check=True,
            )  # fmt: skip
    for path in [backup, *backup.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    again = StubServer(tmp_path / "again")
    shutil.copytree(backup, again.data)
    with again:
        assert again.get("/api/me", used.secret_key)[0] == 200
        status, _, body = again.call("GET", f"/api/download/{used.task}/svg", used.secret_key)
        assert (status, bool(body)) == (200, True)


def test_a_damaged_result_is_made_anew_and_not_handed_on(tmp_path):
    with StubServer(tmp_path / "data", WEB_PROCESSES=2) as server:
        key = server.key()
        first = server.job(key)
        [file] = server.wait(key, first)["files"]
        assert server.post(key, config={"name": "good"})[2]["status"] == "completed", "the cache works"
        path = server.data / "blobs" / file["sha256"][:2] / file["sha256"]
        data = path.read_bytes()
        # As long as it was.
        path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
        _, _, again = server.post(key, config={"name": "good"})
        assert again["status"] == "queued"
        done = server.wait(key, again["task_id"])
        assert done["status"] == "completed"
        [made] = done["files"]
        body = server.call("GET", f"/api/download/{again['task_id']}/svg", key)[2]
        assert hashlib.sha256(body).hexdigest() == made["sha256"]
        assert server.call("GET", f"/api/download/{first}/svg", key)[0] == 410, "damaged bytes are nobody's"
        assert "a file is damaged" in server.log.read_text()
        assert server.post(key, config={"name": "good"})[2]["status"] == "completed"
