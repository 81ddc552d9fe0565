"""Ports for the servers of the tests, which nobody else takes between the choice and the start, nor between two starts.

They lie below those that the system gives to outgoing connections, and each run has a slice of them: runs beside each
other (another checkout, a chroot) cannot choose the same. What holds a slice is a name in the network's own namespace,
which ends with the process.
"""

import itertools
import socket
from functools import cache

_FIRST, _SLICE, _SLICES = 12_000, 500, 40


@cache
def _slice():
    """The ports of this run, and the socket that holds their slice."""
    for number in range(_SLICES):
        holder = socket.socket(socket.AF_UNIX)
        try:
            holder.bind(f"\0osm2cdr tests, ports {number}")
        except OSError:
            holder.close()
            continue
        first = _FIRST + number * _SLICE
        return itertools.cycle(range(first, first + _SLICE)), holder
    raise RuntimeError("All slices of ports are taken: too many runs of these tests at once.")


def free_port():
    """A port that nobody has, and that nobody but this run chooses."""
    ports, _ = _slice()
    for port in itertools.islice(ports, _SLICE):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("All ports of this run are taken.")
