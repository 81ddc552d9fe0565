"""An extract without an area is exported whole, through every door; the limits of areas and pages hold."""

import json
import subprocess

import pytest

from areas import ROOT, SAMPLE
from osm2cdr.processing_provider.errors import Cancelled, RequestError, SourceError
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.sources import opening
from osm2cdr.processing_provider.tools import child_environment, qgis_process

ROAD = """<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="name" v="Long Road"/></way>"""


def village(path, *nodes, bounds=""):
    """A road from the first node to the second, and maybe more nodes."""
    places = "".join(f'<node id="{n}" lat="{lat}" lon="{lon}"/>' for n, (lon, lat) in enumerate(nodes, 1))
    path.write_text(f'<osm version="0.6">{bounds}{places}{ROAD}</osm>', encoding="utf-8")
    return path


@pytest.fixture
def extract(tmp_path):
    return village(tmp_path / "long road.osm", (10.0, 50.0), (10.02, 50.01))


def road(path):
    """The ends of the road that was written."""
    (feature,) = [
        feature for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
        if feature["properties"].get("name") == "Long Road"
    ]  # fmt: skip
    shape = feature["geometry"]["coordinates"]
    return shape[0] if isinstance(shape[0][0], list) else shape


def launch(*arguments):
    command = [str(ROOT / "bin" / "osm2cdr"), "export", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_launcher_exports_it_whole(extract, tmp_path):
    done = launch("--source", extract, "--formats", "geojson", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    # To its very ends.
    assert road(tmp_path / "out" / "long-road_geojson.geojson") == [[10.0, 50.0], [10.02, 50.01]]


@pytest.mark.parametrize("what", ["exportarea", "exportformat", "downloadosm"])
def test_qgis_process_exports_it_whole(extract, tmp_path, what):
    target = {
        "exportarea": ["--FORMATS=geojson", f"--OUTPUT_FOLDER={tmp_path / 'out'}"],
        "exportformat": ["--FORMAT=geojson", f"--OUTPUT={tmp_path / 'out' / 'long-road_geojson.geojson'}"],
        "downloadosm": [f"--OUTPUT={tmp_path / 'out' / 'all.gpkg'}"],
    }[what]
    command = [qgis_process(), "run", f"osm2cdr:{what}", f"--SOURCE={extract}", *target]
    environment = child_environment(ROOT, tmp_path)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    made = tmp_path / "out" / "long-road_geojson.geojson"
    if what == "downloadosm":
        subprocess.run(["ogr2ogr", str(made), str(tmp_path / "out" / "all.gpkg"), "roads"], check=True)
    assert road(made) == [[10.0, 50.0], [10.02, 50.01]]


def test_a_header_tells_the_area(qgis, tmp_path):
    bounds = '<bounds minlat="49.9" minlon="9.9" maxlat="50.1" maxlon="10.1"/>'
    path = village(tmp_path / "a.osm", (10.0, 50.0), (10.02, 50.01), bounds=bounds)
    assert opening.whole_box(str(path)) == pytest.approx((9.9, 49.9, 10.1, 50.1), abs=1e-6)
    west, south, east, north = opening.whole_box(str(SAMPLE))
    assert west < 24.9368 < 24.9516 < east
    assert south < 60.1652 < 60.1775 < north
    assert opening.whole_box("") is None
    assert opening.whole_box("https://overpass.example/api/interpreter") is None
    # Another file of the same name is another extract; a single place has room round it.
    village(path, (11.0, 51.0), (11.0, 51.0))
    box = opening.whole_box(str(path))
    assert box == pytest.approx((10.999, 50.999, 11.001, 51.001))


def test_what_is_too_large_or_broken_is_said_before_anything_is_read(tmp_path):
    far = village(tmp_path / "far.osm", (10.0, 50.0), (14.0, 54.0))
    broken = tmp_path / "broken.osm"
    broken.write_text("<osm", encoding="utf-8")
    for source, more, words in (
        (far, (), "osm2cdr: The extract far.osm covers 122,241 km2; at most 20,000 km2 is allowed: give a part of it"),
        (broken, (), "osm2cdr: The source broken.osm is no OSM extract, or is damaged"),
        (village(tmp_path / "a.osm", (10.0, 50.0), (10.02, 50.01)), ("--page", "A5", "--scale", "100"), "does not fit"),
    ):
        done = launch("--source", source, "--formats", "png", "--out", tmp_path / "out", *more)
        assert done.returncode in (1, 2)
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert not (tmp_path / "out").exists()


def test_a_large_one_is_looked_through_when_the_algorithm_runs(qgis, extract, tmp_path, monkeypatch):
    """Not by the checks, for which the window waits; and it can be stopped."""
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from osm2cdr.processing_provider.algorithms.exportarea import ExportArea

    looked = []
    whole_box = opening.whole_box
    monkeypatch.setattr(opening, "_LARGE", 0)
    monkeypatch.setattr(opening, "whole_box", lambda *given: looked.append(given[0]) or whole_box(*given))
    algorithm, context, feedback = ExportArea().create(), QgsProcessingContext(), QgsProcessingFeedback()
    fields = {"SOURCE": str(extract), "FORMATS": "geojson", "OUTPUT_FOLDER": str(tmp_path / "out")}
    assert algorithm.checkParameterValues({**fields, "CRS": "EPSG:4326"}, context)[0]
    assert looked == []
    results, worked = algorithm.run(fields, context, feedback)
    assert worked, feedback.textLog()
    assert looked
    assert road(tmp_path / "out" / "long-road_geojson.geojson") == [[10.0, 50.0], [10.02, 50.01]]
    monkeypatch.setattr(opening, "_boxes", {})
    feedback.cancel()
    results, worked = algorithm.run(fields, context, feedback)
    assert (results, worked) == ({}, True)
    assert "Cancelled: nothing was written." in feedback.textLog()


def test_looking_through_can_be_stopped(qgis, extract):
    def stop():
        raise Cancelled

    for path in (extract, SAMPLE):
        opening._boxes.clear()
        if path == extract:
            with pytest.raises(Cancelled):
                opening.whole_box(str(path), stop)
        else:
            # Its header tells.
            assert opening.whole_box(str(path), stop)


def test_an_area_is_still_demanded_of_requests(extract):
    """Over HTTP the source is the operator's, and nobody gets all of it unasked."""
    with pytest.raises(RequestError) as refused:
        make_request({"formats": "svg", "source": str(extract)})
    assert refused.value.code == "bad_area"
    with pytest.raises(SourceError):
        opening.whole_box(__file__)
