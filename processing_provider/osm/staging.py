"""Raw OSM objects sorted into the tables of the layer table, whole, in lon/lat: done once per job.

What is too small for the detail level goes, what is invalid is repaired, lines are simplified. The cut to a
frame comes after and works on the same staged rows for every frame.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Sequence

from osgeo import ogr

from ..feedback import Creeping, Feedback
from ..geo.gdal_settings import quiet
from ..geo.geometry import (
    as_multi,
    from_blob,
    is_closed,
    repaired,
    ring_as_multi,
    ring_from_blob,
    staged_geometry,
    to_blob,
    wkb_of,
)
from ..sources.extract import connect
from ..text.sentence import say
from .classification import Classification
from .measures import box_metres, square_metres
from .origins import Origins
from .simplify import simplified
from .tables.account import REFUSED, SIZE, TABLE
from .tables.detail import DETAILS, Detail
from .tables.extra_tags import with_tags
from .tables.language import NO_NAMES, Names, Pair, with_language
from .tables.layer_sql import alternatives, select
from .tables.layers import COMMON, LayerTable, chosen
from .tables.staged import LONLAT, Box, Rows, Staged

_BATCH = 2000
# Where the kind stands among the values of a row, and the columns of few words.
_KIND = [name for name, _ in COMMON].index("kind")
_NAME = [name for name, _ in COMMON].index("name")
_SOUGHT = "landmark"
_WORDS = [number for number, (name, _) in enumerate(COMMON) if name in ("osm_type", "class", "kind")]
# The flag of an empty geometry in a GeoPackage's blob (1.3, section 2.1.3).
_EMPTY = 0x10


def stage(
    raw: Path,
    groups: tuple[str, ...],
    level: int,
    feedback: Feedback,
    box: Box | None = None,
    tags: str = "table",
    names: Names = NO_NAMES,
    least: float = 0.0,
) -> Staged:
    """Sort `raw` (see extract.read) into the tables of `groups` at detail `level`.

    `tags` is one of tags.CHOICES; where it is more than the table, `raw` must have been read with all tags; with the
    keys of `names` in any case.

    `least`: areas without a name that have fewer square metres are left out as well, since no page shows them.

    `box` is the area asked for (west, south, east, north): ways that reach over its edge may have lost nodes there.
    """
    detail = DETAILS[level]
    tables = chosen(groups)
    staged = Staged({}, [])
    hstores: dict[str, list[str | None]] = {}
    database = connect(raw)
    try:
        with quiet():
            found = Classification(database, tables, bool(groups), Creeping(feedback, 0, 20, say("sorting")))
            share = 50 / len(tables)
            for number, table in enumerate(tables):
                go_on = Creeping(feedback, 20 + share * number, 20 + share * (number + 1), table.title)
                rows, tagged = sort_table(database, found, table, detail, go_on, box, tags != "table", names, least)
                staged.rows[table.name], hstores[table.name] = rows, tagged
            staged.coastline = [line for blob in coast_lines(database) if (line := from_blob(blob)) is not None]
            staged.account = found.account()
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


def coast_lines(database: sqlite3.Connection) -> list[bytes]:
    """The coast of what was read, as GeoPackage blobs; a line of one point is none."""
    found = [blob for (blob,) in database.execute("SELECT geom FROM lines WHERE \"natural\" = 'coastline'")]
    return [blob for blob in found if (line := from_blob(blob)) is not None and line.GetPointCount() > 1]


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
            _simplify(staged, DETAILS[level], feedback)


def _simplify(staged: Staged, detail: Detail, feedback: Feedback) -> None:
    """Simplify all tables and the coast as one, so that what is shared stays shared."""
    feedback.progress(70, "simplifying")
    shapes = [bytes(line.ExportToWkb(ogr.wkbNDR)) for line in staged.coastline]
    tolerances = [detail.tolerance] * len(shapes)
    tables = [rows for rows in staged.rows.values() if rows.table.geometry != "point"]
    for rows in tables:
        shapes += map(wkb_of, rows.blobs)
        tolerances += [_tolerance(rows.table.name, detail)] * len(rows.blobs)
    moved = simplified(shapes, tolerances, feedback.part(70, 100))
    first = len(staged.coastline)
    staged.coastline = [moved.get(number, line) for number, line in enumerate(staged.coastline)]
    for rows in tables:
        for number in range(len(rows.blobs)):
            if first + number in moved:
                rows.blobs[number] = to_blob(moved[first + number], rows.table.geometry, LONLAT)
        first += len(rows.blobs)


def _tolerance(table: str, detail: Detail) -> float:
    """Houses lose more by a moved corner than land by a moved edge; above level 3 they are never touched."""
    if table != "buildings":
        return detail.tolerance
    return 0.0 if detail.level > 3 else min(detail.tolerance, 0.5)


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
    taken = found.take(table, source, detail.level)
    if taken is None:
        return
    named = bool(names.keys)
    more = names.sql if origins is None else (*names.sql, "alt")
    sql = select(table, source, detail.level, hstores is not None, more, True)
    levels = [kind.detail for kind, _ in alternatives(table)]
    polygon = table.geometry == "polygon"
    twins = _outlines(rows) if source == "rings" and polygon else {}
    smallest = detail.smallest(table.name)
    memo: dict[object, object] = {}
    # Objects that made no row, and why: by their place among all that were taken.
    lost: dict[int, int] = {}
    place = -1
    cursor = database.execute(sql)
    while batch := cursor.fetchmany(_BATCH):
        go_on()
        for blob, *values in batch:
            place += 1
            if not blob or blob[3] & _EMPTY:
                lost[place] = REFUSED
                continue
            hstore = values.pop() if hstores is not None else None
            shown_from = levels[values.pop()] if origins is not None else 0
            pair = (values.pop(-2), values.pop()) if named else None
            # The same few words again and again: kept once.
            for number in _WORDS:
                values[number] = memo.setdefault(values[number], values[number])
            if polygon:
                # What has a name may be looked for, and a sight is shown however small it is.
                sought = values[_NAME] is not None or values[_KIND] == _SOUGHT
                limit = smallest if sought else max(smallest, least)
                became = SIZE
                if sought or box_metres(blob) >= limit:
                    became = _add_area(found, rows, blob, values, source == "rings", limit, twins, box, pair, origins)
                if became != TABLE:
                    lost[place] = became
            elif table.geometry == "point" and source != "points":
                geometry = _area_of(box, blob) if source == "rings" else from_blob(blob)
                if geometry is None:
                    lost[place] = REFUSED
                else:
                    rows.add(geometry.PointOnSurface() or geometry.Centroid(), tuple(values))
            else:
                rows.blobs.append(as_multi(blob, table.geometry))
                rows.values.append(tuple(values))
            if hstores is not None and len(hstores) < len(rows.blobs):
                hstores.append(hstore)
            if pair is not None and len(rows.names) < len(rows.blobs):
                rows.names.append(pair)
            if origins is not None:
                origins.add(rows, source, blob, shown_from)
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
) -> int:
    """Append an area, mended where it is not valid, unless it is too small or there already; what became of it."""
    geometry = _area_of(box, blob) if ring else from_blob(blob)
    if geometry is None:
        return REFUSED
    same = twins.get(_outline(geometry, values)) if twins else None
    if same and origins is None:
        take_name(rows, same[-1], values, pair)
        return TABLE
    mended = repaired(geometry, "polygon")
    if mended is None:
        return REFUSED
    area = square_metres(mended)
    if area < smallest:
        return SIZE
    if origins is not None:
        origins.area(rows, area, mended is not geometry, same or ())
    found.repaired += mended is not geometry
    values.append(round(area, 1))
    if mended is not geometry or (ring and not is_closed(blob)):
        rows.add(mended, tuple(values))
    else:
        rows.blobs.append(ring_as_multi(blob) if ring else as_multi(blob, "polygon"))
        rows.values.append(tuple(values))
    return TABLE


def _area_of(box: Box | None, blob: bytes) -> ogr.Geometry | None:
    """The area that a way encloses; one that is open is closed only where it reaches over the edge of `box`."""
    geometry = ring_from_blob(blob)
    if geometry is None:
        return None
    ring = geometry.GetGeometryRef(0)
    last = ring.GetPointCount() - 1
    if last >= 3 and ring.GetPoint_2D(0) == ring.GetPoint_2D(last):
        return geometry
    west, east, south, north = geometry.GetEnvelope()
    if last < 2 or box is None or (west >= box[0] and south >= box[1] and east <= box[2] and north <= box[3]):
        return None
    geometry.CloseRings()
    return geometry


def _outline(polygon: ogr.Geometry, values: Sequence[object]) -> tuple[object, ...]:
    """What two drawings of one area have in common: bounds and number of corners of the outer ring.

    A part of a building is another thing than the building that it is all of.
    """
    return (*polygon.GetEnvelope(), polygon.GetGeometryRef(0).GetPointCount(), values[_KIND] == "part")


def _outlines(rows: Rows) -> dict[tuple[object, ...], list[int]]:
    """The outer rings of the relations read so far, and the rows that have each; the last one counts.

    A relation without tags of its own has those of its outer way (the old style of multipolygons), and some have
    both: the way must not be drawn a second time, over the courtyards that the relation has.
    """
    result: dict[tuple[object, ...], list[int]] = {}
    for row, (blob, values) in enumerate(zip(rows.blobs, rows.values)):
        geometry = staged_geometry(blob)
        for index in range(geometry.GetGeometryCount()):
            part = geometry.GetGeometryRef(index)
            if part.GetGeometryName() == "POLYGON":
                result.setdefault(_outline(part, values), []).append(row)
    return result


def take_name(rows: Rows, row: int, values: Sequence[object], pair: Pair | None) -> None:
    """Give a relation the names of its outer way where it has none."""
    names = [name for name, _ in rows.table.columns]
    place = names.index("name")
    if rows.values[row][place] is None and values[place] is not None:
        mended = list(rows.values[row])
        mended[place] = values[place]
        rows.values[row] = tuple(mended)
        if pair is not None:
            rows.names[row] = pair
