"""From the source to the data of an area: what is an area, what is too small, what is cut, what is proved."""

import json

import pytest
from shapely.geometry import Polygon, shape
from sketch import Sketch, lonlat

from osm2cdr.processing_provider.errors import WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.gis import geojson
from osm2cdr.processing_provider.osm.simplify_tables import tolerance
from osm2cdr.processing_provider.osm.tables.detail import DETAILS
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request


@pytest.fixture
def exported(qgis, tmp_path):
    """exported(sketch, **fields): the features of a table, as shapely's shapes."""

    def export(sketch, table, **fields):
        request = sketch.request(tmp_path, ("geojson",), **fields)
        (result,) = pipeline.run(request, tmp_path / "out", Feedback())
        assert result.error is None, result.error
        features = json.loads(result.path.read_text(encoding="utf-8"))["features"]
        return [shape(one["geometry"]) for one in features if one["properties"]["table"] == table]

    return export


def test_only_a_closed_way_is_an_area(exported):
    sketch = Sketch().area(-50, -50, -20, -20, building="yes")
    sketch.way((20, 20), (50, 20), (50, 50), (20, 50), building="yes")
    assert len(exported(sketch, "buildings")) == 1


def test_what_is_too_small_for_the_level_goes_and_nothing_else(exported):
    small, large = (DETAILS[4].min_area / 2) ** 0.5, (DETAILS[4].min_area * 2) ** 0.5
    sketch = Sketch().area(0, 0, small, small, landuse="grass").area(50, 50, 50 + large, 50 + large, landuse="grass")
    (left,) = exported(sketch, "green", detail=4)
    assert left.centroid.x == pytest.approx(lonlat(50 + large / 2, 0)[0], abs=1e-6)


def test_houses_keep_their_corners_where_they_are_looked_at():
    assert [tolerance("buildings", DETAILS[level]) for level in (4, 5, 6)] == [0, 0, 0]
    assert tolerance("buildings", DETAILS[3]) <= 0.5


def test_what_crosses_the_edge_is_cut_there(exported):
    (house,) = exported(Sketch().area(150, -20, 250, 20, building="yes"), "buildings")
    assert house.bounds[0] == pytest.approx(lonlat(150, 0)[0], abs=1e-6)
    assert house.bounds[2] == pytest.approx(lonlat(200, 0)[0], abs=1e-6)


def test_polygons_as_an_area_are_not_their_box(exported, tmp_path, qgis):
    sketch = Sketch().area(-180, -180, -160, -160, building="yes").area(160, 160, 180, 180, building="yes")
    sketch.write(tmp_path / "sketch.osm")
    corners = [lonlat(x, y) for x, y in ((-200, -200), (200, -200), (-200, 200), (-200, -200))]
    area = {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}
    fields = {"geometry": area, "formats": "geojson", "source": str(tmp_path / "sketch.osm"), "detail": 5}
    (result,) = pipeline.run(make_request(fields), tmp_path / "out", Feedback())
    features = json.loads(result.path.read_text(encoding="utf-8"))["features"]
    houses = [shape(one["geometry"]) for one in features if one["properties"]["table"] == "buildings"]
    assert len(houses) == 1
    assert Polygon(corners).buffer(1e-9).contains(houses[0])


def test_no_file_is_called_done_that_was_not_proved(exported, tmp_path, qgis, monkeypatch):
    def broken(*_):
        raise WriteError("not_proven", "It does not open again.")

    monkeypatch.setattr(geojson, "prove", broken)
    request = Sketch().area(0, 0, 50, 50, building="yes").request(tmp_path, ("geojson",))
    (result,) = pipeline.run(request, tmp_path / "out", Feedback())
    assert result.error is not None
    assert result.error.code == "not_proven"
    assert list((tmp_path / "out").iterdir()) == []
