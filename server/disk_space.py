"""Room on the disk of a folder."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
from pathlib import Path

# A disk with less than this, in bytes and in files, is one on which whatever fails may have failed for want of room.
_FULL_BYTES, _FULL_FILES = 1 << 20, 8


def free_bytes(folder: Path) -> int:
    """What a process without privileges may still write there."""
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize


def free_mb(folder: Path) -> int:
    """The same in whole MB."""
    return free_bytes(folder) >> 20


def is_full(folder: Path) -> bool:
    """Whether there is hardly any room, or hardly any file can be made (some file systems do not count files)."""
    status = os.statvfs(folder)
    if status.f_files and status.f_favail < _FULL_FILES:
        return True
    return status.f_bavail * status.f_frsize < _FULL_BYTES
