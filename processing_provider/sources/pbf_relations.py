"""The relations of a PBF file: each block's packed numbers are unpacked at once, since a city has tens of thousands."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import cached_property
from typing import Any, BinaryIO, Iterator, Sequence, cast

import numpy as np

from ..osm.tables.extra_tags import INSIGNIFICANT
from .objects import WAY
from .pbf import Blob, blobs, fields, sint64s, varints
from .pbf_objects import int64
from .relation_members import AREAS, OTHER, ROLES, Heads, Ids, Members, Relation

_SAMPLES = 16
_RELATIONS = 4
_SORTED = b"Sort.Type_then_ID"
# Fields of a relation: its id, keys and values, and of its members roles, ids (steps from each to the next) and kinds.
_ID, _KEYS, _VALUES, _ROLES, _REFS, _KINDS = 1, 2, 3, 8, 9, 10
_QUIET = frozenset(key.encode() for key in INSIGNIFICANT)
_AREAS = tuple(word.encode() for word in AREAS)
_WORDS = (*_AREAS, *_QUIET, *(role.encode() for role in ROLES), b"type", b"route", b"administrative", b"restriction")


def of_pbf(file: BinaryIO) -> tuple[list[Relation], list[tuple[Members, Heads]]]:
    """Borders, routes and restrictions, and all relations block by block; from the end, where sorted ones have them."""
    places = list(blobs(file))
    named: list[Relation] = []
    found: list[tuple[Members, Heads]] = []
    if not places:
        return named, found
    is_sorted = any(value == _SORTED for _, value in fields(places[0].read(file))) or _looks_sorted(file, places[1:])
    for place in reversed(places[1:]):
        block = list(fields(place.read(file)))
        groups = [value for number, value in block if number == 2 and isinstance(value, bytes)]
        inside = {next(fields(group), (0, 0))[0] for group in groups}
        if is_sorted and _RELATIONS not in inside and inside:
            break
        if _RELATIONS in inside:
            table = next((value for number, value in block if number == 1), b"")
            texts = _Texts(cast("list[bytes]", [value for _, value in fields(cast(bytes, table))]))
            for group in groups:
                found.append(_of_group(group, texts, named))
    return named, found


def _looks_sorted(file: BinaryIO, places: list[Blob]) -> bool:
    """Whether nodes, ways and relations follow one another in blocks taken here and there; few writers say so."""
    found = []
    for place in places[:: max(1, len(places) // _SAMPLES)]:
        groups = [value for number, value in fields(place.read(file)) if number == 2 and isinstance(value, bytes)]
        # Nodes are the fields 1 and 2 of a group.
        found += [max(next(fields(group), (0, 0))[0], 2) for group in groups]
    return found == sorted(found)


class _Texts:
    """The texts of a block, and where words stand among them that are looked for."""

    def __init__(self, texts: list[bytes]) -> None:
        self._texts = texts
        self._at: dict[bytes, list[int]] = {word: [] for word in _WORDS}
        for number, text in enumerate(texts):
            if text in self._at:
                self._at[text].append(number)

    def are(self, numbers: Any, *words: bytes) -> Any:
        """Which numbers of texts mean one of the words."""
        found = np.zeros(len(numbers), bool)
        for word in words:
            for number in self._at[word]:
                found |= numbers == number
        return found

    @cached_property
    def said(self) -> list[str]:
        """All of them as text."""
        return [text.decode(errors="replace") for text in self._texts]


class _Ragged:
    """The packed numbers of one field of many messages, and of each number the message it is of."""

    def __init__(self, pieces: Sequence[bytes], steps: bool = False) -> None:
        data = b"".join(pieces)
        ends = np.concatenate(([0], np.cumsum(np.frombuffer(data, np.uint8) < 128)))
        self.first: Ids = ends[np.cumsum([0, *map(len, pieces)])]
        self.of: Ids = np.repeat(np.arange(len(pieces)), np.diff(self.first))
        numbers = varints(data)
        self.values = numbers.astype(np.int64)
        if steps:
            sums = np.concatenate(([0], np.cumsum(sint64s(numbers))))
            self.values = sums[1:] - sums[self.first[:-1]][self.of]

    def one(self, number: int) -> Any:
        """The numbers of a message."""
        return self.values[self.first[number] : self.first[number + 1]]


def _of_group(group: bytes, texts: _Texts, named: list[Relation]) -> tuple[Members, Heads]:
    parts: list[dict[int, Any]] = [dict(fields(message)) for message in _relations(group)]
    count = len(parts)

    def column(number: int, steps: bool = False) -> _Ragged:
        return _Ragged([part.get(number, b"") for part in parts], steps)

    keys, values, roles, kinds = map(column, (_KEYS, _VALUES, _ROLES, _KINDS))
    refs = column(_REFS, True)
    ids = np.array([int64(part.get(_ID, 0)) for part in parts], np.int64)
    if not len(refs.of) == len(kinds.of) == len(roles.of) or len(keys.of) != len(values.of):
        raise ValueError("members or tags without their other half")

    def any_of(chosen: Any) -> Any:
        return np.bincount(keys.of[chosen], minlength=count) > 0

    is_type = texts.are(keys.values, b"type")
    said = ~texts.are(keys.values, *_QUIET)
    is_route = any_of(is_type & texts.are(values.values, b"route")) & any_of(texts.are(keys.values, b"route"))
    is_turn = any_of(is_type & texts.are(values.values, b"restriction"))
    is_multi = any_of(is_type & texts.are(values.values, b"multipolygon"))
    is_area = any_of(is_type & texts.are(values.values, *_AREAS))
    heads = Heads(is_area, is_multi, is_route, any_of(is_type) & ~any_of(said & ~is_type), any_of(said))
    codes = np.full(len(roles.values), OTHER, np.uint8)
    for role, code in ROLES.items():
        codes[texts.are(roles.values, role.encode())] = code

    word = texts.said

    def tags_of(number: int) -> dict[str, str]:
        pairs = zip(keys.one(number).tolist(), values.one(number).tolist())
        return {word[key]: word[value] for key, value in pairs}

    borders = any_of(texts.are(values.values, b"administrative"))
    for number in np.flatnonzero(is_route | is_turn | borders).tolist():
        is_way = kinds.one(number) == WAY
        words = roles.one(number)[is_way].tolist()
        tags, ways = tags_of(number), refs.one(number)[is_way]
        found = Relation(int(ids[number]), tags, ways, tuple(map(word.__getitem__, words)))
        if found.is_border or found.is_route or found.is_restriction:
            named.append(found)
    heads.tags = tags_of
    return Members(ids, refs.of, kinds.values.astype(np.uint8), refs.values, codes), heads


def _relations(group: bytes) -> Iterator[bytes]:
    for number, message in fields(group):
        if number == _RELATIONS:
            yield cast(bytes, message)
