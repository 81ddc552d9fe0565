"""Answers of Overpass saved as JSON ([out:json], as its web pages export them), as OSM XML.

Format: https://wiki.openstreetmap.org/wiki/OSM_JSON; `out geom` gives the coordinates of a way's nodes beside their
numbers.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterator

from ...errors import SourceError
from ...feedback import Feedback
from ...text.xml_text import quoteattr
from .. import packed
from .answers import ELEMENTS
from .saved import stopped

SUFFIXES = (".json", ".json.gz")
_CHECK_EVERY = 5000
_META = ("version", "timestamp", "changeset", "uid", "user")


def is_json(path: Path) -> bool:
    """Whether a file is called as such an answer is."""
    return path.name.lower().endswith(SUFFIXES)


def convert(path: Path, folder: Path, feedback: Feedback) -> Path:
    """Write the OSM XML file of the answer in `path` into `folder`; raises SourceError with one sentence."""
    data = _load(path)
    fault = stopped(str(data.get("remark", "")))
    if fault:
        raise SourceError("bad_source", f"The source {path.name} {fault}.", "source")
    found: dict[str, dict[int, dict[str, Any]]] = {kind: {} for kind in ELEMENTS}
    for element in data["elements"]:
        kind, number = element.get("type"), element.get("id")
        if kind in found and isinstance(number, int):
            # `out` twice gives an element twice, once with less.
            found[kind].setdefault(number, {}).update(element)
    _nodes_of_ways(found)
    ways = found["way"].values()
    if ways and all("nodes" not in way for way in ways):
        raise SourceError(
            "bad_source", f"{path.name} has no nodes of its ways; ask for them with (._;>;); out body;.", "source"
        )
    target = folder / "overpass.osm"
    date = str(data.get("osm3s", {}).get("timestamp_osm_base", ""))
    with target.open("wb") as file:
        file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n')
        file.write(f"<meta osm_base={quoteattr(date)}/>\n".encode())
        elements = (found[kind][number] for kind in ELEMENTS for number in sorted(found[kind]))
        for count, element in enumerate(elements):
            if count % _CHECK_EVERY == 0:
                feedback.check()
            file.write("".join(_xml(element)).encode())
        file.write(b"</osm>\n")
    return target


def _load(path: Path) -> dict[str, Any]:
    fault = f"The source {path.name} is no answer of an Overpass server as JSON"
    try:
        with packed.opened(path) as file:
            data = json.load(file)
    except (*packed.FAULTS, ValueError) as error:
        raise SourceError("bad_source", f"{fault}: {str(error).rstrip('.')}.", "source") from error
    if not isinstance(data, dict) or not isinstance(data.get("elements"), list):
        raise SourceError("bad_source", f"{fault}: it has no elements.", "source")
    return data


def _nodes_of_ways(found: dict[str, dict[int, dict[str, Any]]]) -> None:
    """Add the nodes that only stand as coordinates beside their numbers."""
    nodes = found["node"]
    for way in found["way"].values():
        for number, spot in zip(way.get("nodes", ()), way.get("geometry", ())):
            if spot is not None and number not in nodes:
                nodes[number] = {"type": "node", "id": number, **spot}


def _xml(element: dict[str, Any]) -> Iterator[str]:
    kind = element["type"]
    names = ("id", *(("lat", "lon") if kind == "node" else ()), *_META)
    yield f"<{kind}" + "".join(f" {key}={quoteattr(str(element[key]))}" for key in names if key in element) + ">"
    for number in element.get("nodes", ()):
        yield f'<nd ref="{int(number)}"/>'
    for member in element.get("members", ()):
        role = quoteattr(str(member.get("role", "")))
        yield f'<member type={quoteattr(member["type"])} ref="{int(member["ref"])}" role={role}/>'
    for key, value in element.get("tags", {}).items():
        yield f"<tag k={quoteattr(key)} v={quoteattr(str(value))}/>"
    yield f"</{kind}>\n"
