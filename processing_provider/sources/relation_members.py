"""What is known of relations and their members: borders, routes and restrictions as objects, all others as arrays."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Sequence

import numpy as np

from .objects import WAY

# The types of relations that are areas.
AREAS = ("multipolygon", "boundary")
# The roles of an area's ways: the edge, also where none is told, a hole, another.
OUTER, INNER, OTHER = range(3)
ROLES = {"outer": OUTER, "": OUTER, "inner": INNER}
Ids = np.ndarray[Any, np.dtype[np.int64]]
Bytes = np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True)
class Relation:
    """A relation: its tags, and the ways among its members, in their order, with the role of each."""

    id: int
    tags: dict[str, str]
    ways: Ids
    roles: tuple[str, ...]

    @property
    def is_border(self) -> bool:
        """Whether it is an administrative boundary."""
        return self.tags.get("boundary") == "administrative"

    @property
    def is_route(self) -> bool:
        """Whether it is a route, of whatever kind."""
        return self.tags.get("type") == "route" and "route" in self.tags

    @property
    def is_restriction(self) -> bool:
        """Whether it forbids a turn, or all but one."""
        return self.tags.get("type") == "restriction"


def _ids(values: Sequence[int] = ()) -> Ids:
    return np.array(values, np.int64)


@dataclass
class Members:
    """Relations and their members, as arrays: of member n `of[n]` is the number of the relation among `ids`.

    `kinds` are the members' (see objects.KINDS), `roles` OUTER, INNER or OTHER.
    """

    ids: Ids = field(default_factory=_ids)
    of: Ids = field(default_factory=_ids)
    kinds: Bytes = field(default_factory=lambda: np.empty(0, np.uint8))
    refs: Ids = field(default_factory=_ids)
    roles: Bytes = field(default_factory=lambda: np.empty(0, np.uint8))

    def some(self, chosen: Any) -> Members:
        """Those relations alone for which the array `chosen` is true."""
        mine = chosen[self.of]
        number = np.cumsum(chosen) - 1
        return Members(self.ids[chosen], number[self.of[mine]], self.kinds[mine], self.refs[mine], self.roles[mine])

    def with_a_way(self) -> Any:
        """Which relations have a way among their members."""
        return np.bincount(self.of[self.kinds == WAY], minlength=len(self.ids)) > 0

    @classmethod
    def joined(cls, parts: Sequence[Members]) -> Members:
        """All of several."""
        if not parts:
            return cls()
        first = np.cumsum([0, *(len(part.ids) for part in parts)])
        return cls(
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.of + start for part, start in zip(parts, first)]),
            np.concatenate([part.kinds for part in parts]),
            np.concatenate([part.refs for part in parts]),
            np.concatenate([part.roles for part in parts]),
        )


@dataclass
class Relations:
    """The relations of a file: borders, routes and restrictions whole (`named`), and of what all others are made.

    `areas` have ways; those that are `multi` are multipolygons, those that are `bare` have no tag of their own that
    says anything. `shapeless` are relations that are no areas and no routes, or of which no member is a way.
    """

    named: list[Relation] = field(default_factory=list)
    areas: Members = field(default_factory=Members)
    multi: Any = field(default_factory=lambda: np.empty(0, bool))
    bare: Any = field(default_factory=lambda: np.empty(0, bool))
    shapeless: Members = field(default_factory=Members)
    # Where the tags of any relation are found: the ids of a block, and what tells the tags of the relation so many.
    told: list[tuple[Ids, Callable[[int], dict[str, str]]]] = field(default_factory=list)

    def tags_of(self, ids: Ids) -> dict[int, dict[str, str]]:
        """The tags of some relations."""
        return {
            int(there[number]): tell(number)
            for there, tell in self.told for number in np.flatnonzero(np.isin(there, ids)).tolist()
        }  # fmt: skip


@dataclass
class Heads:
    """What of each relation of a block decides where it belongs: booleans, one a relation; `tags` are those of one."""

    area: Any
    multi: Any
    route: Any
    bare: Any
    tagged: Any
    tags: Callable[[int], dict[str, str]] = lambda _number: {}


def sorted_out(named: list[Relation], found: Sequence[tuple[Members, Heads]]) -> Relations:
    """All relations of a file by what they are."""
    made = Relations(named)
    areas, shapeless, multi, bare = [], [], [np.empty(0, bool)], [np.empty(0, bool)]
    for members, heads in found:
        has_ways = members.with_a_way()
        is_area = heads.area & has_ways
        areas.append(members.some(is_area))
        multi.append(heads.multi[is_area])
        bare.append(heads.bare[is_area])
        shapeless.append(members.some(~is_area & ~(heads.route & has_ways) & heads.tagged))
        made.told.append((members.ids, heads.tags))
    made.areas, made.shapeless = Members.joined(areas), Members.joined(shapeless)
    made.multi, made.bare = np.concatenate(multi), np.concatenate(bare)
    return made
