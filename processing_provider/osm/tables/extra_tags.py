"""What an object is tagged with beyond the columns of the layer table: all its names, or everything.

GDAL's OSM driver hands over all tags of an object as an hstore text (PostgreSQL 15, F.18: `"key"=>"value",...`).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache

from .map_data import Tabular
from .rules import column

# What TAGS takes: the layer table's columns, these and a column per `name:*`, these and all tags in one.
CHOICES = ("table", "names", "all")
# Tags that say nothing of what an object is: one with no others counts as untagged, and a node is not read.
INSIGNIFICANT = ("created_by", "converted_by", "source", "time", "ele", "attribution")
# The keys that say what a thing is, the most telling first.
MAIN_KEYS = (
    "highway", "railway", "amenity", "shop", "tourism", "leisure", "landuse", "natural", "man_made", "barrier", "power",
    "public_transport", "waterway", "emergency", "office", "craft", "historic", "boundary", "aeroway", "aerialway",
    "traffic_sign", "entrance", "place", "building:part", "indoor", "healthcare", "advertising", "playground", "golf",
    "military", "geological", "route", "club", "noexit", "crossing", "traffic_calming", "piste:type", "door", "type",
)  # fmt: skip
# The columns of the driver: all tags, and those that have no column of their own; and ours with all tags as JSON.
RAW_COLUMN = "all_tags"
REST_COLUMN = "other_tags"
COLUMN = "tags"
_NAME = "name:"
_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"', re.S)
_MEANS, _NEXT = '"=>"', '","'
_LANGUAGE = re.compile(r"name:[a-z]+(?![A-Za-z])")
_json = json.JSONEncoder(ensure_ascii=False).encode
_ESCAPED = re.compile(r"\\(.)", re.S)


@dataclass(frozen=True)
class Tagged:
    """A table with more columns than the layer table gives it (see map_data.Tabular)."""

    name: str
    group: str
    geometry: str
    title: str
    columns: tuple[tuple[str, str], ...]


def parse(hstore: str | None) -> dict[str, str]:
    """The tags of an hstore text."""
    if not hstore:
        return {}
    if "\\" not in hstore:
        # Quotes inside would be escaped.
        words = iter(hstore[1:-1].replace(_MEANS, _NEXT).split(_NEXT))
        return dict(zip(words, words))
    pairs = _PAIR.findall(hstore)
    return {_ESCAPED.sub(r"\1", key): _ESCAPED.sub(r"\1", value) for key, value in pairs}


# SQLite asks for several things of one row.
_parsed = lru_cache(maxsize=8)(parse)


def tagged(hstore: str | None) -> int:
    """1 where an hstore text has a tag that says anything, else 0: for SQLite."""
    return int(hstore is not None and any(key not in INSIGNIFICANT for key in _parsed(hstore)))


def as_json(hstore: str | None) -> str | None:
    """All tags of an hstore text as a JSON object; None for none: for SQLite too."""
    tags = _parsed(hstore)
    return _json(tags) if tags else None


def main_value(hstore: str | None) -> str | None:
    """What an object that no table knows is: the value of the first key that says it, else of its first: for SQLite."""
    tags = _parsed(hstore)
    said = [key for key in MAIN_KEYS if key in tags] or [key for key in tags if key not in INSIGNIFICANT]
    return tags[said[0]] if said else None


def hstore(tags: dict[str, str]) -> str:
    """Tags as an hstore text."""

    def text(word: str) -> str:
        return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'

    return ",".join(f"{text(key)}=>{text(value)}" for key, value in tags.items())


def with_tags(
    table: Tabular, rows: list[tuple[object, ...]], hstores: list[str | None], choice: str
) -> tuple[Tabular, list[tuple[object, ...]]]:
    """`table` and its rows with the columns of `choice` behind the others; one hstore text per row."""
    if choice == "all":
        if any(name == COLUMN for name, _ in table.columns):
            return table, rows
        return wider(table, (COLUMN,)), [(*row, as_json(hstore)) for row, hstore in zip(rows, hstores)]
    named = [
        {key: value for key, value in parse(hstore).items() if key.startswith(_NAME)} if _NAME in (hstore or "") else {}
        for hstore in hstores
    ]
    # Two keys may make one column (`name:en` and `name:EN`): the one with the language in small letters, as the wiki
    # has it, fills it, then the first in the alphabet (`name:zh-Hant` before `name:zh_hant`).
    keys = sorted({key for names in named for key in names}, key=lambda key: (not _LANGUAGE.match(key), key))
    columns: dict[str, list[str]] = {}
    taken = {name.lower() for name, _ in table.columns}
    for key in keys:
        if column(key) not in taken:
            columns.setdefault(column(key), []).append(key)
    wide = [
        (*row, *(next((names[key] for key in keys if key in names), None) for keys in columns.values()))
        for row, names in zip(rows, named)
    ]
    return wider(table, tuple(columns)), wide


def wider(table: Tabular, names: tuple[str, ...]) -> Tabular:
    """`table` with more columns of text."""
    more = tuple((name, "TEXT") for name in names)
    return Tagged(table.name, table.group, table.geometry, table.title, table.columns + more) if names else table
