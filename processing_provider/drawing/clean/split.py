"""Paths cut into pieces for formats that count their points in 16 bits."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import Iterator

import numpy as np

from ..model import LINE, MOVE, Path
from ..shapes import polyline
from .tidy import cut


def split(path: Path, most: int) -> Iterator[Path]:
    """The path, or pieces of at most `most` points: lines one after the other, areas by halves of their box."""
    if len(path.points) <= most:
        yield path
    elif path.fill is None:
        for points, kinds, _ in path.subpaths():
            line = polyline(points, kinds)
            for start in range(0, len(line) - 1, most - 1):
                piece = line[start : start + most]
                marks = np.full(len(piece), LINE, np.uint8)
                marks[0] = MOVE
                yield replace(path, points=piece, kinds=marks)
    else:
        left, top, right, bottom = path.box
        x, y = (left + right) / 2, (top + bottom) / 2
        halves = (
            ((left, top, x, bottom), (x, top, right, bottom)) if right - left > bottom - top
            else ((left, top, right, y), (left, y, right, bottom))
        )  # fmt: skip
        for half in halves:
            for part in cut(path, half):
                yield from split(part, most)
