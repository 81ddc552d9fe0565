"""The staged map cut to a frame: whole where it lies inside, exact with GEOS where it crosses the edge."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Callable, List, Tuple

import numpy as np
from osgeo import ogr, osr

from ..feedback import Creeping, Feedback
from ..geo.gdal_settings import attempt, quiet
from ..geo.geometry import extracted, repaired, staged_geometry, to_blob
from ..geo.projection import WGS84, transformation
from ..geo.sql import sql
from .coastline import land_and_sea
from .geopackage import connection, create, insert
from .projected import projected
from .ragged import Floats
from .tables.account import Account
from .tables.language import for_display
from .tables.layers import OTHERS
from .tables.map_data import MapData, Table, Tabular
from .tables.overlay import OVERLAY
from .tables.staged import Rows, Staged

_CHECK_EVERY = 2000
# What blobs call a CRS that stands in no file (GeoPackage 1.3, 1.1.2.1.2).
_UNNAMED = -1
Extent = Tuple[float, float, float, float]
Row = Tuple[object, ...]
Keep = Callable[[Tabular, List[Row]], None]


def cut(
    staged: Staged,
    crs: str,
    frame: ogr.Geometry,
    path: Path,
    feedback: Feedback,
    empty: bool = False,
    shown: bool = False,
    rest: bool = True,
) -> MapData:
    """Write the staged tables, cut at the polygon `frame` (in `crs`), into the GeoPackage `path`.

    Tables without a feature are left out unless `empty` ones are wanted. Where they are to be `shown`, names are those
    in the language asked for (see language.for_display). The result lists them in drawing order,
    the bottom one first. Without the `rest` the tables of what no other has are left out.
    """
    with quiet():
        chosen = {name: _shown(rows) if shown else rows for name, rows in _chosen(staged, rest).items()}
        srs_id = create(path, [rows.table for rows in chosen.values()], crs)
        with connection(path) as database:

            def keep(table: Tabular, output: list[Row], extent: Extent | None, go_on: Creeping) -> bool:
                if output or empty:
                    insert(database, table, output, extent, go_on)
                    return True
                _drop(database, table.name)
                return False

            data = _cut(staged, chosen, crs, frame, srs_id, keep, feedback)
    return replace(data, path=path, account=_account(staged, rest, data.account))


def cut_into(
    staged: Staged, crs: str, frame: ogr.Geometry, keep: Keep, feedback: Feedback, rest: bool = True
) -> MapData:
    """The same without a file, whose path is empty then: `keep` is handed each table that has rows, and these.

    A row is its geometry as a blob of a GeoPackage, and the values of its columns.
    """

    def kept(table: Tabular, output: list[Row], _: Extent | None, go_on: Creeping) -> bool:
        if output:
            go_on()
            keep(table, output)
        return bool(output)

    with quiet():
        data = _cut(staged, _chosen(staged, rest), crs, frame, _UNNAMED, kept, feedback)
    return replace(data, account=_account(staged, rest, data.account))


def _chosen(staged: Staged, rest: bool) -> dict[str, Rows]:
    return {name: rows for name, rows in staged.rows.items() if rest or rows.table.group != OTHERS}


def _account(staged: Staged, rest: bool, edge: Account) -> Account:
    return staged.account_of(rest).at_frame(edge.cut, edge.outside)


def _cut(
    staged: Staged,
    chosen: dict[str, Rows],
    crs: str,
    frame: ogr.Geometry,
    srs_id: int,
    keep: Callable[[Tabular, list[Row], Extent | None, Creeping], bool],
    feedback: Feedback,
) -> MapData:
    """Hand the rows of the `chosen` tables to `keep`, which says whether a table is listed; what happened at the edge
    is the account's.
    """
    way = transformation(WGS84, crs)
    listed: list[Table] = []
    grounds = {}
    at_edge = outside = 0
    if "land" in staged.rows:
        grounds["land"], grounds["sea"] = land_and_sea(staged.coastline, frame, way)
    for number, (name, rows) in enumerate(chosen.items()):
        go_on = Creeping(
            feedback, 100 * number / len(staged.rows), 100 * (number + 1) / len(staged.rows), rows.table.title
        )
        go_on()
        if name in grounds:
            output, extent = _ground(rows, grounds[name], srs_id)
        else:
            output, extent, crossing = _rows(rows, frame, way, srs_id, go_on)
            if rows.table.group != OVERLAY:
                at_edge += crossing
                outside += len(rows.blobs) - len(output)
        if keep(rows.table, output, extent, go_on):
            table = rows.table
            listed.append(Table(name, table.group, table.geometry, len(output), table.title, table.columns))
    edge = Account().at_frame(at_edge, outside)
    return MapData(Path(), crs, tuple(listed), frame.ExportToWkt(), account=edge)


def _shown(rows: Rows) -> Rows:
    if all(pair == (None, None) for pair in rows.names):
        return rows
    table, values = for_display(rows.table, rows.values, rows.names)
    return Rows(table, rows.blobs, values)


def _drop(database: sqlite3.Connection, name: str) -> None:
    """Take an empty table out of the GeoPackage, so that nobody meets an empty layer."""
    for table, key in (
        ("gpkg_geometry_columns", "table_name"),
        ("gpkg_ogr_contents", "table_name"),
        ("gpkg_contents", "table_name"),
    ):
        database.execute(sql("DELETE FROM {table!i} WHERE {key!i} = ?", table=table, key=key), (name,))
    database.execute(sql("DROP TABLE {name!i}", name=name))


def _ground(rows: Rows, geometry: ogr.Geometry | None, srs_id: int) -> tuple[list[Row], Extent | None]:
    if geometry is None:
        return [], None
    name = rows.table.name
    values = {"class": name, "kind": name, "layer": 0, "tunnel": 0, "bridge": 0}
    row = (to_blob(geometry, "polygon", srs_id), *(values.get(column) for column, _ in rows.table.columns))
    return [row], geometry.GetEnvelope()


def _rows(
    rows: Rows, frame: ogr.Geometry, way: osr.CoordinateTransformation | None, srs_id: int, go_on: Creeping
) -> tuple[list[Row], Extent | None, int]:
    """The rows inside the frame, their extent, and how many were cut at its edge."""
    kind = rows.table.geometry
    xmin, xmax, ymin, ymax = frame.GetEnvelope()
    rectangle = abs(frame.GetArea() - (xmax - xmin) * (ymax - ymin)) <= 1e-9 * frame.GetArea()
    prepared = None if rectangle else frame.CreatePreparedGeometry()
    moved = projected(rows.blobs, kind, way, srs_id, go_on)
    west, east, south, north = moved.box.T
    touching = (east >= xmin) & (west <= xmax) & (north >= ymin) & (south <= ymax)
    inside = ((west >= xmin) & (east <= xmax) & (south >= ymin) & (north <= ymax)).tolist()
    boxes = [moved.box[:0]]
    output: list[Row] = []
    crossing, taken = 0, []
    for count, number in enumerate(np.flatnonzero(touching).tolist()):
        if count % _CHECK_EVERY == 0:
            go_on()
        blob = moved.blobs[number]
        if not inside[number] or prepared is not None:
            geometry = staged_geometry(blob)
            if not inside[number] or (prepared is not None and not prepared.Contains(geometry)):
                if kind == "point":
                    if not frame.Intersects(geometry):
                        continue
                else:
                    geometry = _clipped(geometry, frame, kind)
                    if geometry is None:
                        continue
                    crossing += 1
                    boxes.append(np.array([geometry.GetEnvelope()]))
                    output.append((to_blob(geometry, kind, srs_id), *rows.values[number]))
                    continue
        taken.append(number)
        output.append((blob, *rows.values[number]))
    boxes.append(moved.box[taken])
    return output, _extent(np.concatenate(boxes)), crossing


def _extent(box: Floats) -> Extent | None:
    """That of all boxes (n, 4) together; None where there is none."""
    if not len(box):
        return None
    low, high = box.min(axis=0).tolist(), box.max(axis=0).tolist()
    return low[0], high[1], low[2], high[3]


def _clipped(geometry: ogr.Geometry, frame: ogr.Geometry, kind: str) -> ogr.Geometry | None:
    """The part of `geometry` inside the frame; a projection can break a polygon, so it is mended once."""
    result = extracted(attempt(geometry.Intersection, frame), kind)
    if result is None and kind == "polygon" and not geometry.IsValid():
        mended = repaired(geometry, kind)
        result = extracted(attempt(mended.Intersection, frame), kind) if mended is not None else None
    return result
