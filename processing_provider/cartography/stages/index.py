"""What a sheet's grid is on the map: its lines, and which names are in which of its cells."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import unicodedata
from typing import Iterable

import numpy as np
from qgis.core import QgsGeometry, QgsPointXY

from ...text.phrases import one_line
from ..features.reading import Thing
from ..features.strokes import Array, coordinates, resampled
from ..rendering.entries import PLACES, SIGHTS, STREETS, IndexEntry
from ..sheet.index_grid import IndexGrid
from ..symbology.place_labels import RANK
from ..symbology.symbols import FLAT, line, mixed, stroke
from .builder import Builder
from .pois import Point

_LINE_MM = 0.12
# How much of the frame's colour the lines have, the rest is the land's.
_INK = 0.55
# Points on a street are so many mm apart; a cell is named that has such a share of it, at most so many of them.
_STEP_MM, _SHARE, _MOST = 1.0, 0.12, 3
_SIGHT = 2
# What goes last where there is no room: places, before them sights; streets by their lengths in mm.
_PLACES_FIRST, _SIGHTS_FIRST = 1e6, 1e5
_LETTERS = 120


def draw_lines(builder: Builder) -> None:
    """The lines between the cells, as a layer of the map; nothing where the sheet has no grid."""
    page = builder.page
    if not page.sheet.band:
        return
    grid = IndexGrid.of(page.sheet)
    xs = [page.xmin + (page.xmax - page.xmin) * number / grid.columns for number in range(1, grid.columns)]
    ys = [page.ymin + (page.ymax - page.ymin) * number / grid.rows for number in range(1, grid.rows)]
    lines = [(QgsPointXY(x, page.ymin), QgsPointXY(x, page.ymax)) for x in xs]
    lines += [(QgsPointXY(page.xmin, y), QgsPointXY(page.xmax, y)) for y in ys]
    land = builder.color["land"] or "#FFFFFF"
    tint = mixed(builder.color.get("frame") or builder.color["text"] or "#000000", land, 1 - _INK)
    symbol = line(stroke(tint, _LINE_MM, FLAT))
    things = [Thing(QgsGeometry.fromPolylineXY(list(ends))) for ends in lines]
    builder.add("Index grid", "line", things, [("TRUE", symbol, "Index grid")])


def index_entries(builder: Builder, points: Iterable[Point]) -> list[IndexEntry]:
    """All named streets, places and sights of a page, each group by its names; nothing where the sheet has no index."""
    if "index" not in builder.page.sheet.parts:
        return []
    grid = IndexGrid.of(builder.page.sheet)
    named = [(PLACES, *spot) for spot in _places(builder)]
    named += [
        (SIGHTS, point.name.split("\n")[0], point.place, _SIGHTS_FIRST - point.rank)
        for point in points
        if point.name and point.rank <= _SIGHT
    ]
    found: dict[tuple[str, str], IndexEntry] = {}
    for group, name, place, weight in named:
        number = int(grid.numbers(np.array([builder.paper.spot(place)]))[0])
        if number >= 0:
            found.setdefault((group, name.casefold()), IndexEntry(group, name, (grid.name(number),), weight))
    entries = [*_streets(builder, grid), *found.values()]
    order = (PLACES, STREETS, SIGHTS)
    return sorted(entries, key=lambda entry: (order.index(entry.group), _sorting(entry.name)))


def _places(builder: Builder) -> list[tuple[str, object, float]]:
    # The more important of one name comes first.
    places = sorted((thing for thing in builder.things("places") if thing["name"] and thing["kind"] in RANK),
                    key=lambda thing: RANK[thing["kind"]])  # fmt: skip
    return [
        (one_line(str(thing["name"]), _LETTERS), thing.geometry.asPoint(), _PLACES_FIRST - RANK[thing["kind"]])
        for thing in places
    ]


def _streets(builder: Builder, grid: IndexGrid) -> list[IndexEntry]:
    """Streets by their names, each with the cells that have most of it."""
    lines: dict[str, tuple[str, list[Array]]] = {}
    for table in ("roads", "paths"):
        for thing in builder.things(table):
            if thing["name"]:
                name = one_line(str(thing["name"]), _LETTERS)
                parts = [builder.paper.to_paper(part) for part in coordinates(thing.geometry)]
                lines.setdefault(name.casefold(), (name, []))[1].extend(parts)
    entries = []
    for name, parts in lines.values():
        if not parts:
            continue
        numbers = grid.numbers(np.concatenate([resampled(part, _STEP_MM) for part in parts]))
        cells, counts = np.unique(numbers[numbers >= 0], return_counts=True)
        if not len(cells):
            continue
        most = np.argsort(-counts, kind="stable")[:_MOST]
        kept = np.sort(cells[[most[0], *(one for one in most[1:] if counts[one] >= _SHARE * counts.sum())]])
        entries.append(IndexEntry(STREETS, name, tuple(map(grid.name, kept.tolist())), float(counts.sum())))
    return entries


def _sorting(name: str) -> str:
    """A name as an index sorts it: without accents, capitals and small letters alike."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
