"""The launcher's private folder in the target: what is not published from it is swept away."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Iterator

from ..processing_provider.errors import WriteError
from ..processing_provider.pipeline.publishing import publish, taken

_PREFIX = ".osm2cdr-"
_OWNER = "owner"
_DAY = 86_400


def _start_time(process: int) -> str:
    """When a process was started, in clock ticks (proc(5), field 22 of stat); empty where it is gone."""
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return ""
    return text[text.rindex(")") + 2 :].split()[19]


def make(target: Path) -> Path:
    """A private folder in `target`, marked as this process's; folders of dead launchers are swept first."""
    private = None
    try:
        target.mkdir(parents=True, exist_ok=True)
        sweep(target)
        private = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=target))
        (private / _OWNER).write_text(f"{os.getpid()} {_start_time(os.getpid())}", encoding="utf-8")
    except OSError as error:
        if private:
            shutil.rmtree(private, ignore_errors=True)
        raise WriteError("bad_folder", f"The folder {target} cannot be written to: {error.strerror}.") from error
    return private


def sweep(target: Path) -> None:
    """Remove the folders whose launcher is dead; a process number used again has another start time."""
    for folder in target.glob(f"{_PREFIX}*"):
        try:
            process, started = (folder / _OWNER).read_text(encoding="utf-8").split()
        except (OSError, ValueError):
            continue
        if _start_time(int(process)) != started:
            shutil.rmtree(folder, ignore_errors=True)


def sweep_logs(folder: Path) -> None:
    """Remove the logs of runs that nobody has written to for a day: of launchers that were killed, or were read."""
    for log in folder.glob("osm2cdr-????????.log"):
        with contextlib.suppress(OSError):
            if time.time() - log.lstat().st_mtime > _DAY:
                log.unlink()


def deliver(files: dict[str, Path], target: Path, overwrite: bool) -> Iterator[tuple[str, Path]]:
    """Move finished files, by their formats, into `target`, all under one name; where each of them is.

    Raises WriteError once those that can be are there.
    """
    if not files:
        return
    name = _name(*next(iter(files.items())))
    called, placed = publish({file.name[len(name) :]: file for file in files.values()}, target, name, overwrite)
    if called != name:
        print(f"osm2cdr: {taken(name, called)}", file=sys.stderr)
    for word, file in files.items():
        found = placed[file.name[len(name) :]]
        if isinstance(found, WriteError):
            raise found
        yield word, found


def _name(word: str, file: Path) -> str:
    """What comes before the format in a file's name."""
    return file.name.rpartition(f"_{word}.")[0]
