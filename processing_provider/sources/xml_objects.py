"""OSM XML read object by object: of the API, of Overpass with every `out`, of JOSM and other editors."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import BinaryIO, Callable
from xml.parsers import expat

from .objects import HEARSAY, KINDS, META, NODE, WAY, Numbers, Thing, middle_of, place_of, version_of

_CHUNK = 1 << 18


def is_gone(values: dict[str, str]) -> bool:
    """Whether the attributes of an object say that it is deleted: the API's and osmium's way, and JOSM's."""
    return values.get("visible") == "false" or values.get("action") == "delete"


def read_xml(file: BinaryIO, add: Callable[[Thing], None], tell: Callable[[], None]) -> None:
    """Hand every object of a file to `add`, the nodes and ways inside other objects too; `tell` is called meanwhile."""
    reader = _Reader(add)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.begin, reader.end
    while chunk := file.read(_CHUNK):
        tell()
        parser.Parse(chunk)
    parser.Parse(b"", True)


class _Reader:
    def __init__(self, add: Callable[[Thing], None]) -> None:
        self._add = add
        self._numbers = Numbers()
        self._now: Thing | None = None
        # The way whose places stand inside a member of a relation.
        self._member: Thing | None = None

    def begin(self, name: str, values: dict[str, str]) -> None:
        if name in KINDS:
            kind = KINDS.index(name)
            self._now = Thing(kind, int(values["id"]), version_of(values.get("version")), is_gone(values))
            self._now.meta = {key: values[key] for key in META if key in values}
            if kind == NODE:
                self._now.place = place_of(values.get("lon"), values.get("lat"))
        elif self._now is None:
            return
        elif name == "tag":
            self._now.tags[values["k"]] = values["v"]
        elif name == "nd":
            self._node_of(self._member or self._now, values)
        elif name == "member" and values.get("type") in KINDS:
            kind, number = KINDS.index(values["type"]), int(values["ref"])
            self._now.members.append((kind, number, values.get("role", "")))
            self._member = Thing(kind, number, HEARSAY)
            if kind == NODE:
                self._member.place = place_of(values.get("lon"), values.get("lat"))
        elif name == "center":
            self._now.middle = place_of(values.get("lon"), values.get("lat"))
        elif name == "bounds" and self._now.middle is None:
            self._now.middle = middle_of(values)

    def end(self, name: str) -> None:
        if name == "member" and self._member is not None:
            if self._member.place or (self._member.kind == WAY and self._member.refs):
                self._add(self._member)
            self._member = None
        elif name in KINDS and self._now is not None:
            self._add(self._now)
            self._now = None

    def _node_of(self, way: Thing, values: dict[str, str]) -> None:
        """A node of a way: its number, its place, or both."""
        place = place_of(values["lon"], values["lat"]) if "lon" in values and "lat" in values else None
        if "ref" not in values and place is None:
            return
        number = int(values["ref"]) if "ref" in values else self._numbers.of(place)  # type: ignore[arg-type]
        way.refs.append(number)
        if place is not None:
            self._add(Thing(NODE, number, HEARSAY, place=place))
