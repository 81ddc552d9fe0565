"""What stands over each face: intervals of height that do not overlap, each of one owner."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, List, Set, Tuple

import numpy as np

from ..model import Flags, Floats, Integers
from .ragged import changes

# Steps of height: millimetres. Points are on a grid of so many steps a centimetre, and a metre.
FINE = 64
STEPS = 100 * FINE
_COLUMNS = ("face", "base", "top", "owner", "roof", "is_low", "is_high")
# The heights (mm, even) of sloped roofs, by their owners, over points in metres.
Slopes = Callable[[Integers, Floats], Integers]


@dataclass(frozen=True, eq=False)
class Blocks:
    """What is raised, by number: from `base` to `top` in mm, from `eave` on with a sloped roof where `sloped`.

    Tops are even and bases above 0 odd (`levelled`), so that nothing begins at the very height at which its neighbour
    ends: their edge would have four faces.
    """

    base: Integers
    eave: Integers
    top: Integers
    sloped: Flags

    def flattened(self, numbers: Integers) -> Blocks:
        """The same, some of them with a flat roof in the middle of their sloped one."""
        top, sloped = self.top.copy(), self.sloped.copy()
        top[numbers] = (self.top[numbers] + self.eave[numbers]) // 4 * 2
        sloped[numbers] = False
        return replace(self, top=top, sloped=sloped)


def levelled(base: Floats, eave: Floats, top: Floats, sloped: Flags) -> Blocks:
    """Heights in metres as blocks."""
    low = 2 * np.rint(np.asarray(base, "f8") * 500).astype("i8")
    low = np.where(low > 0, low - 1, low)
    high = np.maximum(2 * np.rint(np.asarray(top, "f8") * 500).astype("i8"), low + 3)
    edge = np.clip(2 * np.rint(np.asarray(eave, "f8") * 500).astype("i8"), low + np.abs(low) % 2, high)
    return Blocks(low, edge, high, np.asarray(sloped, bool) & (edge < high))


@dataclass(frozen=True, eq=False)
class Stack:
    """Intervals over faces, sorted by face and height: from `base` to `top` (mm), or to the slope of `roof` (-1: none).

    `is_low` and `is_high` tell whether it has a floor and a roof of its own, or goes on from and into its neighbour.
    """

    face: Integers
    base: Integers
    top: Integers
    owner: Integers
    roof: Integers
    is_low: Flags
    is_high: Flags

    def starts(self, count: int) -> Integers:
        """Where the intervals of each of `count` faces begin, and the end; and the face outside has none."""
        found: Integers = np.searchsorted(self.face, np.arange(count + 2))
        return found

    def without(self, faces: Set[int]) -> Stack:
        """Without what stands on some faces."""
        if not faces:
            return self
        kept = ~np.isin(self.face, list(faces))
        return Stack(*(getattr(self, name)[kept] for name in _COLUMNS))

    def with_more(self, rows: List[Tuple[int, int, int, int]]) -> Stack:
        """With flat intervals (face, base, top, owner) on faces of their own."""
        face, base, top, owner = np.array(rows, "i8").reshape(-1, 4).T
        made = Stack(face, base, top, owner, np.full(len(rows), -1), np.ones(len(rows), bool), np.ones(len(rows), bool))
        return _sorted([self, made])


def _sorted(stacks: List[Stack]) -> Stack:
    columns = [np.concatenate([getattr(one, name) for one in stacks]) for name in _COLUMNS]
    order = np.lexsort((columns[1], columns[0]))
    return Stack(*(column[order] for column in columns))


def stacks(faces: Integers, owners: Integers, blocks: Blocks) -> Stack:
    """The intervals of blocks over faces: pairs of a face and the block that covers it, sorted by face."""
    alone = np.ones(len(faces), bool)
    alone[1:] &= faces[1:] != faces[:-1]
    alone[:-1] &= faces[1:] != faces[:-1]
    face, owner = faces[alone], owners[alone]
    yes = np.ones(len(face), bool)
    roof = np.where(blocks.sloped[owner], owner, -1)
    single = Stack(face, blocks.base[owner], blocks.top[owner], owner, roof, yes, yes)
    rows: List[Tuple[int, ...]] = []
    several, of = faces[~alone], owners[~alone]
    ends: Integers = np.append(changes(several)[1:], len(several)) if len(several) else several
    known: dict[bytes, list[tuple[int, ...]]] = {}
    begin = 0
    for end in ends:
        group = of[begin:end]
        key = group.tobytes()
        if key not in known:
            known[key] = _merged(group.tolist(), blocks)
        rows += [(int(several[begin]), *row) for row in known[key]]
        begin = int(end)
    table = np.array(rows, "i8").reshape(-1, 7)
    columns = table[:, :5].T
    more = Stack(columns[0], columns[1], columns[2], columns[3], columns[4], table[:, 5] > 0, table[:, 6] > 0)
    return _sorted([single, more])


def _merged(owners: List[int], blocks: Blocks) -> List[Tuple[int, ...]]:
    """Blocks over one face as rows of a Stack behind its face; of those at one height the tallest one owns it.

    One slope at most is left, the highest: what would reach into the room beneath it ends at its eave, what would come
    out of it hides it.
    """
    spans = {owner: (int(blocks.base[owner]), int(blocks.top[owner])) for owner in owners}
    slopes = sorted((owner for owner in owners if blocks.sloped[owner]), key=lambda owner: -spans[owner][1])
    roof = slopes[0] if slopes else -1
    for owner in slopes:
        spans[owner] = spans[owner][0], int(blocks.eave[owner])
    if roof >= 0:
        eave, peak = int(blocks.eave[roof]), int(blocks.top[roof])
        for owner in owners:
            base, top = spans[owner]
            if owner == roof or top <= eave or base >= peak:
                continue
            if top >= peak:
                roof, spans[owner] = -1, (min(base, eave), top)
                break
            spans[owner] = base, eave
    flat = {owner: span for owner, span in spans.items() if span[1] > span[0]}
    levels = sorted({level for span in flat.values() for level in span})
    rows: List[List[int]] = []
    for low, high in zip(levels, levels[1:]):
        there = [owner for owner, (base, top) in flat.items() if base <= low and top >= high]
        if not there:
            continue
        chief = max(there, key=lambda owner: (owner == roof, flat[owner][1], -owner))
        if rows and rows[-1][1] == low and rows[-1][2] == chief:
            rows[-1][1] = high
        else:
            rows.append([low, high, chief, -1, 1, 1])
    if roof >= 0:
        rows = _roofed(rows, roof, blocks)
    for below, above in zip(rows, rows[1:]):
        if below[1] == above[0] and below[3] < 0:
            below[5] = above[4] = 0
    return [tuple(row) for row in rows]


def _roofed(rows: List[List[int]], roof: int, blocks: Blocks) -> List[List[int]]:
    """With the slope of a roof on what reaches up to its eave."""
    eave, peak = int(blocks.eave[roof]), int(blocks.top[roof])
    base = int(blocks.base[roof])
    for row in rows:
        if row[1] == eave and row[2] == roof:
            row[1], row[3] = peak, roof
            return rows
    start = eave if any(row[1] == eave for row in rows) else base
    return sorted([*rows, [start, peak, roof, roof, 1, 1]])
