"""The account of a result, from the rows to the file and to the log."""

import json
from zipfile import ZipFile

import pytest
from osgeo import gdal
from sketch import Sketch

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.tables.account import LEFT_OUT, REFUSALS, Account
from osm2cdr.processing_provider.pipeline import account_sentences
from osm2cdr.processing_provider.pipeline import run as pipeline

pytestmark = pytest.mark.one_system("sums and sentences of ours")


@pytest.fixture
def results(qgis, tmp_path):
    """The results of a sketch: a house at the edge, one in the margin, a tree, a thing that no table knows."""
    sketch = Sketch().area(150, -20, 250, 20, building="yes").area(205, 50, 215, 60, building="yes")
    sketch.point(0, 0, natural="tree").point(1, 1, strange="yes").way((0, 0), (50, 50), highway="residential")
    return pipeline.run(sketch.request(tmp_path, ("gpkg", "png", "geojson")), tmp_path / "out", Feedback())


def test_each_file_has_an_account_that_adds_up(results):
    for result in results:
        assert result.account.objects == {"node": 2, "way": 3, "relation": 0}
        assert (result.account.in_tables, result.account.left_out) == (4, {"rule": 1})
        assert result.account.adds_up
    data = results[0].account
    assert (data.cut, data.outside) == (1, 1)
    assert results[2].account == data


def test_a_geopackage_has_it_as_a_report(results):
    assert json.loads(gdal.OpenEx(str(results[0].path)).GetMetadata()["report"]) == results[0].account.as_json()


def test_it_is_told_in_sentences(results):
    first, rule, cut = account_sentences.sentences([result.account for result in results])
    assert first == "Objects with tags in what was read: 5 (nodes: 2, ways: 3, relations: 0); in tables: 4."
    assert rule == "Left out, since no layer has what they are: 1."
    assert cut == "Objects that are cut at the edge of the area: 1."


def test_every_reason_has_its_sentence():
    reasons = [*LEFT_OUT.values(), *REFUSALS.values()]
    account = Account({"way": len(reasons)}, 0, dict.fromkeys(reasons, 1), repaired=1)
    assert len(set(account_sentences.sentences([account]))) == len(reasons) + 2


def test_layers_of_one_s_own_have_none():
    assert account_sentences.sentences([Account()]) == []


def test_the_account_of_tiles_is_that_of_their_highest_zoom_whatever_is_beside_them(qgis, tmp_path, monkeypatch):
    """Coarser zooms are staged after it, with less in them; and tables have what no layer knows, tiles have not."""
    monkeypatch.setenv("OSM2CDR_STORE", "off")
    # A shed and a corner that level 3 has not; but for the fence all of it knows the corner.
    sketch = Sketch(4000).area(-3, -3, 0, 0, building="shed").way((0, 0), (500, 2), (1000, 0), highway="residential")
    sketch.way((500, 2), (500, 90), strange="yes").area(1950, 0, 2050, 90, building="yes").point(5, 5, strange="yes")
    made = {}
    for formats in (("mvt",), ("mvt", "gpkg"), ("gpkg", "mvt")):
        folder = tmp_path / "-".join(formats)
        results = pipeline.run(sketch.request(tmp_path, formats, detail=6), folder, Feedback())
        made[formats] = {result.format: result for result in results}
    alone, *both = [result["mvt"] for result in made.values()]
    assert (alone.account.in_tables, alone.account.left_out, alone.account.cut) == (3, {"rule": 2}, 1)
    assert alone.account.adds_up
    assert [result.account for result in both] == [alone.account] * 2
    for result in both:
        with ZipFile(alone.path) as one, ZipFile(result.path) as other:
            assert {name: one.read(name) for name in one.namelist() if name.endswith("pbf")} == {
                name: other.read(name) for name in other.namelist() if name.endswith("pbf")
            }
    assert [result["gpkg"].account.in_tables for result in list(made.values())[1:]] == [5, 5]


def test_each_view_has_its_own_account(qgis, tmp_path):
    sketch = Sketch().area(150, -20, 250, 20, building="yes").point(1, 1, strange="yes")
    sketch.way((0, 0), (50, 50), highway="residential")
    formats = ("mbtiles_raster", "gpkg", "osm", "svg", "stl", "heights_tif", "graphml", "xyz_tiles")
    results = pipeline.run(sketch.request(tmp_path, formats, detail=6), tmp_path / "out", Feedback())
    assert [result.error for result in results] == [None] * len(formats)
    accounts = {result.format: result.account for result in results}
    told = {name: (one.in_tables, one.left_out, one.cut) for name, one in accounts.items()}
    without = 2, {"rule": 1}, 1
    assert told.pop("gpkg") == (3, {}, 1)
    assert (told.pop("osm"), told.pop("graphml")) == ((2, {"rule": 1}, 0),) * 2
    assert told == dict.fromkeys(told, without)
