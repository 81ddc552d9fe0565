"""Whether the file of a source is still the one that a job began with: it is read several times, by several readers."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Optional, Tuple

from ..errors import Cancelled, SourceError
from ..text.sentence import say

# Bytes, and the time of the last change; None where there is no file.
State = Optional[Tuple[int, int]]


def state_of(path: Path) -> State:
    """What differs where a file was replaced or written to; None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def check(path: Path, state: State) -> None:
    """Raise SourceError where a file is another one than it was in that `state`."""
    if state_of(path) != state:
        raise SourceError("source_changed", say("The source {0} was replaced meanwhile; start again.", path.name))


@contextmanager
def unchanged(path: Path | None, state: State) -> Iterator[None]:
    """Read a file: SourceError at the end where it is another one than in that `state`, whatever was raised for it.

    `path` is None for a source that is no file.
    """
    try:
        yield
    except Cancelled:
        raise
    except Exception:
        if path is not None:
            check(path, state)
        raise
    if path is not None:
        check(path, state)
