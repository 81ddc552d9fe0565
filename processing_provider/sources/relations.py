"""Relations with their members: of GDAL's OSM driver there is no way to them, so they are read here, by themselves.

One reading of the file's last part. Borders, routes and restrictions are kept whole, of others what they are made of.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zlib
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

import numpy as np

from ..osm.tables.extra_tags import INSIGNIFICANT
from .objects import KINDS, WAY
from .packed import opened
from .pbf_relations import of_pbf
from .relation_members import AREAS, OTHER, ROLES, Heads, Members, Relation, Relations, sorted_out

_CHUNK = 1 << 20


def read_relations(path: Path) -> Relations:
    """The relations of an extract, none where the file is broken: that is the driver's to tell."""
    try:
        if path.suffix.lower() == ".pbf":
            with path.open("rb") as file:
                return sorted_out(*of_pbf(file))
        with opened(path) as file:
            return sorted_out(*_of_xml(file))
    except (OSError, EOFError, ValueError, IndexError, KeyError, zlib.error, expat.ExpatError):
        return Relations()


def _of_xml(file: BinaryIO) -> tuple[list[Relation], list[tuple[Members, Heads]]]:
    """The same of OSM XML, parsed from the first relation on."""
    rest = _from_first_relation(file)
    if rest is None:
        return [], []
    named: list[Relation] = []
    number = 0
    tags: dict[str, str] = {}
    mine: list[tuple[int, int, str]] = []
    ids: list[int] = []
    told: list[dict[str, str]] = []
    rows: list[tuple[int, int, int, int]] = []
    heads: list[tuple[bool, bool, bool, bool, bool]] = []

    def start(name: str, values: dict[str, str]) -> None:
        nonlocal number
        if name == "relation":
            number = int(values["id"])
            tags.clear()
            mine.clear()
        elif name == "member" and values.get("type") in KINDS:
            mine.append((KINDS.index(values["type"]), int(values["ref"]), values.get("role", "")))
        elif name == "tag":
            tags[values["k"]] = values["v"]

    def end(name: str) -> None:
        if name != "relation":
            return
        ways = [(ref, role) for kind, ref, role in mine if kind == WAY]
        refs = np.array([ref for ref, _ in ways], np.int64)
        one = Relation(number, dict(tags), refs, tuple(role for _, role in ways))
        if one.is_border or one.is_route or one.is_restriction:
            named.append(one)
        rows.extend((len(ids), kind, ref, ROLES.get(role, OTHER)) for kind, ref, role in mine)
        ids.append(number)
        told.append(one.tags)
        kind, said = tags.get("type"), [key for key in tags if key not in INSIGNIFICANT]
        heads.append((kind in AREAS, kind == "multipolygon", one.is_route, said == ["type"], bool(said)))

    parser = expat.ParserCreate("UTF-8")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(b"<osm>")
    parser.Parse(rest)
    while chunk := file.read(_CHUNK):
        parser.Parse(chunk)
    of, kinds, refs, roles = np.array(rows, np.int64).reshape(-1, 4).T
    members = Members(np.array(ids, np.int64), of, kinds.astype(np.uint8), refs, roles.astype(np.uint8))
    area, multi, route, bare, tagged = np.array(heads, bool).reshape(-1, 5).T
    return named, [(members, Heads(area, multi, route, bare, tagged, told.__getitem__))]


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
