"""A CRS that cannot show the area is refused before anything is read, by GDAL's door and by the web process's alike."""

import pytest

from osm2cdr.processing_provider.errors import RequestError
from osm2cdr.processing_provider.request.checks import make_request
from serving import SMALL, Server

HELSINKI, AMSTERDAM = (24.94, 60.17, 24.95, 60.18), (4.88, 52.36, 4.9, 52.38)
FIJI_WEST, FIJI_EAST = (178.4, -18.2, 178.5, -18.1), (-179.2, -18.2, -179.1, -18.1)
TRIANGLE = {"type": "Polygon", "coordinates": [[[24.94, 60.17], [24.95, 60.17], [24.94, 60.18], [24.94, 60.17]]]}
CASES = [
    ("EPSG:3857", HELSINKI, ["svg", "geojson"], ""), ("EPSG:25835", HELSINKI, ["pdf"], ""),
    ("EPSG:4326", HELSINKI, ["geojson"], ""), ("EPSG:4326", HELSINKI, ["geojson", "png"], "crs_not_projected"),
    ("EPSG:4326", HELSINKI, ["dxf"], "crs_not_projected"), ("EPSG:4326", HELSINKI, ["dxf_3d"], ""),
    ("EPSG:4258", HELSINKI, ["gpkg", "scr"], "crs_not_projected"),
    ("EPSG:4258", HELSINKI, ["svg"], "crs_not_projected"), ("EPSG:4979", HELSINKI, ["gpkg"], ""),
    ("EPSG:999999", HELSINKI, ["gpkg"], "unknown_crs"), ("ESRI:1", HELSINKI, ["gpkg"], "unknown_crs"),
    ("EPSG:0", HELSINKI, ["gpkg"], "unknown_crs"),
    ("EPSG:5773", HELSINKI, ["gpkg"], "crs_no_map"), ("EPSG:4978", HELSINKI, ["svg"], "crs_no_map"),
    ("EPSG:7415", AMSTERDAM, ["gpkg"], ""), ("EPSG:28992", AMSTERDAM, ["svg"], ""),
    ("EPSG:27700", AMSTERDAM, ["svg"], ""), ("EPSG:3031", HELSINKI, ["svg"], "crs_out_of_area"),
    ("EPSG:32610", HELSINKI, ["gpkg"], "crs_out_of_area"), ("ESRI:102001", HELSINKI, ["gpkg"], "crs_out_of_area"),
    ("EPSG:28992", FIJI_WEST, ["svg"], "crs_out_of_area"), ("EPSG:3460", FIJI_WEST, ["svg"], ""),
    ("EPSG:3460", FIJI_EAST, ["svg"], ""), ("EPSG:3832", FIJI_EAST, ["svg"], ""),
]  # fmt: skip


def refusal(check, request):
    try:
        check(request)
    except RequestError as error:
        found = error
    else:
        return ""
    assert found.field == "crs"
    assert request.crs in found.text
    return found.code


@pytest.mark.parametrize(("crs", "box", "formats", "code"), CASES)
def test_both_doors_say_the_same(qgis, crs, box, formats, code):
    from osm2cdr.processing_provider.request.plan import make_plan
    from osm2cdr.server.api import crs as web

    request = make_request({"bbox": box, "formats": formats, "crs": crs})
    assert refusal(make_plan, request) == code
    assert refusal(web.check, request) == code


def test_a_polygon_is_looked_at_by_its_points(qgis):
    from osm2cdr.server.api import crs as web

    for crs, code in (("EPSG:25835", ""), ("EPSG:32610", "crs_out_of_area")):
        assert refusal(web.check, make_request({"geometry": TRIANGLE, "formats": ["svg"], "crs": crs})) == code


def test_a_server_refuses_it_at_once_and_charges_nothing(tmp_path):
    with Server(tmp_path / "data") as server:
        key = server.key("pro")
        for crs, code in (("EPSG:999999", "unknown_crs"), ("EPSG:4978", "crs_no_map"),
                          ("EPSG:32610", "crs_out_of_area"), ("EPSG:4326", "crs_not_projected")):  # fmt: skip
            status, _, answer = server.post(key, formats=["svg"], config={"crs": crs})
            assert (status, answer["code"], answer["field"]) == (400, code, "config.crs"), answer
        assert server.get("/api/me", key)[1]["used_today"] == 0
        assert server.rows("SELECT count(*) FROM job") == [(0,)]
        assert server.post(key, bbox=SMALL, formats=["svg"], config={"crs": "EPSG:25835"})[0] == 202
