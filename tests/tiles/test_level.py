"""Rows handed to tiles as they are cut, without a file between: the same values as a GeoPackage gives back."""

import sqlite3
from contextlib import closing

import pytest

from osm2cdr.processing_provider.osm.geopackage import connection, create, insert
from osm2cdr.processing_provider.osm.tables.map_data import Table
from osm2cdr.processing_provider.tiles.level import Level, as_stored

COLUMNS = (("name", "TEXT"), ("layer", "INTEGER"), ("area", "REAL"))


@pytest.mark.parametrize(
    "rows",
    [
        [("a", 1, 2.5), (None, None, None)],
        # What a column of its type does not have: SQLite makes something of it.
        [(12, "3", 4), (1.5, 2.0, "5"), (True, False, "six"), ("x", 7.5, float("nan"))],
    ],
)
def test_values_are_those_that_a_file_gives_back(tmp_path, rows):
    path = tmp_path / "file.gpkg"
    create(path, [Table("things", "", "point", 0, "", COLUMNS)], "EPSG:3857")
    with connection(path) as database:
        insert(database, Table("things", "", "point", 0, "", COLUMNS), [(b"", *row) for row in rows], None, int)
    with closing(sqlite3.connect(path)) as database:
        wanted = database.execute("SELECT name, layer, area FROM things ORDER BY fid").fetchall()
    found = [as_stored(column, kind) for column, (_, kind) in zip(zip(*rows), COLUMNS)]
    assert repr(list(zip(*found))) == repr(wanted)


def test_a_level_tells_the_texts_and_road_numbers_of_its_rows():
    level = Level()
    road = bytes.fromhex("47500001110f0000") + bytes(5 + 16)
    columns = (("kind", "TEXT"), ("ref", "TEXT"), ("name", "TEXT"), ("name_ru", "TEXT"), ("surface", "TEXT"))
    level.keep(
        Table("roads", "", "point", 2, "", columns),
        [(road, "primary", "B 96", "Straße", "Улица", "asphalt"), (road, "service", None, None, "", "gravel")],
    )
    assert level.texts == {"B 96", "Straße", "Улица"}
    assert level.numbers == {("primary", "B 96")}
    assert [(rows.name, len(rows.points)) for rows in level.tables] == [("roads", 2)]
