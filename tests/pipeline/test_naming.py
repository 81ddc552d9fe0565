"""What the files of an export are called, and that none of them takes the place of another unasked."""

import errno
import json
import os
import subprocess
import threading

import pytest

from areas import ROOT, SAMPLE
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.place_name import of_places
from osm2cdr.processing_provider.pipeline import publishing
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request import naming
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.request.naming import of_source, usable
from osm2cdr.processing_provider.tools import child_environment, qgis_process

pytestmark = pytest.mark.one_system("names of files, which are given by ourselves")

BOX = "24.9440,60.1685,24.9480,60.1705"
FIELDS = {"bbox": BOX, "layers": "roads", "source": str(SAMPLE)}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/data/berlin-latest.osm.pbf", "berlin"), ("Île de Ré.osm.gz", "Île-de-Ré"), ("a.b.osm.bz2", "a.b"),
        ("answer.json.gz", "answer"), ("sample", "helsinki"), ("", ""), ("overpass", ""), ("https://x/api", ""),
        ("con.osm", ""), (".osm", ""), ("город.osm", "город"),
    ],
)  # fmt: skip
def test_an_extract_gives_its_name(source, name):
    assert of_source(source) == name


def test_a_name_that_nobody_chose_can_be_a_files():
    assert usable('A/B: "C" <D>|?*\n\\') == "A-B-C-D"
    assert usable("‮evil\x00") == "evil"
    assert len(usable("x" * 300)) == 60
    for text in ("a" * 300, "Ж" * 300, "𐍈" * 300, "..", "Saint. Denis."):
        name = usable(text)
        assert not name or naming.checked_name(name) == name


def test_a_place_gives_its_name(qgis):
    from osgeo import ogr

    from osm2cdr.processing_provider.geo.area import Area
    from osm2cdr.processing_provider.osm.tables.layers import BY_NAME
    from osm2cdr.processing_provider.osm.tables.staged import Rows, Staged

    table = BY_NAME["places"]
    columns = [name for name, _ in table.columns]

    def named(*places):
        rows = Rows(table)
        for name, kind, people, x, y in places:
            known = {"name": name, "kind": kind, "population": people}
            rows.add(ogr.CreateGeometryFromWkt(f"POINT({x} {y})"), tuple(known.get(column) for column in columns))
        return of_places(Staged({"places": rows}, []), Area(0, 0, 1, 1))

    hamlet, village = ("Hamlet", "hamlet", None, 0.5, 0.5), ("Small", "village", 90, 0.5, 0.5)
    assert named() == named((None, "city", 9, 0.5, 0.5)) == named(("Elsewhere", "city", 9, 1.5, 0.5)) == ""
    assert named(hamlet, ("Great", "village", 900, 0.9, 0.9), village) == "Great"
    assert named(hamlet, ("Far", "village", 90, 0.9, 0.9), village, ("Elsewhere", "city", 9, 1.5, 0.5)) == "Small"
    assert named(village, ("Saint Mary", "town", None, 0.1, 0.1)) == "Saint-Mary"
    assert of_places(Staged({}, []), Area(0, 0, 1, 1)) == ""


def made(folder):
    return {path.name for path in folder.iterdir()}


def test_a_second_export_gets_a_number_that_all_its_files_share(qgis, tmp_path):
    told = []
    feedback = Feedback(warning=lambda code, text: told.append((code, text)))
    geojson = make_request({**FIELDS, "formats": "geojson"})
    pipeline.run(geojson, tmp_path, feedback)
    assert (made(tmp_path), told) == ({"map_geojson.geojson"}, [])
    first = (tmp_path / "map_geojson.geojson").read_bytes()
    results = pipeline.run(make_request({**FIELDS, "formats": "gpkg,geojson"}), tmp_path, feedback)
    assert [result.path.name for result in results] == ["map-2_gpkg.gpkg", "map-2_geojson.geojson"]
    assert made(tmp_path) == {"map_geojson.geojson", "map-2_gpkg.gpkg", "map-2_geojson.geojson"}
    assert told == [("name_taken", "There are files called map in the folder already: the new ones are called map-2.")]
    # A format that is not there yet is in nobody's way; what is asked for is replaced.
    pipeline.run(make_request({**FIELDS, "formats": "gpkg"}), tmp_path, feedback)
    assert "map_gpkg.gpkg" in made(tmp_path)
    assert (tmp_path / "map_geojson.geojson").read_bytes() == first
    (tmp_path / "map_geojson.geojson").write_text("old")
    pipeline.run(geojson, tmp_path, feedback, overwrite=True)
    assert (tmp_path / "map_geojson.geojson").read_bytes() == first
    assert len(told) == 1
    assert len(made(tmp_path)) == 4


@pytest.mark.parametrize("links", [True, False])
def test_exports_at_once_into_one_folder_keep_out_of_each_others_way(tmp_path, monkeypatch, links):
    if not links:

        def refuse(*_arguments):
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
    endings, count = ("_a.txt", "_b.txt", "_c.txt"), 12
    start, names = threading.Barrier(count), [""] * count

    def export(number):
        private = tmp_path / f".osm2cdr-{number}"
        private.mkdir()
        drafts = {}
        for ending in endings:
            drafts[ending] = private / f"map{ending}"
            drafts[ending].write_text(str(number))
        start.wait(30)
        names[number], placed = publishing.publish(drafts, tmp_path, "map")
        assert [path.read_text() for path in placed.values()] == [str(number)] * 3

    threads = [threading.Thread(target=export, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert "" not in names
    assert len(set(names)) == count
    for number, name in enumerate(names):
        assert [(tmp_path / f"{name}{ending}").read_text() for ending in endings] == [str(number)] * 3
    assert len([path for path in tmp_path.iterdir() if path.is_file()]) == 3 * count


def test_one_that_was_faster_keeps_its_name(tmp_path, monkeypatch):
    """A file that appears between the look and the move: none of the others stays under that number."""
    place = publishing.place

    def slow(draft, final):
        if final.name == "map_b.txt":
            final.write_text("another's")
        place(draft, final)

    monkeypatch.setattr(publishing, "place", slow)
    drafts = {ending: tmp_path / f"draft{ending}" for ending in ("_a.txt", "_b.txt")}
    for draft in drafts.values():
        draft.write_text("mine")
    name, placed = publishing.publish(drafts, tmp_path, "map")
    assert name == "map-2"
    assert {path.name for path in placed.values()} == {"map-2_a.txt", "map-2_b.txt"}
    assert made(tmp_path) == {"map_b.txt", "map-2_a.txt", "map-2_b.txt"}
    assert (tmp_path / "map_b.txt").read_text() == "another's"


@pytest.mark.one_system("names of files are ours, whoever starts it")
def test_the_launcher_names_and_numbers(tmp_path):
    def launch(*arguments):
        command = [str(ROOT / "bin" / "osm2cdr"), "export", "--bbox", BOX, "--source", "sample", "--layers", "roads"]
        command += ["--formats", "geojson", "--out", str(tmp_path), "--json", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return os.path.basename(json.loads(done.stdout)[0]["path"]), done.stderr

    assert launch() == ("helsinki_geojson.geojson", "")
    (tmp_path / "helsinki_geojson.geojson").write_text("old")
    said = "osm2cdr: There are files called helsinki in the folder already: the new ones are called helsinki-2.\n"
    assert launch("--name", "helsinki") == ("helsinki-2_geojson.geojson", said)
    assert (tmp_path / "helsinki_geojson.geojson").read_text() == "old"
    assert launch("--overwrite") == ("helsinki_geojson.geojson", "")
    assert "FeatureCollection" in (tmp_path / "helsinki_geojson.geojson").read_text(encoding="utf-8")
    assert made(tmp_path) == {"helsinki_geojson.geojson", "helsinki-2_geojson.geojson"}


@pytest.mark.one_system("names of files are ours, whoever starts it")
def test_qgis_process_names_and_numbers(tmp_path):
    out = tmp_path / "out"

    def run(what, *arguments):
        command = [qgis_process(), "run", f"osm2cdr:{what}", "--EXTENT=24.944,24.948,60.1685,60.1705 [EPSG:4326]"]
        command += [f"--SOURCE={SAMPLE}", "--LAYERS=roads", *arguments]
        environment = child_environment(ROOT, tmp_path)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    area = ("exportarea", "--FORMATS=geojson", f"--OUTPUT_FOLDER={out}")
    run(*area)
    assert "the new ones are called helsinki-2." in run(*area)
    run(*area, "--NAME=town")
    assert made(out) == {"helsinki_geojson.geojson", "helsinki-2_geojson.geojson", "town_geojson.geojson"}
    (out / "town_geojson.geojson").write_text("old")
    run(*area, "--NAME=town", "--OVERWRITE=true")
    assert (out / "town_geojson.geojson").read_text(encoding="utf-8") != "old"
    # A file that is named whole is what its user was asked about, one with another ending is not.
    (out / "one.geojson").write_text("old")
    run("exportformat", "--FORMAT=geojson", f"--OUTPUT={out / 'one.geojson'}")
    assert (out / "one.geojson").read_text(encoding="utf-8") != "old"
    assert "the new ones are called one-2." in run("exportformat", "--FORMAT=geojson", f"--OUTPUT={out / 'one'}")
    run("downloadosm", f"--OUTPUT={out / 'data'}")
    assert f"ROADS:\t{out / 'data-2.gpkg'}|layername=roads" in run("downloadosm", f"--OUTPUT={out / 'data'}")
    assert {"one-2.geojson", "data.gpkg", "data-2.gpkg"} < made(out)
