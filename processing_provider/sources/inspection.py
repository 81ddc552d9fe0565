"""What a file of OpenStreetMap is, learned in one pass before it is read: what GDAL's driver would lose of it.

The driver takes nodes before ways before relations, each object once, and a place for each node; of PBF the dense
nodes alone. What a file may be beside that is mended (see sorted_copy.py), or refused in one sentence.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zlib
from array import array
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Callable
from xml.parsers import expat

import numpy as np

from ..text.sentence import say
from .objects import KINDS, NODE, WAY, place_of
from .pbf import Begun, Blob, blobs, deltas, fields, sint64s, varints
from .pbf_objects import int64
from .xml_objects import is_gone

_CHUNK = 1 << 18
# Of a PBF: the fields of a group, and what a reader has to know.
_PLAIN, _DENSE, _WAYS = 1, 2, 3
KNOWN = {b"OsmSchema-V0.6", b"DenseNodes", b"HistoricalInformation", b"LocationsOnWays"}
_PACKED = {4: "lzma", 5: "bzip2", 6: "lz4", 7: "zstd"}
# Ids that are kept for a look at what is missing; beyond, a file is not asked.
_MOST = 30_000_000


class RefusedError(Exception):
    """Why a file is not read, as the end of a sentence that begins with its name."""


@dataclass
class Findings:
    """What of a file GDAL would lose, for a set of words; and what the file itself lacks."""

    faults: set[str] = field(default_factory=set)
    gone: int = 0
    # Nodes without a usable place, and ways that lack nodes: ids.
    placeless: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)


def look(path: Path, tell: Callable[[float], None]) -> Findings:
    """One pass over an unpacked file; `tell` gets the fraction done and may raise. Raises RefusedError.

    A file that is damaged gives what was found until there: telling it is the reader's.
    """
    size = max(path.stat().st_size, 1)
    with path.open("rb") as file:

        def step() -> None:
            tell(file.tell() / size)

        is_xml = file.read(8).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        file.seek(0)
        looker = _Xml() if is_xml else _Pbf()
        try:
            looker.run(file, step)
        except (ValueError, IndexError, KeyError, TypeError, zlib.error, expat.ExpatError):
            return looker.found
        return looker.found


class _Xml:
    def __init__(self) -> None:
        self.found = Findings()
        self._ids = tuple(array("q") for _ in KINDS)
        self._refs, self._ends = array("q"), array("q")
        self._kind, self._depth = 0, 0

    def run(self, file: BinaryIO, step: Callable[[], None]) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        while chunk := file.read(_CHUNK):
            step()
            parser.Parse(chunk)
        parser.Parse(b"", True)
        self._over()

    def _begin(self, name: str, values: dict[str, str]) -> None:
        self._depth += 1
        if name == "nd":
            if "lat" in values:
                self.found.faults.add("inline")
            elif len(self._refs) < _MOST:
                self._refs.append(int(values["ref"]))
        elif name in KINDS and self._depth == 2:
            self._object(KINDS.index(name), values)
        elif (self._depth > 2 and name in ("center", "bounds")) or (name == "member" and "lat" in values):
            self.found.faults.add("inline")
        elif (self._depth == 1 and name == "osmChange") or (self._depth == 2 and name == "action"):
            raise RefusedError(say("holds changes and no map; apply them to an extract, and give that"))

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == "way" and self._depth == 1:
            self._ends.append(len(self._refs))

    def _object(self, kind: int, values: dict[str, str]) -> None:
        if kind < self._kind:
            self.found.faults.add("order")
        self._kind = kind
        if len(self._ids[kind]) < _MOST:
            self._ids[kind].append(int(values["id"]))
        if is_gone(values):
            self.found.gone += 1
            self.found.faults.add("deleted")
        elif kind == NODE and place_of(values.get("lon"), values.get("lat")) is None:
            self.found.placeless.append(int(values["id"]))
            self.found.faults.add("places")

    def _over(self) -> None:
        """What is there twice, and which ways lack nodes."""
        every = [np.frombuffer(ids, np.int64) if ids else np.empty(0, np.int64) for ids in self._ids]
        nodes = np.unique(every[NODE])
        if any(len(np.unique(ids)) < len(ids) for ids in every):
            self.found.faults.add("twice")
        if not bool((np.diff(every[NODE]) > 0).all()):
            self.found.faults.add("nodes")
        if self.found.faults & {"inline"} or not len(self._refs) or len(self._refs) >= _MOST or len(nodes) >= _MOST:
            return
        lost = np.flatnonzero(~np.isin(np.frombuffer(self._refs, np.int64), nodes))
        ways = np.unique(np.searchsorted(np.frombuffer(self._ends, np.int64), lost, side="right"))
        self.found.cut = every[WAY][ways].tolist()


class _Pbf:
    def __init__(self) -> None:
        self.found = Findings()
        self._kind = 0
        self._last: int | None = None

    def run(self, file: BinaryIO, step: Callable[[], None]) -> None:
        for blob in list(blobs(file)):
            # Listing them went to the end.
            file.seek(blob.offset)
            step()
            if blob.kind == b"OSMHeader":
                self._header(_block(blob, file).whole())
            elif blob.kind == b"OSMData":
                block = _block(blob, file)
                group = block.only_group()
                # Of ways and relations nothing but their place in the file is asked.
                if group and group[0] >> 3 >= _WAYS:
                    self._follow(group[0] >> 3)
                else:
                    self._data(block.whole())

    def _header(self, block: bytes) -> None:
        said = [(number, value) for number, value in fields(block) if isinstance(value, bytes)]
        strange = sorted(word.decode("ascii", "replace") for number, word in said if number == 4 and word not in KNOWN)
        if strange:
            raise RefusedError(say("demands {0}, which is not read here; give a plain extract", ", ".join(strange)))
        features = {value for number, value in said if number in (4, 5)}
        if b"LocationsOnWays" in features:
            self.found.faults.add("inline")
        if b"HistoricalInformation" in features:
            self.found.faults.add("history")

    def _data(self, block: bytes) -> None:
        plain: dict[int, Any] = dict(fields(block))
        units = plain.get(17, 100), int64(plain.get(19, 0)), int64(plain.get(20, 0))
        for number, group in fields(block):
            if number != 2 or not isinstance(group, bytes) or not group:
                continue
            inner = group[0] >> 3
            if inner == _PLAIN:
                self.found.faults.add("plain")
            if inner == _DENSE:
                self._dense(group, *units)
            self._follow(inner)

    def _follow(self, inner: int) -> None:
        """A group follows that holds such a field."""
        kind = max(inner - 2, 0)
        if kind < self._kind:
            self.found.faults.add("order")
        self._kind = kind

    def _dense(self, group: bytes, unit: int, south: int, west: int) -> None:
        parts: dict[int, Any] = dict(fields(dict(fields(group))[_DENSE]))  # type: ignore[arg-type]
        steps = varints(parts.get(1, b""))
        if not len(steps):
            return
        # The last bit of a step is its sign; a step of nothing is the same node again.
        moves = sint64s(steps)
        first = int(moves[0])
        if bool((moves[1:] <= 0).any()) or (self._last is not None and first <= self._last):
            self.found.faults.add("nodes")
        self._last = int(moves.sum())
        for axis, side, offset in ((8, 90, south), (9, 180, west)):
            places = deltas(parts.get(axis, b""))
            ends = (
                [(offset + unit * int(place)) * 1e-9 for place in (places.min(), places.max())]
                if len(places)
                else [0.0]
            )
            if max(ends) > side or min(ends) < -side:
                self.found.faults.add("places")
        if b"\x00" in dict(fields(parts.get(5, b""))).get(6, b""):  # type: ignore[operator]
            self.found.faults.add("deleted")


def _block(blob: Blob, file: BinaryIO) -> Begun:
    """To be unpacked; RefusedError where it is packed in a way that is not read."""
    try:
        return blob.begin(file)
    except ValueError:
        file.seek(blob.offset)
        inside = {number for number, _ in fields(file.read(blob.size))}
        names = [name for number, name in _PACKED.items() if number in inside]
        if not names:
            raise
        raise RefusedError(
            say(
                "is packed with {0}, which is not read here; convert it with 'osmium cat -f pbf,pbf_compression=zlib'",
                names[0],
            )
        ) from None
