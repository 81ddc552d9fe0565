"""Several answers as one OSM XML file: every element once, nodes, ways, relations, each by rising id."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
import mmap
import re
from pathlib import Path

import numpy

from ...errors import SourceError
from ...feedback import Feedback
from .answers import ELEMENTS, Good

# An element of OSM XML from its tag to its end; signs such as > may stand between an attribute's quotes.
_ELEMENT = re.compile(rb'<(node|way|relation)\s((?:[^"\'>]|"[^"]*"|\'[^\']*\')*?)(?:/>|>.*?</\1\s*>)', re.S)
_ID = re.compile(rb'(?:^|\s)id\s*=\s*["\'](\d+)["\']')
_RANK = {name.encode(): rank for rank, name in enumerate(ELEMENTS)}
_CHECK_EVERY = 20000


def merge(parts: list[tuple[Path, Good]], target: Path, feedback: Feedback) -> Good:
    """Write `target`; the last part wins where two hold an element. The date is the oldest of the parts."""
    maps, tables = [], []
    try:
        for number, (path, good) in enumerate(parts):
            feedback.progress(50 * number / len(parts), "merging")
            with path.open("rb") as file:
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            maps.append(data)
            table = _elements(data)
            if len(table) != good.elements:
                raise SourceError("overpass_broken", "An Overpass answer could not be merged; try again.", "source")
            tables.append(numpy.column_stack((table, numpy.full(len(table), number))))
        rows = numpy.concatenate(tables)
        # By rank and id, the last part first among equals.
        rows = rows[numpy.lexsort((-rows[:, 4], rows[:, 1], rows[:, 0]))]
        first = numpy.ones(len(rows), dtype=bool)
        first[1:] = numpy.any(rows[1:, :2] != rows[:-1, :2], axis=1)
        rows = rows[first]
        date = min((good.date for _, good in parts if good.date), default="")
        with target.open("wb") as out:
            out.write(
                b'<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n'
                + f'<meta osm_base="{html.escape(date)}"/>\n'.encode()
            )
            for index, (_, _, start, end, part) in enumerate(rows.tolist()):
                if index % _CHECK_EVERY == 0:
                    feedback.progress(50 + 50 * index / len(rows), "merging")
                out.write(maps[part][start:end])
                out.write(b"\n")
            out.write(b"</osm>\n")
    finally:
        for data in maps:
            data.close()
    return Good(len(rows), date)


def _elements(data: mmap.mmap) -> numpy.ndarray:
    """One row per element: rank, id, start, end in bytes."""
    rows = []
    for found in _ELEMENT.finditer(data):
        number = _ID.search(found[2])
        if number:
            rows.append((_RANK[found[1]], int(number[1]), found.start(), found.end()))
    return numpy.array(rows, dtype=numpy.int64).reshape(-1, 4)
