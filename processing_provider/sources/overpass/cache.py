"""Answers kept for a day in the user's cache folder, so that the same area is not asked for twice."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

MAX_AGE = 24 * 3600.0
MAX_BYTES = 1 << 30
# Names the folder in place of the user's own.
VARIABLE = "OSM2CDR_CACHE"


def folder() -> Path:
    """The cache folder; it need not be there."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from qgis.PyQt.QtCore import QStandardPaths

    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    return Path(place or tempfile.gettempdir()) / "osm2cdr"


def _path(endpoint: str, body: str) -> Path:
    digest = hashlib.sha256(f"{endpoint}\n{body}".encode()).hexdigest()
    return folder() / "overpass" / f"{digest[:40]}.osm"


def find(endpoint: str, body: str, max_age: float = MAX_AGE) -> Path | None:
    """The answer of `endpoint` to the query `body`, None where there is none younger than `max_age` seconds."""
    path = _path(endpoint, body)
    try:
        age = time.time() - path.stat().st_mtime
    except OSError:
        return None
    return path if 0 <= age < max_age else None


def keep(endpoint: str, body: str, answer: Path) -> None:
    """Put a good answer there, whole or not at all; a folder that cannot be written to costs nothing but time."""
    path = _path(endpoint, body)
    draft = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=".draft-", dir=path.parent)
        os.close(handle)
        shutil.copyfile(answer, draft)
        os.replace(draft, path)
        draft = None
        _shrink(path.parent)
    except OSError:
        pass
    finally:
        if draft:
            with contextlib.suppress(OSError):
                os.unlink(draft)


def _shrink(place: Path) -> None:
    """Throw away what is too old, then the oldest, until the rest fits MAX_BYTES."""
    entries = []
    for path in place.iterdir():
        with contextlib.suppress(OSError):
            found = path.stat()
            entries.append((found.st_mtime, found.st_size, path))
    entries.sort(key=lambda entry: entry[0], reverse=True)
    total = 0
    for written, size, path in entries:
        total += size
        if time.time() - written > MAX_AGE or total > MAX_BYTES:
            with contextlib.suppress(OSError):
                path.unlink()


def first_time(name: str) -> bool:
    """True the first time that this user's cache folder is asked about `name`."""
    mark = folder() / f"{name}.seen"
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch(exist_ok=False)
    except OSError:
        return not mark.exists()
    return True
