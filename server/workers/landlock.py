"""What a job's process may open: all but the server's own folder, in which it has its private one (landlock(7)).

A parser that a malicious file has taken over can do no more than the process that it runs in.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import ctypes
import os
import stat
import struct
from pathlib import Path
from typing import Iterable, Iterator

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION, _PATH_BENEATH = 1, 1
# linux/landlock.h: rights to files, in order; later versions of the kernel know more of them.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_KNOWN = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_ALL = (1 << 16) - 1
# Signals to, and abstract sockets of, processes outside (from version 6 on).
_SCOPES = 3
_LIBRARY = ctypes.CDLL(None, use_errno=True)


# What an operator has to know where there is none; for the log, /readyz and doctor.
MISSING = (
    "this kernel has no Landlock (Linux 5.13 and later have it): a job that a malicious file takes over can read the "
    "server's folder, its secret and its database; serve only people and data that you trust"
)


def version() -> int:
    """Of the kernel's Landlock; 0 where there is none."""
    return max(0, int(_LIBRARY.syscall(_CREATE, None, ctypes.c_size_t(0), _ASK_VERSION)))


def restrict(hidden: Path, writable: Iterable[Path], readable: Iterable[Path] = ()) -> bool:
    """Hide a folder from this process and its children for good, but for what is named; write only to `writable`.

    Whoever is not let in by a file's mode is let in no more than before. It must have no_new_privs. False where the
    kernel has no Landlock.
    """
    abi = version()
    if not abi:
        return False
    handled = _KNOWN.get(abi, _ALL)
    words = struct.pack("QQQ", handled, 0, _SCOPES if abi >= 6 else 0)[: 24 if abi >= 6 else 16 if abi >= 4 else 8]
    ruleset = _check(_LIBRARY.syscall(_CREATE, words, ctypes.c_size_t(len(words)), 0))
    try:
        for path in writable:
            _allow(ruleset, path, handled, follow=True)
        for path in readable:
            _allow(ruleset, path, handled & _READ, follow=True)
        for path in _beside(hidden.resolve()):
            _allow(ruleset, path, handled & _READ)
        _allow(ruleset, Path("/dev"), handled & (_READ | _WRITE_FILE | _TRUNCATE | _IOCTL))
        _check(_LIBRARY.syscall(_RESTRICT, ruleset, 0))
    finally:
        os.close(ruleset)
    return True


def _beside(hidden: Path) -> Iterator[Path]:
    """Everything that does not lie in a folder: what stands beside it, and beside each folder that it is in."""
    below = hidden
    for folder in hidden.parents:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            # Not what a link leads to, which may be the folder.
            yield from (Path(entry.path) for entry in entries if entry.name != below.name and not entry.is_symlink())
        below = folder


def _allow(ruleset: int, path: Path, rights: int, follow: bool = False) -> None:
    """Nothing where the path is not there or cannot be looked at."""
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW))
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= _OF_FILES
        rule = struct.pack("=Qi", rights, descriptor)
        # A file system of the kernel's own takes no rules.
        _LIBRARY.syscall(_ADD, ruleset, _PATH_BENEATH, rule, 0)
    finally:
        os.close(descriptor)


def _check(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
