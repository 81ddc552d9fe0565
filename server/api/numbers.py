"""How things are just now, for /metrics and for the operator's pages alike."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import Mapping

from ..domain.totals import Series
from ..store.interfaces import StoreConnection
from ..workers.process_table import memory_by_part
from .state import State


@dataclass(frozen=True)
class Stored:
    """What the database tells: tasks by their state, the age of the oldest that waits, in seconds, what all processes
    have together, and all that was ever counted."""

    tally: Mapping[str, int]
    oldest: float
    live: Mapping[str, float]
    totals: Mapping[Series, float]

    @property
    def connections(self) -> float:
        """Of all web processes."""
        return self.live.get("osm2cdr_connections", 0.0)


@dataclass(frozen=True)
class Present:
    """What is looked at in /proc and on the disk, in bytes; `memory` has the descriptors as well, by the part of the
    server."""

    memory: Mapping[str, tuple[int, int]]
    disk_free: int
    disk: int
    database: int
    is_ready: bool


def stored(rows: StoreConnection, now: float) -> Stored:
    """For a thread that reads."""
    oldest = rows.views.oldest_waiting()
    age = max(0.0, now - oldest) if oldest else 0.0
    return Stored(rows.views.tally(), age, rows.totals.live(now), rows.totals.read())


def present(state: State) -> Present:
    """Not for the event loop."""
    disk = shutil.disk_usage(state.settings.data)
    return Present(
        memory_by_part(os.getppid()), disk.free, disk.total, state.store.database.size(), state.supervisor() == "ready"
    )
