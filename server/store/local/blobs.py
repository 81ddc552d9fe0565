"""Finished files in a folder; what each call promises stands in the Blobs of server/store/blobs.py."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import threading
import time
from pathlib import Path
from typing import BinaryIO, Callable, Collection, Iterator, Mapping

from ...domain.keeping import YOUNG_SECONDS
from ..blobs import Go, always

LOG = logging.getLogger("osm2cdr.jobs")
_CHUNK = 1 << 20
# What was published within so many seconds is known to be there for a job that may not have been told yet.
_LATELY_SECONDS = 100.0
# For so long a file whose hash was compared is taken as long as it is the same.
_SEEN_SECONDS = 30.0
# Files after which a sweep lets others have the processor, for so many seconds.
SLICE, _PAUSE = 64, 0.001


class LocalBlobs:
    """One for each process, with its memory of what it has placed and compared."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # What is moved in must not be taken for what was looked at a moment before.
        self.moving = threading.Lock()
        # By time.monotonic(): when it was published, and when its hash was compared, with what told it apart then.
        self._placed: dict[str, float] = {}
        self._seen: dict[str, tuple[tuple[int, int, int], float]] = {}

    def path(self, sha256: str) -> Path:
        """Where the file with this SHA-256 lies."""
        return self._folder / sha256[:2] / sha256

    def place(self, path: Path) -> str:
        """Put a finished file to the others.

        It is flushed before its rename, the folder after it: whatever a database says to be there is there.
        """
        digest = hashlib.sha256()
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
            os.fsync(file.fileno())
        name = digest.hexdigest()
        final = self.path(name)
        if not final.parent.is_dir():
            final.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(self._folder)
        with self.moving:
            now = time.monotonic()
            for old in [known for known, at in self._placed.items() if now - at > _LATELY_SECONDS]:
                del self._placed[old]
            self._placed[name] = now
            os.replace(path, final)
            if os.geteuid() == 0:
                # It may have been another user's.
                os.chown(final, 0, 0)
            os.chmod(final, 0o600)
            # Its age counts from here.
            os.utime(final)
        sync_folder(final.parent)
        return name

    def open(self, sha256: str) -> BinaryIO:
        """To be read."""
        return self.path(sha256).open("rb")

    def whole(self, files: Mapping[str, int]) -> frozenset[str]:
        """Those that have the size and the hash that they had; no transaction shall wait for this."""
        return frozenset(name for name, size in files.items() if self._is_whole(name, size))

    def discard(self, files: Mapping[str, int], good: Collection[str]) -> None:
        """Delete what is not what its name says; it is made anew."""
        for name in files:
            path = self.path(name)
            if name in good or not path.exists():
                continue
            with self.moving:
                # Not one that was published a moment ago in its place.
                if not self._is_whole(name, files[name]):
                    LOG.error("a file is damaged", extra={"path": str(path)})
                    path.unlink(missing_ok=True)

    def _is_whole(self, name: str, size: int) -> bool:
        path = self.path(name)
        try:
            status = path.stat()
            if status.st_size != size:
                return False
            # Thousands may wait for the same files.
            seen, now = (status.st_ino, status.st_mtime_ns, status.st_ctime_ns), time.monotonic()
            known, at = self._seen.get(name, (None, 0.0))
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
        for old in [old for old, (_, at) in list(self._seen.items()) if now - at >= _SEEN_SECONDS]:
            self._seen.pop(old, None)
        self._seen[name] = seen, now
        return True

    def sweep(self, is_used: Callable[[str], bool], young: float = YOUNG_SECONDS, go: Go = always) -> tuple[int, int]:
        """Delete what nobody uses; how many files, and their bytes."""
        count = size = seen = 0
        limit = time.time() - young
        for path in self._files():
            seen += 1
            if seen % SLICE == 0:
                if not go():
                    break
                time.sleep(_PAUSE)
            with self.moving, contextlib.suppress(FileNotFoundError):
                stat = path.stat()
                if stat.st_mtime > limit or is_used(path.name):
                    continue
                # The clock may have been set back since.
                if young <= 0 and self._is_just_placed(path.name):
                    continue
                path.unlink()
                count, size = count + 1, size + stat.st_size
        return count, size

    def _files(self) -> Iterator[Path]:
        """Read as they are asked for, a folder after the other."""
        with contextlib.suppress(FileNotFoundError), os.scandir(self._folder) as folders:
            for folder in folders:
                with os.scandir(folder.path) as entries:
                    yield from (Path(entry.path) for entry in entries)

    def _is_just_placed(self, name: str) -> bool:
        return time.monotonic() - self._placed.get(name, -_LATELY_SECONDS) < _LATELY_SECONDS


def sync_folder(folder: Path) -> None:
    """What has come into it is on the disk for good."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
