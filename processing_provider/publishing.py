"""A finished file goes to its place by one rename; what is in the way is told as what it is."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
import shutil
from pathlib import Path

from .errors import WriteError

# A disk with fewer bytes left is called full.
_FULL = 65536


def disk_is_full(error: Exception, folder: Path) -> bool:
    """Whether a failure was a full disk: it says so, or there is no room."""
    words = f"{getattr(error, 'text', '')} {error}".lower()
    if "disk is full" in words or "no space left" in words:
        return True
    try:
        return shutil.disk_usage(folder).free < _FULL
    except OSError:
        return False


def shown(folder: Path) -> Path:
    """The folder as the user knows it: a private one inside it is nothing to them."""
    hidden = [parent for parent in (folder, *folder.parents) if parent.name.startswith(".osm2cdr-")]
    return hidden[-1].parent if hidden else folder


def publish(draft: Path, final: Path) -> None:
    """One rename. On Windows it fails while another program holds the file: that one stays as it was."""
    try:
        os.replace(draft, final)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(
            "target_in_use",
            f"{final} could not be replaced ({reason}); close it in other programs, or choose another name.",
        ) from error
