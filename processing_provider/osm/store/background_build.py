"""The store of a source is built in a process of its own, with what the machine has left, and outlives who started it.

`python -m osm2cdr.processing_provider.osm.store.background_build FILE` builds it, silently.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from ...errors import ExportError, SourceError
from ...feedback import Feedback
from ...tools import start_apart
from . import keeper
from .folder import is_off, place

# Where it is OFF, a job builds none, and uses what there is.
VARIABLE, OFF = "OSM2CDR_STORE_BUILD", "off"
_LOWEST = 19
# Windows' word for it, IDLE_PRIORITY_CLASS.
_IDLE = 0x40


def start(source: Path) -> bool:
    """Have the store of a file built beside what goes on; whether a process was started for it."""
    if is_off(os.environ.get(VARIABLE, "")):
        return False
    try:
        if place() is None:
            return False
    except SourceError:
        # The process could not tell anybody.
        return False
    return start_apart(__name__, [str(source)])


def main(source: Path) -> int:
    """Build it; 0 where the store is there afterwards."""
    try:
        keeper.make(source, Feedback())
    except ExportError:
        return 1
    return 0


def _step_back() -> None:
    """Let all others go first."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _IDLE)
    else:
        with contextlib.suppress(OSError):
            os.nice(_LOWEST)


if __name__ == "__main__":
    _step_back()
    sys.exit(main(Path(sys.argv[1])))
