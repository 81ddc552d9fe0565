"""Raw OSM objects sorted into the tables of the layer table, whole, in lon/lat: done once per job.

What is too small for the detail level goes, what is invalid is repaired, lines are simplified. The cut to a
frame comes after and works on the same staged rows for every frame.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from pathlib import Path

from ..feedback import Creeping, Feedback
from ..geo.gdal_settings import quiet
from ..geo.geometry import (
    EMPTY,
    ENVELOPE,
    as_multi,
    from_blob,
    is_point,
)
from ..sources import incomplete, routes
from ..sources.extract import connect
from ..text.sentence import say
from .known_areas import KnownAreas, known_area, learn
from .measures import boxes_metres
from .origins import Origins
from .outlines import area_of, boxes_of, outlines, ring_outline, take_name
from .rule_scan import Classification
from .simplify_tables import simplify
from .tables.account import REFUSED, SIZE, TABLE
from .tables.detail import DETAILS, Detail
from .tables.extra_tags import with_tags
from .tables.language import NO_NAMES, Names, Pair, with_language
from .tables.layer_sql import alternatives, select
from .tables.layers import COMMON, TABLES, LayerTable, chosen
from .tables.staged import Box, Rows, Staged

# Rows between two looks at the feedback; an area may take a millisecond.
_BATCH = 500
# Bytes of an area that may take as long as many.
_LARGE = 20_000
# Where the kind stands among the values of a row, and the columns of few words.
_KIND = [name for name, _ in COMMON].index("kind")
_NAME = [name for name, _ in COMMON].index("name")
_SOUGHT = "landmark"
_WORDS = [number for number, (name, _) in enumerate(COMMON) if name in ("osm_type", "class", "kind")]


def stage(
    raw: Path,
    groups: tuple[str, ...],
    level: int,
    feedback: Feedback,
    box: Box | None = None,
    tags: str = "table",
    names: Names = NO_NAMES,
    least: float = 0.0,
    rest: bool = False,
    scans: dict[bool, Classification] | None = None,
) -> Staged:
    """Sort `raw` (see extract.read) into the tables of `groups` at detail `level`.

    `tags` is one of tags.CHOICES; where it is more than the table, `raw` must have been read with all tags; with the
    keys of `names` in any case.

    With the `rest` also what no table knows, with all tags, which must have been read.

    `least`: areas without a name that have fewer square metres are left out as well, since no page shows them.

    `box` is the area asked for (west, south, east, north): ways that reach over its edge may have lost nodes there.

    `scans` keeps, with the rest and without, what the rules say of `raw`: other levels of these groups take it again.
    """
    detail = DETAILS[level]
    tables = chosen(groups, rest)
    staged = Staged({}, [])
    hstores: dict[str, list[str | None]] = {}
    lacking = incomplete.kept(raw)
    database = connect(raw)
    try:
        with quiet():
            found = (
                scans[rest].again(database)
                if scans and rest in scans
                else Classification(
                    database, TABLES if rest else tables, bool(groups), Creeping(feedback, 0, 20, say("sorting"))
                )
            )
            if scans is not None:
                scans[rest] = found
                # Its own areas are as good at other levels.
                found.areas = {} if found.areas is None else found.areas
            share = 50 / len(tables)
            for number, table in enumerate(tables):
                if table.rest and staged.without_rest is None:
                    staged.without_rest = found.account(lacking)
                go_on = Creeping(feedback, 20 + share * number, 20 + share * (number + 1), table.title)
                rows, tagged = sort_table(database, found, table, detail, go_on, box, tags != "table", names, least)
                staged.rows[table.name], hstores[table.name] = rows, tagged
            staged.coastline = [line for _, blob in coast_lines(database) if (line := from_blob(blob)) is not None]
            staged.account, staged.hurt = found.account(lacking), lacking.hurt
            finish(staged, hstores, level, tags, names, feedback)
    finally:
        database.close()
    return staged


def sort_table(
    database: sqlite3.Connection,
    found: Classification,
    table: LayerTable,
    detail: Detail,
    go_on: Creeping,
    box: Box | None,
    tags: bool,
    names: Names,
    least: float,
    origins: Origins | None = None,
) -> tuple[Rows, list[str | None]]:
    """The rows of one table, not yet simplified, and all tags of each as an hstore where `tags` are wanted.

    With `origins` nothing is decided that another level or box would decide otherwise, and these keep what it takes.
    """
    rows = Rows(table)
    hstores: list[str | None] = []
    for source in table.source:
        tagged = hstores if tags else None
        _read(database, found, rows, table, source, detail, go_on, box, tagged, names, least, origins)
    return rows, hstores


def coast_lines(database: sqlite3.Connection) -> list[tuple[int, bytes]]:
    """The coast of what was read, ids and GeoPackage blobs; a line of one point is none."""
    found = database.execute("SELECT CAST(osm_id AS INTEGER), geom FROM lines WHERE \"natural\" = 'coastline'")
    return [
        (number, blob) for number, blob in found if (line := from_blob(blob)) is not None and line.GetPointCount() > 1
    ]


def finish(
    staged: Staged, hstores: dict[str, list[str | None]], level: int, tags: str, names: Names, feedback: Feedback
) -> None:
    """Bring rows as they were sorted to what was asked for: columns of tags and names, and simplified at `level`."""
    with quiet():
        for name, rows in staged.rows.items():
            if tags != "table":
                rows.table, rows.values = with_tags(rows.table, rows.values, hstores[name], tags)
            if names.language:
                rows.table, rows.values = with_language(rows.table, rows.values, rows.names, names.language)
        if DETAILS[level].tolerance:
            simplify(staged, DETAILS[level], feedback)


def _read(
    database: sqlite3.Connection,
    found: Classification,
    rows: Rows,
    table: LayerTable,
    source: str,
    detail: Detail,
    go_on: Creeping,
    box: Box | None,
    hstores: list[str | None] | None,
    names: Names,
    least: float,
    origins: Origins | None,
) -> None:
    if table.name == "buildings" and detail.min_building is None:
        found.leave(table, source)
        return
    taken = found.take(table, source, detail.level, go_on)
    if taken is None:
        return
    named = bool(names.keys)
    more = names.sql if origins is None else (*names.sql, "alt")
    sql = select(table, source, detail.level, hstores is not None, more, True)
    levels = [kind.detail for kind, _ in alternatives(table)] or [table.kinds[0].detail]
    polygon = table.geometry == "polygon"
    twins = outlines(rows) if source == "rings" and polygon else {}
    boxes = boxes_of(twins)
    smallest = detail.smallest(table.name)
    memo: dict[object, object] = {}
    # Objects that made no row, and why: by their place among all that were taken.
    lost: dict[int, int] = {}
    place = -1
    cursor = database.execute(sql)
    while batch := cursor.fetchmany(_BATCH):
        go_on()
        # Kept for other levels, where somebody asks for such.
        known: KnownAreas = {} if found.areas is None else found.areas
        blobs = [row[0] for row in batch]
        if polygon and source == "rings":
            learn(blobs, known)
        sizes = boxes_metres(blobs) if polygon else []
        for number, (blob, *values) in enumerate(batch):
            place += 1
            if source == routes.LAYER and origins is None:
                blob = found.route(blob)
            if not blob or blob[3] & EMPTY:
                lost[place] = REFUSED
                continue
            hstore = values.pop() if hstores is not None else None
            shown_from = levels[values.pop()] if origins is not None else 0
            pair = (values.pop(-2), values.pop()) if named else None
            # The same few words again and again: kept once.
            for word in _WORDS:
                values[word] = memo.setdefault(values[word], values[word])
            if polygon:
                if len(blob) > _LARGE:
                    go_on()
                # What has a name may be looked for, and a sight is shown however small it is.
                sought = values[_NAME] is not None or values[_KIND] == _SOUGHT
                limit = smallest if sought else max(smallest, least)
                became = SIZE
                if sought or sizes[number] >= limit:
                    same = twins if blob[ENVELOPE] in boxes else {}
                    became = _add_area(
                        found, rows, blob, values, source == "rings", limit, same, box, pair, origins, known
                    )
                if became != TABLE:
                    lost[place] = became
            elif table.geometry == "point" and source != "points":
                geometry = area_of(box, blob) if source == "rings" else from_blob(blob)
                if geometry is None:
                    lost[place] = REFUSED
                else:
                    rows.add(geometry.PointOnSurface() or geometry.Centroid(), tuple(values))
            elif table.geometry == "line" and source != routes.LAYER and is_point(blob):
                lost[place] = REFUSED
            else:
                rows.blobs.append(as_multi(blob, table.geometry))
                rows.values.append(tuple(values))
            if hstores is not None and len(hstores) < len(rows.blobs):
                hstores.append(hstore)
            if pair is not None and len(rows.names) < len(rows.blobs):
                rows.names.append(pair)
            if origins is not None:
                origins.add(rows, source, blob, shown_from, values)
        if origins is not None:
            origins.batch(rows, hstores)
    taken.settle(lost)


def _add_area(
    found: Classification,
    rows: Rows,
    blob: bytes,
    values: list[object],
    ring: bool,
    smallest: float,
    twins: dict[tuple[object, ...], list[int]],
    box: Box | None,
    pair: Pair | None,
    origins: Origins | None,
    areas: KnownAreas,
) -> int:
    """Append an area, mended where it is not valid, unless it is too small or there already; what became of it."""
    known = known_area(blob, ring, box, areas)
    if known is None:
        return REFUSED
    same = twins.get(ring_outline(blob, values)) if twins else None
    if same and origins is None:
        take_name(rows, same[-1], values, pair)
        return TABLE
    if known.metres < 0:
        return REFUSED
    if known.metres < smallest:
        return SIZE
    if origins is not None:
        origins.area(rows, known.metres, known.is_mended, same or ())
    found.repaired += known.is_mended
    values.append(round(known.metres, 1))
    rows.blobs.append(known.row(blob, ring))
    rows.values.append(tuple(values))
    return TABLE
