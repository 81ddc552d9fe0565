"""Answers of Overpass saved as JSON ([out:json], as its web pages export them), as OSM XML.

Format: https://wiki.openstreetmap.org/wiki/OSM_JSON; `out geom` gives the coordinates of a way's nodes beside their
numbers.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Generator, Iterator, Sequence

from ...errors import SourceError
from ...feedback import Feedback
from ...text.sentence import say
from .. import packed
from ..normalize import mended
from ..objects import HEARSAY, KINDS, META, NODE, Numbers, Place, Thing, middle_of, place_of, version_of
from ..sorted_copy import Copy
from .saved import stopped

SUFFIXES = (".json", ".json.gz", ".json.bz2")
_CHECK_EVERY = 5000


def is_json(path: Path) -> bool:
    """Whether a file is called as such an answer is."""
    return path.name.lower().endswith(SUFFIXES)


def convert(path: Path, folder: Path, feedback: Feedback) -> Path:
    """Write the OSM XML file of the answer in `path` into `folder`; raises SourceError with one sentence."""
    data = _load(path)
    fault = stopped(str(data.get("remark", "")))
    if fault:
        raise SourceError("bad_source", say("The source {0} {1}.", path.name, fault), "source")
    date = str(data.get("osm3s", {}).get("timestamp_osm_base", ""))

    numbers = Numbers()

    def fill(copy: Copy) -> None:
        for count, element in enumerate(data["elements"]):
            if count % _CHECK_EVERY == 0:
                feedback.check()
            for thing in _things(element, numbers):
                copy.add(thing)

    return mended(path.name, folder, feedback, fill, date)


def _load(path: Path) -> dict[str, Any]:
    fault = say("The source {0} is no answer of an Overpass server as JSON", path.name)
    try:
        with packed.opened(path) as file:
            data = json.load(file)
    except RecursionError as error:
        raise SourceError("bad_source", say("{0}: it is nested too deeply.", fault), "source") from error
    except (*packed.FAULTS, ValueError) as error:
        raise SourceError("bad_source", say("{0}: {1}.", fault, str(error).rstrip(".")), "source") from error
    if not isinstance(data, dict) or not isinstance(data.get("elements"), list):
        raise SourceError("bad_source", say("{0}: it has no elements.", fault), "source")
    return data


def _things(element: dict[str, Any], numbers: Numbers) -> Iterator[Thing]:
    """An element, and the nodes and ways that it tells of."""
    number = element.get("id")
    if element.get("type") not in KINDS or not isinstance(number, int):
        return
    thing = Thing(KINDS.index(element["type"]), number, version_of(element.get("version")))
    thing.gone = element.get("visible") is False
    thing.meta = {key: str(element[key]) for key in META if key in element}
    thing.tags = {str(key): str(value) for key, value in (element.get("tags") or {}).items()}
    thing.middle = _place(element.get("center")) or _middle(element.get("bounds"))
    if thing.kind == NODE:
        thing.place = _place(element)
    thing.refs = yield from _nodes(element.get("geometry"), [int(ref) for ref in element.get("nodes") or ()], numbers)
    for member in element.get("members") or ():
        if member.get("type") not in KINDS:
            continue
        kind, ref = KINDS.index(member["type"]), int(member["ref"])
        thing.members.append((kind, ref, str(member.get("role", ""))))
        told = Thing(kind, ref, HEARSAY, place=_place(member))
        told.refs = yield from _nodes(member.get("geometry"), [], numbers)
        if told.place or told.refs:
            yield told
    yield thing


def _nodes(
    places: Sequence[dict[str, Any] | None] | None, refs: list[int], numbers: Numbers
) -> Generator[Thing, None, list[int]]:
    """The nodes of a list of places, nothing for one beyond the box that was asked for; returns their numbers."""
    found = [_place(spot) for spot in places or ()]
    if not refs:
        refs = [numbers.of(place) for place in found if place is not None]
        found = [place for place in found if place is not None]
    for ref, place in zip(refs, found):
        if place is not None:
            yield Thing(NODE, ref, HEARSAY, place=place)
    return refs


def _place(spot: dict[str, Any] | None) -> Place | None:
    return place_of(spot.get("lon"), spot.get("lat")) if spot else None


def _middle(box: dict[str, Any] | None) -> Place | None:
    return middle_of(box) if box else None
