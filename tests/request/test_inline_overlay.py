"""An overlay that comes as GeoJSON: what is drawn is taken, all else refused in one sentence, at every door."""

import json

import pytest

from osm2cdr.processing_provider.errors import RequestError
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.request.inline_overlay import MAX_BYTES, MAX_OBJECTS, checked_overlay

BOX = "24.9430,60.1690,24.9450,60.1700"
SPOT = {"type": "Point", "coordinates": [24.944, 60.1695]}
RING = [[0, 0], [1, 0], [1, 1], [0, 0]]
HERE = {"type": "Feature", "properties": {"title": "Здесь <b>"}, "geometry": SPOT}


def several(*features):
    return {"type": "FeatureCollection", "features": list(features)}


GOOD = [
    SPOT, HERE, several(HERE, {"type": "Feature", "geometry": SPOT}), {**HERE, "properties": None},
    {"type": "Point", "coordinates": [1, 2, 300.5]}, {"type": "MultiPoint", "coordinates": [[1, 2]]},
    {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, {"type": "Polygon", "coordinates": [RING, RING]},
    {"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]]]}, {"type": "MultiPolygon", "coordinates": [[RING]]},
]  # fmt: skip
BAD = [
    {}, {"type": "Pont", "coordinates": [1, 2]}, {"type": ["Point"], "coordinates": [1, 2]}, {"type": "Point"},
    {"type": "Point", "coordinates": [1]}, {"type": "Point", "coordinates": [1, "2"]},
    {"type": "Point", "coordinates": [True, 2]}, {"type": "Point", "coordinates": [200, 2]},
    {"type": "Point", "coordinates": [2, 91]}, {"type": "Point", "coordinates": [2, 1, None]},
    {"type": "LineString", "coordinates": [[1, 2]]}, {"type": "LineString", "coordinates": [1, 2]},
    {"type": "MultiPoint", "coordinates": []}, {"type": "Polygon", "coordinates": [RING[:3]]},
    {"type": "MultiPolygon", "coordinates": [[]]}, {"type": "MultiPolygon", "coordinates": [RING]},
    {"type": "GeometryCollection", "geometries": [SPOT]}, {**HERE, "geometry": None}, {**HERE, "properties": [1]},
    several(), several(SPOT), {"type": "FeatureCollection"}, several({**HERE, "geometry": HERE}),
    several(*[HERE] * (MAX_OBJECTS + 1)),
]  # fmt: skip


@pytest.mark.one_system("pure Python")
@pytest.mark.parametrize("value", [*GOOD, *BAD], ids=lambda value: json.dumps(value)[:60])
def test_what_can_be_drawn_is_taken_and_nothing_else(value):
    from jsonschema import Draft202012Validator

    from osm2cdr.server.api.geojson import OVERLAY

    # The schema says of it what clients can be told without reading all of it.
    assert Draft202012Validator(OVERLAY).is_valid(value) or value not in GOOD
    if value in GOOD:
        assert json.loads(checked_overlay(value)) == value
        # As a text too, which models and scripts give.
        assert checked_overlay(json.dumps(value)) == checked_overlay(value)
        return
    with pytest.raises(RequestError, match="overlay is not GeoJSON that can be drawn") as error:
        checked_overlay(value)
    assert (error.value.code, error.value.field) == ("bad_overlay", "overlay")


def test_what_is_no_json_or_too_long_is_told():
    for text in ("{", '{"type": NaN}', "{" * 100_000):
        with pytest.raises(RequestError, match="is not JSON"):
            checked_overlay(text)
    with pytest.raises(RequestError, match="more than 512 KiB"):
        checked_overlay({**HERE, "properties": {"title": "x" * MAX_BYTES}})


def test_a_request_keeps_a_path_or_geojson():
    for given, kept in (("", ""), (None, ""), (" /a/b c.gpx ", "/a/b c.gpx"), (HERE, json.dumps(HERE, ensure_ascii=0))):
        asked = make_request({"bbox": BOX, "formats": "svg", "overlay": given})
        assert asked.overlay == kept
        assert type(asked).from_json(asked.to_json()) == asked


def test_a_file_that_is_not_there_is_told_before_anything_is_read(tmp_path):
    from osm2cdr.processing_provider.request.plan import make_plan

    there = tmp_path / "there.gpx"
    there.write_text("", encoding="utf-8")
    make_plan(make_request({"bbox": BOX, "formats": "svg", "overlay": str(there)}))
    with pytest.raises(RequestError, match=r"overlay .*gone\.kml is not a file") as error:
        make_plan(make_request({"bbox": BOX, "formats": "svg", "overlay": f"{there},{tmp_path / 'gone.kml'}"}))
    assert error.value.field == "overlay"


def test_the_api_takes_geojson_and_no_path():
    from osm2cdr.server.api import schemas
    from osm2cdr.server.api.errors import ApiError

    sides = dict(zip(("min_lon", "min_lat", "max_lon", "max_lat"), map(float, BOX.split(","))))
    body = {"bbox": sides, "formats": ["svg"], "config": {"overlay": several(HERE)}}
    assert json.loads(schemas.to_request(schemas.parse(body)).overlay) == several(HERE)
    for wrong in ("/etc/passwd", ["/etc/passwd"], {"type": "Point", "coordinates": ["/etc/passwd"]}):
        with pytest.raises(ApiError) as error:
            schemas.to_request(schemas.parse({**body, "config": {"overlay": wrong}}))
        assert (error.value.status, error.value.field) == (400, "config.overlay")
