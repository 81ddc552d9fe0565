"""What is read of the map data: the types that styles and labels count on."""

import sqlite3
from typing import get_args

import pytest

from osm2cdr.processing_provider.cartography.features import reading
from osm2cdr.processing_provider.osm.tables.layers import COMMON, TABLES

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
