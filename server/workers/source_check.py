"""Opens the sources in a process of its own, at the start and whenever one of them is another file.

`python -m osm2cdr.server.workers.source_check FILE SOURCE...` writes what it found; what is as it was is not read
again. What is packed is unpacked here, once, beside that file, and not by each task.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import logging
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from ...processing_provider.errors import RequestError, SourceError
from ...processing_provider.feedback import Feedback
from ...processing_provider.sources import packed
from ...processing_provider.sources.coverage import BrokenExtractError, box_of
from ...processing_provider.sources.opening import SAMPLE, find_sample, is_overpass
from ...processing_provider.tools import python_environment
from ..settings import CHECKOUT, Settings
from ..sources import Source, Sources, file_state, write
from .confine import die_with_parent

LOG = logging.getLogger("osm2cdr.supervisor")
# A folder for each source that is packed.
UNPACKED = "unpacked"
# How often the files are looked at, and how long after a look that failed the next one is.
_LOOK_SECONDS, _AGAIN_SECONDS = 2.0, 10.0


def look(word: str, folder: Path, known: Source | None = None) -> Source:
    """Open what a word of the settings means; `known` is what was found before, `folder` for what is unpacked."""
    if is_overpass(word):
        return Source(word, word, is_file=False)
    try:
        path = find_sample() if word == SAMPLE else Path(word)
    except RequestError as error:
        return Source(word, "", fault=error.text)
    state = file_state(str(path))
    is_same = known is not None and known.path == str(path) and known.seen == state and not known.fault
    if known is not None and is_same and os.path.exists(known.read):
        return known
    last = known.box if known is not None else None
    title = word.rsplit("/", 1)[-1]
    if not path.is_file():
        return Source(word, str(path), last, seen=state, fault=f"{title} is not a file.")
    try:
        read = _unpacked(path, folder) if packed.is_packed(path) else path
        return Source(word, str(path), box_of(read), seen=state, unpacked="" if read == path else str(read))
    except BrokenExtractError as error:
        return Source(word, str(path), last, seen=state, fault=f"{title} {error}.")
    except SourceError as error:
        return Source(word, str(path), last, seen=state, fault=error.text)
    except OSError as error:
        return Source(word, str(path), last, seen=state, fault=f"{title} cannot be read ({error.strerror or error}).")


def _unpacked(path: Path, folder: Path) -> Path:
    """Always at the same place, which tasks that wait know; others may read it, as an extract (see isolate())."""
    place = folder / hashlib.sha256(str(path).encode()).hexdigest()[:16]
    draft = place / "draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        fresh = packed.unpack(path, draft, Feedback())
        fresh.chmod(0o644)
        for one in (folder, place):
            one.chmod(0o755)
        return fresh.replace(place / fresh.name)
    except OSError as error:
        raise SourceError(
            "bad_source", f"{path.name} cannot be unpacked ({error.strerror or error}); make room, or name a file that "
            "is not packed.", "source",
        ) from error  # fmt: skip
    finally:
        shutil.rmtree(draft, ignore_errors=True)


class Looker:
    """The supervisor's side: has the sources looked at, and tells the log what goes out and comes back."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._due = 0.0
        self._told: dict[str, str] = {}
        self.sources = Sources(settings.found)

    def start(self) -> None:
        """Look at all of them now."""
        python = str(CHECKOUT / ".venv" / "bin" / "python")
        self._process = subprocess.Popen(
            [python, "-m", "osm2cdr.server.workers.source_check", str(self._settings.found), *self._settings.sources],
            env=python_environment(CHECKOUT), stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def is_busy(self) -> bool:
        """Whether they are being looked at."""
        return self._process is not None and self._process.poll() is None

    def ensure(self) -> None:
        """Look again where a file is another one than that which was opened, or the last look failed."""
        if self.is_busy() or time.monotonic() < self._due:
            return
        failed = self._process is not None and self._process.returncode != 0
        self._due = time.monotonic() + (_AGAIN_SECONDS if failed else _LOOK_SECONDS)
        self.tell()
        changed = [source for source in self.sources.all() if source.is_file and source.state() != source.seen]
        # The sample may come while the server runs.
        missing = any(source.is_file and not source.path for source in self.sources.all())
        if failed or changed or (missing and _sample_is_there()):
            self.start()

    def tell(self) -> None:
        """A line for each source that went out or came back since the last time."""
        for source in self.sources.all():
            why, before = source.why_out(), self._told.get(source.name, "")
            if why and why != before:
                LOG.error("a source is out", extra={"source": source.title, "why": why})
            elif before and not why:
                LOG.info("a source is back", extra={"source": source.title})
            self._told[source.name] = why

    def stop(self) -> None:
        """Let nothing go on behind the supervisor."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def _sample_is_there() -> bool:
    try:
        find_sample()
    except RequestError:
        return False
    return True


def main(found: Path, words: list[str]) -> None:
    """Look at what is new."""
    before, folder = {source.name: source for source in Sources(found).all()}, found.parent / UNPACKED
    sources = [look(word, folder, before.get(word)) for word in words]
    write(found, sources)
    used = {Path(source.unpacked).parent for source in sources if source.unpacked}
    for place in folder.iterdir() if folder.is_dir() else ():
        if place not in used:
            shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    die_with_parent(os.getppid())
    main(Path(sys.argv[1]), sys.argv[2:])
