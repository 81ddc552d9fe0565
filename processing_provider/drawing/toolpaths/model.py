"""Toolpaths: what a pen, a laser or a needle follows, operation by operation, in the order of the work.

Coordinates are mm from the page's upper left corner, y downwards, as in the drawing that they were made of.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Tuple

import numpy as np

from ...osm.tables.account import Account
from ..model import Points


@dataclass(frozen=True)
class Operation:
    """Lines that are worked at alike. `name` is for people, `color` (#RRGGBB) what lasers tell operations by.

    Each of `lines` is (n, 2) mm, n >= 2; a closed one ends where it begins. Their order is that of the work.
    """

    name: str
    color: str
    lines: Tuple[Points, ...]

    @property
    def length(self) -> float:
        """The way with the tool down, in mm."""
        return sum(float(np.hypot(*np.diff(line, axis=0).T).sum()) for line in self.lines)

    @property
    def travel(self) -> float:
        """The way with the tool up between the lines, in mm."""
        if len(self.lines) < 2:
            return 0.0
        starts, ends = np.array([line[0] for line in self.lines[1:]]), np.array([line[-1] for line in self.lines[:-1]])
        return float(np.hypot(*(starts - ends).T).sum())


@dataclass(frozen=True)
class Lettering:
    """A name of the map, or its title, whose capitals are `height` mm high; its lines as those of an operation."""

    height: float
    lines: Tuple[Points, ...]


@dataclass(frozen=True)
class Toolpaths:
    """A page of operations, the first to be worked at first, the outline of the map last.

    `frame` is the map's rectangle on the page (left, top, right, bottom); `crs` and `extent` (xmin, ymin, xmax, ymax)
    say where it lies in the world. `pieces` are the closed shapes that fall out where the lines are cut through,
    `outlined` the texts that have letters without strokes and come as outlines. The map is 1:`scale`, 0 where that is
    unknown. `lettering` has names and title once more, one by one, for tools that can draw large letters alone.
    `account` says what became of the source's objects.
    """

    width: float
    height: float
    frame: tuple[float, float, float, float]
    operations: tuple[Operation, ...]
    notice: str = ""
    crs: str = ""
    extent: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    pieces: int = 0
    outlined: int = 0
    scale: int = 0
    lettering: tuple[Lettering, ...] = ()
    account: Account = field(default_factory=Account)

    @property
    def counts(self) -> dict[str, int]:
        """The number of lines of each operation, by its name."""
        return {operation.name: len(operation.lines) for operation in self.operations}
