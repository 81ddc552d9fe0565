"""Areas filled with lines, for tools that know no areas."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..model import Box, Path, Points
from ..shapes import polyline
from .noding import within

_TURN = np.array([[1.0, 1.0], [-1.0, 1.0]]) / np.sqrt(2)


def hatches(paths: list[Path], spacing: float, frame: Box) -> Points:
    """Lines at 45 degrees, `spacing` mm apart, inside of paths by the even-odd rule: segments (n, 4).

    All areas share the same lines, so that those of neighbours run on. Each row goes back where the last one came from.
    """
    pieces = [_edges(path) for path in paths]
    edges: Points = np.matmul(np.concatenate(pieces), np.kron(np.eye(2), _TURN))
    which = np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces])
    # Turned, the lines lie level: those rows that an edge crosses, half a row off so that none goes through a corner.
    low, high = np.minimum(edges[:, 1], edges[:, 3]) / spacing, np.maximum(edges[:, 1], edges[:, 3]) / spacing
    first, last = np.ceil(low - 0.5).astype(int), np.ceil(high - 0.5).astype(int)
    counts = last - first
    edge = np.repeat(np.arange(len(edges)), counts)
    row = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(first, counts)
    y = (row + 0.5) * spacing
    x0, y0, x1, y1 = edges[edge].T
    x = x0 + (y - y0) / (y1 - y0) * (x1 - x0)
    order = np.lexsort((x, row, which[edge]))
    x, y = x[order], y[order]
    # Along a row of one area the crossings go in and out by turns.
    rows: Points = np.column_stack([x[0::2], y[0::2], x[1::2], y[1::2]])
    lines: Points = np.matmul(rows, np.kron(np.eye(2), _TURN.T))
    return within(lines, frame)


def _edges(path: Path) -> Points:
    pieces = []
    for points, kinds, _ in path.subpaths():
        line = polyline(points, kinds)
        closed = np.concatenate([line, line[:1]])
        pieces.append(np.hstack([closed[:-1], closed[1:]]))
    return np.concatenate(pieces) if pieces else np.empty((0, 4))
