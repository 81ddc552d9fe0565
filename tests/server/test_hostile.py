"""Hostile input: each the documented answer, with a sentence, and nothing of the server or of others in it."""

import gzip
import json
import random
import time

import pytest
from hostile_calls import call, render, send, unshaken, wanted

from serving import SMALL


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with unshaken(tmp_path_factory.mktemp("hostile")) as server:
        yield server


@pytest.fixture(scope="module")
def key(server):
    return server.key("enterprise")


PATHS = (
    "/api/download/..%2f..%2fetc%2fpasswd/svg", "/api/download/%2e%2e%2f%2e%2e%2fetc/passwd",
    "/api/download/../../etc/passwd", "/api/status/%00", "/api/status/a%00b", "/api/status/" + "a" * 5000,
    "/api/status/..%2f..%2fsecret", "/api/download/%ff%fe/svg", "/api/download/" + "0" * 32 + "/..%2fsecret",
    "/api/download/" + "0" * 32 + "/svg%00", "/api/status/%C0%AE%C0%AE", "/api/docs/..%2fdocs.py",
    "/api/docs/%2e%2e/app.py", "/api/docs/..", "/api/tasks/..%2f..", "//etc/passwd", "/api//status/1", "/%2e%2e/secret",
    "/api/status/" + "é", "/api/status/" + "0" * 31 + "%EF%BC%90",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_anywhere(server, key, path):
    for method in ("GET", "HEAD", "DELETE", "POST"):
        status, answer = call(server, key, method, path)
        assert status in (400, 404, 405), (method, path, status, answer)
        if "/api/status/" in path and isinstance(answer, dict) and status == 404:
            assert answer["status"] == "failed"


BODIES = {
    "": "bad_json", "{": "bad_json", "nul": "bad_json", "[]": "bad_request", "null": "bad_request", "5": "bad_request",
    '"x"': "bad_request", "{}": "missing_field", '{"bbox":1,"bbox":2}': "duplicate_field", '{"a":NaN}': "bad_number",
    '{"a":Infinity}': "bad_number", '{"a":-Infinity}': "bad_number", '{"a":1e999}': "bad_number",
    '{"a":-1e999}': "bad_number", '{"a":' + "9" * 4000 + "}": "bad_number", '{"a":' + "9" * 20000 + "}": "bad_number",
    '{"a":1.' + "9" * 4000 + "}": "unknown_field", "[" * 100_000: "bad_json", "[" * 40 + "]" * 40: "bad_json",
    '{"a":' * 5000 + "1" + "}" * 5000: "bad_json", '{"title":"\\ud800"}': "bad_text", '{"\\udfff":1}': "bad_text",
    "\ufeff{}": "bad_json", '{"a":01}': "bad_json", '{"a":1}x': "bad_json", "{'a':1}": "bad_json",
    json.dumps({"x" * 100_000: 1}): "unknown_field", json.dumps({"__proto__": 1}): "unknown_field",
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:20]))
def test_what_is_no_request(server, key, body):
    status, answer = render(server, key, body)
    assert (status, answer["code"], answer["task_id"]) == (400, BODIES[body], None)
    assert len(answer["error"]) < 300


def test_bytes_that_are_no_text(server, key):
    assert render(server, key, b"\xff\xfe{}")[1]["code"] == "bad_json"
    assert render(server, key, '{"a":"é"}'.encode("latin-1"))[1]["code"] == "bad_json"
    assert render(server, key, "{}".encode("utf-16"))[1]["code"] == "bad_json"
    assert render(server, key, b'{"a":"\x00"}')[1]["code"] == "bad_json"


def test_a_body_of_another_kind(server, key):
    good = json.dumps(wanted()).encode()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x", "a/b/c"):
        status, answer = render(server, key, good, f"Content-Type: {kind}")
        assert (status, answer["code"], answer["field"]) == (415, "bad_content_type", "Content-Type")
    for coding, body in (("gzip", gzip.compress(good)), ("br", good), ("gzip", gzip.compress(b"0" * 50_000_000))):
        status, answer = render(server, key, body, f"Content-Encoding: {coding}", "Content-Type: application/json")
        assert (status, answer["code"], answer["field"]) == (415, "bad_encoding", "Content-Encoding")
    assert render(server, key, good, "Content-Type: application/json; charset=utf-8")[0] == 202
    assert render(server, key, good, "Accept: */*")[0] == 202


def test_a_body_that_is_too_large(server, key):
    status, answer = render(server, key, b" " * 600 * 1024)
    assert (status, answer["code"], answer["limit"]) == (413, "body_too_large", 512 * 1024)
    points = [[24.94 + i * 1e-8, 60.17] for i in range(100_000)]
    status, answer = render(server, key, wanted(bbox=..., geometry={"type": "Polygon", "coordinates": [points]}))
    assert (status, answer["task_id"]) == (413, None)
    chunked = b"".join(b"10000\r\n" + b" " * 65536 + b"\r\n" for _ in range(10)) + b"0\r\n\r\n"
    head = f"POST /api/render HTTP/1.1\r\nHost: x\r\nX-API-Key: {key}\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert send(server, head.encode() + chunked)[0] == 413


RING = [[24.945, 60.173], [24.950, 60.173], [24.950, 60.177], [24.945, 60.177], [24.945, 60.173]]
GEOMETRIES = (
    5, "POLYGON((0 0,1 1,1 0,0 0))", [], {}, {"type": "Point", "coordinates": [24.9, 60.1]}, {"type": "Polygon"},
    {"type": "Polygon", "coordinates": []}, {"type": "Polygon", "coordinates": [[]]},
    {"type": "Polygon", "coordinates": [RING[:3]]}, {"type": "Polygon", "coordinates": [RING[:4]]},
    {"type": "Polygon", "coordinates": [[["24.9", "60.1"], *RING[1:4], ["24.9", "60.1"]]]},
    {"type": "Polygon", "coordinates": [[[24.9], *RING[1:]]]}, {"type": "Polygon", "coordinates": {"0": RING}},
    {"type": "Polygon", "coordinates": [[[None, None], *RING[1:]]]},
    {"type": "Polygon", "coordinates": [[[[24.9, 60.1]], *RING[1:]]]},
    {"type": "Polygon", "coordinates": [[[True, False], *RING[1:]]]},
    {"type": "Polygon", "coordinates": [[[10**30, 60], *RING[1:4], [10**30, 60]]]},
    {"type": "MultiPolygon", "coordinates": [RING]}, {"type": "MultiPolygon", "coordinates": 5},
    {"type": "FeatureCollection", "features": []}, {"type": "FeatureCollection", "features": None},
    {"type": "FeatureCollection", "features": [None]}, {"type": "Feature", "geometry": None},
    {"type": "FeatureCollection", "features": [{"type": "Polygon", "coordinates": [RING]}]},
    {"type": "Feature", "geometry": {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [RING]}}},
    {"type": "Polygon", "coordinates": [[[*point, "high"] for point in RING]]},
    {"type": "GeometryCollection", "geometries": []}, {"type": ["Polygon"], "coordinates": [RING]},
    {"type": "Polygon", "coordinates": [[[24.945, 60.173]] * 5]},
)  # fmt: skip


@pytest.mark.parametrize("geometry", GEOMETRIES, ids=lambda geometry: json.dumps(geometry)[:60])
def test_geometries_of_odd_shapes(server, key, geometry):
    status, answer = render(server, key, wanted(bbox=..., geometry=geometry))
    assert status == 400, answer
    assert answer["field"].startswith(("geometry", "bbox")), answer


def box(west, south, east, north):
    """A ring."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def test_polygons_that_cover_more_than_they_seem(server, key):
    """A bow, a hole outside, a polygon twice, and one of random points: none of them is worked at for long."""
    chance = random.Random(1)
    tangle = [[24 + chance.random(), 60 + chance.random() / 2] for _ in range(9000)]
    for rings in (
        [[[24, 60], [25, 61], [25, 60], [24, 60.8], [24, 60]]], [box(24, 60, 24.5, 60.5), box(25, 60, 25.4, 60.4)],
        [[*tangle, tangle[0]]],
    ):  # fmt: skip
        begin = time.monotonic()
        status, answer = render(server, key, wanted(bbox=..., geometry={"type": "Polygon", "coordinates": rings}))
        assert (status, answer["code"], answer["field"]) == (400, "bad_geometry", "geometry")
        assert time.monotonic() - begin < 60
    twice = {"type": "MultiPolygon", "coordinates": [[RING], [RING]]}
    assert render(server, key, wanted(bbox=..., geometry=twice))[1]["code"] == "bad_geometry"
    status, answer = render(server, key, wanted(bbox=..., geometry={"type": "Polygon", "coordinates": [RING]}))
    assert status == 202
    assert server.wait(key, answer["task_id"])["status"] == "completed"


CONFIGS = (
    ({"crs": "http://127.0.0.1:1/x"}, "bad_crs"), ({"crs": "/etc/passwd"}, "bad_crs"),
    ({"crs": "EPSG:٤٣٢٦"}, "bad_crs"),
    ({"crs": "EPSG:4326\n"}, None), ({"crs": "+proj=longlat"}, "bad_crs"), ({"crs": "EPSG:999999"}, "unknown_crs"),
    ({"map_style": "../../../etc/passwd"}, "unknown_style"), ({"map_style": "/etc/passwd"}, "unknown_style"),
    ({"map_style": "dark.json"}, "unknown_style"), ({"map_style": "drak"}, "unknown_style"),
    ({"name": "../x"}, "bad_name"), ({"name": "a/b"}, "bad_name"), ({"name": "a\\b"}, "bad_name"),
    ({"name": "\x00"}, "bad_name"), ({"name": ".."}, "bad_name"), ({"name": "con"}, "bad_name"),
    ({"name": "😀" * 100}, "bad_name"), ({"name": "x" * 101}, "bad_config"), ({"title": "a\nb"}, "bad_title"),
    ({"title": "\uffff"}, "bad_title"), ({"title": "x" * 201}, "bad_config"), ({"language": "../.."}, "bad_language"),
    ({"layers": "roads"}, "bad_config"), ({"layers": ["road"]}, "unknown_layer"), ({"layers": [5]}, "bad_config"),
    ({"options": []}, "bad_config"), ({"options": {"fonts": "yes"}}, "bad_config"),
    ({"options": {"fonts": 1}}, "bad_config"), ({"options": {"roads": "LINES"}}, "bad_config"),
    ({"options": {"road": "lines"}}, "unknown_field"), ({"dpi": 1e18}, "bad_config"), ({"dpi": "300"}, "bad_config"),
    ({"scale": -1}, "bad_config"), ({"scale": 10**39}, "bad_config"), ({"timeout": 0}, "bad_config"),
    ({"detail_level": 2.5}, "bad_config"), ({"page": "A0" * 60}, "bad_config"), ({"page": "A9"}, "unknown_page"),
    ({"colors": {}}, "bad_config"), ({"source": "/etc/passwd"}, "unknown_field"), ({"SOURCE": "x"}, "unknown_field"),
    ([], "bad_config"), ("{}", "bad_config"),
)  # fmt: skip


@pytest.mark.parametrize(("config", "code"), CONFIGS, ids=lambda value: repr(value)[:40])
def test_options_of_odd_kinds(server, key, config, code):
    status, answer = render(server, key, wanted(config=config))
    if code is None:
        assert status in (202, 400)
    else:
        assert (status, answer["code"]) == (400, code), answer
        assert answer["field"].startswith("config"), answer


BOXES = ({**SMALL, "min_lon": "24.9"}, {**SMALL, "min_lon": None}, {**SMALL, "min_lon": True},
         {**SMALL, "min_lon": 181}, {**SMALL, "min_lat": -86}, {**SMALL, "x": 1}, {},
         [24.9, 60.1, 24.95, 60.2], "24.9,60.1,24.95,60.2", {**SMALL, "min_lon": 25.0},
         {**SMALL, "max_lat": SMALL["min_lat"]}, {**SMALL, "max_lon": 10**39},
         {"min_lon": 179, "min_lat": 0, "max_lon": -179, "max_lat": 1}, {**SMALL, "max_lon": SMALL["min_lon"] + 1e-12},
         {"min_lon": -180, "min_lat": -85, "max_lon": 180, "max_lat": 85})  # fmt: skip


@pytest.mark.parametrize("box", BOXES, ids=lambda box: json.dumps(box)[:60])
def test_boxes_of_odd_kinds(server, key, box):
    status, answer = render(server, key, wanted(bbox=box))
    assert status == 400, answer
    assert answer["field"].startswith("bbox"), answer


def test_fields_in_two_places_or_in_none(server, key):
    status, answer = render(server, key, wanted(map_style="dark", config={"map_style": "print"}))
    assert (status, answer["code"], answer["field"]) == (400, "conflict", "map_style")
    assert "dark" in answer["error"]
    assert "print" in answer["error"]
    assert render(server, key, wanted(map_style="dark", config={"map_style": "dark"}))[0] == 202
    for field, near, body in (
        ("format", "formats", wanted(format=["svg"])),
        ("bbox.min_long", "min_lon", wanted(bbox={**SMALL, "min_long": 1})),
        ("config.layer", "layers", wanted(config={"layer": ["roads"]})),
        ("config.options.font", "fonts", wanted(config={"options": {"font": True}})),
    ):
        status, answer = render(server, key, body)
        assert (status, answer["code"], answer["field"]) == (400, "unknown_field", field)
        assert f"did you mean '{near}'?" in answer["error"]


def test_formats(server, key):
    free = server.key("free")
    rows = server.get("/api/formats")[1]["formats"]
    absent = next(row for row in rows if not row["available"] and "free" not in row["tiers"])
    status, answer = render(server, free, wanted(formats=["svg", absent["id"]]))
    assert (status, answer["code"]) == (400, "format_unavailable")
    assert absent["reason"] in answer["error"]
    there = next(row for row in rows if row["available"] and "free" not in row["tiers"])
    status, answer = render(server, free, wanted(formats=[there["id"]]))
    assert (status, answer["code"], answer["tier"]) == (402, "format_not_in_tier", "free")
    for formats, code in (
        (["svgg"], "unknown_format"), (["svg", "svg"], "format_twice"), (["svg,pdf"], "unknown_format"),
        (["SVG"], "unknown_format"), (["../svg"], "unknown_format"), (["svg"] * 6, "bad_formats"), ([], "bad_formats"),
        ("svg", "bad_formats"), ([None], "bad_formats"), (["x" * 200_000], "bad_formats"),
    ):  # fmt: skip
        status, answer = render(server, key, wanted(formats=formats))
        assert (status, answer["code"]) == (400, code), formats
    assert "did you mean 'svg'?" in render(server, key, wanted(formats=["svgg"]))[1]["error"]
    assert "'Paint'" in render(server, key, wanted(formats=["svgg", "Paint"]))[1]["error"]
    mine = server.get("/api/me", free)[1]
    assert (
        mine["formats_available"]
        == len(mine["formats"])
        == sum(row["available"] and "free" in row["tiers"] for row in rows)
    )


def test_wild_idempotency_keys(server, key):
    good = json.dumps(wanted()).encode()
    for value in ("", "x" * 256, "a b", "é", "\t"):
        status, answer = render(server, key, good, f"Idempotency-Key: {value}", "Content-Type: application/json")
        assert (status, answer["code"]) == (400, "bad_idempotency_key"), value
    for value in ("x" * 255, "' OR 1=1 --", "../../x"):
        value = value.replace(" ", "_")
        status, first = render(server, key, good, f"Idempotency-Key: {value}", "Content-Type: application/json")
        assert status == 202
        again = render(server, key, good, f"Idempotency-Key: {value}", "Content-Type: application/json")[1]
        assert again["task_id"] == first["task_id"]
    other = json.dumps(wanted(formats=["pdf"])).encode()
    assert render(server, key, other, f"Idempotency-Key: {value}", "Content-Type: application/json")[0] == 409
