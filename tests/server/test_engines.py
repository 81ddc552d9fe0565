"""Both engines make the same files, and what there is no data for is said before anything is made."""

import re
import zipfile
from io import BytesIO

import pytest

from areas import SAMPLE
from server_jobs import kinds, until
from serving import BOX, SMALL, Server

# Of every family: what must differ in them is the moment when they were made and ids drawn anew.
FORMATS = [["svg", "svg_layers", "pdf", "eps", "cdr"], ["png", "geotiff", "gpkg", "geojson", "shp"],
           ["xlsx", "dxf", "stl", "osm", "osm_pbf"]]  # fmt: skip
CHANGING = (
    rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?",
    rb"D:\d{14}[^)]*", rb"/ID ?\[.*?\]", rb"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
)  # fmt: skip


def plain(data):
    """A file without what changes each time."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            data = b"".join(name.encode() + archive.read(name) for name in sorted(archive.namelist()))
    for pattern in CHANGING:
        data = re.sub(pattern, b"", data)
    return data


def files(server, key, formats):
    status, _, body = server.post(key, bbox=SMALL, formats=formats, map_style="dark")
    assert status == 202, body
    done = server.wait(key, body["task_id"])
    assert (done["status"], done["error"]) == ("completed", None)
    return {file["format"]: (file["features"], server.call("GET", file["url"])[2]) for file in done["files"]}


def test_both_engines_make_the_same_files(tmp_path):
    made = {}
    for engine in ("fork", "qgis_process"):
        temporary = tmp_path / f"{engine}-tmp"
        temporary.mkdir()
        server = Server(tmp_path / engine, ENGINE=engine)
        server.env["TMPDIR"] = str(temporary)
        with server:
            key = server.key()
            made[engine] = {name: file for formats in FORMATS for name, file in files(server, key, formats).items()}
        assert not [path.name for path in temporary.rglob("*") if path.is_file()]
    counts = [{name: features for name, (features, _data) in files.items()} for files in made.values()]
    assert counts[0] == counts[1]
    sizes = [(len(data), len(made["qgis_process"][name][1])) for name, (_, data) in made["fork"].items()]
    assert [pair for pair in sizes if abs(pair[0] - pair[1]) > 0.01 * max(pair) + 64] == []
    # A name along a street may stand elsewhere on it: QGIS before 3.42 takes up the names in the order of addresses in
    # memory (mended by its pull request 60369), and so two runs of one engine differ, too. Data are the same.
    for name in ("gpkg", "geojson", "shp", "xlsx", "stl", "osm", "osm_pbf"):
        assert plain(made["fork"][name][1]) == plain(made["qgis_process"][name][1]), name


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A server whose first source is broken, the second is gone later, the third is Overpass without a network."""
    folder = tmp_path_factory.mktemp("odd")
    broken, going = folder / "broken.osm.pbf", folder / "going.osm.pbf"
    broken.write_bytes(b"no extract at all" * 100)
    going.write_bytes(SAMPLE.read_bytes())
    with Server(folder / "data", f"{broken},{going},http://127.0.0.1:9/api/interpreter", CACHE="off") as server:
        server.going = going
        yield server


def test_the_first_source_that_covers_the_area(odd):
    key = odd.key()
    task = odd.post(key)[2]["task_id"]
    done = odd.wait(key, task)
    assert (done["status"], kinds(odd, task)) == ("completed", ["submitted", "claimed", "completed"])


def test_overpass_without_a_network_ends_with_a_sentence(odd):
    key = odd.key()
    away = {"min_lon": 10.0, "min_lat": 50.0, "max_lon": 10.01, "max_lat": 50.01}
    task = odd.post(key, bbox=away, config={"timeout": 10})[2]["task_id"]
    done = odd.wait(key, task)
    assert done["status"] == "failed"
    assert done["error"].endswith(".")
    assert "Traceback" not in done["error"]
    assert done["error_code"]


def test_a_source_that_goes_away(odd):
    """It is not asked for any more; where it was the only one, the answer says so."""
    odd.going.unlink()
    key = odd.key()
    status, _, body = odd.post(key, bbox=BOX, config={"timeout": 10})
    assert status == 202, "Overpass is the next"
    odd.call("DELETE", f"/api/tasks/{body['task_id']}", key)
    until(lambda: odd.get(f"/api/status/{body['task_id']}", key)[1]["status"] == "failed")


def test_no_source_has_the_area(tmp_path):
    with Server(tmp_path / "data") as server:
        key = server.key()
        status, _, body = server.post(key, bbox={"min_lon": 10.0, "min_lat": 50.0, "max_lon": 10.01, "max_lat": 50.01})
        assert (status, body["code"], body["task_id"]) == (400, "area_not_covered", None)
        assert "OSM2CDR_SOURCE" in body["hint"]
        assert server.get("/api/me", key)[1]["used_today"] == 0
