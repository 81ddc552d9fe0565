"""What a web process counts, brought into the store every few seconds, where all of them add up."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import contextlib
import os
import time
from typing import Callable, Mapping

from aiohttp import web

from ..domain.totals import Series
from ..store.errors import StoreError
from .errors import ApiError
from .state import State

_FLUSH_SECONDS = 5.0


class Counts:
    """Used by the event loop's thread alone; a process that is killed takes the last seconds along."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._kept: dict[Series, float] = {}
        # How many connections there are.
        self.connections: Callable[[], int] = lambda: 0

    def add(self, amounts: Mapping[Series, float]) -> None:
        """One more of something."""
        for key, amount in amounts.items():
            self._kept[key] = self._kept.get(key, 0.0) + amount

    async def flush(self) -> None:
        """Into the database; kept for the next time where that cannot be written to."""
        kept, self._kept = self._kept, {}
        values, now = {"osm2cdr_connections": float(self.connections())}, time.time()
        try:
            await self._state.write(lambda rows: rows.totals.add(kept, os.getpid(), values, now))
        except (ApiError, StoreError):
            self.add(kept)

    async def run(self) -> None:
        """Until it is cancelled."""
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(_FLUSH_SECONDS)
                await self.flush()


COUNTS = web.AppKey("counts", Counts)
