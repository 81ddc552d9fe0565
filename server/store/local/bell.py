"""Wakes the supervisor where a job has come in: a datagram to an abstract Unix socket (unix(7)).

Nothing depends on it: who misses the bell looks again half a second later.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import os
import socket
import time
from pathlib import Path

_TRIES, _PAUSE = 20, 0.05


def _address(data: Path) -> str:
    """By the folder itself, since its path may be too long for a socket's, or be another one's elsewhere."""
    status = os.stat(data)
    return f"\0osm2cdr-{status.st_dev}-{status.st_ino}"


def listen(data: Path) -> socket.socket:
    """The supervisor's end; one that never rings where the address is taken."""
    bell = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    for _ in range(_TRIES):
        with contextlib.suppress(OSError):
            bell.bind(_address(data))
            break
        # That of a dead supervisor is there for a moment more.
        time.sleep(_PAUSE)
    return bell


def ring(data: Path) -> None:
    """Never waits, never fails."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as bell:
        bell.sendto(b"!", _address(data))
