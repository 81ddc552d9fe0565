"""The named objects of a source's store: what people look for by name, read block by block."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Iterator

import numpy as np

from ...processing_provider.osm.store.layout import Blocks, Header, rows_of
from ...processing_provider.osm.tables import extra_tags
from ...processing_provider.osm.tables.layers import COMMON
from ..domain.places import SPOKEN

# Table, its column and the words there, by what people call such a thing; the order is how much each matters.
KINDS: tuple[tuple[str, str, str, frozenset[str]], ...] = (
    ("city", "places", "kind", frozenset({"city"})),
    ("town", "places", "kind", frozenset({"town"})),
    ("airport", "pois", "class", frozenset({"aerodrome"})),
    ("suburb", "places", "kind", frozenset({"suburb"})),
    ("village", "places", "kind", frozenset({"village"})),
    ("quarter", "places", "kind", frozenset({"quarter"})),
    ("area", "admin_areas", "kind", frozenset({"municipality", "district"})),
    ("hamlet", "places", "kind", frozenset({"hamlet"})),
    ("neighbourhood", "places", "kind", frozenset({"neighbourhood"})),
    ("station", "pois", "class", frozenset({"station", "halt", "terminal", "bus_station", "ferry_terminal"})),
    ("square", "plazas", "kind", frozenset({"plaza"})),
    ("street", "roads", "kind", frozenset({
        "motorway", "trunk", "primary", "secondary", "tertiary", "minor", "living", "pedestrian", "service"})),
    ("park", "green", "kind", frozenset({"park", "cemetery", "sport"})),
    ("reserve", "protected_areas", "kind", frozenset({"national_park", "nature_reserve", "protected_area"})),
    ("water", "water", "kind", frozenset({"lake"})),
    ("river", "waterways", "kind", frozenset({"river", "canal", "stream"})),
    ("sight", "pois", "kind", frozenset({"culture"})),
    ("hospital", "pois", "class", frozenset({"hospital"})),
    ("worship", "pois", "kind", frozenset({"religion"})),
    ("school", "pois", "kind", frozenset({"education"})),
    ("forest", "green", "kind", frozenset({"forest"})),
    ("peak", "pois", "class", frozenset({"peak", "volcano"})),
    ("path", "paths", "kind", frozenset({"path", "steps", "cycleway", "track"})),
    ("locality", "places", "kind", frozenset({"locality"})),
)  # fmt: skip
NUMBERS = {word: number for number, (word, *_) in enumerate(KINDS)}
_COLUMNS = [name for name, _ in COMMON]
_NAME = _COLUMNS.index("name")
# Where a table of places has the number of people.
_PEOPLE = len(COMMON)
_OTHERS = ("alt_name", "old_name", "int_name", "official_name", "short_name", "loc_name")
_LONGEST = 200


@dataclass
class Named:
    """Objects with a name: of each the number of its name (of `names`) and of its kind, its box (west, east, south,
    north) and how many people live there.

    `others` are all the names of a name's objects, `spoken` those in languages, by the number of the name: the first
    object that has any tells.
    """

    names: list[str] = field(default_factory=list)
    name: list[int] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    others: dict[int, tuple[str, ...]] = field(default_factory=dict)
    spoken: dict[int, dict[str, str]] = field(default_factory=dict)


def read(header: Header, blocks: Blocks) -> Named:
    """All of a store; BrokenStoreError where it cannot be read."""
    found, numbers = Named(), {}  # type: Named, dict[str, int]
    for table in dict.fromkeys(table for _, table, *_ in KINDS):
        kinds = {
            (column, word): number
            for number, (_, owner, column, words) in enumerate(KINDS)
            for word in words
            if owner == table
        }
        columns = {column: _COLUMNS.index(column) for column, _ in kinds}
        for box, values, tags in _rows(header, blocks, table):
            name = values[_NAME]
            if not name or len(name) > _LONGEST:
                continue
            known = (kinds.get((column, values[at])) for column, at in columns.items())
            kind = next((number for number in known if number is not None), None)
            if kind is None:
                continue
            number = numbers.setdefault(name, len(numbers))
            if number == len(found.names):
                found.names.append(name)
            found.name.append(number)
            found.kind.append(kind)
            found.boxes.append(box)
            found.people.append(_people(values) if table == "places" else 0)
            if number not in found.others and tags and ("name:" in tags or "_name" in tags):
                _note(found, number, extra_tags.parse(tags))
    return found


def _people(values: list[Any]) -> int:
    """How many live there, where it says a number."""
    count = values[_PEOPLE] if len(values) > _PEOPLE else None
    return int(count) if isinstance(count, (int, float)) else 0


def _note(found: Named, number: int, tags: dict[str, str]) -> None:
    """The names that an object has beside its own, each once."""
    names = dict.fromkeys(
        text[:_LONGEST]
        for key, text in tags.items()
        if (key.startswith("name:") or key in _OTHERS) and text != found.names[number]
    )
    if names:
        found.others[number] = tuple(names)
    spoken = {word: tags[f"name:{word}"] for word in SPOKEN if tags.get(f"name:{word}")}
    if spoken:
        found.spoken[number] = spoken


def _rows(header: Header, blocks: Blocks, table: str) -> Iterator[tuple[Any, list[Any], str | None]]:
    """Box, values and tags of each row of a table."""
    if table not in header.tables:
        return
    index = blocks.index
    for block in index[index["table"] == header.tables.index(table)]:
        heads = blocks.heads(block)
        values = rows_of(blocks.part(block, 1), len(heads))[2]
        tags: list[str | None] = json.loads(blocks.part(block, 2).decode("utf-8", "surrogatepass"))
        yield from zip(np.asarray(heads["box"]), values, tags)
