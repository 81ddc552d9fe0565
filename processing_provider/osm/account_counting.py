"""What became of objects, counted: arrays of what happened to each make an account (see tables/account.py)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .tables.account import KINDS, LEFT_OUT, MOST_IDS, REFUSALS, RULE, TABLE, Account


def account_of(
    kinds: NDArray[np.uint8], ids: NDArray[np.int64], outcomes: NDArray[np.uint8], repaired: int = 0
) -> Account:
    """The account of objects: their kinds (NODE, WAY, RELATION), ids, and what became of each (TABLE ... RULE).

    The same object may be there several times.
    """
    order = np.lexsort((outcomes, ids, kinds))
    kinds, ids, outcomes = kinds[order], ids[order], outcomes[order]
    new = np.ones(len(ids), bool)
    new[1:] = (np.diff(ids) != 0) | (kinds[1:] != kinds[:-1])
    kinds, ids, outcomes = kinds[new], ids[new], outcomes[new]
    counts = np.bincount(outcomes, minlength=RULE + 1).tolist()
    there = np.bincount(kinds, minlength=len(KINDS)).tolist()
    first = {
        word: [f"{KINDS[kinds[at]]} {ids[at]}" for at in np.flatnonzero(outcomes == code)[:MOST_IDS]]
        for code, word in REFUSALS.items() if counts[code]
    }  # fmt: skip
    return Account(
        {word: there[kind] for kind, word in enumerate(KINDS)}, counts[TABLE],
        {word: counts[code] for code, word in LEFT_OUT.items() if counts[code]},
        {word: counts[code] for code, word in REFUSALS.items() if counts[code]},
        repaired, first=first,
    )  # fmt: skip
