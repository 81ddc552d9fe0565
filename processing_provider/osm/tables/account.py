"""What became of the objects of a source: how many were there, in tables, left out by which rule, refused, mended, cut.

It adds up: objects = in tables + left out + refused. Whoever stages makes one from arrays of objects and outcomes, and
an object that several tables were asked for counts once, with the best of its outcomes.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Dict, List, Union

import numpy as np
from numpy.typing import NDArray

# The kinds of objects as arrays have them.
KINDS = ("node", "way", "relation")
NODE, WAY, RELATION = range(3)
# What may become of an object, the most telling first: in a table; shown at a finer level alone; too small; without a
# shape that can be made; of no layer that was chosen; of no layer at all.
TABLE, DETAIL, SIZE, REFUSED, LAYERS, RULE = range(6)
LEFT_OUT = {DETAIL: "detail", SIZE: "size", LAYERS: "layers", RULE: "rule"}
REFUSALS = {REFUSED: "shape"}
# Ids that are kept of what is incomplete.
MOST_IDS = 10

Json = Dict[str, Union[int, Dict[str, int], Dict[str, List[str]]]]


@dataclass(frozen=True)
class Account:
    """How many tagged objects (see extra_tags.INSIGNIFICANT) the area that was read has, and what became of them.

    `objects` by kind (node, way, relation); `left_out` and `refused` by the reason (values of LEFT_OUT, REFUSALS).
    `repaired` areas were mended. `cut` rows cross the edge of the area asked for and are cut there, `outside` rows
    lie in the margin beyond it. `incomplete` counts what lacks nodes or members by what it lacks, `first` has the
    first ids of them and of what was refused ("way 123").
    """

    objects: dict[str, int] = field(default_factory=dict)
    in_tables: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    repaired: int = 0
    cut: int = 0
    outside: int = 0
    incomplete: dict[str, int] = field(default_factory=dict)
    first: dict[str, list[str]] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether objects = in tables + left out + refused."""
        there = sum(self.objects.values())
        return there == self.in_tables + sum(self.left_out.values()) + sum(self.refused.values())

    def at_frame(self, cut: int, outside: int) -> Account:
        """The same with what became of the rows at the edge of a frame."""
        return replace(self, cut=cut, outside=outside)

    def as_json(self) -> Json:
        """As every door tells it."""
        return {
            "objects": dict(self.objects), "in_tables": self.in_tables, "left_out": dict(self.left_out),
            "refused": dict(self.refused), "repaired": self.repaired, "cut": self.cut, "outside": self.outside,
            "incomplete": dict(self.incomplete), "first": {key: list(ids) for key, ids in self.first.items()},
        }  # fmt: skip


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
