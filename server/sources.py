"""The sources of map data as they were found: each is used as long as its file is the one that was opened."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import math
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

Box = tuple[float, float, float, float]
# Of a degree: a metre or less; and of such a metre what is no length.
_METRES, _HAIR = 1e5, 1e-7


@dataclass(frozen=True)
class Source:
    """Its word in the settings, where it lies, its box (None for everywhere, or where nobody knows), whether it is a
    file, what its file was when it was opened, why it is out (empty where it serves), and where it lies unpacked (empty
    where it is not packed)."""

    name: str
    path: str
    box: Box | None = None
    is_file: bool = True
    seen: str = ""
    fault: str = ""
    unpacked: str = ""

    @property
    def title(self) -> str:
        """Its name for people who shall not know the folders here."""
        return self.name.rsplit("/", 1)[-1] if self.is_file else self.name

    @property
    def read(self) -> str:
        """What the algorithm gets: no task unpacks it again."""
        return self.unpacked or self.path

    @property
    def is_out(self) -> bool:
        """Whether it does not serve just now: it was found broken, or has changed since it was opened."""
        return bool(self.fault) or (self.is_file and self.state() != self.seen)

    def why_out(self) -> str:
        """One sentence; empty where it serves."""
        if self.fault or not self.is_out:
            return self.fault
        return f"{self.title} is not there." if not self.state() else f"{self.title} was replaced and is looked at."

    def covers(self, west: float, south: float, east: float, north: float) -> bool:
        """Whether a box in degrees lies in it, out or not."""
        if self.box is None:
            return not self.is_file
        w, s, e, n = self.box
        return w <= west and s <= south and east <= e and north <= n

    def has(self, west: float, south: float, east: float, north: float) -> bool:
        """Whether a box in degrees can be taken from it now."""
        return self.covers(west, south, east, north) and not self.is_out

    def state(self) -> str:
        """What differs where the file is another one; the day where the data change by themselves, empty if gone."""
        return file_state(self.path) if self.is_file else time.strftime("%Y-%m-%d", time.gmtime())

    def megabytes(self) -> float:
        """The size of the file, all of which a job reads; 0 where there is none."""
        try:
            return os.stat(self.read).st_size / 2**20 if self.is_file else 0.0
        except OSError:
            return 0.0


def file_state(path: str) -> str:
    """What differs where a file was written anew; empty where it is not there."""
    try:
        status = os.stat(path)
    except OSError:
        return ""
    return f"{path} {status.st_size} {status.st_mtime_ns}"


def inward(box: Box) -> Box:
    """The largest box in whole metres (1e-5 degrees) that lies in one: rounded to the nearest it would stick out."""
    # A sum of sides may be a hair off.
    west, south = (math.ceil(side * _METRES - _HAIR) for side in box[:2])
    east, north = (math.floor(side * _METRES + _HAIR) for side in box[2:])
    return west / _METRES, south / _METRES, east / _METRES, north / _METRES


def write(path: Path, sources: list[Source]) -> None:
    """Keep what was found: whole or not at all."""
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps([asdict(source) for source in sources]), encoding="utf-8")
    draft.replace(path)


class Sources:
    """What was found at last; read again where it was written anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._known: list[Source] = []

    def all(self) -> list[Source]:
        """In the order in which they are tried; empty where nothing was found yet."""
        try:
            status = self._path.stat()
            if (status.st_mtime_ns, status.st_ino) != self._stamp:
                rows = json.loads(self._path.read_text(encoding="utf-8"))
                self._known = [_source(row) for row in rows]
                self._stamp = status.st_mtime_ns, status.st_ino
        except (OSError, ValueError):
            pass
        return self._known

    def of_path(self, path: str) -> Source | None:
        """The source that a job reads from; None where the settings have it no more."""
        return next((source for source in self.all() if path in (source.path, source.read)), None)


def _source(row: dict[str, Any]) -> Source:
    return Source(**{**row, "box": tuple(row["box"]) if row["box"] else None})
