"""Answers kept for a day: who exports one area in ten ways asks the public servers once."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import time
from pathlib import Path

from qgis.PyQt.QtCore import QStandardPaths

MAX_AGE = 24 * 3600
MAX_BYTES = 500_000_000
_TIMEOUT = re.compile(r"\[timeout:\d+\]")


def folder() -> Path:
    """Where the answers are; OSM2CDR_CACHE names another place."""
    named = os.environ.get("OSM2CDR_CACHE")
    if named:
        return Path(named)
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)) / "osm2cdr"


def _path(text: str, servers: tuple[str, ...]) -> Path:
    key = hashlib.sha256("\n".join([*servers, _TIMEOUT.sub("", text)]).encode()).hexdigest()
    return folder() / f"overpass-{key[:32]}.osm"


def find(text: str, servers: tuple[str, ...]) -> Path | None:
    """The kept answer to a query, None where there is none that is young enough."""
    path = _path(text, servers)
    try:
        return path if time.time() - path.stat().st_mtime < MAX_AGE else None
    except OSError:
        return None


def keep(text: str, servers: tuple[str, ...], body: bytes) -> None:
    """Keep an answer, and forget the oldest where there are too many; a cache that cannot be written is none."""
    path = _path(text, servers)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        os.replace(draft, path)
        files = sorted(path.parent.glob("overpass-*.osm"), key=lambda entry: -entry.stat().st_mtime)
        total = 0
        for entry in files:
            total += entry.stat().st_size
            if total > MAX_BYTES and entry != path:
                entry.unlink()
