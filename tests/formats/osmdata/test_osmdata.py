"""OpenStreetMap's own formats: whole objects with all their tags, as another program finds them in the source."""

import sqlite3
import subprocess

import osm_files
import pytest

from areas import AREAS, SHARED
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

LIECHTENSTEIN = SHARED / "liechtenstein.osm.pbf"


def objects(path):
    """Every object of a file by type and number, as text in full."""
    text = subprocess.run(["osmconvert", str(path), "--out-osm"], check=True, capture_output=True, text=True).stdout
    found, current = {}, []
    for line in text.splitlines():
        if line.startswith(("\t<node ", "\t<way ", "\t<relation ")):
            kind, number = line.strip("\t<").split(' id="')
            current = found[kind, int(number.split('"')[0])] = []
        # osmconvert makes version and time of its own where the file has none.
        current.append(line if not line.startswith("\t<") else line.split("version=")[0].rstrip(" >/"))
    return found


@pytest.fixture(scope="module")
def monaco(export):
    result = export("monaco")["osm_pbf"]
    source = AREAS["monaco"][0]
    return objects(result.path), objects(source), result


def references(found, kind):
    """The numbers that objects refer to, by type."""
    for (own, _), lines in found.items():
        if own != kind:
            continue
        for line in lines:
            if "<nd ref=" in line:
                yield "node", int(line.split('"')[1])
            elif "<member " in line:
                yield line.split('"')[1], int(line.split('"')[3])


def test_ways_and_multipolygons_are_whole(monaco):
    found, source, _ = monaco
    assert {("node", number) for _, number in references(found, "way")} <= set(found)
    areas = {key: lines for key, lines in found.items() if any('v="multipolygon"' in line for line in lines)}
    assert len(areas) > 20
    assert {key for key in references(areas, "relation") if key in source} <= set(found)


def test_objects_are_as_the_source_has_them(monaco):
    found, source, _ = monaco
    shared = [key for key in found if key in source]
    # Three objects were added by the tests.
    assert len(found) - len(shared) <= 12
    different = [key for key in shared if [x for x in found[key][1:] if "<t" in x or "<n" in x] !=
                 [x for x in source[key][1:] if "<t" in x or "<n" in x]]  # fmt: skip
    assert different == []


def test_everything_on_the_map_is_there(monaco, export):
    found, _, _ = monaco
    database = sqlite3.connect(export("monaco")["gpkg"].path)
    for (table,) in database.execute("SELECT table_name FROM gpkg_contents").fetchall():
        rows = set(database.execute(f'SELECT osm_type, osm_id FROM "{table}" WHERE osm_id IS NOT NULL'))
        assert rows <= set(found), table
    database.close()


def test_nothing_tagged_that_another_program_finds_is_missing(monaco, tmp_path):
    """osmium-tool's simple strategy takes what has a node in the box."""
    found, _, _ = monaco
    source, box = AREAS["monaco"]
    other = tmp_path / "other.osm.pbf"
    corners = ",".join(map(str, box))
    subprocess.run(["osmium", "extract", "-s", "complete_ways", "-b", corners, source, "-o", other], check=True)
    tagged = {
        key for key, lines in objects(other).items()
        if key[0] != "relation" and any("<tag" in line and "created_by" not in line for line in lines)
    }  # fmt: skip
    lost = {key for key in tagged if key not in found}
    plain = {"source", "note", "ele", "attribution", "time"}
    everything = objects(other)
    assert not [key for key in lost if {line.split('"')[1] for line in everything[key] if "<tag" in line} - plain]


def test_chosen_layers_alone(qgis, tmp_path):
    source, box = AREAS["monaco"]
    if not source.exists():
        pytest.skip(f"{source} is not there")
    request = make_request({"bbox": box, "formats": "osm_pbf", "layers": "water", "detail": 6, "source": str(source)})
    [result] = pipeline.run(request, tmp_path, Feedback())
    assert result.error is None
    found = objects(result.path)
    assert {("node", number) for _, number in references(found, "way")} <= set(found)
    assert not any('k="building"' in line or 'k="highway"' in line for lines in found.values() for line in lines)


def test_a_forest_round_the_whole_box(qgis, tmp_path):
    if not LIECHTENSTEIN.exists():
        pytest.skip(f"{LIECHTENSTEIN} is not there")
    box = (9.580, 47.2065, 9.5832, 47.2096)
    request = make_request({"bbox": box, "formats": "osm,gpkg", "source": str(LIECHTENSTEIN)})
    raw, table = pipeline.run(request, tmp_path, Feedback())
    assert raw.error is None
    assert ("way", 25508360) in objects(raw.path)
    assert table.layers["green"] == 1


def test_a_text_that_osm_files_cannot_hold_is_told(qgis, tmp_path, monkeypatch):
    monkeypatch.setitem(osm_files.TAGS, ("node", 9), {"amenity": "cafe", "name": "C" * 2000})
    source = tmp_path / "a long name.osm"
    source.write_text(osm_files.document([osm_files.element(*key) for key in osm_files.KEYS]))
    box = ",".join(map(str, osm_files.BOX))
    request = make_request({"bbox": box, "source": str(source), "formats": "osm,geojson", "detail": 6})
    osm, geojson = pipeline.run(request, tmp_path / "out", Feedback())
    assert geojson.error is None
    assert osm.error.code == "bad_source"
    assert "too long" in osm.error.text
