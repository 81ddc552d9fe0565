"""Finished files: each lies once under its SHA-256, whatever number of jobs made it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

# A file that no job has yet may be one that is being published just now.
YOUNG_SECONDS = 3600
_CHUNK = 1 << 20
# One process publishes and sweeps; what is moved in must not be taken for what was looked at a moment before.
_MOVING = threading.Lock()


@dataclass(frozen=True)
class Finished:
    """A finished file of a job."""

    format: str
    sha256: str
    extension: str
    bytes: int
    features: int
    warnings: list[str] = field(default_factory=list)


def place(path: Path, blobs: Path) -> str:
    """Put a finished file to the others and on the disk for good; its SHA-256.

    The file is flushed before its rename, the folder after it: whatever a database says to be there is there.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
        os.fsync(file.fileno())
    name = digest.hexdigest()
    final = blob_path(blobs, name)
    if not final.parent.is_dir():
        final.parent.mkdir(parents=True, exist_ok=True)
        sync_folder(blobs)
    with _MOVING:
        os.replace(path, final)
        # Its age counts from here.
        os.utime(final)
    sync_folder(final.parent)
    return name


def sync_folder(folder: Path) -> None:
    """What has come into it is on the disk for good."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def blob_path(blobs: Path, sha256: str) -> Path:
    """Where the file with this SHA-256 lies."""
    return blobs / sha256[:2] / sha256


def copy_cached(
    connection: sqlite3.Connection, blobs: Path, job: str, spec_hash: str, now: float, expires: float
) -> bool:
    """Complete a new job with the files of an identical one, where there is one with every format; in a transaction.

    Only with files that are there and as long as they were.
    """
    twin = connection.execute(
        "SELECT id FROM job WHERE spec_hash = ? AND state = 'completed' AND error IS NULL AND expires > ? AND id != ? "
        "ORDER BY finished DESC LIMIT 1",
        (spec_hash, now + 60, job),
    ).fetchone()
    if twin is None or not _are_there(connection, blobs, twin["id"]):
        return False
    connection.execute(
        "UPDATE job_file SET (state, sha256, extension, bytes, features, warnings) = "
        "(SELECT t.state, t.sha256, t.extension, t.bytes, t.features, t.warnings FROM job_file t "
        "WHERE t.job_id = ? AND t.format = job_file.format) WHERE job_id = ?",
        (twin["id"], job),
    )
    connection.execute(
        "UPDATE job SET state = 'completed', progress = 100, step = 'done', started = ?, finished = ?, expires = ?, "
        "lease_token = NULL WHERE id = ?",
        (now, now, expires, job),
    )
    connection.execute(
        "INSERT INTO event (job_id, at, kind, detail) VALUES (?, ?, 'cached', ?)", (job, now, twin["id"])
    )
    return True


def _are_there(connection: sqlite3.Connection, blobs: Path, job: str) -> bool:
    rows = connection.execute("SELECT sha256, bytes FROM job_file WHERE job_id = ?", (job,))
    try:
        return all(blob_path(blobs, row["sha256"]).stat().st_size == row["bytes"] for row in rows)
    except OSError:
        return False


def sweep(connection: sqlite3.Connection, blobs: Path, young: float = YOUNG_SECONDS) -> tuple[int, int]:
    """Delete the files that no job has any more; how many, and their bytes."""
    count = size = 0
    limit = time.time() - young
    for folder in blobs.iterdir() if blobs.is_dir() else ():
        for path in folder.iterdir():
            with _MOVING, contextlib.suppress(FileNotFoundError):
                stat = path.stat()
                if stat.st_mtime > limit or _is_used(connection, path.name, time.time()):
                    continue
                path.unlink()
                count, size = count + 1, size + stat.st_size
    return count, size


def _is_used(connection: sqlite3.Connection, sha256: str, now: float) -> bool:
    """Whether a job still has it; the time of a result is over when its time is over, whether or not a row says so."""
    row = connection.execute(
        "SELECT 1 FROM job_file f JOIN job j ON j.id = f.job_id "
        "WHERE f.sha256 = ? AND j.state = 'completed' AND j.expires > ? LIMIT 1",
        (sha256, now),
    ).fetchone()
    return row is not None
