"""The hidden folder beside the files that a run works in; what a killed run left there, the next one removes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from qgis.PyQt.QtCore import QLockFile

PREFIX = ".osm2cdr-work-"
LOCK = "lock"


class WorkFolder:
    """A new folder in `folder`, this run's own until `close()`; raises OSError where none can be made.

    On the target's own drive, so that publishing is one rename. Its lock tells others whether the run lives: Qt looks
    whether the process that made it does, on every system.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
        self._lock = _lock(self.path)
        # Where a disk takes no lock, the run goes on: its folder is then left alone by others.
        self._lock.tryLock(0)

    def close(self) -> None:
        """Remove it."""
        # On Windows no file can be removed that is open.
        self._lock.unlock()
        shutil.rmtree(self.path, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove the folders of runs that are dead; one without a lock may be just begun."""
    for left in folder.glob(f"{PREFIX}*"):
        lock = _lock(left)
        if (left / LOCK).exists() and lock.tryLock(0):
            lock.unlock()
            shutil.rmtree(left, ignore_errors=True)


def _lock(folder: Path) -> QLockFile:
    lock = QLockFile(str(folder / LOCK))
    # It does not end by itself, however long a run takes.
    lock.setStaleLockTime(0)
    return lock
