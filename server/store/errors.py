"""What a store cannot do, whichever it is; all but the last may come from any call."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations


class StoreError(Exception):
    """What was asked of the store was wrong: a fault of ours."""


class StoreUnavailableError(StoreError):
    """It cannot be done: the store's file, its disk or its lock is to blame, and not what was asked of it."""


class StoreBusyError(StoreUnavailableError):
    """Not just now: the disk is full, or somebody holds the lock for long. The same may go well later."""


class StoreUnusableError(Exception):
    """Nothing of it can be used, as one sentence: damaged, of a newer version, or without what belongs to it."""
