"""What a job's process is let to do: it gets no new rights, and where the server is root, it is another user."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import ctypes
import os
import struct
from pathlib import Path

# Nobody's: neither Debian nor systemd gives numbers from 65520 to 65533 away, and 65534 is shared by many.
JOB_USER = 65525
# capabilities(7): what the change takes, and the one that a job keeps: it reads what the server could read, where
# Landlock lets it. The names of the others that are needed so that the server still can look after such a job.
_CHOWN, _OVERRIDE, _READ_SEARCH, _KILL, _SETGID, _SETUID, _PTRACE = 0, 1, 2, 5, 6, 7, 19
_NEEDED = (_CHOWN, _OVERRIDE, _READ_SEARCH, _KILL, _SETGID, _SETUID, _PTRACE)
# prctl(2).
_SET_DUMPABLE, _SET_KEEPCAPS, _CAPBSET_DROP, _NO_NEW_PRIVS, _AMBIENT, _AMBIENT_RAISE = 4, 8, 24, 38, 47, 2
_VERSION, _MOST = 0x20080522, 64
_LIBRARY = ctypes.CDLL(None, use_errno=True)


def no_new_privileges() -> None:
    """No program that is started gets more rights than this process has."""
    _LIBRARY.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)


def effective() -> int:
    """The capabilities of this process, as bits."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("CapEff:"):
            return int(line.split()[1], 16)
    return 0


def can_change_user() -> bool:
    """Whether jobs can be another user's, and still be looked after and read from."""
    held = effective()
    return os.geteuid() == 0 and all(held >> number & 1 for number in _NEEDED) and _is_mapped(JOB_USER)


def _is_mapped(number: int) -> bool:
    """Whether this user namespace has such a user and such a group."""
    for name in ("uid_map", "gid_map"):
        with contextlib.suppress(OSError):
            rows = [list(map(int, line.split())) for line in Path(f"/proc/self/{name}").read_text().splitlines()]
            if not any(first <= number < first + count for first, _, count in rows):
                return False
    return True


def is_open_to_others(folder: Path) -> bool:
    """Whether others may pass through all folders that it lies in; access(2) counts no capabilities."""
    return all(parent.stat().st_mode & 1 for parent in folder.resolve().parents)


def hand_over(folder: Path) -> None:
    """Make a job's folder, and what lies in it, the job user's."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, JOB_USER, JOB_USER, follow_symlinks=False)


def give_up(another_user: bool) -> None:
    """All rights of root but that to read; and root itself where the job is to be another user's."""
    keep = effective() & 1 << _READ_SEARCH
    for number in range(_MOST):
        if number != _READ_SEARCH:
            _LIBRARY.prctl(_CAPBSET_DROP, number, 0, 0, 0)
    if another_user:
        _LIBRARY.prctl(_SET_KEEPCAPS, 1, 0, 0, 0)
        os.setgroups([])
        os.setresgid(JOB_USER, JOB_USER, JOB_USER)
        os.setresuid(JOB_USER, JOB_USER, JOB_USER)
    header, sets = struct.pack("Ii", _VERSION, 0), struct.pack("6I", keep, keep, keep, 0, 0, 0)
    if _LIBRARY.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "rights could not be given up")
    if keep:
        # Programs that the job starts read what it reads.
        _LIBRARY.prctl(_AMBIENT, _AMBIENT_RAISE, _READ_SEARCH, 0, 0)
    # The kernel keeps a process that has changed its user from its own /proc.
    _LIBRARY.prctl(_SET_DUMPABLE, 1, 0, 0, 0)
