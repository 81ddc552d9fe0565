"""One supervisor to a data folder: the lock that says so, and the file whose age tells that it lives."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path
from typing import Iterator

from ..settings import SettingsError

_LENGTH = 16


class AliveFile:
    """Its age tells whether there is a supervisor, its text what that is doing."""

    def __init__(self, data: Path) -> None:
        self._path = data / "alive"

    def say(self, state: str) -> None:
        """Write `state` over what is there, which a full disk allows, and nobody reads it empty.

        Raises OSError where it cannot be written.
        """
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(descriptor, state.ljust(_LENGTH).encode(), 0)
        finally:
            os.close(descriptor)

    def remove(self) -> None:
        """At the end, as far as that can be done."""
        with contextlib.suppress(OSError):
            self._path.unlink()


@contextlib.contextmanager
def alone(data: Path) -> Iterator[None]:
    """The folder for this supervisor alone, which ends with its process; SettingsError where another one has it."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (data / "lock").open("w")
    except OSError as error:
        text = f"{data} cannot be used ({error.strerror}); name another folder in OSM2CDR_DATA."
        raise SettingsError(text) from error
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SettingsError(f"A server runs on {data} already; name another folder in OSM2CDR_DATA.") from error
        yield
