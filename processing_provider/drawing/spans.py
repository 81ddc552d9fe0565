"""Where the subpaths of a path begin and end; most paths have one."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from .model import MOVE, Path


def spans(path: Path) -> list[tuple[int, int, bool]]:
    """First point, the one behind the last, and whether it ends where it began, of each subpath."""
    count = len(path.kinds)
    if path.parts == 1:
        return [(0, count, _is_closed(path, 0, count))]
    starts = np.flatnonzero(path.kinds == MOVE).tolist()
    return [(start, end, _is_closed(path, start, end)) for start, end in zip(starts, [*starts[1:], count])]


def _is_closed(path: Path, start: int, end: int) -> bool:
    if end - start <= 2:
        return False
    first, last = path.points[start].tolist(), path.points[end - 1].tolist()
    return bool(first == last)
