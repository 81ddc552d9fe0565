"""The pure-Python libraries that travel in the plugin's zip (see requirements-package.txt)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "libraries"


def enable() -> None:
    """Make them importable, after whatever is installed; a checkout has none and needs none."""
    if FOLDER.is_dir() and str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))


def disable() -> None:
    """Leave Python's path as it was."""
    if str(FOLDER) in sys.path:
        sys.path.remove(str(FOLDER))
