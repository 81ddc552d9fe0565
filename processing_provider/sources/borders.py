"""Administrative borders by their relations: the ways that are members of one, and the highest rank that they bound.

A border is often a relation alone: its ways are streets or a coast, with no tag of it, or lie in another file. GDAL's
OSM driver has no members, so the relations are read here, by themselves.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Iterator, cast
from xml.parsers import expat

from .packed import opened
from .pbf import Blob, blobs, deltas, fields, varints

_CHUNK = 1 << 20
_WAY = 1
_SAMPLES = 16
_RELATIONS = 4
_SORTED = b"Sort.Type_then_ID"
# Rank by admin_level: what bounds a country and a town is the country's border.
_LEVELS = {str(level): level for level in range(1, 12)}


def border_ways(path: Path) -> dict[int, int]:
    """The lowest admin_level of each way that is a member of an administrative boundary; none where none is read."""
    found: dict[int, int] = {}
    try:
        if path.suffix.lower() == ".pbf":
            with path.open("rb") as file:
                pairs = list(_of_pbf(file))
        else:
            with opened(path) as file:
                pairs = list(_of_xml(file))
    except (OSError, EOFError, ValueError, IndexError, zlib.error, expat.ExpatError):
        # Broken files are the driver's to tell.
        return {}
    for level, ways in pairs:
        for way in ways:
            found[way] = min(level, found.get(way, level))
    return found


def mark(lines: Path, ways: dict[int, int]) -> None:
    """Tag what of the GeoPackage `lines` (see extract.read) is part of a border as such, where it is not yet."""
    if not ways:
        return
    with closing(sqlite3.connect(lines)) as database, database:
        database.execute("PRAGMA synchronous=OFF")
        database.execute("CREATE TEMP TABLE border (way TEXT PRIMARY KEY, level TEXT) WITHOUT ROWID")
        database.executemany(
            "INSERT INTO border VALUES (?, ?)", ((str(way), str(level)) for way, level in ways.items())
        )
        database.execute(
            "UPDATE lines SET boundary = 'administrative', admin_level = "
            "(SELECT level FROM border WHERE way = osm_id) WHERE osm_id IN (SELECT way FROM border) "
            "AND NOT (COALESCE(boundary, '') = 'administrative' AND admin_level IS NOT NULL)"
        )


def _of_pbf(file: BinaryIO) -> Iterator[tuple[int, list[int]]]:
    """Level and member ways of each boundary; from the end, since the relations of a sorted file stand last."""
    places = list(blobs(file))
    if not places:
        return
    is_sorted = any(value == _SORTED for _, value in fields(places[0].read(file))) or _looks_sorted(file, places[1:])
    for place in reversed(places[1:]):
        data = place.read(file)
        block = list(fields(data))
        groups = [value for number, value in block if number == 2 and isinstance(value, bytes)]
        inside = {next(fields(group), (0, 0))[0] for group in groups}
        if is_sorted and _RELATIONS not in inside and inside:
            return
        if _RELATIONS in inside and b"administrative" in data:
            table = next(value for number, value in block if number == 1)
            strings = [value for _, value in fields(cast(bytes, table))]
            for group in groups:
                yield from _of_group(group, cast("list[bytes]", strings))


def _looks_sorted(file: BinaryIO, places: list[Blob]) -> bool:
    """Whether nodes, ways and relations follow one another in blocks taken here and there; few writers say so."""
    found = []
    for place in places[:: max(1, len(places) // _SAMPLES)]:
        groups = [value for number, value in fields(place.read(file)) if number == 2 and isinstance(value, bytes)]
        # Nodes are the fields 1 and 2 of a group.
        found += [max(next(fields(group), (0, 0))[0], 2) for group in groups]
    return found == sorted(found)


def _of_group(group: bytes, strings: list[bytes]) -> Iterator[tuple[int, list[int]]]:
    if b"administrative" not in strings:
        return
    wanted = strings.index(b"administrative")
    for number, relation in fields(group):
        if number != _RELATIONS:
            continue
        parts = dict(fields(cast(bytes, relation)))
        values = varints(cast(bytes, parts.get(3, b""))).tolist()
        if wanted not in values:
            continue
        keys = varints(cast(bytes, parts.get(2, b""))).tolist()
        tags = {strings[key]: strings[value] for key, value in zip(keys, values)}
        level = _LEVELS.get(tags.get(b"admin_level", b"").decode(errors="replace"))
        if level and tags.get(b"boundary") == b"administrative":
            members, kinds = deltas(cast(bytes, parts.get(9, b""))), varints(cast(bytes, parts.get(10, b"")))
            yield level, members[kinds == _WAY].tolist()


def _of_xml(file: BinaryIO) -> Iterator[tuple[int, list[int]]]:
    """The same of OSM XML, parsed from the first relation on."""
    rest = _from_first_relation(file)
    if rest is None:
        return
    found: list[tuple[int, list[int]]] = []
    tags: dict[str, str] = {}
    ways: list[int] = []

    def start(name: str, values: dict[str, str]) -> None:
        if name == "relation":
            tags.clear()
            ways.clear()
        elif name == "member" and values.get("type") == "way":
            ways.append(int(values["ref"]))
        elif name == "tag":
            tags[values["k"]] = values["v"]

    def end(name: str) -> None:
        level = _LEVELS.get(tags.get("admin_level", ""))
        if name == "relation" and level and tags.get("boundary") == "administrative":
            found.append((level, list(ways)))

    parser = expat.ParserCreate("UTF-8")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(b"<osm>")
    parser.Parse(rest)
    while chunk := file.read(_CHUNK):
        parser.Parse(chunk)
    yield from found


def _from_first_relation(file: BinaryIO) -> bytes | None:
    """What was read from the first relation on; None where there is none."""
    last = b""
    while chunk := file.read(_CHUNK):
        text = last + chunk
        place = text.find(b"<relation ")
        if place >= 0:
            return text[place:]
        last = chunk[-16:]
    return None
