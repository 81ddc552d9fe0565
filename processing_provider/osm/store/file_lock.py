"""A lock on a file that the system lets go when its holder ends, however that ends."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path


def _hold(number: int) -> None:
    """Take a lock on an open file, at once; OSError where somebody has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


# What a lock says that somebody has; msvcrt has a word of its own.
_TAKEN = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK, getattr(errno, "EDEADLOCK", errno.EDEADLK))
# Looks at it: holders may go, and remove the file, one after the other.
_ATTEMPTS = 3


class FileLock:
    """The lock of one file; not for two threads of one process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number = -1

    def take(self) -> bool:
        """Whether it was free, and is this one's now; OSError where no file can be made, or the disk takes no locks."""
        return any(self._try() for _ in range(_ATTEMPTS))

    def _try(self) -> bool:
        number = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            _hold(number)
            # Who had it may have removed the file just now: what is locked must be what others find.
            found, held = os.stat(self._path), os.fstat(number)
            if (found.st_dev, found.st_ino) == (held.st_dev, held.st_ino):
                self._number = number
                return True
        except FileNotFoundError:
            pass
        except OSError as error:
            if error.errno not in _TAKEN:
                os.close(number)
                raise
        os.close(number)
        return False

    def release(self, remove: bool = False) -> None:
        """Let it go, and remove the file where nobody needs it."""
        if self._number < 0:
            return
        number, self._number = self._number, -1
        if sys.platform == "win32":
            # Open files cannot be removed there: neither before this is closed, nor while another has it.
            os.close(number)
        if remove:
            with contextlib.suppress(OSError):
                self._path.unlink()
        if sys.platform != "win32":
            os.close(number)
