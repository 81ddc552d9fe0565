"""Finished files: each lies once under its SHA-256, whatever number of jobs made it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import os
import stat
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

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


class ForeignFileError(Exception):
    """A result that is no file of the job's own: whoever made it wants to be handed another one."""


def is_plain(path: Path) -> bool:
    """Whether it is a file with this name alone, and neither a link to another one nor a pipe."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_nlink == 1


def own_size(path: Path) -> int:
    """The bytes of a job's result; ForeignFileError where it is none of the job's own."""
    if path.parent.is_symlink() or not is_plain(path):
        raise ForeignFileError(path.name)
    return path.lstat().st_size


def place(path: Path, blobs: Path) -> str:
    """Put a finished file to the others and on the disk for good; its SHA-256.

    The file is flushed before its rename, the folder after it: whatever a database says to be there is there.
    """
    digest = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
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
        if os.geteuid() == 0:
            # It may have been another user's.
            os.chown(final, 0, 0)
        os.chmod(final, 0o600)
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
