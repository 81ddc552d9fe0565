"""What a web process has: settings, store, secret, and what the engine found out."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Callable, TypeVar

from aiohttp import web

from ..quickstart import example_box
from ..settings import Settings
from ..sources import Source, Sources
from ..store.errors import StoreUnavailableError
from ..store.interfaces import StoreConnection
from ..store.opening import open_store
from ..workers.density import Survey
from ..workers.density import load as load_survey
from .errors import ApiError, unavailable
from .windows import Windows

T = TypeVar("T")
_ALIVE_SECONDS = 30.0
# Threads that read, each with a connection.
_READERS = 4


class State:
    """One for each web process. The event loop's thread does nothing with the rows: others read, one writes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        # Set when the process is told to end.
        self.is_leaving = False
        self.store = open_store(settings)
        self.secret = self.store.secret
        self._write = self.store.connect()
        self._writer = ThreadPoolExecutor(1, "writer")
        self._readers = ThreadPoolExecutor(_READERS, "reader")
        # Connections that no thread uses just now.
        self._free: SimpleQueue[StoreConnection] = SimpleQueue()
        for _ in range(_READERS):
            self._free.put(self.store.connect())
        self._limiter = Windows()
        probe = json.loads(settings.probe.read_text(encoding="utf-8"))
        self.formats: list[dict[str, Any]] = probe["formats"]
        # Answers that are the same for all, and their ETags.
        self.public: dict[str, tuple[bytes, str]] = {}
        self.reasons = {row["id"]: str(row["reason"]) for row in self.formats}
        self._sources = Sources(settings.found)
        self.example_box = example_box(self.sources, settings.surveys)
        self._surveys: dict[str, Survey] = {}

    @property
    def sources(self) -> list[Source]:
        """In the order in which they are tried, as they were found at last."""
        return self._sources.all()

    def survey(self, source: Source) -> Survey | None:
        """Where a source is dense; None where that was not counted, or not yet."""
        key = source.state() if source.is_file else ""
        if key and key not in self._surveys:
            found = load_survey(self.settings.surveys, Path(source.path))
            if found is not None:
                self._surveys[key] = found
        return self._surveys.get(key)

    async def ask(self, action: Callable[[StoreConnection], T]) -> T:
        """Read some of the rows in a thread that does only this."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, action)

    def _read(self, action: Callable[[StoreConnection], T]) -> T:
        connection = self._free.get()
        try:
            return action(connection)
        finally:
            self._free.put(connection)

    async def write(self, action: Callable[[StoreConnection], T]) -> T:
        """Change some of them in the writing thread; 503 where it cannot be written to."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._writer, action, self._write)
        except StoreUnavailableError as error:
            raise unavailable("storage", "The server cannot write to its storage just now.", 10) from error

    def limit(self, rate: str, kind: str, key: int | str, what: str = "requests") -> None:
        """Count a call of a key or an address against its short window; 429 where that is full."""
        wait = self._limiter.hit(rate, kind, str(key), time.monotonic())
        if wait:
            raise ApiError(
                429, "rate_limit", f"More than {rate.replace('/', f' {what} a ')}.",
                "Wait as long as Retry-After says.", retry_after=wait, limit=rate,
            )  # fmt: skip

    def forgive(self, rate: str, kind: str, key: int | str) -> None:
        """Begin a window anew: who was counted has shown who they are."""
        self._limiter.clear(rate, kind, str(key))

    def supervisor(self) -> str:
        """What the supervisor is doing: ready, starting, draining; empty where there is none."""
        path = self.settings.data / "alive"
        try:
            if time.time() - path.stat().st_mtime > _ALIVE_SECONDS:
                return ""
            return path.read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def close(self) -> None:
        """Let the threads end what they are doing."""
        self._writer.shutdown()
        self._readers.shutdown()
        self._write.close()
        for _ in range(_READERS):
            self._free.get().close()


STATE = web.AppKey("state", State)
