"""Places of a source by name: what is found first, in which letters, and that another state of a file has others."""

import contextlib

import pytest

from osm2cdr.server.domain.places import Place, words_of
from osm2cdr.server.store.errors import StoreError
from osm2cdr.server.store.opening import has_places, keep_places, open_places

STATE = "/maps/my town.osm.pbf 100 1700000000000000000"
BOX = (13.3, 52.5, 13.4, 52.6)


def place(name, kind="street", inside="Wedding, Berlin", **spoken):
    return Place(name, kind, inside, spoken, BOX), (name, *spoken.values())


PLACES = [
    place("Berlin", "city", "", ru="Берлин", en="Berlin"),
    place("Müllerstraße"), place("Müllerstraße", inside="Mitte, Berlin"), place("Müller", "hamlet", ""),
    place("Alte Müllerstraße"), place("Улица Королёва", inside=""), place("Rue de l'Église \"A\" OR b*", inside=""),
]  # fmt: skip


@pytest.fixture
def places(tmp_path):
    assert keep_places(tmp_path, STATE, iter(PLACES)) == len(PLACES)
    with contextlib.closing(open_places(tmp_path, STATE)) as places:
        yield places


def names(found):
    return [one.name for one in found]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Berlin", "Berlin"), ("берл", "Berlin"), ("MULLERSTRASSE", "Müllerstraße"), ("müllerstr", "Müllerstraße"),
        ("müller", "Müller"), ("alte mü", "Alte Müllerstraße"), ("королева ул", "Улица Королёва"),
        ("l'eglise", "Rue de l'Église \"A\" OR b*"),
    ],
)  # fmt: skip
def test_a_place_is_found_however_it_is_typed(places, text, first):
    assert names(places.found(text, 3))[0] == first


def test_all_of_a_place_comes_back(places):
    assert places.found("berlin", 1) == [PLACES[0][0]]


def test_of_two_streets_the_one_that_is_meant_is_named_by_where_it_lies(places):
    assert [one.inside for one in places.found("müllerstraße mitte", 5)] == ["Mitte, Berlin"]
    # The place itself before what lies in it.
    assert names(places.found("berlin", 9)) == ["Berlin"]
    assert names(places.found("müller berlin", 9)) == ["Müllerstraße", "Müllerstraße", "Alte Müllerstraße"]


@pytest.mark.parametrize("text", ["", "  ", "?!", '"', "* AND", "names : x", "a" * 5000, "\0", "NEAR(", "ü\udcff"])
def test_what_is_no_name_finds_nothing_and_breaks_nothing(places, text):
    assert places.found(text, 5) == []


def test_words_are_few_and_short():
    assert [len(word) for word in words_of("ß" * 99 + " b" * 20)] == [60, *[1] * 7]


def test_places_go_with_the_state_of_their_file(tmp_path):
    other = "/maps/my town.osm.pbf 101 1700000000000000001"
    keep_places(tmp_path, "/maps/else.osm.pbf 1 1", [])
    keep_places(tmp_path, STATE, PLACES)
    assert has_places(tmp_path, STATE)
    assert not has_places(tmp_path, other)
    assert open_places(tmp_path, other) is None
    keep_places(tmp_path, other, PLACES[:1])
    assert not has_places(tmp_path, STATE)
    assert has_places(tmp_path, other)
    assert has_places(tmp_path, "/maps/else.osm.pbf 1 1")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".sqlite", ".sqlite"]


def test_a_damaged_file_is_a_fault_of_the_store(tmp_path):
    keep_places(tmp_path, STATE, PLACES)
    next(tmp_path.iterdir()).write_bytes(b"no database" * 1000)
    with contextlib.closing(open_places(tmp_path, STATE)) as places, pytest.raises(StoreError):
        places.found("berlin", 1)
