"""The places of a source: pieces of a street are one place, the same name elsewhere is another."""

import shutil

import numpy as np
import pytest

from areas import SAMPLE
from osm2cdr.processing_provider.osm.store import keeper
from osm2cdr.server.sources import file_state
from osm2cdr.server.store.opening import open_places
from osm2cdr.server.workers import place_index, store_builder
from osm2cdr.server.workers.place_rows import NUMBERS, Named

STREET, SQUARE, TOWN, SUBURB, AREA = (NUMBERS[word] for word in ("street", "square", "town", "suburb", "area"))


@pytest.fixture(scope="module")
def helsinki(tmp_path_factory):
    """The places of the sample, made beside its store as the server has them made."""
    folder = tmp_path_factory.mktemp("places")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OSM2CDR_STORE", str(folder / "stores"))
        assert store_builder.build(str(SAMPLE), folder / "places") == 0
        # There already: nothing is done anew.
        before = [path.stat().st_mtime_ns for path in (folder / "places").iterdir()]
        assert store_builder.build(str(SAMPLE), folder / "places") == 0
        assert [path.stat().st_mtime_ns for path in (folder / "places").iterdir()] == before
    return open_places(folder / "places", file_state(str(SAMPLE)))


def test_streets_and_sights_of_real_data_are_found(helsinki):
    street = helsinki.found("mannerheimintie", 9)
    assert (street[0].name, street[0].kind) == ("Mannerheimintie", "street")
    assert sum(one.name == "Mannerheimintie" for one in street) == 1
    # By its other name, too: the town has two languages.
    assert helsinki.found("Mannerheimvägen", 1)[0].name == "Mannerheimintie"
    west, south, east, north = street[0].box
    assert 24.92 < west < east < 24.96
    assert 60.15 < south < north < 60.19
    assert helsinki.found("rautatientori", 9)[0].kind in ("square", "station")


def named(*rows):
    """(name, kind, box as west, east, south, north)."""
    found = Named()
    for name, kind, box in rows:
        if name not in found.names:
            found.names.append(name)
        found.name.append(found.names.index(name))
        found.kind.append(kind)
        found.boxes.append(np.array(box, float))
        found.people.append(0)
    return found


def listed(monkeypatch, *rows):
    monkeypatch.setattr(place_index, "read", lambda *_: named(*rows))
    return [(one.name, one.kind, one.inside, one.box) for one, _ in place_index.places_of(None, None)]


def test_pieces_that_go_on_are_one_street_and_others_are_others(monkeypatch):
    found = listed(
        monkeypatch,
        ("High Street", STREET, (10.00, 10.01, 50.0, 50.0)), ("High Street", STREET, (10.015, 10.02, 50.0, 50.001)),
        # Round a corner, then in another town.
        ("High Street", STREET, (10.02, 10.02, 50.001, 50.02)), ("High Street", STREET, (10.5, 10.51, 50.0, 50.0)),
        ("High Street", STREET, (10.5, 10.51, 51.0, 51.0)),
        ("Low Street", STREET, (10.0, 10.01, 50.0, 50.0)),
        ("Far", TOWN, (10.5, 10.5, 50.01, 50.01)), ("Near", TOWN, (10.01, 10.01, 50.0, 50.0)),
        ("Far", SUBURB, (10.505, 10.505, 50.0, 50.0)),
    )  # fmt: skip
    streets = [row for row in found if row[1] == "street"]
    assert [(name, inside) for name, _, inside, _ in streets] == [
        ("High Street", "Near"), ("High Street", "Far"), ("High Street", "Far"), ("Low Street", "Near"),
    ]  # fmt: skip
    assert streets[0][3] == (10.0, 50.0, 10.02, 50.02)
    assert [row[0] for row in found[:3]] == ["Far", "Near", "Far"]


def test_a_square_and_its_streets_are_one_and_a_district_is_not_told_twice(monkeypatch):
    found = listed(
        monkeypatch,
        ("Market", STREET, (10.0, 10.0004, 50.0, 50.0)), ("Market", SQUARE, (10.0, 10.0005, 50.0, 50.0005)),
        ("Old Town", AREA, (9.9, 10.1, 49.9, 50.1)), ("Old Town", SUBURB, (10.0, 10.0, 50.0, 50.0)),
        ("Old Town", AREA, (12.9, 13.1, 49.9, 50.1)),
    )  # fmt: skip
    assert [(name, kind) for name, kind, *_ in found] == [
        ("Old Town", "suburb"), ("Old Town", "area"), ("Market", "square"),
    ]  # fmt: skip
    assert found[2][2] == "Old Town"


def test_nothing_is_made_of_a_source_without_a_store(tmp_path, monkeypatch):
    source = tmp_path / "town.osm.pbf"
    shutil.copy(SAMPLE, source)
    monkeypatch.setattr(keeper, "find", lambda _source: None)
    place_index.ensure(source, file_state(str(source)), tmp_path / "places")
    assert not (tmp_path / "places").exists()
