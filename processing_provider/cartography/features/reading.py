"""The map data as QGIS memory layers: read once, merged, clipped to land, sorted for drawing."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Collection, Final, Iterable, Literal, Mapping, Union, overload

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsGeometry,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ...errors import ExportError
from ...geo.geometry import wkb_of
from ...geo.sql import sql
from ...osm.tables.language import LATIN, LOCAL
from ...osm.tables.map_data import MapData
from ...osm.tables.overlay import NAMES as OVERLAYS
from ...text.sentence import say
from .lines import chained, parts
from .meant import is_gone, is_name

# The place of a label's lettering (see lettering.py) among those of the picture.
LETTERING: Final = "lettering"
# The whole name, of what is named by a shorter one.
FULL: Final = "full"
_FIELDS = (
    ("kind", "string"), ("class", "string"), ("name", "string"), ("ref", "string"), ("layer", "integer"),
    ("link", "integer"), ("service", "string"), ("portal", "integer"), ("housenumber", "string"),
    ("rank", "integer"), ("size", "double"), (LETTERING, "integer"), (FULL, "string"),
)  # fmt: skip
_NAMES = tuple(name for name, _ in _FIELDS)
# Columns that no map looks at, but data and scenes do: reading them of every house takes as long as all else.
_UNSEEN = {
    "fid", "geom", "height", "min_height", "levels", "min_level", "roof_shape", "roof_height", "roof_levels",
    "roof_orientation", "roof_direction", "roof_colour", "roof_material", "material", "part", LOCAL, LATIN,
}  # fmt: skip
# What a column holds.
Value = Union[str, int, float, None]
TextColumn = Literal["name", "class", "ref", "housenumber", "street", "wikidata", "service", "capital"]
WholeColumn = Literal["layer", "link", "tunnel", "bridge", "portal", "population", "osm_id", "lettering"]
MeasureColumn = Literal["area", "ele", "size"]
_NOTHING: Mapping[str, Value] = {}
# What is nothing but a name on the map is not there where its name says that it is no more.
_BY_NAME = ("places", "pois")
_TYPES = {"point": "Point", "line": "MultiLineString", "polygon": "MultiPolygon"}


class Thing:
    """One feature to draw: its geometry in page metres and the values that styles and labels look at."""

    __slots__ = ("_area", "geometry", "values")

    def __init__(self, geometry: QgsGeometry, values: Mapping[str, Value] = _NOTHING) -> None:
        self.geometry = geometry
        self.values = values
        self._area: float | None = None

    @property
    def area(self) -> float:
        """The area in square metres of its geometry, which nobody may change any more."""
        if self._area is None:
            self._area = float(self.geometry.area())
        return self._area

    @overload
    def __getitem__(self, name: Literal["kind"]) -> str: ...
    @overload
    def __getitem__(self, name: TextColumn) -> Union[str, None]: ...
    @overload
    def __getitem__(self, name: WholeColumn) -> Union[int, None]: ...
    @overload
    def __getitem__(self, name: MeasureColumn) -> Union[float, None]: ...
    @overload
    def __getitem__(self, name: str) -> Value: ...
    def __getitem__(self, name: str) -> Value:
        return self.values.get(name)


def opened(data: MapData) -> sqlite3.Connection:
    """The file of map data, to be closed."""
    return sqlite3.connect(str(data.path))


def read(data: MapData, name: str, database: sqlite3.Connection | None = None) -> list[Thing]:
    """The features of one table, none where it is missing; of the `database` where that is open already.

    Not by QGIS: it keeps the file of each table that it has read open for a minute, and for ever in a script that
    handles no events, which then runs out of files.
    """
    if data.table(name) is None:
        return []
    if database is None:
        with closing(opened(data)) as one:
            return read(data, name, one)
    there = database.execute(sql("SELECT * FROM {table!i} LIMIT 0", table=name)).description
    columns = [column for column, *_ in there if column not in _UNSEEN]
    query = sql("SELECT {names!i} FROM {table!i} ORDER BY fid", names=[*columns, "geom"], table=name)
    things, named = [], columns.index("name") if "name" in columns else None
    for *values, blob in database.execute(query):
        # What somebody writes on a map of theirs is meant.
        if named is not None and values[named] and name not in OVERLAYS:
            if is_gone(values[named]) and name in _BY_NAME:
                continue
            if is_gone(values[named]) or not is_name(values[named]):
                values[named] = None
        geometry = QgsGeometry()
        geometry.fromWkb(wkb_of(blob))
        things.append(Thing(geometry, dict(zip(columns, values))))
    return things


def open_table(path: Path, name: str, title: str) -> QgsVectorLayer:
    """A table of a GeoPackage as a layer; raises ExportError where QGIS cannot open it and would show nothing."""
    result = QgsVectorLayer(f"{path}|layername={name}", title, "ogr")
    if not result.isValid():
        raise ExportError(
            "not_opened",
            say(
                "QGIS could not open the table {0} of the map's data; where the process has as many files "
                "open as it may, 'ulimit -n 8192' before it lets it have more.",
                name,
            ),
        )
    return result


def layer(title: str, geometry: str, crs: QgsCoordinateReferenceSystem, things: Iterable[Thing]) -> QgsVectorLayer:
    """A memory layer of things; its simplification is off, so that a picture shows what was read."""
    fields = "&".join(f"field={name}:{kind}" for name, kind in _FIELDS)
    result = QgsVectorLayer(f"{_TYPES[geometry]}?{fields}", title, "memory", _plain())
    result.setCrs(crs)
    # One for all, of which the provider keeps copies: a list of them would be made anew to be given back.
    feature = QgsFeature()
    set_geometry, add, fast = feature.setGeometry, result.dataProvider().addFeature, QgsFeatureSink.Flag.FastInsert
    before: list[Value] = []
    for thing in things:
        values = list(map(thing.values.get, _NAMES))
        # Houses and the like have those of the one before.
        if values != before:
            feature.setAttributes(values)
            before = values
        set_geometry(thing.geometry)
        add(feature, fast)
    result.updateExtents()
    method = result.simplifyMethod()
    method.setSimplifyHints(method.SimplifyHint.NoSimplification)
    result.setSimplifyMethod(method)
    return result


def _plain() -> QgsVectorLayer.LayerOptions:
    """No style is looked for: a picture's layers are given theirs."""
    result = QgsVectorLayer.LayerOptions()
    result.loadDefaultStyle = False
    return result


def merged(things: list[Thing], keys: tuple[str, ...]) -> list[Thing]:
    """Lines joined end to end where all `keys` agree; those with `oneway` 1 keep their direction."""
    groups: dict[tuple[Value, ...], list[Thing]] = {}
    for thing in things:
        groups.setdefault(tuple(map(thing.values.get, keys)), []).append(thing)
    result = []
    for group in groups.values():
        if len(group) == 1:
            result.append(group[0])
            continue
        lines = [thing.geometry for thing in group]
        one_way = "oneway" in keys and group[0]["oneway"] == 1
        joined = chained(lines) if one_way else parts(QgsGeometry.collectGeometry(lines).mergeLines())
        result += [Thing(part, dict(group[0].values)) for part in joined]
    return result


def on_land(things: list[Thing], sea: list[Thing], wet: Collection[str] = ()) -> list[Thing]:
    """Polygons with the sea taken out, so that no park is painted over it; those of `wet` kinds as they are."""
    if not sea:
        return things
    water = sea[0].geometry
    engine = QgsGeometry.createGeometryEngine(water.constGet())
    engine.prepareGeometry()
    result = []
    for thing in things:
        if thing["kind"] not in wet and engine.intersects(thing.geometry.constGet()):
            rest = [p for p in parts(thing.geometry.difference(water)) if p.type() == QgsWkbTypes.PolygonGeometry]
            if rest:
                result.append(Thing(QgsGeometry.collectGeometry(rest), thing.values))
        else:
            result.append(thing)
    return result


def named_lines(things: list[Thing], scale: int) -> list[Thing]:
    """One long smooth line per stretch of a named street, the second carriageway left out.

    Of lines with one name that run within 6 mm of each other on paper, only the longest is kept.
    """
    groups: dict[str, list[Thing]] = {}
    for thing in things:
        if thing["name"]:
            groups.setdefault(thing["name"], []).append(thing)
    kept = []
    for group in groups.values():
        longest = max(group, key=lambda thing: thing.geometry.length())
        joined = QgsGeometry.collectGeometry([thing.geometry for thing in group]).mergeLines()
        lines = sorted(parts(joined), key=lambda part: -part.length())
        taken = QgsGeometry()
        for line in lines:
            if not taken.isNull():
                inside = line.intersection(taken)
                if not inside.isEmpty() and inside.length() > 0.5 * line.length():
                    continue
            near = line.buffer(scale * 0.006, 3)
            taken = near if taken.isNull() else taken.combine(near)
            smooth = line.simplify(scale * 0.0004).smooth(2, 0.25)
            kept.append(Thing(smooth, dict(longest.values)))
    return kept
