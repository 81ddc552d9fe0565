"""Vector tiles of map data in several detail levels, each at the zooms that it suits.

A level's tables are arrays; each of its zooms cuts and rounds them, square by square, while tiles are handed on, and
each tile is held to its budget.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import groupby
from typing import Iterator, Mapping

from ..errors import WriteError
from ..feedback import Feedback
from ..osm.tables.layers import BY_NAME
from ..osm.tables.map_data import MapData, Table
from ..text.sentence import say
from . import area_names, budget, cutting
from .grid import Grid
from .level import Level
from .model import VECTOR, Tile, TileLayer, Tiles

_NUMBERS = ("INTEGER", "REAL", "MEDIUMINT", "INT", "DOUBLE", "FLOAT", "SMALLINT", "TINYINT")


def build(
    data: Mapping[int, MapData], rows: Mapping[int, Level], levels: dict[int, int], grid: Grid, language: str = ""
) -> Tiles:
    """The tiles of `data`, map data in EPSG:3857 for each detail level of `levels`, which gives each zoom its level.

    The rows of each level are beside them. `language` has a column of names of its own.
    """
    top = data[levels[grid.maxzoom]]
    objects = {table.name: table.features for table in top.tables if table.features}
    layers = tuple(_layers(data, rows, levels))
    produce = partial(_tiles, rows, levels, grid, dict(objects), objects)
    return Tiles(
        VECTOR, grid, levels, objects, produce, layers, top.date, top.source, top.notice, [top.account], language,
        partial(_texts, tuple(rows.values())), partial(_numbers, tuple(rows.values())),
    )  # fmt: skip


def _texts(views: tuple[Level, ...]) -> frozenset[str]:
    """All names, house numbers and numbers of roads in some data."""
    return frozenset().union(*(view.texts for view in views))


def _numbers(views: tuple[Level, ...]) -> frozenset[tuple[str, str]]:
    """Kind and `ref` of the roads in some data."""
    return frozenset().union(*(view.numbers for view in views))


def _span(levels: Mapping[int, int], level: int) -> tuple[int, int]:
    zooms = [zoom for zoom, suited in levels.items() if suited == level]
    return min(zooms), max(zooms)


def _layers(data: Mapping[int, MapData], rows: Mapping[int, Level], levels: Mapping[int, int]) -> Iterator[TileLayer]:
    """Each layer once, in drawing order, with the zooms and fields of all levels."""
    tables: dict[str, list[tuple[Table, int]]] = {}
    order: list[str] = []
    for level, view in sorted(data.items(), reverse=True):
        for table in view.tables:
            if table.features:
                tables.setdefault(table.name, []).append((table, level))
                order.append(table.name)
    for name in dict.fromkeys(order):
        spans = [_span(levels, level) for _, level in tables[name]]
        first = tables[name][0][0]
        fields = {column: _type(sql) for table, _ in tables[name] for column, sql in table.columns}
        low, high = min(low for low, _ in spans), max(high for _, high in spans)
        yield TileLayer(name, first.title or name, first.geometry, low, high, tuple(fields.items()))
    names = {column: _type(sql) for level in data for column, sql in rows[level].columns.items()}
    if names:
        title = "Names of areas"
        yield TileLayer(area_names.LAYER, title, "point", min(levels), max(levels), tuple(names.items()))


def _type(sql: str) -> str:
    word = sql.split("(")[0].strip().upper()
    return "Boolean" if word == "BOOLEAN" else "Number" if word in _NUMBERS else "String"


def _ranks(names: list[str]) -> dict[str, int]:
    """How soon each layer goes where a tile is too large: the later a detail level brings it, the sooner.

    Ground, water, borders and places stay; nobody knows of somebody else's layers which matter.
    """
    kept = ("background", "boundaries", "places")
    known = {name: BY_NAME[name] for name in names if name in BY_NAME}
    return {
        name: 0 if table.group in kept or name == "sea" else min(kind.detail for kind in table.kinds)
        for name, table in known.items()
    }


def _tiles(
    data: Mapping[int, Level], levels: Mapping[int, int], grid: Grid, wanted: Mapping[str, int],
    objects: dict[str, int], feedback: Feedback,
) -> Iterator[Tile]:  # fmt: skip
    """All tiles; in the end `objects` are those of `wanted` that came into the highest zoom."""
    ranks = _ranks(list(wanted))
    seen: dict[str, set[int]] = {name: set() for name in wanted}
    kept: dict[str, set[int]] = {name: set() for name in wanted}
    dropped: Counter[str] = Counter()
    cut: set[tuple[int, int, int]] = set()
    whole, done = sum(grid.count(zoom) for zoom in grid.zooms), 0
    for level, zooms in groupby(grid.zooms, lambda zoom: levels[zoom]):
        feedback.progress(100 * done / whole, "making tiles")
        tables = data[level].tables
        for zoom in zooms:
            for number, made in enumerate(cutting.tiles(tables, grid, zoom)):
                feedback.progress(100 * (done + number) / whole, "packing tiles")
                packed, left = budget.fitted(made.data, ranks, budget.MOST)
                if left is not None:
                    dropped.update(left.gone)
                    cut.add((zoom, made.x, made.y))
                if zoom == grid.maxzoom:
                    _note(made, left, seen, kept)
                yield Tile(zoom, made.x, made.y, packed)
            done += grid.count(zoom)
    if not any(seen.values()):
        raise WriteError("write_failed", "Vector tiles came out empty.")
    _tell(cut, dropped, grid, feedback)
    objects.clear()
    objects.update({name: len(some) for name, some in kept.items() if some})
    missing = {name: count - len(seen[name]) for name, count in wanted.items()}
    missing = {name: count for name, count in missing.items() if count > 0}
    if missing:
        feedback.warning(
            "objects_too_small",
            say(
                "{0} objects are too small for the tiles ({1}); a higher detail level has larger zooms.",
                sum(missing.values()),
                _listed(missing),
            ),
        )


def _note(made: cutting.Made, left: budget.Left | None, seen: dict[str, set[int]], kept: dict[str, set[int]]) -> None:
    """Take the objects of a tile, all of them and those that the budget left: a row has one number in every tile."""
    for name, rows in made.rows.items():
        if name in seen:
            numbers = (rows + 1).tolist()
            seen[name].update(numbers)
            if left is None:
                kept[name].update(numbers)
    for name, stayed in left.kept.items() if left else ():
        if name in kept:
            kept[name].update(stayed)


def _tell(cut: set[tuple[int, int, int]], dropped: Mapping[str, int], grid: Grid, feedback: Feedback) -> None:
    """Say what the budget left out."""
    if not cut:
        return
    zooms = sorted({zoom for zoom, _, _ in cut})
    where = str(zooms[0]) if len(zooms) == 1 else f"{zooms[0]}-{zooms[-1]}"
    feedback.warning(
        "tiles_too_large",
        say(
            "{0} tiles at zoom {1} would be larger than {2} kB and are without {3} small objects ({4}); "
            "leave layers out to have the others whole.",
            len(cut),
            where,
            budget.MOST // 1000,
            sum(dropped.values()),
            _listed(dropped),
        ),
    )


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))
