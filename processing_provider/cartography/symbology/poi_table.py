"""What a point of interest is drawn as: the table `pois.json`, which maps the classes of OSM to icons.

The first entry whose class (or kind) and tags fit takes the point. `rank` 1 is what everybody looks for; `alone` says
that the icon means something without a name, `named` from which detail level on its name is written (9: never).
Entries of another `table` take its areas that have a name, where no point of the same group lies in them.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator

from ..features.reading import Thing
from .symbols import one_of

# Millimetres by rank, where the table says nothing else.
_SIZES = (0.0, 2.7, 2.4, 2.2, 2.1, 2.0, 2.0, 1.9, 1.8, 1.7)


@dataclass(frozen=True)
class Look:
    """How points of some classes look: icon, group (a colour), rank, first detail level, size in mm."""

    icon: str
    group: str
    rank: int
    detail: int
    classes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    where: dict[str, str] = field(default_factory=dict)
    table: str = "pois"
    alone: bool = False
    named: int = 0
    size: float = 0.0
    # Whether an entry in Wikidata alone gives it the rank of a sight.
    is_raised: bool = False

    @property
    def mm(self) -> float:
        """The side of the icon's box."""
        return self.size or _SIZES[self.rank]

    def fits(self, thing: Thing) -> bool:
        """Whether a point is drawn like this."""
        if thing["class"] not in self.classes and thing["kind"] not in self.kinds:
            return False
        return all(value in str(thing[key] or "").split(";") for key, value in self.where.items())


def _load() -> tuple[Look, ...]:
    entries: list[dict[str, Any]] = json.loads(Path(__file__).with_name("pois.json").read_text(encoding="utf-8"))[
        "icons"
    ]
    for entry in entries:
        entry.update({key: tuple(value) for key, value in entry.items() if isinstance(value, list)})
    return tuple(Look(**entry) for entry in entries)


def expressions() -> Iterator[tuple[Look, str]]:
    """Each entry with the QGIS expression of the points that it takes and none before it does."""
    before: list[Look] = []
    for entry in (entry for entry in LOOKS if entry.table == "pois"):
        terms = [one_of("class", entry.classes) if entry.classes else one_of("kind", entry.kinds)]
        terms += [f"COALESCE(\"{key}\",'')='{value}'" for key, value in entry.where.items()]
        # In one list: a hundred terms side by side are nested a hundred deep in SQL, deeper than SQLite reads.
        plain: set[str] = set()
        for other in before:
            shared = set(other.classes) & set(entry.classes) if entry.classes else set(other.classes)
            if shared and other.where:
                hers = " AND ".join(f"COALESCE(\"{key}\",'')='{value}'" for key, value in other.where.items())
                terms.append(f"NOT ({one_of('class', sorted(shared))} AND {hers})")
            else:
                plain |= shared
        if plain:
            terms.append(f"NOT ({one_of('class', sorted(plain))})")
        before.append(entry)
        yield entry, " AND ".join(terms)


def _by_value() -> dict[tuple[str, str], list[int]]:
    """The numbers of the entries that may fit, by (table, class) and (table, kind)."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, entry in enumerate(LOOKS):
        for value in dict.fromkeys((*entry.classes, *entry.kinds)):
            found.setdefault((entry.table, value), []).append(number)
    return found


LOOKS: tuple[Look, ...] = _load()
_NUMBERS = _by_value()
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(look.group for look in LOOKS))


def look(thing: Thing, table: str = "pois") -> Look | None:
    """How a point, or an area of another table, is drawn; None for what the table does not know."""
    values = dict.fromkeys((thing["class"], thing["kind"]))
    numbers = sorted(number for value in values for number in _NUMBERS.get((table, value or ""), ()))
    return next((LOOKS[number] for number in numbers if LOOKS[number].fits(thing)), None)
