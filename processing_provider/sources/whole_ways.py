"""Some ways of a file by their numbers, with all their places, wherever they lie: without reading all of the file.

GDAL's driver hands over what touches a box. Of a PBF file the blocks are found by halving, since a file that is read
has nodes before ways before relations, and the nodes' numbers rise (see inspection.py).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any, BinaryIO, Callable, Iterable, Iterator, cast
from xml.parsers import expat

import numpy as np

from .objects import place_of
from .packed import opened
from .pbf import Blob, blobs, deltas, fields, varint, varints_behind
from .pbf_objects import int64

_DENSE, _WAYS, _RELATIONS = 2, 3, 4
# The key of a way's number, as a rule its first field.
_NUMBER = 1 << 3
# Above all numbers.
_ABOVE = (1 << 63) - 1
_WAY = bytes([_WAYS << 3 | 2])
# So many bytes of blocks are kept.
_KEPT = 16 << 20
# Numbers from here on have more than eight bytes.
_LONG = 1 << 56
_SORTED = b"Sort.Type_then_ID"
Refs = Any
Places = Any


def shapes(path: Path, ways: set[int]) -> dict[int, tuple[Refs, Places]]:
    """The nodes of those of `ways` that the file has whole: their numbers, and longitude and latitude (n x 2).

    None where the file is damaged, which is the driver's to tell.
    """
    try:
        refs, places = _of_pbf(path, ways) if path.suffix.lower() == ".pbf" else _of_xml(path, ways)
    except (OSError, EOFError, ValueError, IndexError, KeyError, zlib.error, expat.ExpatError):
        return {}
    return {
        way: (nodes, np.array([places[node] for node in nodes.tolist()]))
        for way, nodes in refs.items() if len(nodes) > 1 and all(node in places for node in nodes.tolist())
    }  # fmt: skip


def _of_xml(path: Path, ways: set[int]) -> tuple[dict[int, Refs], dict[int, tuple[float, float]]]:
    lists: dict[int, list[int]] = {}
    places: dict[int, tuple[float, float]] = {}
    inside: list[list[int]] = []

    def way(name: str, values: dict[str, str]) -> None:
        if name == "way":
            inside[:] = [lists.setdefault(int(values["id"]), [])] if int(values["id"]) in ways else []
        elif name == "nd" and inside:
            inside[0].append(int(values["ref"]))

    def node(name: str, values: dict[str, str]) -> None:
        if name == "node" and int(values["id"]) in wanted:
            place = place_of(values.get("lon"), values.get("lat"))
            if place is not None:
                places[int(values["id"])] = place

    _parse(path, way)
    wanted = {ref for refs in lists.values() for ref in refs}
    _parse(path, node)
    return {way: np.array(refs, np.int64) for way, refs in lists.items()}, places


def _parse(path: Path, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with opened(path) as file:
        parser.ParseFile(file)


def _of_pbf(path: Path, ways: set[int]) -> tuple[dict[int, Refs], dict[int, tuple[float, float]]]:
    with path.open("rb") as file:
        reader = _Pbf(file)
        refs = reader.ways(np.array(sorted(ways), np.int64))
        nodes = np.unique(np.concatenate([np.empty(0, np.int64), *refs.values()]))
        return refs, reader.nodes(nodes)


class _Pbf:
    """A file whose blocks of nodes, ways and relations follow one another."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: list[Blob] = list(blobs(file))
        header = self._places.pop(0).read(file)
        self._is_sorted = any(value == _SORTED for _, value in fields(header))
        # The blocks that were read last: who looks for numbers by halving comes back to them.
        self._kept: dict[int, tuple[list[tuple[int, bytes]], bytes]] = {}
        self._ways = self._begin(_WAYS)
        self._end = self._begin(_RELATIONS)

    def _groups(self, number: int) -> list[tuple[int, bytes]]:
        """The groups of a block, each with the field that it holds."""
        return self._block(number)[0]

    def _block(self, number: int) -> tuple[list[tuple[int, bytes]], bytes]:
        """The groups of a block, and the block."""
        found = self._kept.pop(number, None)
        if found is None:
            block = self._places[number].read(self._file)
            groups = [value for name, value in fields(block) if name == 2 and isinstance(value, bytes) and value]
            found = [(value[0] >> 3, value) for value in groups], block
        # The last one stands last.
        self._kept[number] = found
        while len(self._kept) > 1 and sum(len(block) for _, block in self._kept.values()) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return found

    def _begin(self, kind: int) -> int:
        """The first block that holds something of a kind, or of one that stands behind it."""
        low, high = 0, len(self._places)
        while low < high:
            middle = (low + high) // 2
            if max((inner for inner, _ in self._groups(middle)), default=0) >= kind:
                high = middle
            else:
                low = middle + 1
        return low

    def _with(self, low: int, high: int, wanted: Any, first: Callable[[int], int]) -> Iterator[int]:
        """The blocks from `low` on, below `high`, in which the numbers `wanted` may be; `first` is a block's least."""
        if low >= high or not len(wanted):
            return
        if high - low == 1:
            yield low
            return
        middle = (low + high) // 2
        cut = int(np.searchsorted(wanted, first(middle)))
        yield from self._with(low, middle, wanted[:cut], first)
        yield from self._with(middle, high, wanted[cut:], first)

    def ways(self, wanted: Any) -> dict[int, Refs]:
        """The nodes of ways."""

        # A block that begins with ways may have nodes before them, one that ends with them relations behind.
        last = min(self._end + 1, len(self._places))
        everywhere = range(self._ways, last)
        found: dict[int, Refs] = {}
        if self._is_sorted:
            self._take(self._with(self._ways, last, wanted, self._first_way), wanted, found)
            return found
        # Few writers say that a file is sorted. Where blocks begin with rising numbers it is, but for one that is made
        # to deceive, which shows where it is looked at.
        firsts = [self._first_way(number) for number in everywhere]
        spots = self._with(self._ways, last, wanted, lambda number: firsts[number - self._ways])
        if any(later <= one for one, later in zip(firsts, firsts[1:])) or not self._take(spots, wanted, found):
            self._take(everywhere, wanted, found)
        return found

    def _first_way(self, number: int) -> int:
        """The number of a block's first way; one above all where it has none: relations alone stand behind ways."""
        group = self._places[number].begin(self._file).only_group()
        if group[:1] == _WAY:
            place = varint(group, 1)[1]
            if group[place] == _NUMBER:
                return int64(varint(group, place + 1)[0])
        ways = (way for inner, group in self._groups(number) if inner == _WAYS for way in _numbered(group))
        return next((way for way, _, _ in ways), _ABOVE)

    def _take(self, spots: Iterable[int], wanted: Any, found: dict[int, Refs]) -> bool:
        """Take those of the ways that are in some blocks; whether all numbers rise there, as far as they were read."""
        numbers, last, rises = set(wanted.tolist()), -_ABOVE, True
        for spot in spots:
            for inner, group in self._groups(spot):
                final = _last(group, wanted) if inner == _WAYS else -1
                for way, start, end in _numbered(group) if final >= 0 else ():
                    if start > final:
                        break
                    rises = rises and way > last
                    last = way
                    if way in numbers:
                        found[way] = deltas(cast(bytes, dict(fields(group[start:end])).get(8, b"")))
        return rises

    def nodes(self, wanted: Any) -> dict[int, tuple[float, float]]:
        """The places of nodes."""

        def first(number: int) -> int:
            return next((int(deltas(parts[1][:10])[0]) for parts in self._dense(number)), 1 << 62)

        found: dict[int, tuple[float, float]] = {}
        for spot in self._with(0, min(self._ways + 1, len(self._places)), wanted, first):
            for parts in self._dense(spot):
                ids = deltas(parts[1])
                mine = np.flatnonzero(_among(ids, wanted))
                if len(mine):
                    lons, lats = (side + unit * deltas(parts[name])[mine] for name, unit, side in self._axes(spot))
                    found.update(zip(ids[mine].tolist(), zip((lons * 1e-9).tolist(), (lats * 1e-9).tolist())))
        return found

    def _dense(self, number: int) -> Iterator[dict[int, Any]]:
        """The nodes of a block: the fields 1 (numbers), 8 and 9 (places), packed."""
        for inner, group in self._groups(number):
            parts: dict[int, Any] = dict(fields(cast(bytes, dict(fields(group))[_DENSE]))) if inner == _DENSE else {}
            if parts.get(1):
                yield parts

    def _axes(self, number: int) -> tuple[tuple[int, int, int], ...]:
        """Longitude and latitude of a block: field, unit and offset in 1e-9 degrees."""
        plain: dict[int, Any] = dict(fields(self._block(number)[1]))
        unit = plain.get(17, 100)
        return (9, unit, int64(plain.get(20, 0))), (8, unit, int64(plain.get(19, 0)))


def _last(group: bytes, wanted: Any) -> int:
    """Where in a group one of these numbers of ways stands last, of whatever field; -1 where none does.

    Of numbers that are too long it is not told.
    """
    if not len(wanted) or wanted[0] < 0 or wanted[-1] >= _LONG:
        return len(group) if len(wanted) else -1
    places, numbers = varints_behind(group, _NUMBER)
    found = np.flatnonzero(_among(numbers.view(np.int64), wanted))
    return int(places[found[-1]]) if len(found) else -1


def _among(numbers: Any, wanted: Any) -> Any:
    """Which of many numbers are among a few, which rise; numpy's own sorts all of them."""
    return wanted.take(wanted.searchsorted(numbers), mode="clip") == numbers


def _numbered(group: bytes) -> Iterator[tuple[int, int, int]]:
    """The ways of a group: number, and where the message begins and ends. There are many: no generator for each."""
    place = 0
    while place < len(group):
        size = shift = 0
        while True:
            place += 1
            byte = group[place]
            size |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        start = place = place + 1
        if group[place] == _NUMBER:
            number = shift = 0
            while True:
                place += 1
                byte = group[place]
                number |= (byte & 127) << shift
                shift += 7
                if byte < 128:
                    break
        else:
            number = cast(int, next((value for name, value in fields(group[start : start + size]) if name == 1), 0))
        place = start + size
        yield int64(number), start, place
