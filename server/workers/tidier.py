"""Tidying in a thread of its own: the supervisor claims and keeps leases meanwhile."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import shutil
import threading
import time
from pathlib import Path
from typing import Callable, Collection

from ..domain.keeping import YOUNG_SECONDS
from ..settings import Settings
from ..store.blobs import Go, always
from ..store.errors import StoreError
from ..store.interfaces import StoreConnection
from ..store.opening import Store


class Tidier:
    """One pass at a time; `used` are the folders that somebody works in, `trouble` gets what goes wrong."""

    def __init__(
        self, settings: Settings, store: Store, used: Callable[[], Collection[Path]], trouble: Callable[[str], None]
    ) -> None:  # fmt: skip
        self._settings = settings
        self._store = store
        self._used = used
        self._trouble = trouble
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, young: float) -> None:
        """Start a pass, where none is under way; files without a job go if they are not `young`."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._pass, args=(young,), name="tidier")
            self._thread.start()

    def stop(self) -> None:
        """Let a pass end where it is."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _pass(self, young: float) -> None:
        def go() -> bool:
            return not self._stopping.is_set()

        # Each by itself: a full disk, which stops the database, shall not keep files from being deleted.
        try:
            with contextlib.closing(self._store.connect(durable=False)) as rows:
                # The files first: that needs no room.
                self._try(lambda: sweep(self._store, rows, young, go))
                self._try(lambda: rows.upkeep.expire(time.time(), go=go))
                self._try(lambda: rows.people.clear(time.time()))
                self._try(lambda: rows.identities.clear(time.time()))
        except (StoreError, OSError) as error:
            self._trouble(str(error))
        self._try(self._sweep_work)

    def _try(self, step: Callable[[], object]) -> None:
        try:
            step()
        except (StoreError, OSError) as error:
            self._trouble(str(error))

    def _sweep_work(self) -> None:
        """Private folders that nobody works in any more: something was still being written there when they went."""
        # In this order: a folder that is there now has an owner who was known before it was made.
        found = list(self._settings.work.iterdir())
        used = self._used()
        for folder in found:
            if folder not in used and not folder.name.startswith("."):
                shutil.rmtree(folder, ignore_errors=True)


def sweep(store: Store, rows: StoreConnection, young: float = YOUNG_SECONDS, go: Go = always) -> tuple[int, int]:
    """Delete the files that no job has any more, but those that are `young`; how many, and their bytes."""
    return store.blobs.sweep(lambda sha256: rows.upkeep.is_used(sha256, time.time()), young, go)
