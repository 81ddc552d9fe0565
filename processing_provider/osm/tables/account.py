"""What became of the objects of a source: how many were there, in tables, left out by which rule, refused, mended, cut.

It adds up: objects = in tables + left out + refused. Whoever stages makes one from arrays of objects and outcomes, and
an object that several tables were asked for counts once, with the best of its outcomes.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Dict, List, Union

# The kinds of objects as arrays have them.
KINDS = ("node", "way", "relation")
NODE, WAY, RELATION = range(3)
# What may become of an object, the most telling first: in a table; shown at a finer level alone; too small; without a
# shape that can be made, without two nodes, without all ways of its edge, with an edge that does not close; of no layer
# that was chosen; of no layer; a relation that has no shape of its own.
TABLE, DETAIL, SIZE, REFUSED, NODES, MEMBERS, RINGS, LAYERS, RULE, SHAPELESS = range(10)
LEFT_OUT = {DETAIL: "detail", SIZE: "size", LAYERS: "layers", RULE: "rule", SHAPELESS: "shapeless"}
REFUSALS = {REFUSED: "shape", NODES: "nodes", MEMBERS: "members", RINGS: "rings"}
# Ids that are kept of what is incomplete, and how long words are that are believed.
MOST_IDS = 10
_MOST_WORDS, _LONGEST = 20, 40

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

    @classmethod
    def from_json(cls, value: object) -> Account:
        """What `as_json` wrote; TypeError or ValueError where it is nothing of the kind."""
        if not isinstance(value, dict) or set(value) != {one.name for one in fields(cls)}:
            raise TypeError("account")
        for one in fields(cls):
            if not _is(one.type, value[one.name]):
                raise TypeError(one.name)
        return cls(**value)


def _is(wanted: object, value: object) -> bool:
    """Whether a value of JSON is of a field's type, which is told by its name."""
    if wanted == "int":
        return isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(value, dict) or len(value) > _MOST_WORDS or not all(map(_is_word, value)):
        return False
    if wanted == "dict[str, int]":
        return all(_is("int", item) for item in value.values())
    return all(isinstance(ids, list) and len(ids) <= MOST_IDS and all(map(_is_word, ids)) for ids in value.values())


def _is_word(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST
