"""Where an extract is dense: how many nodes lie in each cell of a grid, counted once and kept beside the database.

`python -m osm2cdr.server.workers.density FOLDER SOURCE...` counts what is not counted yet: a process of its own, so
that a large extract keeps nobody waiting.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import hashlib
import math
import os
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...processing_provider.errors import RequestError
from ...processing_provider.sources import pbf
from ...processing_provider.sources.coverage import node_places
from ...processing_provider.sources.opening import SAMPLE, find_sample, is_overpass
from ...processing_provider.tools import python_environment
from ..settings import CHECKOUT, Settings
from .confine import die_with_parent

Array = np.ndarray[Any, np.dtype[Any]]
# Cells of the grid in which the densest place is looked for.
_GRID = 4e6
# The side of a cell in degrees by the size of the extract in MB: what is counted shall fit in memory.
_CELLS = ((64.0, 0.002), (1024.0, 0.005), (16384.0, 0.02), (float("inf"), 0.1))


@dataclass(frozen=True)
class Survey:
    """`keys` are cells (row times `columns` plus column, from 180 W 90 S on) in order, `before` the nodes in all cells
    before each and, last, in all of them; `size` is the extract's in bytes."""

    cell: float
    keys: Array
    before: Array
    size: int

    @property
    def columns(self) -> int:
        """Cells round the earth."""
        return round(360 / self.cell)

    def nodes(self, west: float, south: float, east: float, north: float) -> float:
        """How many nodes lie in a box, cells at its edge counted by the part of them that lies in it."""
        left, right, low, high = (
            (west + 180) / self.cell, (east + 180) / self.cell, (south + 90) / self.cell, (north + 90) / self.cell
        )  # fmt: skip
        total = 0.0
        for row in range(int(low), int(high) + 1):
            part = min(high, row + 1) - max(low, row)
            if part > 0:
                first, last = row * self.columns + int(left), row * self.columns + int(right)
                inner = self._between(first, last + 1)
                inner -= (left - int(left)) * self._between(first, first + 1)
                inner -= (int(right) + 1 - right) * self._between(last, last + 1)
                total += part * inner
        return total

    def _between(self, first: int, end: int) -> float:
        places = np.searchsorted(self.keys, (first, end))
        return float(self.before[places[1]] - self.before[places[0]])

    def densest_in(self, west: float, south: float, east: float, north: float) -> tuple[float, float] | None:
        """The middle of the densest cell of those whose middle lies in a box, in degrees; None where all are empty."""
        first = [round((side - low) / self.cell) for side, low in ((west, -180), (south, -90))]
        last = [round((side - low) / self.cell) for side, low in ((east, -180), (north, -90))]
        span = slice(*np.searchsorted(self.keys, (first[1] * self.columns, last[1] * self.columns)))
        keys, counts = self.keys[span], np.diff(self.before)[span]
        inside = (keys % self.columns >= first[0]) & (keys % self.columns < last[0])
        if not inside.any():
            return None
        row, column = divmod(int(keys[inside][np.argmax(counts[inside])]), self.columns)
        return (column + 0.5) * self.cell - 180, (row + 0.5) * self.cell - 90

    def densest(self, wide: float, high: float) -> tuple[float, float] | None:
        """Longitude and latitude of the middle of the densest box of about such a size; None where there is no node."""
        if not len(self.keys):
            return None
        across, up = max(1, round(wide / self.cell)), max(1, round(high / self.cell))
        rows, columns = np.divmod(self.keys, self.columns)
        counts = np.diff(self.before).astype(np.float64)
        # A wide grid is looked at in blocks, so that it stays small.
        block = math.ceil(math.sqrt(max(1.0, (np.ptp(rows) + 1) * (np.ptp(columns) + 1) / _GRID)))
        rows, columns = (rows - rows.min()) // block, (columns - columns.min()) // block
        grid = np.zeros((int(rows.max()) + 1 + up // block, int(columns.max()) + 1 + across // block))
        np.add.at(grid, (rows, columns), counts)
        tall, broad = max(1, up // block), max(1, across // block)
        summed = np.pad(grid, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
        sums = summed[tall:, broad:] - summed[:-tall, broad:] - summed[tall:, :-broad] + summed[:-tall, :-broad]
        row, column = np.unravel_index(int(np.argmax(sums)), sums.shape)
        first = divmod(int(self.keys[0]), self.columns)[0], int(np.min(self.keys % self.columns))
        return (
            (first[1] + (int(column) + broad / 2) * block) * self.cell - 180,
            (first[0] + (int(row) + tall / 2) * block) * self.cell - 90,
        )


def survey_path(folder: Path, extract: Path) -> Path:
    """Where what was counted in an extract is kept: another file, size or time of change is another survey."""
    status = extract.stat()
    words = f"{extract} {status.st_size} {status.st_mtime_ns}"
    return folder / f"{hashlib.sha256(words.encode()).hexdigest()[:32]}.npz"


def count(extract: Path) -> Survey:
    """Count the nodes of an extract (.osm.pbf); ValueError or OSError where it cannot be read."""
    size = extract.stat().st_size
    cell = next(side for most, side in _CELLS if size <= most * 2**20)
    columns = round(360 / cell)
    found: dict[str, list[Array]] = {"keys": [], "counts": []}
    with extract.open("rb") as file:
        for blob in list(pbf.blobs(file)):
            if blob.kind != b"OSMData":
                continue
            lons, lats = node_places(blob.read(file))
            if len(lons):
                cells = ((lats + 90) / cell).astype(np.int64) * columns + ((lons + 180) / cell).astype(np.int64)
                keys, counts = np.unique(cells, return_counts=True)
                found["keys"].append(keys)
                found["counts"].append(counts)
            if len(found["keys"]) > 500:
                found = {name: [part] for name, part in zip(found, _merged(found["keys"], found["counts"]))}
    keys, counts = _merged(found["keys"], found["counts"])
    return Survey(cell, keys, np.concatenate(([0], np.cumsum(counts))), size)


def _merged(keys: list[Array], counts: list[Array]) -> tuple[Array, Array]:
    if not keys:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    names, which = np.unique(np.concatenate(keys), return_inverse=True)
    return names, np.bincount(which, weights=np.concatenate(counts)).astype(np.int64)


def load(folder: Path, extract: Path) -> Survey | None:
    """What was counted in an extract; None where that is not done yet."""
    try:
        with np.load(survey_path(folder, extract)) as data:
            return Survey(float(data["cell"]), data["keys"], data["before"], int(data["size"]))
    except (OSError, ValueError, KeyError):
        return None


def save(folder: Path, extract: Path, survey: Survey) -> None:
    """Keep it: whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    final = survey_path(folder, extract)
    draft = folder / f".{final.stem}-{os.getpid()}.npz"
    try:
        np.savez(draft, cell=survey.cell, keys=survey.keys, before=survey.before, size=survey.size)
        draft.replace(final)
    finally:
        draft.unlink(missing_ok=True)


def start(settings: Settings) -> subprocess.Popen[bytes]:
    """The process that counts what is not counted yet; it dies with the thread that calls this."""
    python = str(CHECKOUT / ".venv" / "bin" / "python")
    return subprocess.Popen(
        [python, "-m", "osm2cdr.server.workers.density", str(settings.surveys), *settings.sources],
        env=python_environment(CHECKOUT), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def main(folder: Path, words: list[str]) -> None:
    """Count what is not counted yet, and forget what is there no more."""
    wanted = set()
    for word in words:
        # A source that cannot be read here has no survey; estimates then go by what is common.
        with contextlib.suppress(OSError, ValueError, IndexError, zlib.error, RequestError):
            if is_overpass(word):
                continue
            extract = find_sample() if word == SAMPLE else Path(word)
            wanted.add(survey_path(folder, extract))
            if load(folder, extract) is None:
                save(folder, extract, count(extract))
    for path in folder.glob("*.npz"):
        if path not in wanted:
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    os.nice(19)
    die_with_parent(os.getppid())
    main(Path(sys.argv[1]), sys.argv[2:])
