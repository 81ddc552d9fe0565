"""Results of identical requests, handed on to a second task: only where every file is, byte for byte, what it was."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import logging
import sqlite3
import time
from pathlib import Path
from typing import Collection

from ...domain.tiers import Tier
from ..local.files import MOVING, blob_path
from .journal import note
from .totals import count_end

LOG = logging.getLogger("osm2cdr.jobs")
_CHUNK = 1 << 20
# Files whose hash this process compared, and when: for a while they are taken as long as they are the same.
_SEEN: dict[str, tuple[tuple[int, int, int], float]] = {}
_SEEN_SECONDS = 30.0
_TWIN = (
    "SELECT id FROM job INDEXED BY job_twin WHERE spec_hash = ? AND state = 'completed' AND error IS NULL "
    "AND expires > ? ORDER BY finished DESC LIMIT 1"
)


def twin_of(connection: sqlite3.Connection, spec_hash: str, now: float) -> str | None:
    """The newest job of the same request whose results are kept for a while more."""
    row = connection.execute(_TWIN, (spec_hash, now + 60)).fetchone()
    return None if row is None else str(row["id"])


def files_of_twin(connection: sqlite3.Connection, spec_hash: str, now: float) -> dict[str, int]:
    """SHA-256 and size of each file that a task of this request would get."""
    twin = twin_of(connection, spec_hash, now)
    rows = connection.execute("SELECT sha256, bytes FROM job_file WHERE job_id = ?", (twin,)) if twin else ()
    return {row["sha256"]: row["bytes"] for row in rows}


def whole(blobs: Path, files: dict[str, int]) -> frozenset[str]:
    """Those that have the size and the hash that they had; they are read, which no transaction shall wait for."""
    return frozenset(name for name, size in files.items() if _is_whole(blob_path(blobs, name), name, size))


def discard(blobs: Path, files: dict[str, int], good: Collection[str]) -> None:
    """Delete what is not what its name says: nobody shall be handed that, and the file is made anew."""
    for name in files:
        path = blob_path(blobs, name)
        if name in good or not path.exists():
            continue
        with MOVING:
            # Not one that was published a moment ago in its place.
            if not _is_whole(path, name, files[name]):
                LOG.error("a file is damaged", extra={"path": str(path)})
                path.unlink(missing_ok=True)


def _is_whole(path: Path, name: str, size: int) -> bool:
    try:
        status = path.stat()
        if status.st_size != size:
            return False
        # Thousands may wait for the same files.
        seen, now = (status.st_ino, status.st_mtime_ns, status.st_ctime_ns), time.monotonic()
        known, at = _SEEN.get(name, (None, 0.0))
        if known == seen and now - at < _SEEN_SECONDS:
            return True
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return False
    if digest.hexdigest() != name:
        return False
    for old in [old for old, (_, at) in list(_SEEN.items()) if now - at >= _SEEN_SECONDS]:
        _SEEN.pop(old, None)
    _SEEN[name] = seen, now
    return True


def copy_cached(
    connection: sqlite3.Connection, job: str, spec_hash: str, now: float, tier: Tier, good: Collection[str]
) -> bool:
    """Complete a new job with the files of an identical one, where all are among the `good`; in a transaction."""
    twin = twin_of(connection, spec_hash, now)
    rows = connection.execute("SELECT sha256 FROM job_file WHERE job_id = ?", (twin,)).fetchall()
    if twin is None or not all(row["sha256"] in good for row in rows):
        return False
    connection.execute(
        "UPDATE job_file SET (state, sha256, extension, bytes, features, warnings) = "
        "(SELECT t.state, t.sha256, t.extension, t.bytes, t.features, t.warnings FROM job_file t "
        "WHERE t.job_id = ? AND t.format = job_file.format) WHERE job_id = ?",
        (twin, job),
    )
    connection.execute(
        "UPDATE job SET state = 'completed', progress = 100, step = 'done', started = ?, finished = ?, expires = ?, "
        "lease_token = NULL WHERE id = ?",
        (now, now, now + tier.keep_days * 86400, job),
    )
    count_end(connection, job, tier.id, "cached")
    note(connection, job, "cached", now, twin, like=twin)
    return True
