"""Children forked ahead while nothing else is to do: the next job begins in memory that is its own already.

What a fork shares is copied page by page on first use, which costs a small job a fifth of its time. A spare child draws
a map of a made-up village first, as a job does, so that this is done before a job comes.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import os
import signal
import socket
import tempfile
from pathlib import Path
from typing import Any, Callable

# What `ps -o comm` calls one until a job comes.
NAME = "osm2cdr-spare"
# One for the next job, one for the job right behind it: each holds 80 MB.
MOST = 2
VILLAGE, VILLAGE_BOX = Path(__file__).with_name("village.osm"), "0,0,0.01,0.01"
_READY = b"!"
_LONGEST = 1 << 16


class Spare:
    """The parent's side of it."""

    def __init__(self, pid: int, line: socket.socket) -> None:
        self.pid = pid
        self.is_ready = False
        self._line = line
        self._line.setblocking(False)

    def fileno(self) -> int:
        """For select(): readable when the spare child has become ready, or has ended."""
        return self._line.fileno()

    def hear(self) -> bool:
        """Whether it is ready now; called when its line is readable, False where it has ended."""
        with contextlib.suppress(OSError):
            self.is_ready = self._line.recv(1) == _READY
        return self.is_ready

    def take(self, command: bytes) -> bool:
        """Hand a job over; False where the spare child has ended."""
        try:
            return self._line.send(command) == len(command)
        except OSError:
            return False

    def close(self) -> None:
        """The parent has no more to tell."""
        self._line.close()


def wait_for_job(line: socket.socket) -> bytes:
    """In the spare child, when it is ready: the command, empty where the parent is gone."""
    line.setblocking(True)
    line.sendall(_READY)
    return line.recv(_LONGEST)


def rehearse(run: Callable[[Path, dict[str, Any]], int]) -> None:
    """Draw the village, as SVG and GeoJSON, with `run`, the body of a job; a job tells errors of its own."""
    from ....processing_provider.request.checks import make_request
    from ....processing_provider.request.request_argument import export_parameters

    request = make_request({"bbox": VILLAGE_BOX, "formats": "svg,geojson", "detail": 5, "source": str(VILLAGE)})
    with contextlib.suppress(OSError), tempfile.TemporaryDirectory() as folder:
        run(Path(folder), {**export_parameters(request), "OUTPUT_FOLDER": str(Path(folder) / "files")})
        os.chdir("/")
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
