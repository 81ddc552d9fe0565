"""Points, lines and rings of many shapes as flat arrays, in whole units of a zoom, y southwards.

A ring does not have its first point again at its end.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np

from ..osm.ragged import Flags, Whole, before, behind, ragged, starts_of


@dataclass(frozen=True)
class Chains:
    """Chain `c` belongs to shape `owner[c]` (they rise) and has `count[c]` of the `points` (n, 2), one by one.

    `outer` are the chains that begin another part: points, lines, and the outer rings of polygons.
    """

    owner: Whole
    count: Whole
    outer: Flags
    points: Whole

    @property
    def start(self) -> Whole:
        """Where the points of each chain begin."""
        return starts_of(self.count)

    def taken(self, chains: Whole, owner: Whole) -> Chains:
        """Some chains (by their numbers, as often as they are named), with other owners."""
        start = self.start[chains]
        count = self.count[chains]
        return Chains(owner, count, self.outer[chains], self.points[ragged(start, start + count)])

    def having(self, stay: Flags) -> Chains:
        """Those points that stay; a chain may have none left."""
        kept = np.concatenate(([0], np.cumsum(stay)))
        start = self.start
        return Chains(self.owner, kept[start + self.count] - kept[start], self.outer, self.points[stay])

    def only(self, stay: Flags) -> Chains:
        """Those chains that stay."""
        if stay.all():
            return self
        points = self.points[np.repeat(stay, self.count)]
        return Chains(self.owner[stay], self.count[stay], self.outer[stay], points)

    def moved(self, by: Whole) -> Chains:
        """With `by` (chains, 2) added to all points of each chain."""
        return Chains(self.owner, self.count, self.outer, self.points + np.repeat(by, self.count, axis=0))


def neighbours(count: Whole) -> tuple[Whole, Whole]:
    """For each point of rings the index of the one before it and of the one behind it."""
    places = np.arange(int(count.sum()))
    return before(places, count), behind(places, count)


def ring_areas(rings: Chains) -> Whole:
    """Twice the area of each ring (none is empty), positive where it runs as an outer one does."""
    start = rings.start
    if not len(start):
        return np.zeros(0, np.int64)
    x, y = (rings.points[:, axis] - np.repeat(rings.points[start, axis], rings.count) for axis in (0, 1))
    result: Whole = np.add.reduceat(x * behind(y, rings.count) - behind(x, rings.count) * y, start)
    return result


def turned(rings: Chains, which: Flags) -> Chains:
    """Some of the rings the other way round."""
    if not which.any():
        return rings
    start, count = rings.start[which], rings.count[which]
    place = ragged(start, start + count)
    points = rings.points.copy()
    points[place] = rings.points[np.repeat(2 * start + count - 1, count) - place]
    return Chains(rings.owner, rings.count, rings.outer, points)


def together(parts: Sequence[Chains]) -> Chains:
    """Chains of several kinds in the order of their owners, which each come from one alone."""
    parts = [part for part in parts if len(part.owner)] or list(parts[:1])
    if len(parts) == 1:
        return parts[0]
    whole = Chains(*(np.concatenate(arrays) for arrays in zip(*(
        (part.owner, part.count, part.outer, part.points) for part in parts
    ))))  # fmt: skip
    order = np.argsort(whole.owner, kind="stable")
    return whole.taken(order, whole.owner[order])
