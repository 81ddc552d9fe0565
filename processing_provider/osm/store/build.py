"""A store is built: the whole source is read and sorted once, at the finest level, and laid down by place and size."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import Any, Callable, Iterator, Sequence

import numpy as np

from ...background import together
from ...errors import SourceError
from ...feedback import Creeping, Feedback
from ...geo.gdal_settings import quiet
from ...geo.geometry import EMPTY, bounds
from ...geo.sql import sql
from ...sources import data_end, extract, incomplete, opening
from ...text.sentence import say
from ...text.sentence_json import to_json
from .. import staging
from ..origins import NOWHERE
from ..rule_scan import Classification
from ..tables.account import NODE, NODES, RELATION, RINGS, WAY
from ..tables.detail import DETAILS
from ..tables.language import Names
from ..tables.layers import COMMON, TABLES, LayerTable
from ..tables.staged import Rows
from .layout import COAST, CUT, HURT, LOST, PARENTS, REACH, ROW, ROWS_A_BLOCK, SOURCES, Draft, Header, Packed
from .spill import WHOLE, Spill, lost_head

# What a build takes on the disk at most, in sizes of the source.
_ROOM = 12
_FINEST = max(DETAILS)
_WORLD = (-180.0, -90.0, 180.0, 90.0)
_BATCH = 20_000
_TIMEOUT = 600
# Columns of a store beside those of the tables: the name in Latin letters, and all tags.
_NAMES = Names(latin=True)


def build(source: str, folder: Path, key: str, feedback: Feedback) -> Header:
    """Build the store of a file into the empty `folder`; it is valid once this returns.

    Raises SourceError where the source cannot be read, OSError and sqlite3.Error on a disk that is full, Cancelled.
    """
    work = folder / "work"
    work.mkdir()
    size = Path(source).stat().st_size
    if shutil.disk_usage(folder).free < _ROOM * size:
        name, stores = Path(source).name, folder.parent
        raise SourceError("no_room", say("The disk of {0} has no room for a store of {1}.", stores, name))
    told: list[tuple[str, str]] = []
    listening = feedback.heard(lambda code, text: told.append((code, text)))
    opened = opening.open_source(source, _WORLD, (), _FINEST, _TIMEOUT, work, listening.part(0, 10, "download"))
    box = data_end.told_box(opened.path)
    raw = extract.read(opened.path, None, work, listening.part(10, 40, "read"), True, _NAMES.keys)
    header = Header(key, str(Path(source).resolve()), opened.name, opened.date, box=list(box) if box else None)
    header.warnings = [[code, to_json(text)] for code, text in told]
    draft = Draft(folder)
    try:
        with closing(extract.connect(raw)) as database, quiet():
            found = Classification(database, TABLES, False, Creeping(listening, 40, 45, say("sorting")))
            refused: list[tuple[bytes, Any]] = []
            for number, table in enumerate(TABLES):
                low, high = (45 + 53 * (number + step) / len(TABLES) for step in (0, 1))
                go_on = Creeping(feedback, low, high, table.title)
                count, lost = _sorted(database, found, table, folder / "spill", draft, number, go_on)
                _keep(header, table.name, count)
                refused += lost
            go_on = Creeping(feedback, 98, 99, say("writing the store"))
            lacking = incomplete.kept(raw)
            _keep(header, COAST, _coast(database, folder / "spill", draft, len(TABLES), go_on))
            _keep(
                header, LOST, _bare(chain(refused, _lacking(database, lacking, go_on)), draft, len(TABLES) + 1, go_on)
            )
            _keep(header, PARENTS, _bare(_parents(lacking), draft, len(TABLES) + 2, go_on))
            if box is None:
                _keep(header, REACH, _reach(database, draft, len(TABLES) + 3, go_on))
        feedback.check()
        together([lambda _watch: _end(folder, draft, header)], feedback.part(99, 100), say("writing the store"))
    finally:
        draft.abandon()
    return header


def _end(folder: Path, draft: Draft, header: Header) -> None:
    """Remove what was needed meanwhile, and have the disk take the rest, which may be long in coming."""
    shutil.rmtree(folder / "work")
    (folder / "spill").unlink()
    draft.close(header)


def _keep(header: Header, name: str, count: int) -> None:
    header.tables.append(name)
    header.counts.append(count)


def _sorted(
    database: sqlite3.Connection,
    found: Classification,
    table: LayerTable,
    path: Path,
    draft: Draft,
    number: int,
    go_on: Creeping,
) -> tuple[int, list[tuple[bytes, Any]]]:
    """One table of the layer table: the number of its rows, and what it has no shape for (see Spill.refusals)."""
    with closing(Spill(path)) as spill:
        rows, hstores = staging.sort_table(
            database, found, table, DETAILS[_FINEST], go_on, NOWHERE, True, _NAMES, 0.0, spill
        )  # fmt: skip
        spill.take(rows, hstores)
        return spill.write(draft, number, go_on), spill.refusals(number)


def _coast(database: sqlite3.Connection, path: Path, draft: Draft, number: int, go_on: Callable[[], None]) -> int:
    """The coast as a table of lines without values."""
    lines = staging.coast_lines(database)
    named: list[tuple[object, ...]] = [(number, "way", *[None] * (len(COMMON) - 2)) for number, _ in lines]
    rows = Rows(TABLES[0], [blob for _, blob in lines], named)
    count = len(lines)
    with closing(Spill(path)) as spill:
        spill.sources, spill.levels, spill.areas = ["lines"] * count, [0] * count, [float("inf")] * count
        spill.raws, spill.opened, spill.mended = [b""] * count, [False] * count, [False] * count
        spill.take(rows, None)
        return spill.write(draft, number, go_on)


def _lacking(
    database: sqlite3.Connection, lacking: incomplete.Lacking, go_on: Callable[[], None]
) -> Iterator[tuple[bytes, Any]]:
    """What lacks nodes or ways or has no shape: of each member the shape, as far as it is there, and what decides."""
    parts = [*lacking.beside, *(incomplete.Beside(way, CUT, WAY, way, False) for way in lacking.cut)]
    shapes: dict[int, dict[int, bytes]] = {}
    for kind, layer in ((NODE, "points"), (WAY, "lines")):
        shapes[kind] = dict(_asked(database, layer, [one.ref for one in parts if one.kind == kind], go_on))
    for way in lacking.lost:
        yield b"", lost_head(WHOLE, NODES, way, WAY)
    for one in parts:
        blob = shapes[one.kind].get(one.ref)
        if blob is not None:
            head = lost_head(bounds(blob), one.outcome, one.relation, WAY if one.outcome == CUT else RELATION)
            head["flags"] = HURT * one.hurts
            # A way of an area touches as the area does.
            source = "points" if one.kind == NODE else "multipolygons" if one.outcome == RINGS else "lines"
            head["source"] = SOURCES.index(source)
            yield blob, head


def _parents(lacking: incomplete.Lacking) -> Iterator[tuple[bytes, Any]]:
    """Relations that are made of others, one row for each of these."""
    return ((b"", lost_head(WHOLE, child, parent, RELATION)) for parent, child in lacking.parents)


def _bare(found: Iterator[tuple[bytes, Any]], draft: Draft, number: int, go_on: Callable[[], None]) -> int:
    """Lay down shapes without values as table `number`; how many."""
    count = 0
    while some := list(islice(found, ROWS_A_BLOCK)):
        go_on()
        heads = np.array([head for _, head in some], ROW)
        shape = Packed([b""] * len(some), [blob for blob, _ in some], [b"[]"] * len(some), {})
        draft.add(number, heads, (shape.to_bytes(), b"[]"))
        count += len(some)
    return count


def _asked(
    database: sqlite3.Connection, layer: str, ids: Sequence[int], go_on: Callable[[], None]
) -> Iterator[tuple[int, bytes]]:
    """Objects of a raw layer that have a place, ids and GeoPackage blobs."""
    database.execute("CREATE TEMP TABLE IF NOT EXISTS asked (number TEXT PRIMARY KEY) WITHOUT ROWID")
    database.execute("DELETE FROM asked")
    for first in range(0, len(ids), _BATCH):
        go_on()
        some = ((str(number),) for number in ids[first : first + _BATCH])
        database.executemany("INSERT OR IGNORE INTO asked VALUES (?)", some)
    query = "SELECT CAST(osm_id AS INTEGER), geom FROM {layer!i} WHERE osm_id IN (SELECT number FROM asked)"
    found = database.execute(sql(query, layer=layer))
    while batch := found.fetchmany(_BATCH):
        go_on()
        yield from ((number, blob) for number, blob in batch if blob and not blob[3] & EMPTY)


def _reach(database: sqlite3.Connection, draft: Draft, number: int, go_on: Callable[[], None]) -> int:
    """The boxes of all that was read, for sources that do not tell how far they reach."""
    count = 0
    for layer in extract.RAW_LAYERS:
        cursor = database.execute(sql("SELECT geom FROM {layer!i} WHERE geom IS NOT NULL", layer=layer))
        while batch := cursor.fetchmany(_BATCH):
            go_on()
            heads = np.zeros(len(batch), ROW)
            heads["box"], heads["area"] = [bounds(blob) for (blob,) in batch], np.inf
            heads["source"] = SOURCES.index(layer)
            for first in range(0, len(heads), ROWS_A_BLOCK):
                draft.add(number, heads[first : first + ROWS_A_BLOCK], (Packed([], [], [], {}).to_bytes(), b"[]"))
            count += len(heads)
    return count
