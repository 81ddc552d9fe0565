"""The account of a result, from the rows to the file and to the log."""

import json

import pytest
from osgeo import gdal
from sketch import Sketch

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.tables.account import LEFT_OUT, REFUSALS, Account
from osm2cdr.processing_provider.pipeline import account_sentences
from osm2cdr.processing_provider.pipeline import run as pipeline


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
