"""Estimates beside what the same requests come to, and where extracts are dense beside a count by another reader."""

import json
import os
from pathlib import Path

import numpy as np
import osmium
import pytest

from areas import SAMPLE
from osm2cdr.server.quickstart import example_box
from osm2cdr.server.sources import Source
from osm2cdr.server.workers import density
from serving import BOX, SMALL, Server

# The documentation says so of nine in ten; none of these few is farther off than this.
FACTOR = 3.0
PLAIN = {"bbox": BOX, "formats": ["svg", "geojson", "gpkg", "pdf", "png"]}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("estimate")
    with Server(folder / "data", MKGMAP="/nowhere.jar", CACHE="off", WORKERS=1) as server:
        yield server


@pytest.fixture(scope="module")
def key(server):
    return server.key("enterprise")


def ask(server, key, **fields):
    """(status, JSON) of an estimate."""
    body = json.dumps({"bbox": SMALL, "formats": ["svg"], **fields}).encode()
    status, _, text = server.call("POST", "/api/estimate", key, body, {"Content-Type": "application/json"})
    return status, json.loads(text)


@pytest.mark.parametrize("fields", [
    {**PLAIN, "detail_level": 3}, {**PLAIN, "detail_level": 5}, {"bbox": SMALL, "formats": ["geojson", "dxf", "cdr"]},
    {"bbox": BOX, "formats": ["shp", "kml", "geotiff", "jpg", "webp"], "detail_level": 4},
], ids=["3", "5", "small", "4"])  # fmt: skip
def test_jobs_come_to_what_was_estimated(server, key, fields):
    status, guess = ask(server, key, **fields)
    assert (status, guess["covered"], guess["available"], guess["basis"]) == (200, True, True, "counted")
    task = server.post(key, **fields)[2]["task_id"]
    files = {file["format"]: file for file in server.wait(key, task)["files"]}
    for row in guess["formats"]:
        assert 1 / FACTOR < row["bytes"] / files[row["format"]]["bytes"] < FACTOR, (row, files[row["format"]]["bytes"])
    if "geojson" in files:
        assert 1 / FACTOR < guess["objects"] / files["geojson"]["features"] < FACTOR
    assert 0 < guess["seconds_running"] < 60
    admitted = int(server.rows("SELECT memory_mb FROM job WHERE id = ?", task)[0][0])
    assert guess["memory_mb"] <= admitted < 2000


def test_what_a_tier_or_a_source_has_not_is_told(server, key):
    free = server.key("free")
    rows = server.get("/api/formats")[1]["formats"]
    absent = next(row for row in rows if not row["available"])
    status, guess = ask(server, free, formats=["svg", absent["id"]])
    assert (status, guess["available"]) == (200, False)
    assert [row["available"] for row in guess["formats"]] == [True, False]
    assert guess["formats"][1]["reason"] == absent["reason"]
    there = next(row for row in rows if row["available"] and "free" not in row["tiers"])
    status, guess = ask(server, free, formats=[there["id"]])
    assert (guess["available"], guess["in_your_tier"], guess["tier_needed"]) == (False, False, there["tier"])
    far = {"min_lon": 2.0, "min_lat": 48.0, "max_lon": 3.0, "max_lat": 48.5}
    status, guess = ask(server, key, bbox=far)
    assert (status, guess["covered"], guess["available"], guess["basis"]) == (200, False, False, "assumed")
    assert guess["tier_needed"] == "enterprise"
    assert 4000 < guess["area_km2"] < 4300
    assert guess["within"] > 3
    assert ask(server, key, formats=["svgg"])[1]["code"] == "unknown_format"
    assert ask(server, None)[0] == 401
    assert server.get("/api/me", free)[1]["used_today"] == 0


def test_estimates_grow(server, key):
    sizes = [ask(server, key, formats=["geojson"], detail_level=level)[1]["bytes"] for level in range(1, 7)]
    assert sizes == sorted(sizes)
    assert ask(server, key, bbox=BOX)[1]["objects"] > ask(server, key)[1]["objects"]
    half = {"type": "Polygon", "coordinates": [[[24.9440, 60.1725], [24.9516, 60.1725], [24.9516, 60.1775],
                                                [24.9440, 60.1725]]]}  # fmt: skip
    part = ask(server, key, bbox=None, geometry=half)[1]["nodes"] / ask(server, key)[1]["nodes"]
    assert 0.45 < part < 0.55
    a0, a4 = (ask(server, key, formats=["png"], config={"page": page})[1] for page in ("A0", "A4"))
    assert a0["bytes"] > 5 * a4["bytes"]
    assert a0["memory_mb"] > a4["memory_mb"]


class Count(osmium.SimpleHandler):
    """Nodes in a box, by another reader."""

    def __init__(self, box):
        super().__init__()
        self.box, self.found = box, 0

    def node(self, node):
        west, south, east, north = self.box
        self.found += west <= node.location.lon < east and south <= node.location.lat < north


def test_nodes_are_counted_where_they_lie(tmp_path):
    counted = density.count(SAMPLE)
    density.save(tmp_path, SAMPLE, counted)
    again = density.load(tmp_path, SAMPLE)
    assert np.array_equal(again.keys, counted.keys)
    for box in ((24.9368, 60.1652, 24.9516, 60.1775), (24.944, 60.1725, 24.9516, 60.1775), (20, 50, 30, 70)):
        reader = Count(box)
        reader.apply_file(str(SAMPLE))
        assert reader.found > 1000
        assert counted.nodes(*box) == pytest.approx(reader.found, rel=0.1), box
    assert counted.nodes(0, 0, 1, 1) == 0


def test_the_densest_cell_of_a_box_is_found():
    counted = density.count(SAMPLE)
    box = west, south, east, north = 24.93, 60.16, 24.96, 60.18
    lon, lat = counted.densest_in(*box)
    assert west < lon < east
    assert south < lat < north
    half = counted.cell / 2
    most = counted.nodes(lon - half, lat - half, lon + half, lat + half)
    for x in np.arange(west + half, east - half, counted.cell):
        for y in np.arange(south + half, north - half, counted.cell):
            assert counted.nodes(x - half, y - half, x + half, y + half) <= most * 1.000001
    assert counted.densest_in(0, 0, 1, 1) is None
    # Smaller than a cell.
    assert counted.densest_in(24.9441, 60.1711, 24.9442, 60.1712) is None


def test_another_file_is_counted_anew(tmp_path):
    extract, folder = tmp_path / "place.osm.pbf", tmp_path / "surveys"
    extract.write_bytes(Path(SAMPLE).read_bytes())
    density.main(folder, [str(extract), "overpass", str(tmp_path / "gone.osm.pbf")])
    assert density.load(folder, extract) is not None
    os.utime(extract, (1, 1))
    assert density.load(folder, extract) is None
    density.main(folder, [str(extract)])
    assert density.load(folder, extract) is not None
    assert len(list(folder.iterdir())) == 1
    extract.write_bytes(b"no extract")
    density.main(folder, [str(extract)])
    assert density.load(folder, extract) is None or not len(density.load(folder, extract).keys)


def test_the_example_is_where_there_is_most(tmp_path):
    density.save(tmp_path, SAMPLE, density.count(SAMPLE))
    sources = [Source("x", str(SAMPLE), (24.90, 60.15, 24.98, 60.20))]
    west, south, east, north = example_box(sources, tmp_path)
    assert 24.90 <= west < east <= 24.98
    assert 60.15 <= south < north <= 60.20
    middle = example_box(sources, tmp_path / "none")
    counted = density.load(tmp_path, SAMPLE)
    assert counted.nodes(west, south, east, north) >= counted.nodes(*middle)


def test_no_format_is_estimated_at_nothing(monkeypatch):
    """One that nobody measured yet is taken for the middle one of its view."""
    from osm2cdr.processing_provider.formats.catalogue import VIEWS
    from osm2cdr.processing_provider.formats.registry import written_formats
    from osm2cdr.processing_provider.request import guessing

    assert set(VIEWS) <= set(guessing.TABLE["views"])
    for item in written_formats():
        measured = {name: row for name, row in guessing.TABLE["formats"].items() if name != item.id}
        # The only one of its view has no neighbour.
        alone = not [name for name in measured if guessing.FORMATS[name].view == item.view]
        monkeypatch.setitem(guessing.TABLE, "formats", measured)
        guessing.usual.cache_clear()
        guessed = guessing.guess(20_000, 5, [item.id])
        assert alone or (guessed.bytes[item.id] > 1000 and guessed.seconds > 0.1), item.id
        monkeypatch.undo()
    guessing.usual.cache_clear()
