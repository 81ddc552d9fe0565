"""The staged map cut to a frame: whole where it lies inside, exact with GEOS where it crosses the edge."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from pathlib import Path

from osgeo import ogr

from ..feedback import Creeping, Feedback
from ..geo.gdal_settings import attempt, quiet
from ..geo.geometry import bounds, extracted, repaired, staged_geometry, to_blob
from ..geo.projection import WGS84, transformation
from ..geo.sql import sql
from .coastline import land_and_sea
from .geopackage import connection, create, insert
from .tables.language import for_display
from .tables.layers import OTHERS
from .tables.map_data import MapData, Table
from .tables.staged import LONLAT, Rows, Staged

_CHECK_EVERY = 2000
Extent = tuple[float, float, float, float]


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
        way = transformation(WGS84, crs)
        wanted = {name: rows for name, rows in staged.rows.items() if rest or rows.table.group != OTHERS}
        staged_rows = {name: _shown(rows) if shown else rows for name, rows in wanted.items()}
        tables = [rows.table for rows in staged_rows.values()]
        srs_id = create(path, tables, crs)
        listed: list[Table] = []
        with connection(path) as database:
            grounds = {}
            at_edge = outside = 0
            if "land" in staged.rows:
                grounds["land"], grounds["sea"] = land_and_sea(staged.coastline, frame, way)
            for number, (name, rows) in enumerate(staged_rows.items()):
                go_on = Creeping(
                    feedback, 100 * number / len(staged.rows), 100 * (number + 1) / len(staged.rows), rows.table.title
                )
                go_on()
                if name in grounds:
                    output, extent = _ground(rows, grounds[name], srs_id)
                else:
                    output, extent, crossing = _rows(rows, frame, way, srs_id, go_on)
                    at_edge += crossing
                    outside += len(rows.blobs) - len(output)
                if output or empty:
                    insert(database, rows.table, output, extent, go_on)
                    table = rows.table
                    listed.append(Table(name, table.group, table.geometry, len(output), table.title, table.columns))
                else:
                    _drop(database, name)
    account = staged.account_of(rest).at_frame(at_edge, outside)
    return MapData(path, crs, tuple(listed), frame.ExportToWkt(), account=account)


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


def _ground(rows: Rows, geometry: ogr.Geometry | None, srs_id: int) -> tuple[list[tuple[object, ...]], Extent | None]:
    if geometry is None:
        return [], None
    name = rows.table.name
    values = {"class": name, "kind": name, "layer": 0, "tunnel": 0, "bridge": 0}
    row = (to_blob(geometry, "polygon", srs_id), *(values.get(column) for column, _ in rows.table.columns))
    return [row], geometry.GetEnvelope()


def _rows(
    rows: Rows, frame: ogr.Geometry, way: object, srs_id: int, go_on: Creeping
) -> tuple[list[tuple[object, ...]], Extent | None, int]:
    """The rows inside the frame, their extent, and how many were cut at its edge."""
    kind = rows.table.geometry
    crossing = 0
    xmin, xmax, ymin, ymax = frame.GetEnvelope()
    rectangle = abs(frame.GetArea() - (xmax - xmin) * (ymax - ymin)) <= 1e-9 * frame.GetArea()
    prepared = None if rectangle else frame.CreatePreparedGeometry()
    output: list[tuple[object, ...]] = []
    low_x = low_y = float("inf")
    high_x = high_y = float("-inf")
    for number, (blob, values) in enumerate(zip(rows.blobs, rows.values)):
        if number % _CHECK_EVERY == 0:
            go_on()
        geometry = None
        if way is not None:
            geometry = staged_geometry(blob)
            if attempt(geometry.Transform, way) != 0:
                continue
            west, east, south, north = geometry.GetEnvelope()
        else:
            west, east, south, north = bounds(blob)
        if east < xmin or west > xmax or north < ymin or south > ymax:
            continue
        inside = west >= xmin and east <= xmax and south >= ymin and north <= ymax
        if not inside or prepared is not None:
            geometry = geometry or staged_geometry(blob)
        if inside and prepared is not None:
            inside = prepared.Contains(geometry)
        if not inside:
            if kind == "point":
                if not frame.Intersects(geometry):
                    continue
            else:
                geometry = _clipped(geometry, frame, kind)
                if geometry is None:
                    continue
                crossing += 1
                west, east, south, north = geometry.GetEnvelope()
        low_x, high_x, low_y, high_y = min(low_x, west), max(high_x, east), min(low_y, south), max(high_y, north)
        # What was not changed is taken as it lies.
        as_it_lies = geometry is None or (inside and way is None)
        output.append((blob if as_it_lies and srs_id == LONLAT else to_blob(geometry, kind, srs_id), *values))
    return output, (low_x, high_x, low_y, high_y) if output else None, crossing


def _clipped(geometry: ogr.Geometry, frame: ogr.Geometry, kind: str) -> ogr.Geometry | None:
    """The part of `geometry` inside the frame; a projection can break a polygon, so it is mended once."""
    result = extracted(attempt(geometry.Intersection, frame), kind)
    if result is None and kind == "polygon" and not geometry.IsValid():
        mended = repaired(geometry, kind)
        result = extracted(attempt(mended.Intersection, frame), kind) if mended is not None else None
    return result
