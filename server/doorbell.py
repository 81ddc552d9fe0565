"""Wakes the supervisor where a job has come in: a datagram to an abstract Unix socket (unix(7)).

Nothing depends on it: who misses the bell looks again half a second later.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import hashlib
import socket
from pathlib import Path


def _address(data: Path) -> str:
    """By the folder's name, since the path itself may be too long for a socket's."""
    return "\0osm2cdr-" + hashlib.sha256(str(data).encode()).hexdigest()[:32]


def listen(data: Path) -> socket.socket:
    """The supervisor's end."""
    bell = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    bell.bind(_address(data))
    return bell


def ring(data: Path) -> None:
    """Never waits, never fails."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as bell:
        bell.sendto(b"!", _address(data))
