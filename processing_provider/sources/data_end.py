"""Whether the data end inside the page or lie outside: by the box that the file tells, or by how far objects reach.

PBF: bbox of the HeaderBlock. XML: `bounds` before the first object. Where a file tells nothing, only a
wide empty side of a map without any coast is taken for an end: beyond a coast the sea holds nothing.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Callable

from ..geo.sql import sql
from ..text.sentence import joined, say
from . import packed, pbf
from .coverage import Box, header_box, on_earth
from .extract import connect

_HEAD = 8192
_SIDES = (say("west"), say("south"), say("east"), say("north"))
# What stands inside an object is its own box.
_OBJECT = re.compile(r"<(?:node|way|relation)\b")
_BOUNDS = re.compile(r"<bounds\b([^>]*)>")
_VALUE = re.compile(r"\b(minlon|minlat|maxlon|maxlat)\s*=\s*[\"']([^\"']+)")
# Of the page's width or height: what may be missing where the box is told, and where it is only guessed at.
_MISSING, _EMPTY = 0.01, 0.25


def warning(told: Box | None, reach: Callable[[], Box | None], name: str, has_coast: bool, page: Box) -> str:
    """One sentence: that `page` lies outside the data, or where they end inside it; empty where they cover it.

    `told` is what their file says that it covers, `reach` finds how far what was read reaches.
    """
    box = told or (None if has_coast else reach())
    if box is None and has_coast:
        return ""
    if told and not _meets(told, page):
        where = _and(_beside(told, page))
        beyond = reach()
        if beyond is not None and _meets(beyond, page):
            return say(
                "The page lies wholly outside the box that {0} says it covers, which lies in the {1}; what it holds "
                "beyond that box may not be all: choose an area that it covers, or a larger extract.",
                name,
                where,
            )
        return say(
            "The page lies wholly outside the data of {0}, which lie in the {1} of it: nothing of them "
            "is there; choose an area that they cover.",
            name,
            where,
        )
    if box is None or not _meets(box, page):
        return say("The data of {0} hold nothing inside the page; choose an area that they cover.", name)
    ends = _ends(box, page, _MISSING if told else _EMPTY)
    if not ends:
        return ""
    where = _and(ends)
    if told:
        return say(
            "The data of {0} end inside the page in the {1}: what lies beyond is empty; choose an area that they "
            "cover, or a larger extract.",
            name,
            where,
        )
    return say(
        "The data of {0} seem to end inside the page in the {1}: what lies beyond is empty; choose an area that they "
        "cover, or a larger extract.",
        name,
        where,
    )


def _and(sides: list[str]) -> str:
    *others, last = sides
    return say("{0} and {1}", joined(others, ", "), last) if others else last


def _meets(box: Box, page: Box) -> bool:
    return box[0] < page[2] and page[0] < box[2] and box[1] < page[3] and page[1] < box[3]


def _beside(box: Box, page: Box) -> list[str]:
    """The sides of the page on which a box lies that does not meet it."""
    beside = (box[2] <= page[0], box[3] <= page[1], box[0] >= page[2], box[1] >= page[3])
    return [side for side, is_there in zip(_SIDES, beside) if is_there]


def _ends(box: Box, page: Box, share: float) -> list[str]:
    width, height = page[2] - page[0], page[3] - page[1]
    gaps = (box[0] - page[0], box[1] - page[1], page[2] - box[2], page[3] - box[3])
    return [side for side, gap, size in zip(_SIDES, gaps, (width, height) * 2) if gap > share * size]


def told_box(path: Path) -> Box | None:
    """What a file says that it covers (west, south, east, north); None where it says nothing."""
    try:
        with packed.opened(path) as file:
            head = file.read(_HEAD)
        if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            with path.open("rb") as file:
                blob = next(pbf.blobs(file), None)
                return header_box(blob.read(file)) if blob and blob.kind == b"OSMHeader" else None
        # An editor's file has one for each download.
        text = _OBJECT.split(head.decode("utf-8", "replace"), maxsplit=1)[0]
        return _around([box for text in _BOUNDS.findall(text) if (box := _bounds(text))])
    except (OSError, EOFError, ValueError, IndexError, TypeError, AttributeError, zlib.error):
        return None


def _bounds(text: str) -> Box | None:
    values = dict(_VALUE.findall(text))
    if len(values) < 4:
        return None
    return on_earth(*(float(values[key]) for key in ("minlon", "minlat", "maxlon", "maxlat")))


def _around(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    west, south, east, north = zip(*boxes)
    return min(west), min(south), max(east), max(north)


def reach_of(raw: Path) -> Box | None:
    """How far what was read reaches, whole ways and relations."""
    database = connect(raw)
    query = "SELECT min_x, min_y, max_x, max_y FROM {file!i}.gpkg_contents"
    try:
        boxes = [
            row
            for layer in ("points", "lines", "multipolygons")
            for row in database.execute(sql(query, file=f"{layer}_file"))
            if None not in row
        ]
    finally:
        database.close()
    return _around(boxes)
