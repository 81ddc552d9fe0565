"""The house's own jobs: the map under the export page and the looks of a place. They give way to everybody's."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace

from .tiers import TIERS

# So far behind everybody else they stand in the queue, in seconds: ten years.
BEHIND = 315_360_000.0
# What is in the spec of such a job; and where in the queue they begin.
MARK = "house"
MOST_WAITING = 64
TIER = replace(TIERS["enterprise"], bonus_seconds=-int(BEHIND), max_waiting=MOST_WAITING)


def begins(now: float) -> float:
    """The rank before which everybody's jobs stand, and behind which the house's."""
    return now + BEHIND / 2
