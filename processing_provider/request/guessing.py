"""What an export will take before it is made: objects, bytes of each format, seconds of one processor, memory.

`guessing.json` is the table, measured on real extracts by bench/estimating.py: a constant, and a factor of the nodes
that the area has for each detail level.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterable

from ..formats.catalogue import FORMATS
from .papers import PAPERS

TABLE: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
# Nodes of a km2 where nobody counted: less than in a dense city, more than in the country.
COMMON_NODES = 4000.0
# Bytes of a PBF extract for each of its nodes, ways and relations with them.
NODE_BYTES = 9.0
# Pictures were measured on a page of A4 at so many dots per inch; a picture needs so much memory for each more.
_MEASURED_DPI, _PIXEL_BYTES = 300, 16
_A4 = PAPERS["A4"][0] * PAPERS["A4"][1]


@dataclass(frozen=True)
class Guess:
    """Objects, bytes by format, seconds of one processor, memory in MB."""

    objects: float
    bytes: dict[str, float]
    seconds: float
    memory_mb: float


def guess(nodes: float, detail: int, formats: Iterable[str], file_mb: float = 0.0, pages: float = 1.0) -> Guess:
    """By the table; `file_mb` is the size of the extract, all of which is read, `pages` the pixels of a picture
    by those of an A4 page at 300 dpi."""

    def by(line: list[float]) -> float:
        return line[0] + line[detail] * nodes

    stage = TABLE["stage_seconds"]
    seconds, sizes, memory, seen = by(stage) + stage[7] * file_mb, {}, 0.0, set()
    for name in formats:
        view = FORMATS[name].view
        row, shown = TABLE["formats"].get(name) or usual(view), TABLE["views"].get(view)
        if row is None or shown is None:
            sizes[name] = 0.0
            continue
        more = max(1.0, pages) if view == "picture" else 1.0
        sizes[name] = row["bytes"][detail - 1] * pages if view == "picture" else by(row["bytes"])
        seconds += by(row["seconds"]) * more
        if view not in seen:
            seconds += by(shown["seconds"]) * more
        seen.add(view)
        pixels = _A4 / 25.4**2 * _MEASURED_DPI**2
        extra = (more - 1) * pixels * _PIXEL_BYTES / 2**20
        memory = max(memory, by(shown["memory_mb"]) + extra)
    return Guess(by(TABLE["objects"]), sizes, seconds, memory)


@lru_cache
def usual(view: str) -> dict[str, list[float]] | None:
    """The middle one of the formats of a view, for one that nobody measured; None for a view without any."""
    rows = [row for name, row in TABLE["formats"].items() if FORMATS[name].view == view]
    return sorted(rows, key=lambda row: sum(row["bytes"]))[len(rows) // 2] if rows else None


def pages_of(page: str, dpi: int) -> float:
    """The pixels of a picture on a paper (A4 where none is chosen), by those of A4 at the resolution of the table."""
    width, height = PAPERS[page] if page in PAPERS else PAPERS["A4"]
    return width * height / _A4 * (dpi / _MEASURED_DPI) ** 2
