"""A private copy of a source that GDAL's OSM driver would not read whole: sorted, each object once, the deleted gone.

The driver wants nodes before ways before relations, and a place for each node. Objects go through a database on disk,
so that memory does not grow with the file.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, Callable, Iterator

from ..text.xml_text import quoteattr
from .objects import HEARSAY, KINDS, NODE, RELATION, WAY, Thing

_BATCH = 5000
# What XML cannot hold.
_UNSEEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
_TABLE = (
    "CREATE TABLE things (kind INTEGER, id INTEGER, version INTEGER, row INTEGER, body TEXT, "
    "PRIMARY KEY (kind, id, version, row)) WITHOUT ROWID"
)
_ALL = "SELECT kind, id, version, body FROM things ORDER BY kind, id, version, row"
_ONE = "SELECT kind, id, version, body FROM things WHERE kind = ? AND id = ? ORDER BY version, row"
_COUNT = "SELECT COUNT(*) FROM things WHERE kind = 0 AND id IN (SELECT value FROM json_each(?))"


@dataclass
class Copy:
    """Objects as they come, and the file that they become; `write` may be called once."""

    folder: Path
    tell: Callable[[], None]
    # Objects that have become points, and nodes without a place: by type and id.
    points: list[tuple[int, int]] = field(default_factory=list)
    placeless: list[tuple[int, int]] = field(default_factory=list)
    # Objects that are deleted; and versions of objects that are there in a newer one.
    deleted: list[tuple[int, int]] = field(default_factory=list)
    older: int = 0
    # Nodes that have a place.
    nodes: int = 0

    def __post_init__(self) -> None:
        self._file = self.folder / "objects.sqlite"
        self._database = sqlite3.connect(self._file)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-100000"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute(_TABLE)
        self._rows: list[tuple[int, int, int, int, str]] = []
        self._number = 0
        self._middles: list[tuple[int, int]] = []

    def add(self, thing: Thing) -> None:
        """Take an object in."""
        self._number += 1
        body = json.dumps((thing.gone, thing.place, thing.middle, thing.meta, thing.tags, thing.refs, thing.members))
        self._rows.append((thing.kind, thing.id, thing.version, self._number, body))
        if thing.middle is not None:
            self._middles.append((thing.kind, thing.id))
        if len(self._rows) >= _BATCH:
            self._flush()

    def write(self, target: Path, date: str = "", bounds: tuple[float, float, float, float] | None = None) -> Path:
        """Write OSM XML, and drop the database."""
        self._flush()
        points = dict(self._points())
        with target.open("w", encoding="utf-8", newline="\n") as file:
            file.write('<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n')
            if date:
                file.write(f"<meta osm_base={_quoted(date)}/>\n")
            if bounds:
                sides = zip(("minlon", "minlat", "maxlon", "maxlat"), bounds)
                file.write("<bounds " + " ".join(f'{name}="{value:.7f}"' for name, value in sides) + "/>\n")
            made = sorted(points.values(), key=lambda thing: thing.id)
            file.writelines("".join(_xml(thing)) for thing in made)
            self.nodes = len(made)
            for count, thing in enumerate(self._merged()):
                if count % _BATCH == 0:
                    self.tell()
                self.older += thing.older
                if thing.gone:
                    self.deleted.append((thing.kind, thing.id))
                if thing.gone or (thing.kind, thing.id) in points:
                    continue
                if thing.kind == NODE and thing.place is None:
                    self.placeless.append((thing.kind, thing.id))
                    continue
                self.nodes += thing.kind == NODE
                file.write("".join(_xml(thing)))
            file.write("</osm>\n")
        self._database.close()
        self._file.unlink()
        self.points = sorted(points)
        return target

    def close(self) -> None:
        """Let go of the database, which stays where it is."""
        self._database.close()

    def _flush(self) -> None:
        self.tell()
        self._database.executemany("INSERT INTO things VALUES (?, ?, ?, ?, ?)", self._rows)
        self._rows.clear()

    def _merged(self, query: str = _ALL, values: tuple[int, ...] = ()) -> Iterator[Thing]:
        for (kind, number), rows in groupby(self._database.execute(query, values), key=lambda row: row[:2]):
            yield _newest(kind, number, [(row[2], json.loads(row[3])) for row in rows])

    def _points(self) -> Iterator[tuple[tuple[int, int], Thing]]:
        """A node in the place of each way and relation that has no shape here, and does tell where it is."""
        for kind, number in dict.fromkeys(self._middles):
            self.tell()
            thing = next(self._merged(_ONE, (kind, number)))
            if thing.gone or not thing.tags or self._has_shape(thing):
                continue
            # A number that no node has, from which its own can be told.
            point = Thing(NODE, -(2 * abs(number) + (kind == RELATION)), place=thing.middle, tags=thing.tags)
            point.tags.pop("type", None)
            yield (kind, number), point

    def _has_shape(self, thing: Thing) -> bool:
        if thing.kind == WAY:
            return bool(self._database.execute(_COUNT, (str(thing.refs),)).fetchone()[0])
        ways = [number for kind, number, _ in thing.members if kind == WAY]
        return any(self._has_shape(way) for number in ways for way in self._merged(_ONE, (WAY, number)))


def _newest(kind: int, number: int, rows: list[tuple[int, Any]]) -> Thing:
    """One object of all that is told of it: of a history the newest version.

    Overpass gives an object twice, once with less, where `out` stands twice.
    """
    newest = max(version for version, _ in rows)
    older = {version for version, _ in rows} - {newest, 0, HEARSAY}
    thing = Thing(kind, number, newest, older=len(older))
    parts = ("place", "middle", "meta", "tags", "refs", "members")
    for version, (gone, *values) in rows:
        if version not in (newest, 0, HEARSAY):
            continue
        thing.gone |= gone
        for name, value in zip(parts, values):
            if value:
                setattr(thing, name, value)
    return thing


def _xml(thing: Thing) -> Iterator[str]:
    name = KINDS[thing.kind]
    yield f'<{name} id="{thing.id}"' + "".join(f" {key}={_quoted(value)}" for key, value in thing.meta.items())
    if thing.place is not None:
        yield ' lat="{1:.7f}" lon="{0:.7f}"'.format(*thing.place)
    if not (thing.tags or thing.refs or thing.members):
        yield "/>\n"
        return
    yield ">"
    yield from (f'<nd ref="{number}"/>' for number in thing.refs)
    for kind, number, role in thing.members:
        yield f'<member type="{KINDS[kind]}" ref="{number}" role={_quoted(role)}/>'
    yield from (f"<tag k={_quoted(key)} v={_quoted(value)}/>" for key, value in thing.tags.items())
    yield f"</{name}>\n"


def _quoted(text: str) -> str:
    return quoteattr(_UNSEEN.sub("", text))
