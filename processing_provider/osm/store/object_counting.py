"""What became of each object of a store that touches a box: the account that reading the source itself would give."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

import numpy as np

from ..account_counting import account_of
from ..tables.account import DETAIL, LAYERS, REFUSED, RULE, SIZE, TABLE, Account
from ..tables.detail import DETAILS
from ..tables.layers import TABLES, LayerTable
from ..tables.staged import Staged
from .layout import COAST, CUT, HURT, LOST, MENDED, OPENED, PARENTS, SOUGHT
from .near import Filters, NearBlocks, Wanted, inside

Check = Callable[[], None]
# By table that is asked for: numbers of rows whose outline a relation has, which is there.
Twins = Mapping[str, Sequence[int]]


class Tally:
    """Takes the rows of all tables (ROW, see layout.py), those that touch the box, and what became of each."""

    def __init__(self, is_chosen: bool) -> None:
        # What becomes of objects that no table of those asked for has.
        self.rest = LAYERS if is_chosen else RULE
        self._kinds = [np.empty(0, np.uint8)]
        self._ids = [np.empty(0, np.int64)]
        self._outcomes = [np.empty(0, np.uint8)]
        self._cut: list[int] = []
        self._mended = 0
        # Areas that are missing from the map, with the boxes of their ways.
        self.hurt: list[list[Any]] = []

    def add(self, rows: Any, outcomes: Any) -> None:
        """Some rows, and the outcome of each (see account.TABLE)."""
        self._kinds.append(rows["kind"].copy())
        self._ids.append(rows["id"].copy())
        self._outcomes.append(outcomes.astype(np.uint8))
        self._mended += int(((rows["flags"] & MENDED > 0) & (outcomes == TABLE)).sum())

    def cut(self, ids: Any) -> None:
        """Ways that lack some of their nodes."""
        self._cut += ids.tolist()

    def copy(self) -> Tally:
        """The same, to go on otherwise."""
        other = Tally(False)
        other.rest, other._mended = self.rest, self._mended
        other._kinds, other._ids, other._outcomes = self._kinds[:], self._ids[:], self._outcomes[:]
        other._cut = self._cut[:]
        return other

    def account(self, parents: Any) -> Account:
        """The account so far; `parents` are relations made of others (n x 2: parent, child)."""
        return account_of(
            np.concatenate(self._kinds), np.concatenate(self._ids), np.concatenate(self._outcomes), self._mended,
            parents, self._cut,
        )  # fmt: skip


def outcomes(rows: Any, level: int, smallest: float, least: float, within: Any) -> Any:
    """What becomes of rows of a table that is asked for, at a detail level; those `within` lie in the area wholly."""
    sought = (rows["flags"] & SOUGHT) > 0
    found = np.full(len(rows), TABLE, np.uint8)
    small = rows["area"] < np.where(sought, smallest, max(smallest, least))
    found[small] = SIZE
    found[((rows["flags"] & OPENED) > 0) & within] = REFUSED
    found[rows["level"] > level] = DETAIL
    return found


def count_objects(
    blocks: NearBlocks,
    staged: Staged,
    wanted: Wanted,
    filters: Filters,
    is_chosen: bool,
    twins: Mapping[str, Sequence[int]],
    check: Check,
) -> None:
    """Give `staged` the account of all that touches the box; the tables of `twins` are asked for.

    `filters` know what they found of rows when these were taken.
    """
    tally, detail = Tally(is_chosen), DETAILS[wanted.level]
    # What no table knows comes last, and some formats have none of it.
    for table in sorted(TABLES, key=lambda table: table.rest):
        if table.rest and table.name in twins and staged.without_rest is None:
            staged.without_rest = _without_rest(blocks, tally, wanted, filters, twins, check)
        for rows in blocks.touching(table.name, wanted.wide, filters, check):
            if table.name not in twins:
                became = np.full(len(rows), tally.rest, np.uint8)
            elif table.name == "buildings" and detail.min_building is None:
                became = np.full(len(rows), DETAIL, np.uint8)
            else:
                within = inside(rows["box"], wanted.box) if wanted.box is not None else np.ones(len(rows), bool)
                became = outcomes(rows, wanted.level, detail.smallest(table.name), wanted.least, within)
                if twins[table.name]:
                    became[np.isin(rows["row"], twins[table.name])] = TABLE
            tally.add(rows, became)
    _beside(blocks, tally, wanted, filters, twins, check)
    staged.account, staged.hurt = tally.account(_parents(blocks, wanted)), tally.hurt


def _without_rest(
    blocks: NearBlocks, tally: Tally, wanted: Wanted, filters: Filters, twins: Twins, check: Check
) -> Account:
    """The account where what no table knows is left out."""
    other = tally.copy()
    for table in TABLES:
        if table.rest:
            for rows in blocks.touching(table.name, wanted.wide, filters, check):
                other.add(rows, np.full(len(rows), tally.rest, np.uint8))
    _beside(blocks, other, wanted, filters, twins, check)
    return other.account(_parents(blocks, wanted))


def _parents(blocks: NearBlocks, wanted: Wanted) -> Any:
    """The relations that are made of others, with these (n x 2)."""
    found = [np.column_stack([heads["id"], heads["row"]]) for _, heads in blocks.near(PARENTS, wanted)]
    return np.concatenate([np.empty((0, 2), np.int64), *found])


def _beside(blocks: NearBlocks, tally: Tally, wanted: Wanted, filters: Filters, twins: Twins, check: Check) -> None:
    """The coast, of which land and sea are made, and what made no row."""
    for rows in blocks.touching(COAST, wanted.wide, filters, check):
        tally.add(rows, np.full(len(rows), TABLE, np.uint8))
    for rows in blocks.touching(LOST, wanted.wide, filters, check):
        is_cut = rows["row"] == CUT
        tally.cut(rows["id"][is_cut])
        hurt = rows[(rows["flags"] & HURT) > 0]
        tally.hurt += [[number, *box] for number, box in zip(hurt["id"].tolist(), hurt["box"].tolist())]
        lost = rows[~is_cut]
        became = lost["row"] & 0xFF
        for number in np.unique(lost["row"] >> 8):
            if number:
                mine = lost["row"] >> 8 == number
                became[mine] = _refused(lost[mine], TABLES[number - 1], wanted, twins, tally.rest)
        tally.add(lost, became)


def _refused(rows: Any, table: LayerTable, wanted: Wanted, twins: Twins, rest: int) -> Any:
    """What becomes of objects without a shape: what is not asked for, or too small for one, is not even looked at."""
    detail = DETAILS[wanted.level]
    if table.name not in twins:
        return rest
    if table.name == "buildings" and detail.min_building is None:
        return DETAIL
    small = (rows["flags"] & SOUGHT == 0) & (rows["area"] < max(detail.smallest(table.name), wanted.least))
    return np.where(rows["level"] > wanted.level, DETAIL, np.where(small, SIZE, REFUSED))
