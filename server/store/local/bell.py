"""The bell of one machine: a datagram to an abstract Unix socket (unix(7))."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import os
import select
import socket
import time
from pathlib import Path

from ..bell import Ear

_TRIES, _PAUSE = 20, 0.05


class LocalBell:
    """Of a data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def _address(self) -> str:
        """By the folder itself, since its path may be too long for a socket's, or be another one's elsewhere."""
        status = os.stat(self._data)
        return f"\0osm2cdr-{status.st_dev}-{status.st_ino}"

    def ring(self) -> None:
        """Never waits, never fails."""
        with contextlib.suppress(OSError), _socket() as bell:
            bell.sendto(b"!", self._address())

    def listen(self) -> Ear:
        """The supervisor's end."""
        bell = _socket()
        for _ in range(_TRIES):
            with contextlib.suppress(OSError):
                bell.bind(self._address())
                break
            # That of a dead supervisor is there for a moment more.
            time.sleep(_PAUSE)
        return LocalEar(bell)


class LocalEar:
    """One socket."""

    def __init__(self, bell: socket.socket) -> None:
        self._bell = bell

    def wait(self, seconds: float) -> None:
        """Until it rings, or so long at most."""
        ready, _, _ = select.select([self._bell], [], [], seconds)
        while ready:
            try:
                self._bell.recv(16)
            except BlockingIOError:
                break

    def close(self) -> None:
        """Let the next one have the address."""
        self._bell.close()


def _socket() -> socket.socket:
    return socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
