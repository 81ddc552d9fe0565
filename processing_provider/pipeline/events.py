"""What a run tells its starter: JSON lines in the file that OSM2CDR_REPORT names."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import json
import os
import signal
from pathlib import Path
from typing import Any

VARIABLE = "OSM2CDR_REPORT"
# The private folder of a server's job, where the run is one.
JOB_VARIABLE = "OSM2CDR_JOB"


def obey_limits() -> None:
    """Be ended by a file that grows too large, where a server set that limit.

    Python ignores the signal, and libraries go on behind a file that was cut off.
    """
    if JOB_VARIABLE in os.environ and hasattr(signal, "SIGXFSZ"):
        # Not in the main thread: then whoever reads the file again will tell.
        with contextlib.suppress(ValueError):
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def emit(event: str, **values: Any) -> None:
    """Append one event; does nothing where nobody asked for a report."""
    target = os.environ.get(VARIABLE)
    if target:
        with open(target, "a", encoding="utf-8") as file:
            file.write(json.dumps({"event": event, **values}, ensure_ascii=False) + "\n")


def read_events(path: Path) -> list[dict[str, Any]]:
    """The events so far, without a last line that is still being written, or one that a full disk cut off."""
    if not path.exists():
        return []
    text, events = path.read_text(encoding="utf-8", errors="replace"), []
    for line in text[: text.rfind("\n") + 1].splitlines():
        with contextlib.suppress(ValueError):
            events.append(json.loads(line))
    return events
