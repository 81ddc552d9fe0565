"""Where a label could go, so that it need not be asked again for each name that would take its place."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..features.strokes import Array
from ..occupancy.paper import FREE
from .candidates import Places


@dataclass
class Near:
    """Places of a text that cost little enough: their numbers (c,), a few cells of each (c, q), and who holds these."""

    places: Places
    rows: Array
    few: Array
    holders: Array

    def without(self, gone: tuple[int, ...]) -> Ways | None:
        """Those that may be free if a group of labels were gone; None where there are none."""
        free = (is_free(self.holders, gone).all(1)).nonzero()[0]
        return Ways(self.places, self.rows[free], self.few[free]) if len(free) else None


@dataclass
class Ways:
    """Those of a text's places that may be free: their numbers (c,), and a few cells of each (c, q), which are.

    Of those that were found free all cells, piece by piece; they are no longer among the others.
    """

    places: Places
    rows: Array
    few: Array
    free: list[Array] = field(default_factory=list)

    def open(self, tried: Array) -> int:
        """Which of the tries (bits), that `tried` has for all cells (n,), leave one of those open that are free."""
        found = 0
        for cells in self.free:
            found |= off(tried, cells)
        return found

    def off(self, tried: Array, tries: int) -> Array:
        """Which of those that may be free have none of their few cells in one of these tries (bits)."""
        left = ~np.bitwise_or.reduce(tried.take(self.few), 1)
        return (left & np.uint32(tries)).nonzero()[0]

    def drop(self, which: Array) -> None:
        """Forget some of those that may be free."""
        kept = np.ones(len(self.rows), bool)
        kept[which] = False
        self.rows, self.few = self.rows[kept], self.few[kept]


def is_free(holders: Array, gone: tuple[int, ...]) -> Array:
    """Which of these cells nobody holds if a group of labels were gone."""
    free = holders == FREE
    for number in gone:
        free |= holders == number
    return free


def off(tried: Array, cells: Array) -> int:
    """Which of the tries (bits), that `tried` has for all cells (n,), leave one of some places (c, p) open."""
    return ~int(np.bitwise_and.reduce(np.bitwise_or.reduce(tried.take(cells), 1)))
