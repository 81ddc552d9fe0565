"""Nothing is lost: what no table takes is in the tables of the rest, with all its tags, and nowhere else."""

import json

import pytest
from sketch import Sketch

from areas import AREAS, SHARED, WINDOWS
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import staging
from osm2cdr.processing_provider.osm.tables.extra_tags import INSIGNIFICANT
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.request.plan import wants_rest
from osm2cdr.processing_provider.sources import extract

OTHERS = ("others_areas", "others_lines", "others_points")
EXTRACTS = {name: source for name, (source, _) in {**AREAS, **WINDOWS}.items()}
EXTRACTS["wedding-tile"] = SHARED / "wedding-tile.osm.pbf"


@pytest.fixture
def exported(qgis, tmp_path):
    """exported(sketch, formats, **fields): what each format's result holds, by table."""

    def export(sketch, formats, **fields):
        request = sketch.request(tmp_path, formats, detail=fields.pop("detail", 6), **fields)
        results = pipeline.run(request, tmp_path / "out", Feedback())
        assert [result.error for result in results] == [None] * len(results)
        return results

    return export


def sketch():
    return (
        Sketch().area(-50, -50, -20, -20, building="yes").point(0, 0, highway="crossing", crossing="zebra")
        .way((10, 10), (50, 10), strange="yes", name="Odd").area(20, 20, 60, 60, indoor="room")
        .area(20, -60, 60, -20, barrier="chain").area(-60, 20, -20, 60, strange="yes", area="no")
    )  # fmt: skip


def test_what_no_table_takes_has_a_table_by_its_shape(exported):
    (result,) = exported(sketch(), ("geojson",))
    features = [one["properties"] for one in json.loads(result.path.read_text(encoding="utf-8"))["features"]]
    found = [(one["table"], one["osm_type"], one["class"], one["tags"]) for one in features if one["table"] in OTHERS]
    assert {(table, kind, value, tags.get("name")) for table, kind, value, tags in found} == {
        ("others_points", "node", "crossing", None), ("others_lines", "way", "yes", "Odd"),
        ("others_areas", "way", "room", None), ("others_lines", "way", "chain", None),
        ("others_lines", "way", "yes", None),
    }  # fmt: skip
    (crossing,) = [tags for table, _, _, tags in found if table == "others_points"]
    assert crossing == {"highway": "crossing", "crossing": "zebra"}
    assert (result.account.in_tables, result.account.left_out) == (6, {})


def test_drawings_are_without_them_unless_they_are_asked_for(exported):
    table, drawing, picture = exported(sketch(), ("gpkg", "dxf", "png"))
    assert {name for name in table.layers if name in OTHERS} == set(OTHERS)
    assert table.account.left_out == {}
    for result in (drawing, picture):
        assert (result.account.in_tables, result.account.left_out) == (1, {"rule": 5})
    (asked,) = exported(sketch(), ("dxf",), layers="others")
    assert (asked.account.in_tables, asked.account.left_out) == (5, {"layers": 1})


def test_they_come_at_the_finest_level_and_with_all_layers(exported):
    (result,) = exported(sketch(), ("gpkg",), detail=5)
    assert result.account.left_out == {"rule": 5}
    fields = {"bbox": (10, 50, 10.01, 50.01), "detail": 6, "source": "sample"}
    wanted = {
        (formats, layers): wants_rest(make_request({**fields, "formats": formats, "layers": layers}))
        for formats, layers in (("gpkg", ""), ("svg", ""), ("dxf", ""), ("gpkg", "roads"), ("gpkg", "roads,others"))
    }
    assert list(wanted.values()) == [True, False, False, False, True]


def test_all_tags_are_there_once_where_every_object_has_them(exported):
    (result,) = exported(sketch(), ("geojson",), tags="all")
    features = [one["properties"] for one in json.loads(result.path.read_text(encoding="utf-8"))["features"]]
    assert all(one["tags"] for one in features if one["table"] in (*OTHERS, "buildings"))


@pytest.mark.parametrize("name", EXTRACTS)
def test_every_tagged_object_of_an_extract_is_in_tables_that_it_belongs_to(qgis, tmp_path, name):
    osmium = pytest.importorskip("osmium")
    source = EXTRACTS[name]
    if not source.exists():
        pytest.skip(f"{source} is not there")
    staged = staging.stage(extract.read(source, None, tmp_path, Feedback(), True), (), 6, Feedback(), rest=True)
    tables = {table: {(values[1], values[0]) for values in rows.values} for table, rows in staged.rows.items()}
    rest = set().union(*(tables[table] for table in OTHERS))
    known = set().union(*(found for table, found in tables.items() if table not in OTHERS))
    assert not rest & known
    tagged, outlines = set(), set()
    for item in osmium.FileProcessor(str(source)):
        kind = "node" if item.is_node() else "way" if item.is_way() else "relation"
        if item.is_relation() and (kind, item.id) in rest | known:
            outlines |= {("way", member.ref) for member in item.members if member.type == "w"}
        tags = {tag.k: tag.v for tag in item.tags if tag.k not in INSIGNIFICANT}
        if tags and tags.get("natural") != "coastline" and not item.is_relation():
            tagged.add((kind, item.id))
    # An outline that has the tags of its area as well has no row of its own.
    lost = tagged - rest - known - outlines
    named = {f"{kind} {number}" for kind, number in lost}
    assert named >= {text for text in staged.account.first.get("shape", ()) if text.startswith("way")}
    refused = staged.account.refused
    assert refused.get("shape", 0) <= len(lost) <= refused.get("shape", 0) + refused.get("nodes", 0)
    assert staged.account.adds_up
