"""What is done beside an answer: neither the answer nor the time that it takes tells of it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import logging
from typing import Any, Coroutine

LOG = logging.getLogger("osm2cdr.web")
_running: set[asyncio.Task[Any]] = set()


def soon(work: Coroutine[Any, Any, Any]) -> None:
    """Begin it; what goes wrong is told in the log."""
    task = asyncio.create_task(work)
    _running.add(task)
    task.add_done_callback(_ended)


def _ended(task: asyncio.Task[Any]) -> None:
    _running.discard(task)
    if not task.cancelled() and task.exception() is not None:
        LOG.error("in the background", exc_info=task.exception())
