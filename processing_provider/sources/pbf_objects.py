"""The objects of a PBF block one by one: nodes dense or plain, ways with the places of their nodes, relations."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable, Iterator, cast

from .objects import HEARSAY, NODE, RELATION, WAY, Place, Thing, place_of
from .pbf import blobs, deltas, fields, varints

_DENSE = 2
_KINDS = {1: NODE, 3: WAY, 4: RELATION}


def read_pbf(path: Path, add: Callable[[Thing], None], tell: Callable[[], None]) -> None:
    """Hand every object of a file to `add`, also the nodes whose places stand in ways; `tell` is called meanwhile."""
    with path.open("rb") as file:
        for blob in list(blobs(file)):
            tell()
            if blob.kind == b"OSMData":
                for thing in objects(blob.read(file)):
                    add(thing)


def objects(block: bytes) -> Iterator[Thing]:
    """The objects of a PrimitiveBlock."""
    reader = _Block(block)
    for number, group in fields(block):
        for inner, message in fields(group) if number == 2 and isinstance(group, bytes) else ():
            if inner == _DENSE and isinstance(message, bytes):
                yield from reader.dense(dict(fields(message)))
            elif inner in _KINDS and isinstance(message, bytes):
                yield from reader.single(_KINDS[inner], dict(fields(message)))


def signed(value: Any) -> int:
    """Of a sint64: the sign is its last bit."""
    return int((value >> 1) ^ -(value & 1))


class _Block:
    """What the objects of a block share: its texts and the units of its places and times."""

    def __init__(self, block: bytes) -> None:
        parts: dict[int, Any] = dict(fields(block))
        self._texts = [cast(bytes, text).decode("utf-8", "replace") for _, text in fields(parts.get(1, b""))]
        self._unit, self._second = parts.get(17, 100), parts.get(18, 1000) / 1000
        self._south, self._west = (int64(parts.get(number, 0)) for number in (19, 20))

    def dense(self, parts: dict[int, Any]) -> Iterator[Thing]:
        ids, lats, lons = (deltas(parts.get(number, b"")).tolist() for number in (1, 8, 9))
        info: dict[int, Any] = dict(fields(parts.get(5, b"")))
        versions, visible = (varints(info.get(number, b"")).tolist() for number in (1, 6))
        changes = [deltas(info.get(number, b"")).tolist() for number in (2, 3, 4, 5)]
        words = iter(varints(parts.get(10, b"")).tolist())
        for row, number in enumerate(ids):
            version = versions[row] if row < len(versions) else 0
            thing = Thing(NODE, number, version, row < len(visible) and not visible[row])
            thing.place = self._place(lons[row], lats[row])
            if version:
                thing.meta = self._meta(version, *(column[row] if row < len(column) else 0 for column in changes))
            for key in words:
                if key == 0:
                    break
                thing.tags[self._texts[key]] = self._texts[next(words)]
            yield thing

    def single(self, kind: int, parts: dict[int, Any]) -> Iterator[Thing]:
        number = parts.get(1, 0)
        thing = Thing(kind, signed(number) if kind == NODE else int64(number))
        info: dict[int, Any] = dict(fields(parts.get(4, b"")))
        thing.version, thing.gone = info.get(1, 0), info.get(6) == 0
        if thing.version:
            thing.meta = self._meta(thing.version, *(info.get(inner, 0) for inner in (2, 3, 4, 5)))
        keys, values = (varints(parts.get(inner, b"")).tolist() for inner in (2, 3))
        thing.tags = {self._texts[key]: self._texts[value] for key, value in zip(keys, values)}
        if kind == NODE:
            thing.place = self._place(signed(parts.get(9, 0)), signed(parts.get(8, 0)))
        elif kind == WAY:
            thing.refs = deltas(parts.get(8, b"")).tolist()
            places = zip(deltas(parts.get(10, b"")).tolist(), deltas(parts.get(9, b"")).tolist())
            for ref, (lon, lat) in zip(thing.refs, places):
                yield Thing(NODE, ref, HEARSAY, place=self._place(lon, lat))
        else:
            roles, kinds = (varints(parts.get(inner, b"")).tolist() for inner in (8, 10))
            members = zip(kinds, deltas(parts.get(9, b"")).tolist(), roles)
            thing.members = [(member, ref, self._texts[role]) for member, ref, role in members]
        yield thing

    def _place(self, lon: int, lat: int) -> Place | None:
        return place_of((self._west + self._unit * lon) * 1e-9, (self._south + self._unit * lat) * 1e-9)

    def _meta(self, version: int, time: int, changeset: int, uid: int, user: int) -> dict[str, str]:
        meta = {"version": str(version)}
        if time > 0:
            moment = datetime.fromtimestamp(time * self._second, timezone.utc)
            meta["timestamp"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        if changeset > 0:
            meta["changeset"] = str(changeset)
        if uid > 0 and user < len(self._texts):
            meta.update(uid=str(uid), user=self._texts[user])
        return meta


def int64(value: int) -> int:
    """Of an int64: a negative one has its highest bit set."""
    return value - (1 << 64) if value >> 63 else value
