"""Whether a file is of a job's own making: jobs run the code of libraries that read what strangers wrote."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import stat
from pathlib import Path


class ForeignFileError(Exception):
    """A result that is no file of the job's own: whoever made it wants to be handed another one."""


def is_plain(path: Path) -> bool:
    """Whether it is a file with this name alone, and neither a link to another one nor a pipe."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_nlink == 1


def own_size(path: Path) -> int:
    """The bytes of a job's result; ForeignFileError where it is none of the job's own."""
    if path.parent.is_symlink() or not is_plain(path):
        raise ForeignFileError(path.name)
    return path.lstat().st_size
