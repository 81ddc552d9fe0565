"""Relations with their members: of GDAL's OSM driver there is no way to them, so they are read here, by themselves.

Only those that somebody wants, of borders and routes, in one reading of the file's last part.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Iterator, cast
from xml.parsers import expat

import numpy as np

from .packed import opened
from .pbf import Blob, blobs, deltas, fields, varints

_CHUNK = 1 << 20
_WAY = 1
_SAMPLES = 16
_RELATIONS = 4
_SORTED = b"Sort.Type_then_ID"
# The words that the values of a wanted relation hold.
_WORDS = (b"administrative", b"route")
Ids = np.ndarray[Any, np.dtype[np.int64]]


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


def read_relations(path: Path) -> list[Relation]:
    """The borders and routes of an extract, none where the file is broken: that is the driver's to tell."""
    try:
        if path.suffix.lower() == ".pbf":
            with path.open("rb") as file:
                return list(_of_pbf(file))
        with opened(path) as file:
            return list(_of_xml(file))
    except (OSError, EOFError, ValueError, IndexError, zlib.error, expat.ExpatError):
        return []


def _of_pbf(file: BinaryIO) -> Iterator[Relation]:
    """Those of a PBF file; from the end, since the relations of a sorted file stand last."""
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
        if _RELATIONS in inside and any(word in data for word in _WORDS):
            table = next((value for number, value in block if number == 1), b"")
            strings = cast("list[bytes]", [value for _, value in fields(cast(bytes, table))])
            for group in groups:
                yield from _of_group(group, strings)


def _looks_sorted(file: BinaryIO, places: list[Blob]) -> bool:
    """Whether nodes, ways and relations follow one another in blocks taken here and there; few writers say so."""
    found = []
    for place in places[:: max(1, len(places) // _SAMPLES)]:
        groups = [value for number, value in fields(place.read(file)) if number == 2 and isinstance(value, bytes)]
        # Nodes are the fields 1 and 2 of a group.
        found += [max(next(fields(group), (0, 0))[0], 2) for group in groups]
    return found == sorted(found)


def _of_group(group: bytes, strings: list[bytes]) -> Iterator[Relation]:
    wanted = {strings.index(word) for word in _WORDS if word in strings}
    if not wanted:
        return
    texts = [text.decode(errors="replace") for text in strings]
    for number, relation in fields(group):
        if number != _RELATIONS:
            continue
        parts = dict(fields(cast(bytes, relation)))
        values = varints(cast(bytes, parts.get(3, b""))).tolist()
        if wanted.isdisjoint(values):
            continue
        keys = varints(cast(bytes, parts.get(2, b""))).tolist()
        tags = {texts[key]: texts[value] for key, value in zip(keys, values)}
        members, kinds = deltas(cast(bytes, parts.get(9, b""))), varints(cast(bytes, parts.get(10, b"")))
        roles = varints(cast(bytes, parts.get(8, b"")))
        is_way = kinds == _WAY
        found = Relation(
            int(cast(int, parts.get(1, 0))), tags, members[is_way].astype(np.int64),
            tuple(texts[role] for role in roles[is_way].tolist()),
        )  # fmt: skip
        if found.is_border or found.is_route:
            yield found


def _of_xml(file: BinaryIO) -> Iterator[Relation]:
    """The same of OSM XML, parsed from the first relation on."""
    rest = _from_first_relation(file)
    if rest is None:
        return
    found: list[Relation] = []
    number = 0
    tags: dict[str, str] = {}
    ways: list[tuple[int, str]] = []

    def start(name: str, values: dict[str, str]) -> None:
        nonlocal number
        if name == "relation":
            number = int(values["id"])
            tags.clear()
            ways.clear()
        elif name == "member" and values.get("type") == "way":
            ways.append((int(values["ref"]), values.get("role", "")))
        elif name == "tag":
            tags[values["k"]] = values["v"]

    def end(name: str) -> None:
        if name == "relation":
            ids = np.array([way for way, _ in ways], np.int64)
            one = Relation(number, dict(tags), ids, tuple(role for _, role in ways))
            if one.is_border or one.is_route:
                found.append(one)

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
