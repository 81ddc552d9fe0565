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
    elif len(pieces := _apart(path, most)) > 1:
        for part in pieces:
            yield from split(part, most)
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


def _apart(path: Path, most: int) -> list[Path]:
    """Rings in several paths, each with those that lie inside it: rings of an area and of letters do not cross.

    To cut thousands of rings by their geometry would take minutes; these need no cut.
    """
    starts = np.flatnonzero(path.kinds == MOVE)
    counts = np.diff(np.append(starts, len(path.kinds)))
    low, high = np.minimum.reduceat(path.points, starts), np.maximum.reduceat(path.points, starts)
    is_outer = np.zeros(len(starts), bool)
    numbers = np.zeros(len(starts), int)
    number = held = 0
    for ring, count in enumerate(counts.tolist()):
        round_it = is_outer[:ring] & (low[:ring] <= low[ring]).all(axis=1) & (high[:ring] >= high[ring]).all(axis=1)
        if round_it.any():
            numbers[ring] = numbers[int(np.flatnonzero(round_it)[-1])]
        elif ring and (low[ring] <= low[ring - 1]).all() and (high[ring] >= high[ring - 1]).all():
            # Some letters have their hole first.
            numbers[ring], is_outer[ring] = numbers[ring - 1], True
        else:
            begins = held > 0 and held + count > most // 2
            number, held = (number + 1, 0) if begins else (number, held)
            numbers[ring], is_outer[ring] = number, True
        held += count
    of_point = np.repeat(numbers, counts)
    chosen = [of_point == one for one in range(number + 1)]
    return [replace(path, points=path.points[points], kinds=path.kinds[points]) for points in chosen]
