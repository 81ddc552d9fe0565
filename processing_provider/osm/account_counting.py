"""What became of objects, counted: arrays of what happened to each make an account (see tables/account.py)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Sequence

import numpy as np
from numpy.typing import NDArray

from .tables.account import KINDS, LEFT_OUT, MEMBERS, MOST_IDS, REFUSALS, RELATION, RINGS, SHAPELESS, TABLE, Account

# What an area lacks may be told of one that is shown as far as its edge closes.
_PARTLY = {MEMBERS: "members", RINGS: "rings"}


def account_of(
    kinds: NDArray[np.uint8],
    ids: NDArray[np.int64],
    outcomes: NDArray[np.uint8],
    repaired: int = 0,
    parents: Any = (),
    cut: Sequence[int] = (),
) -> Account:
    """The account of objects: their kinds (NODE, WAY, RELATION), ids, and what became of each (TABLE ... SHAPELESS).

    The same object may be there several times. `parents` are relations made of others (n x 2: parent, child): one
    counts where one of its own does. `cut` are ways that lack some of their nodes.
    """
    more = _parents(ids[kinds == RELATION], np.array(parents, np.int64).reshape(-1, 2))
    ids = np.concatenate([ids, more])
    kinds = np.concatenate([kinds, np.full(len(more), RELATION, np.uint8)])
    outcomes = np.concatenate([outcomes, np.full(len(more), SHAPELESS, np.uint8)])
    lacking = {word: np.unique(ids[outcomes == code]) for code, word in _PARTLY.items()}
    order = np.lexsort((outcomes, ids, kinds))
    kinds, ids, outcomes = kinds[order], ids[order], outcomes[order]
    new = np.ones(len(ids), bool)
    new[1:] = (np.diff(ids) != 0) | (kinds[1:] != kinds[:-1])
    kinds, ids, outcomes = kinds[new], ids[new], outcomes[new]
    counts = np.bincount(outcomes, minlength=SHAPELESS + 1).tolist()
    there = np.bincount(kinds, minlength=len(KINDS)).tolist()
    first = {
        word: [f"{KINDS[kinds[at]]} {ids[at]}" for at in np.flatnonzero(outcomes == code)[:MOST_IDS]]
        for code, word in REFUSALS.items() if counts[code]
    }  # fmt: skip
    shown = (kinds == RELATION) & (outcomes < MEMBERS)
    partly = {word: ids[shown & np.isin(ids, some)].tolist() for word, some in lacking.items()}
    incomplete = {word: some for word, some in {"cut": sorted(cut), **partly}.items() if some}
    for word, some in incomplete.items():
        kind = KINDS[RELATION] if word in partly else "way"
        first[word] = [*first.get(word, ()), *(f"{kind} {number}" for number in some)][:MOST_IDS]
    return Account(
        {word: there[kind] for kind, word in enumerate(KINDS)}, counts[TABLE],
        {word: counts[code] for code, word in LEFT_OUT.items() if counts[code]},
        {word: counts[code] for code, word in REFUSALS.items() if counts[code]},
        repaired, incomplete={word: len(some) for word, some in incomplete.items()}, first=first,
    )  # fmt: skip


def _parents(known: NDArray[np.int64], parents: Any) -> Any:
    """The relations that have one of `known` among those that they are made of, and those that have one of these."""
    found: Any = np.empty(0, np.int64)
    while len(parents):
        reached = np.unique(parents[np.isin(parents[:, 1], known), 0])
        new = reached[~np.isin(reached, found)]
        if not len(new):
            break
        found = known = np.concatenate([found, new])
    return found
