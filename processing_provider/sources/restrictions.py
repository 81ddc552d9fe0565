"""Restrictions of turns, as the relations say them, kept beside what was read of a source.

https://wiki.openstreetmap.org/wiki/Relation:restriction. What is said of the ways is all that is kept: the node
between them is where they meet.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable

from .relation_members import Relation

_FILE = "restrictions.json"
_KEY = "restriction"
_ROLES = ("from", "via", "to")


@dataclass(frozen=True)
class Restriction:
    """What one relation says: `tags` are those that begin with `restriction`, and `except`, `ways` the numbers of the
    ways from which, over which (none: at a node) and to which one turns.
    """

    id: int
    tags: dict[str, str]
    ways: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]


def keep(raw: Path, relations: Iterable[Relation]) -> None:
    """Write those of the relations that are restrictions into the folder `raw`."""
    rows = []
    for one in relations:
        if one.is_restriction:
            tags = {key: value for key, value in one.tags.items() if key.startswith(_KEY) or key == "except"}
            pairs = list(zip(one.ways.tolist(), one.roles))
            rows.append([one.id, tags, [[way for way, role in pairs if role == wanted] for wanted in _ROLES]])
    (raw / _FILE).write_text(json.dumps(rows), encoding="utf-8")


def kept(raw: Path) -> list[Restriction]:
    """The restrictions of what was read."""
    rows = json.loads((raw / _FILE).read_text(encoding="utf-8"))
    return [Restriction(number, tags, (tuple(a), tuple(b), tuple(c))) for number, tags, (a, b, c) in sorted(rows)]
