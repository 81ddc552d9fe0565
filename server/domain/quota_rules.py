"""How much an account may ask for: requests of a day, jobs that wait, and their places in the queue."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Callable

from .tiers import Tier

# Jobs of one account stand this many seconds apart in the queue, however fast they come.
SPACING = 5.0
# Where a tier has no limit; an integer of 64 bits, which databases take.
_NO_LIMIT = 2**62


class QuotaUsedUpError(Exception):
    """The account's requests of this day are used up; `reset` is when the next day begins."""

    def __init__(self, limit: int, reset: float) -> None:
        super().__init__(f"{limit} requests a day are used up")
        self.limit, self.reset = limit, reset


class QueueFullError(Exception):
    """Too many jobs wait; `own` where they are the account's."""

    def __init__(self, own: bool, limit: int) -> None:
        super().__init__(f"{limit} jobs wait already")
        self.own, self.limit = own, limit


def day_of(now: float) -> str:
    """The day in UTC, as YYYY-MM-DD."""
    return datetime.fromtimestamp(now, timezone.utc).strftime("%Y-%m-%d")


def next_day(now: float) -> float:
    """When the next day in UTC begins."""
    today = datetime.fromtimestamp(now, timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
    return (today + timedelta(days=1)).timestamp()


def most_per_day(tier: Tier) -> int:
    """How many requests of a day there may be."""
    return _NO_LIMIT if tier.per_day is None else tier.per_day


def next_rank(tier: Tier, last: float | None, now: float) -> float:
    """Now, earlier by the tier's bonus; behind the `last` that waits of the account, so that a hundred go not before
    all others.

    What it had done before counts for nothing.
    """
    first = now - tier.bonus_seconds
    return first if last is None else max(first, last + SPACING)


def check_waiting(tier: Tier, most: int, waiting: int, own: Callable[[], int]) -> None:
    """QueueFullError where more than `most` jobs wait, or more of the account's `own` than its tier allows.

    Both count the new one; the account's are counted only where they could be too many.
    """
    if waiting > most:
        raise QueueFullError(False, most)
    if waiting > tier.max_waiting and own() > tier.max_waiting:
        raise QueueFullError(True, tier.max_waiting)
