"""What a file lacks of its own objects: ways without all of their nodes, areas without all of their ways.

GDAL's OSM driver tells of each that it cuts or leaves out, among its messages for developers.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import re
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any, Iterator, cast
from xml.parsers import expat

from .pbf import blobs, deltas, fields, varints

_FILE = "incomplete.json"
_CUT = re.compile(r"For way (-?\d+), got only \d+ nodes")
_LOST = re.compile(r"Way (-?\d+) with \d+ nodes.* Discarding it")
_OPEN = re.compile(r"Relation (-?\d+) has missing ways")
_RELATIONS, _WAY = 4, 1
_CHUNK = 1 << 20


class Incomplete:
    """Ids of ways that are `cut`, of ways that are `lost` since they have no two nodes, and of `areas` without ways."""

    def __init__(self) -> None:
        self.cut: set[int] = set()
        self.lost: set[int] = set()
        self.areas: set[int] = set()

    def hear(self, message: str) -> None:
        """Take a message of the driver."""
        for pattern, ids in ((_CUT, self.cut), (_LOST, self.lost), (_OPEN, self.areas)):
            found = pattern.search(message)
            if found:
                ids.add(int(found[1]))


def keep(heard: Incomplete, path: Path, raw: Path, lines: Path) -> None:
    """Write down beside what was read of `path` what it lacks: of cut ways and areas those that touch what was read."""
    members = dict(_members(path, heard.areas)) if heard.areas else {}
    with closing(sqlite3.connect(lines)) as database:
        database.execute("CREATE TEMP TABLE part (way TEXT PRIMARY KEY) WITHOUT ROWID")
        wanted = heard.cut.union(*members.values())
        database.executemany("INSERT INTO part VALUES (?)", ((str(way),) for way in wanted))
        found = database.execute("SELECT osm_id FROM lines WHERE osm_id IN (SELECT way FROM part)") if wanted else ()
        there = {int(way) for (way,) in found}
    kept = {
        "cut": sorted(heard.cut & there), "lost": sorted(heard.lost),
        "areas": sorted(area for area, ways in members.items() if not there.isdisjoint(ways)),
        "members": sorted([area, way] for area, ways in members.items() for way in ways & there),
    }  # fmt: skip
    (raw / _FILE).write_text(json.dumps(kept), encoding="utf-8")


def kept(raw: Path) -> dict[str, list[int]]:
    """The ids that `keep` wrote down, by `cut`, `lost` and `areas`."""
    told = _told(raw)
    return {word: told.get(word, []) for word in ("cut", "lost", "areas")}


def members(raw: Path) -> list[tuple[int, int]]:
    """The ways that were read of each area that lacks others: ids of area and way."""
    return [(area, way) for area, way in _told(raw).get("members", ())]


def _told(raw: Path) -> dict[str, Any]:
    path = raw / _FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _members(path: Path, ids: set[int]) -> Iterator[tuple[int, set[int]]]:
    """The ways that are members of relations; none where the file is damaged, which is the driver's to tell."""
    try:
        if path.suffix.lower() == ".pbf":
            yield from _of_pbf(path, ids)
        else:
            yield from _of_xml(path, ids)
    except (OSError, EOFError, ValueError, IndexError, KeyError, zlib.error, expat.ExpatError):
        return


def _of_pbf(path: Path, ids: set[int]) -> Iterator[tuple[int, set[int]]]:
    """From the end: of a file that is read the relations stand last (see inspection.py)."""
    with path.open("rb") as file:
        for place in reversed(list(blobs(file))[1:]):
            groups = [value for number, value in fields(place.read(file)) if number == 2 and isinstance(value, bytes)]
            some = [value for group in groups for number, value in fields(group) if number == _RELATIONS]
            if groups and not some:
                return
            for relation in some:
                parts = dict(fields(cast(bytes, relation)))
                if parts.get(1) in ids:
                    ways, kinds = deltas(cast(bytes, parts.get(9, b""))), varints(cast(bytes, parts.get(10, b"")))
                    yield cast(int, parts[1]), set(ways[kinds == _WAY].tolist())


def _of_xml(path: Path, ids: set[int]) -> Iterator[tuple[int, set[int]]]:
    found: dict[int, set[int]] = {}
    inside: list[int] = []

    def start(name: str, values: dict[str, str]) -> None:
        if name == "relation":
            inside[:] = [int(values["id"])]
        elif name == "member" and values.get("type") == "way" and inside and inside[0] in ids:
            found.setdefault(inside[0], set()).add(int(values["ref"]))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with path.open("rb") as file:
        parser.ParseFile(file)
    yield from found.items()
