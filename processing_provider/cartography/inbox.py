"""Texts at points and inside areas: places round a point where they hide least, or within an area."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Any

import numpy as np

from .paper import Paper, Sums
from .placing import Places

Array = Any
# Points spread over a text to look what it would cover, in mm.
_STEP = 0.7


def _places(paper: Paper, text: str, points: float, size: tuple[float, float], centres: Array, cost: Array) -> Places:
    width, height = size
    return Places(
        text, points, centres[:, None, :] + _grid(width, height, _STEP)[None],
        np.zeros((len(centres), 0, 2)), np.zeros((len(centres), 2)), cost, centres,
        lambda index: centres[index : index + 1],
        lambda index: centres[index] + _grid(width + 0.6, height + 0.4, paper.cell * 0.8),
    )  # fmt: skip


def _grid(width: float, height: float, step: float) -> Array:
    x = np.linspace(-width / 2, width / 2, math.ceil(width / step) + 1)
    y = np.linspace(-height / 2, height / 2, math.ceil(height / step) + 1)
    return np.stack(np.meshgrid(x, y), -1).reshape(-1, 2)


def _on_page(paper: Paper, centres: Array, size: tuple[float, float]) -> Array:
    half = np.array(size) / 2
    return paper.is_inside(centres - half) & paper.is_inside(centres + half)


def near(
    paper: Paper, sums: Sums, text: str, points: float, size: tuple[float, float], at: Array, reach: float
) -> Places | None:
    """The places of `text` within `reach` mm of a point; the page's edge pushes them inwards."""
    half = np.array(size) / 2 + 1.0
    at = np.clip(at, half, np.maximum(np.array([paper.width, paper.height]) - half, half))
    offsets = np.arange(-math.ceil(reach), math.ceil(reach) + 0.5, 1.0)
    centres = at + np.stack(np.meshgrid(offsets, offsets), -1).reshape(-1, 2)
    centres = centres[_on_page(paper, centres, size)]
    away = np.hypot(*(centres - at).T)
    centres, away = centres[away <= reach], away[away <= reach]
    if not len(centres):
        return None
    cost = 3 * sums.means(paper, centres, size) + 0.6 * away / reach
    return _places(paper, text, points, size, centres, cost)


def around(
    paper: Paper, sums: Sums, text: str, points: float, size: tuple[float, float], at: Array, gap: float
) -> Places | None:
    """The places of `text` beside a dot, the usual ones first: right, left, above, below, and the corners."""
    x, y = size[0] / 2 + gap, size[1] / 2 + gap * 0.6
    moves = np.array([[x, 0], [x, y * 0.7], [x, -y * 0.7], [-x, 0], [0, y], [0, -y], [-x, y * 0.7], [-x, -y * 0.7]])
    centres = at + moves
    cost = np.arange(len(moves)) * 0.08 + 2 * sums.means(paper, centres, size)
    kept = _on_page(paper, centres, size)
    return _places(paper, text, points, size, centres[kept], cost[kept]) if kept.any() else None


def inside(
    paper: Paper,
    mask: Array,
    offset: tuple[int, int],
    text: str,
    points: float,
    size: tuple[float, float],
    share: float,
) -> Places | None:
    """The places of `text` inside an area, given by its cells: `mask`, whose first cell is `offset` (row, column).

    At least `share` of the text lies inside.
    """  # fmt: skip
    rows, columns = np.nonzero(mask)
    step = max(1, round(1.0 / paper.cell), round(math.sqrt(len(rows) / 900)))
    middle = np.array([rows.mean(), columns.mean()])
    chosen = (rows % step == 0) & (columns % step == 0)
    rows, columns = rows[chosen], columns[chosen]
    if not len(rows):
        return None
    spots = np.stack(
        [(columns + offset[1] + 0.5) * paper.cell, paper.height - (rows + offset[0] + 0.5) * paper.cell], -1
    )
    height, width = size[1] / paper.cell / 2, size[0] / paper.cell / 2
    table = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1))
    table[1:, 1:] = mask.cumsum(0, dtype=np.float64).cumsum(1)
    top, bottom = (rows - height).clip(0).astype(int), (rows + height + 1).clip(0, mask.shape[0]).astype(int)
    left, right = (columns - width).clip(0).astype(int), (columns + width + 1).clip(0, mask.shape[1]).astype(int)
    within = table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left]
    within = within / ((2 * height + 1) * (2 * width + 1))
    good = (within >= share) & _on_page(paper, spots, size)
    if not good.any():
        return None
    spots, within = spots[good], within[good]
    away = np.hypot(rows[good] - middle[0], columns[good] - middle[1]) / max(mask.shape)
    return _places(paper, text, points, size, spots, 3 * (1 - within) + away)
