"""Garmin's own maps: what a device finds in one, names in their letters, and what is told where it cannot be made."""

import pytest
from sketch import Sketch, lonlat

from osm2cdr.processing_provider.errors import Cancelled, WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats import registry
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.navigation import garmin_img, img_directory
from osm2cdr.processing_provider.pipeline import run as pipeline
from readers.garmin import number, read

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

ITEM = FORMATS["garmin_img"]


def streets():
    sketch = Sketch()
    sketch.way((-100, 0), (0, 0), (100, 0), highway="residential", name="Невский проспект")
    sketch.way((0, 0), (60, 80), (0, 100), highway="primary", name="улица Ёлкина", ref="А 181")
    sketch.area(-50, -50, -20, -20, building="yes", name="Дом", addr__housenumber="5", addr__street="Невский проспект")
    sketch.point(0, 90, place="town", name="Город")
    return sketch.point(30, 30, amenity="pharmacy", name="Аптека")


def exported(sketch, folder, feedback=None, **fields):
    (result,) = pipeline.run(sketch.request(folder, ("garmin_img",), **fields), folder, feedback or Feedback())
    return result


@pytest.fixture(scope="module")
def cyrillic(qgis, tmp_path_factory):
    """A map in Russian, and the file that it was read from."""
    result = exported(streets(), tmp_path_factory.mktemp("карта ü"), title="Город")
    assert result.error is None, result.error
    return read(result.path), result


def test_names_in_cyrillic_are_found_again(cyrillic):
    garmin, result = cyrillic
    assert garmin.codec == "cp1251"
    by_label = {thing.label: thing for thing in garmin.things}
    assert {"Невский проспект", "А 181", "Аптека", "Дом"} <= set(by_label)
    assert by_label["Невский проспект"].is_road
    assert not by_label["Дом"].is_road
    assert "улица Ёлкина" in garmin.parts["LBL"].decode("cp1251")
    assert "Город" in garmin.parts["MPS"].decode("cp1251")
    assert result.layers["points"] == sum(thing.kind == "points" for thing in garmin.things) == 2


def test_addresses_are_found(cyrillic):
    """The street that a house names has numbers, both have their town, and the index of towns has that."""
    garmin, _ = cyrillic
    told = {thing.label: (thing.has_numbers, thing.has_town) for thing in garmin.things if thing.is_road}
    assert told == {"Невский проспект": (True, True), "А 181": (False, True)}
    assert garmin.cities == 1


def test_a_street_lies_where_it_is(cyrillic):
    garmin, _ = cyrillic
    (road,) = [thing for thing in garmin.things if thing.label == "А 181"]
    unit = 360 / (1 << 24)
    wanted = [lonlat(x, y) for x, y in ((0, 0), (60, 80), (0, 100))]
    assert sorted(road.places) == [pytest.approx(place, abs=unit) for place in sorted(wanted)]


def test_it_leads_and_says_whose_data_it_is(cyrillic):
    garmin, _ = cyrillic
    assert "OpenStreetMap contributors" in garmin.copyrights[0]
    assert number(garmin.parts["NET"], 0x19, 4) > 0
    assert number(garmin.parts["NOD"], 0x19, 4) > 0
    assert not number(garmin.parts["TRE"], 0x3F, 1) & 0x22


def test_one_that_lies_over_others(qgis, tmp_path):
    options = {"transparent": True, "code_page": "unicode", "drive_side": "left"}
    result = exported(streets(), tmp_path, options=options)
    garmin = read(result.path)
    assert garmin.codec == "utf-8"
    # Seen through, and traffic keeps left.
    assert number(garmin.parts["TRE"], 0x3F, 1) & 0x22 == 0x22
    assert {thing.type for thing in garmin.things if thing.kind == "areas"} == {0x13}
    assert "Невский проспект" in {thing.label for thing in garmin.things}


def test_what_it_needs_is_told(monkeypatch):
    assert registry.availability(ITEM) == ""
    monkeypatch.setattr(registry, "find", lambda name: None if name == "mkgmap" else name)
    assert "apt install mkgmap" in registry.availability(ITEM)
    monkeypatch.setattr(registry, "find", lambda name: None)
    assert "apt install default-jre-headless" in registry.availability(ITEM)


def test_mkgmap_is_found_where_it_was_put(monkeypatch, tmp_path):
    from osm2cdr.processing_provider import tools

    jar = tmp_path / "mkgmap.jar"
    jar.write_bytes(b"")
    monkeypatch.setenv("OSM2CDR_MKGMAP", str(jar))
    assert tools.find("mkgmap") == str(jar)
    monkeypatch.delenv("OSM2CDR_MKGMAP")
    monkeypatch.setattr(tools.os.path, "isfile", lambda place: place == str(jar))
    assert tools.find("mkgmap") is None
    monkeypatch.setenv("PATH", f"/bin:{tmp_path}")
    assert tools.find("mkgmap") == str(jar)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("echo 'SEVERE (Main): it is odd.'", "write_failed"),
        ("echo 'java.lang.OutOfMemoryError: Java heap space'", "too_large"),
        ("echo 'There is not enough room in a single garmin map'; exit 1", "too_large"),
        ("kill -9 $$", "write_failed"),
    ],
)
def test_what_went_wrong_is_told(qgis, tmp_path, monkeypatch, words, code):
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\n{words}\n")
    java.chmod(0o755)
    monkeypatch.setattr(garmin_img, "find", lambda name: str(java))
    result = exported(streets(), tmp_path)
    assert result.error.code == code
    assert "is odd" in result.error.text or "odd" not in words
    assert not list(tmp_path.glob("*.img"))


def test_a_text_that_no_map_has_room_for_is_not_tried(qgis, tmp_path, monkeypatch):
    monkeypatch.setattr(garmin_img, "_MOST_BYTES", 100)
    monkeypatch.setattr(garmin_img, "run", None)
    assert exported(streets(), tmp_path).error.code == "too_large"


def test_it_ends_when_the_user_says_so(qgis, tmp_path):
    import time

    from osm2cdr.processing_provider import tools

    def stop():
        raise Cancelled

    began = time.monotonic()
    with pytest.raises(Cancelled):
        tools.run("/bin/sleep", ["600"], tmp_path, stop)
    assert time.monotonic() - began < 300
    assert tools.run("/nowhere/java", [], tmp_path, stop)[0] == -1


def test_a_file_that_is_not_whole_is_not_proven(cyrillic, tmp_path):
    _, result = cyrillic
    data, file = result.path.read_bytes(), tmp_path / "broken.img"
    for broken in (b"x" * 2000, data[: len(data) // 2], data.replace(b"GARMIN NOD", b"GARMIN NOT"), data[:0x700]):
        file.write_bytes(broken)
        with pytest.raises(WriteError, match="does not open again"):
            img_directory.subfiles(file)
