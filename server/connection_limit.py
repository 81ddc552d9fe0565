"""How many connections a web process lets in: as many as its descriptors allow; the others are told to come again."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import resource
import time
from typing import Any, Callable, cast

from aiohttp import web

LOG = logging.getLogger("osm2cdr.web")
# Connections taken from the kernel at once, and how many that are refused may take their time to read why.
BATCH, _LINGERING, _LINGER_SECONDS = 16, 16, 2.0
# Descriptors for what is opened besides connections and the file that each of them downloads.
_SPARE = 2 * BATCH + 16
_FEWEST = 8
# The same trouble is told again after this.
_AGAIN_SECONDS = 60.0
_RETRY = 5
_BODY = json.dumps(
    {"error": "The server has as many connections as it can.", "code": "too_many_connections",
     "hint": "Wait as long as Retry-After says.", "task_id": None, "status": "processing"}
).encode()  # fmt: skip
# Nobody knows yet which address is meant: programs of other origins may read those of /api alone.
_ANSWER = (
    f"HTTP/1.1 503 Service Unavailable\r\nServer: osm2cdr\r\nRetry-After: {_RETRY}\r\n"
    "Content-Type: application/json; charset=utf-8\r\n"
    f"Content-Length: {len(_BODY)}\r\nConnection: close\r\n\r\n"
).encode() + _BODY


def raise_limit() -> int:
    """Let this process open as many files as it may; how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft = hard
    return soft if soft != resource.RLIM_INFINITY else 1 << 30


def connections_within(limit: int, wanted: int) -> int:
    """How many connections there may be: each may download a file, which is a descriptor more."""
    taken = len(os.listdir("/proc/self/fd"))
    return max(_FEWEST, min(wanted, (limit - taken - _SPARE) // 2))


class ConnectionLimit:
    """Makes protocols for `loop.create_server()`: those of `server`, or a refusal where there are `most` already."""

    def __init__(self, server: web.Server, most: int, on_refused: Callable[[], None] = lambda: None) -> None:
        self.most = most
        self.refused = 0
        self._server = server
        self._on_refused = on_refused
        self._lingering: set[asyncio.Protocol] = set()
        self._told = float("-inf")

    def __call__(self) -> asyncio.BaseProtocol:
        """For one connection."""
        if self.count < self.most:
            return self._server()
        self.refused += 1
        self._on_refused()
        if time.monotonic() - self._told > _AGAIN_SECONDS:
            self._told = time.monotonic()
            LOG.warning("connections", extra={"most": self.most, "refused": self.refused})
        return _Refusal(self._lingering)

    @property
    def count(self) -> int:
        """How many connections there are."""
        return len(self._server.connections)

    def on_trouble(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """For `loop.set_exception_handler()`: that no descriptor was left is told once, and not each second."""
        if "out of system resource" not in context.get("message", ""):
            loop.default_exception_handler(context)
        elif time.monotonic() - self._told > _AGAIN_SECONDS:
            self._told = time.monotonic()
            LOG.error("connections", extra={"error": str(context.get("exception"))})


class _Refusal(asyncio.Protocol):
    """Says no, and waits a moment for the other side to have read it: who closes at once takes it back (RST)."""

    def __init__(self, lingering: set[asyncio.Protocol]) -> None:
        self._lingering = lingering
        self._end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        ours = cast(asyncio.Transport, transport)
        ours.write(_ANSWER)
        if len(self._lingering) >= _LINGERING:
            ours.close()
            return
        self._lingering.add(self)
        ours.write_eof()
        self._end = asyncio.get_running_loop().call_later(_LINGER_SECONDS, ours.abort)

    def connection_lost(self, _error: Exception | None) -> None:
        self._lingering.discard(self)
        if self._end is not None:
            self._end.cancel()
