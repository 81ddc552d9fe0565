"""What is read of the map data: the types that styles and labels count on."""

import json
import re
import sqlite3
from contextlib import closing
from typing import get_args

import pytest

from areas import ROOT
from osm2cdr.processing_provider.cartography.features import reading
from osm2cdr.processing_provider.osm.tables.layers import COMMON, TABLES
from osm2cdr.processing_provider.osm.tables.map_data import MapData, Table

TYPES = {"TEXT": reading.TextColumn, "INTEGER": reading.WholeColumn, "REAL": reading.MeasureColumn}
COLUMNS = {(name, kind) for name, kind in COMMON} | {
    (attribute.column, attribute.sql_type) for table in TABLES for attribute in table.attributes
}


def test_a_column_holds_what_its_type_says():
    for name, kind in COLUMNS:
        said = [other for other, names in TYPES.items() if name in get_args(names)]
        assert said in ([], [kind]), name


@pytest.mark.parametrize("table", ["roads", "buildings", "sea", "land", "pois"])
def test_every_thing_has_a_kind(export, table):
    """Which a sea or a street without a name has too: nobody has to ask."""
    path = export("sample")["gpkg"].path
    with sqlite3.connect(path) as database:
        rows = database.execute(f'SELECT count(*), count("kind") FROM "{table}"').fetchone()
    assert rows[0] == rows[1] > 0


def test_no_stage_asks_for_a_column_that_is_not_read():
    rooms = ROOT / "processing_provider" / "cartography"
    unseen = reading._UNSEEN - {"fid", "geom"}
    assert unseen <= {name for name, _ in COLUMNS} | {"_local", "_latin"}
    asked = {column for path in rooms.rglob("*.py") for column in re.findall(r'\["(\w+)"\]', path.read_text("utf-8"))}
    table = json.loads((rooms / "symbology" / "pois.json").read_text("utf-8"))["icons"]
    asked |= {key for entry in table for key in entry.get("where", {})}
    assert {"kind", "name", "religion"} <= asked
    assert not unseen & asked


def test_a_file_that_is_open_is_read_and_left_open(export):
    path = export("sample")["gpkg"].path
    data = MapData(path, "EPSG:32635", (Table("buildings", "buildings", "polygon", 1),), "")
    with closing(reading.opened(data)) as database:
        found = reading.read(data, "buildings", database)
        assert len(found) == database.execute("SELECT count(*) FROM buildings").fetchone()[0] > 100
    again = reading.read(data, "buildings")
    assert [thing.values for thing in found] == [thing.values for thing in again]
    assert [thing.geometry.asWkb() for thing in found] == [thing.geometry.asWkb() for thing in again]
    assert not reading._UNSEEN & set(found[0].values)
    assert found[0].area == found[0].geometry.area() > 0


def test_a_layer_keeps_the_values_of_each_thing(qgis):
    """Also of those that have the same as the one before, as houses have, and of those that follow these."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry

    values = [{"kind": "house"}, {"kind": "house"}, {"kind": "house", "layer": 1}, {"kind": "house"}, {}, {"size": 2.5}]
    things = [reading.Thing(QgsGeometry.fromWkt(f"POINT({place} 0)"), value) for place, value in enumerate(values)]
    made = reading.layer("Houses", "point", QgsCoordinateReferenceSystem("EPSG:32633"), things)
    found = []
    for feature in made.getFeatures():
        there = {name: feature[name] for name in ("kind", "layer", "size")}
        there = {
            name: value
            for name, value in there.items()
            if value is not None and value == value and str(value) != "NULL"
        }
        found.append((feature.geometry().asPoint().x(), there))
    assert found == list(enumerate(values))
