"""Has a store of each source built, one at a time, with what the machine has left; jobs read them (see isolate()).

`python -m osm2cdr.server.workers.store_builder FILE FOLDER` builds one, and of it the places in FOLDER that people find
by name; it ends with the supervisor.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ...processing_provider.tools import python_environment
from ..settings import CHECKOUT, Settings
from ..sources import Sources, file_state
from .confine import die_with_parent


class StoreBuilder:
    """The supervisor's side: a builder for each file that has none, again where a file is another one."""

    def __init__(self, settings: Settings, sources: Sources) -> None:
        self._settings, self._sources = settings, sources
        self._process: subprocess.Popen[bytes] | None = None
        self._begun: set[str] = set()

    def ensure(self) -> None:
        """Start the next one, where none runs; one that failed is begun again when its file is another."""
        if not self._settings.has_stores or (self._process is not None and self._process.poll() is None):
            return
        for source in self._sources.all():
            state = file_state(source.read) if source.is_file and not source.is_out else ""
            if state and state not in self._begun:
                self._begun.add(state)
                self._start(source.read)
                return

    def _start(self, path: str) -> None:
        python = str(CHECKOUT / ".venv" / "bin" / "python")
        environment = {**python_environment(CHECKOUT), "OSM2CDR_STORE": str(self._settings.stores)}
        self._process = subprocess.Popen(
            [python, "-m", "osm2cdr.server.workers.store_builder", path, str(self._settings.places)],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    def stop(self) -> None:
        """Let nothing go on behind the supervisor; what is half built is removed by the next builder."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def build(source: str, places: Path) -> int:
    """The exit code: 0 where the store is there afterwards."""
    from ...processing_provider.osm.store.background_build import main
    from . import place_index

    state, code = file_state(source), main(Path(source))
    if not code:
        place_index.ensure(Path(source), state, places)
    return code


if __name__ == "__main__":
    die_with_parent(os.getppid())
    sys.exit(build(sys.argv[1], Path(sys.argv[2])))
