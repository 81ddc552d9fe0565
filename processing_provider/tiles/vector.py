"""Vector tiles of map data in several detail levels, each at the zooms that it suits.

GDAL's MVT driver cuts and rounds into a private file, a level's tables as layers of a range of zooms; while the tiles
are handed on, rings that rounding has turned are turned back and each tile is held to its budget.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Iterable, Iterator, Mapping

from osgeo import gdal

from ..background import Watch, together
from ..errors import WriteError
from ..feedback import Feedback
from ..geo.gdal_settings import quiet
from ..geo.sql import sql
from ..osm.tables.layers import BY_NAME
from ..osm.tables.map_data import MapData, Table
from ..text.sentence import say
from . import area_names, budget, mvt
from .grid import Grid, tile_id
from .model import VECTOR, Tile, TileLayer, Tiles
from .repair import repair
from .rings import rewind

EXTENT, BUFFER = 4096, 80
# GDAL leaves things out of large tiles in silence: its own limits are never met.
_NO_LIMIT = 2**30
_NUMBERS = ("INTEGER", "REAL", "MEDIUMINT", "INT", "DOUBLE", "FLOAT", "SMALLINT", "TINYINT")


def build(
    data: Mapping[int, MapData], levels: dict[int, int], grid: Grid, path: Path, feedback: Feedback, language: str = ""
) -> Tiles:
    """The tiles of `data`, map data in EPSG:3857 for each detail level of `levels`, which gives each zoom its level.

    `path` is a private file that stays as long as the tiles are needed; `language` has a column of names of its own.
    """
    together([partial(_encode, data, levels, grid, path)], feedback, "making tiles", partial(path.unlink, True))
    top = data[levels[grid.maxzoom]]
    objects = {table.name: table.features for table in top.tables if table.features}
    layers = tuple(_layers(data, levels))
    produce = partial(_tiles, path, grid, dict(objects), objects)
    return Tiles(
        VECTOR, grid, levels, objects, produce, layers, top.date, top.source, top.notice, [top.account], language,
        partial(_texts, tuple(data.values())),
    )  # fmt: skip


def _texts(views: tuple[MapData, ...]) -> frozenset[str]:
    """All names and house numbers of some data."""
    found: set[str] = set()
    for view in views:
        with closing(sqlite3.connect(view.path)) as database:
            for table in view.tables:
                for column, _ in table.columns:
                    if column == "housenumber" or column.split("_")[0] == "name":
                        query = sql("SELECT DISTINCT {column!i} FROM {table!i}", column=column, table=table.name)
                        found.update(str(text) for (text,) in database.execute(query) if text)
    return frozenset(found)


def _span(levels: Mapping[int, int], level: int) -> tuple[int, int]:
    zooms = [zoom for zoom, suited in levels.items() if suited == level]
    return min(zooms), max(zooms)


def _layers(data: Mapping[int, MapData], levels: Mapping[int, int]) -> Iterator[TileLayer]:
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
    names = {column: _type(sql) for view in data.values() for column, sql in area_names.columns(view).items()}
    if names:
        title = "Names of areas"
        yield TileLayer(area_names.LAYER, title, "point", min(levels), max(levels), tuple(names.items()))


def _type(sql: str) -> str:
    word = sql.split("(")[0].strip().upper()
    return "Boolean" if word == "BOOLEAN" else "Number" if word in _NUMBERS else "String"


def _encode(data: Mapping[int, MapData], levels: Mapping[int, int], grid: Grid, path: Path, watch: Watch) -> None:
    """Let GDAL write all tiles, not packed, into an MBTiles file."""
    settings = {}
    for level, view in data.items():
        low, high = _span(levels, level)
        for table in view.tables:
            settings[_name(level, table.name)] = {"target_name": table.name, "minzoom": low, "maxzoom": high}
        settings[_name(level, area_names.LAYER)] = {"target_name": area_names.LAYER, "minzoom": low, "maxzoom": high}
    options = {
        "FORMAT": "MBTILES", "CONF": json.dumps(settings), "MINZOOM": grid.minzoom, "MAXZOOM": grid.maxzoom,
        "MAX_SIZE": _NO_LIMIT, "MAX_FEATURES": _NO_LIMIT, "COMPRESS": "NO", "EXTENT": EXTENT, "BUFFER": BUFFER,
    }  # fmt: skip
    with quiet() as errors:
        listed = [f"{name}={value}" for name, value in options.items()]
        target = gdal.GetDriverByName("MVT").Create(str(path), 0, 0, 0, gdal.GDT_Unknown, listed)
        for number, (level, view) in enumerate(data.items()):
            source = gdal.OpenEx(str(view.path), gdal.OF_VECTOR)
            for table in view.tables:
                watch.tell(0.5 * number / len(data))
                if target is None or watch.stopped:
                    break
                copied = _name(level, table.name)
                if table.features and target.CopyLayer(source.GetLayerByName(table.name), copied) is None:
                    break
            named = None if target is None or watch.stopped else area_names.points(view)
            if named is not None:
                target.CopyLayer(named.GetLayer(0), _name(level, area_names.LAYER))
            source = named = None
        # The work itself is done as the file is closed.
        target = None
    if errors.failures and not watch.stopped:
        raise WriteError("write_failed", say("Vector tiles could not be made: {0}.", errors.text))


def _name(level: int, table: str) -> str:
    return f"{level} {table}"


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


class _Objects:
    """The objects of some tiles, each once: GDAL gives a row of a table the same number in every tile."""

    def __init__(self, names: Iterable[str]) -> None:
        self._seen: dict[str, set[int]] = {name: set() for name in names}

    def add(self, parts: list[mvt.Layer]) -> None:
        """Take those of a tile."""
        for part in parts:
            if part.name in self._seen:
                self._seen[part.name].update(item.id for item in part.features)

    @property
    def counts(self) -> dict[str, int]:
        """How many each layer has, of those that have any."""
        return {name: len(seen) for name, seen in self._seen.items() if seen}


def _count(parts: list[mvt.Layer]) -> Counter[str]:
    return Counter({part.name: len(part.features) for part in parts})


def _tiles(
    path: Path, grid: Grid, wanted: Mapping[str, int], objects: dict[str, int], feedback: Feedback
) -> Iterator[Tile]:
    """All tiles; in the end `objects` are those of `wanted` that came into the highest zoom."""
    ranks = _ranks(list(wanted))
    seen, kept = (_Objects(wanted) for _ in range(2))
    dropped: Counter[str] = Counter()
    cut: set[tuple[int, int, int]] = set()
    with closing(sqlite3.connect(path)) as database:
        places = _places(database, grid)
        for number, (zoom, x, y, row) in enumerate(places):
            feedback.progress(100 * number / len(places), "packing tiles")
            (data,) = database.execute("SELECT tile_data FROM tiles WHERE rowid = ?", (row,)).fetchone()
            parts = mvt.layers(data)
            for part in parts:
                rewind(part)
                repair(part)
            data, left = budget.fitted(parts, ranks, budget.MOST)
            if zoom == grid.maxzoom:
                seen.add(parts)
                kept.add(left)
            if left is not parts:
                dropped += _count(parts)
                dropped -= _count(left)
                cut.add((zoom, x, y))
            yield Tile(zoom, x, y, data)
    _tell(cut, dropped, grid, feedback)
    objects.clear()
    objects.update(kept.counts)
    missing = {name: count - seen.counts.get(name, 0) for name, count in wanted.items()}
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


def _places(database: sqlite3.Connection, grid: Grid) -> list[tuple[int, int, int, int]]:
    """Zoom, column, row (southwards) and key of the grid's tiles in order; beside it lie only their margins."""
    rows = database.execute("SELECT zoom_level, tile_column, tile_row, rowid FROM tiles").fetchall()
    flipped = [(zoom, x, 2**zoom - 1 - y, row) for zoom, x, y, row in rows]
    inside = [place for place in flipped if grid.has(*place[:3])]
    if not inside:
        raise WriteError("write_failed", "Vector tiles came out empty.")
    return sorted(inside, key=lambda place: tile_id(*place[:3]))


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
