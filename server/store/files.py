"""Finished files: each lies once under its SHA-256, whatever number of jobs made it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from .journal import note

_CHUNK = 1 << 20
# One process publishes and sweeps; what is moved in must not be taken for what was looked at a moment before.
MOVING = threading.Lock()
# What this process has published lately, and when (time.monotonic()): its job may not have been told yet.
_PLACED: dict[str, float] = {}
_LATELY_SECONDS = 100.0


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
    with MOVING:
        now = time.monotonic()
        for old in [known for known, at in _PLACED.items() if now - at > _LATELY_SECONDS]:
            del _PLACED[old]
        _PLACED[name] = now
        os.replace(path, final)
        # Its age counts from here.
        os.utime(final)
    sync_folder(final.parent)
    return name


def is_just_placed(name: str) -> bool:
    """Whether this process has published it within the last minutes."""
    return time.monotonic() - _PLACED.get(name, -_LATELY_SECONDS) < _LATELY_SECONDS


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
        "SELECT id FROM job INDEXED BY job_twin "
        "WHERE spec_hash = ? AND state = 'completed' AND error IS NULL AND expires > ? AND id != ? "
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
    note(connection, job, "cached", now, twin["id"])
    return True


def _are_there(connection: sqlite3.Connection, blobs: Path, job: str) -> bool:
    rows = connection.execute("SELECT sha256, bytes FROM job_file WHERE job_id = ?", (job,))
    try:
        return all(blob_path(blobs, row["sha256"]).stat().st_size == row["bytes"] for row in rows)
    except OSError:
        return False
