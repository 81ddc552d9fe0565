"""The good DXF, read by its group codes (Autodesk, DXF Reference 2010), and measured by GDAL."""

import re
import sqlite3

import pytest

from osm2cdr.processing_provider.osm.tables.layers import TABLES

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")


@pytest.fixture(scope="module")
def codes(export):
    """All group codes of the sample's DXF, as pairs."""
    lines = export("sample")["dxf"].path.read_text(encoding="utf-8").splitlines()
    return [(int(code), value.strip()) for code, value in zip(lines[::2], lines[1::2])]


def entities(codes, kind):
    """The group codes of every entity of a kind, first value of each code."""
    found, current, inside = [], None, False
    for code, value in codes:
        if code == 2 and value in ("ENTITIES", "TABLES", "BLOCKS", "OBJECTS"):
            inside = value
        if code == 0:
            current = {} if value == kind and inside in ("ENTITIES", "TABLES") else None
            if current is not None:
                found.append(current)
        elif current is not None:
            current.setdefault(code, value)
    return found


def test_version_and_unit(codes):
    header = {codes[n][1]: codes[n + 1][1] for n in range(len(codes) - 1) if codes[n][0] == 9}
    assert header["$ACADVER"] == "AC1024"
    assert header["$INSUNITS"] == "6", "metres"


def test_layers_have_colour_weight_and_line_type_by_the_table(codes):
    layers = {entry[2]: entry for entry in entities(codes, "LAYER")}
    types = {entry[2] for entry in entities(codes, "LTYPE")}
    checked = set()
    for kind in (kind for table in TABLES for kind in table.kinds):
        layer = layers.get(kind.cad.layer)
        if layer is None or kind.cad.layer in checked:
            continue
        checked.add(kind.cad.layer)
        assert int(layer[62]) == kind.cad.color
        assert abs(int(layer[370]) - kind.cad.weight * 100) <= 2
        assert layer[6].upper() == kind.cad.linetype
        assert layer[6] in types
    assert len(checked) > 15


def test_an_entity_says_itself_what_its_kind_has_other_than_the_layer(codes):
    borders = [line for line in entities(codes, "LWPOLYLINE") if line[8] == "V-BNDY-ADMN-E"]
    kinds = next(table for table in TABLES if table.name == "boundaries").kinds
    weights = {round(kind.cad.weight * 100) for kind in kinds}
    assert borders
    assert {int(line.get(370, kinds[0].cad.weight * 100)) for line in borders} <= weights


def test_hatches_lie_on_their_own_layers(codes):
    hatches = entities(codes, "HATCH")
    assert len(hatches) > 400
    assert all(hatch[8].endswith("-PATT-E") for hatch in hatches)
    others = [entity for kind in ("LWPOLYLINE", "INSERT", "TEXT") for entity in entities(codes, kind)]
    assert not any("-PATT-" in entity[8] for entity in others)


def test_outlines_are_closed_and_true_to_the_metre(codes, export):
    houses = [line for line in entities(codes, "LWPOLYLINE") if line[8] == "V-BLDG-OTLN-E"]
    assert houses
    assert all(int(house[70]) & 1 for house in houses)
    from osgeo import ogr

    drawn = 0.0
    dataset = ogr.Open(str(export("sample")["dxf"].path))
    for feature in dataset.GetLayer(0):
        if feature["Layer"] == "V-BLDG-OTLN-PATT-E":
            drawn += feature.GetGeometryRef().GetArea()
    database = sqlite3.connect(export("sample")["gpkg"].path)
    (told,) = database.execute("SELECT sum(area) FROM buildings WHERE kind <> 'part'").fetchone()
    database.close()
    # The column has whole houses, the drawing those cut at the edge; UTM shortens by up to 0.04 %.
    assert 0.9 < drawn / told < 1.0


def test_points_are_blocks_with_attributes(codes, export):
    inserts = entities(codes, "INSERT")
    blocks = {insert[2] for insert in inserts}
    assert {"TREE", "POI", "PLACE", "ADDRESS"} <= blocks
    database = sqlite3.connect(export("sample")["gpkg"].path)
    for block, table in (("TREE", "trees"), ("ADDRESS", "housenumbers"), ("PLACE", "places")):
        (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert sum(insert[2] == block for insert in inserts) == count
    database.close()


def test_every_named_street_has_its_name_along_it(codes, export):
    texts = [text for text in entities(codes, "TEXT") if text[8] == "V-ANNO-STRT-E"]
    whole = {text[1] for text in texts if len(text[1]) > 1}
    groups = {value for code, value in codes if code == 300}
    database = sqlite3.connect(export("sample")["gpkg"].path)
    names = {row[0] for row in database.execute("SELECT name FROM roads WHERE name IS NOT NULL")}
    database.close()
    assert names <= whole | groups
    assert all(-90.001 <= float(text.get(50, 0)) <= 90.001 for text in texts if len(text[1]) > 1)


def test_the_notice_and_the_source_are_properties(codes):
    header = " ".join(value for code, value in codes[:2000] if code == 1)
    assert "OpenStreetMap contributors" in header
    assert re.search(r"EPSG:326\d\d", header)
