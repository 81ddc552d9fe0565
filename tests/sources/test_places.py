"""Places of an extract by their name."""

import pytest

from areas import SAMPLE
from osm2cdr.processing_provider.errors import SourceError
from osm2cdr.processing_provider.sources.places import places_called

OSM = """<osm version="0.6">
<node id="1" lon="10.0" lat="50.0" version="1"><tag k="place" v="town"/><tag k="name" v="Ober&apos;burg"/></node>
<node id="2" lon="10.001" lat="50.0" version="1"/>
<node id="3" lon="10.002" lat="50.0" version="1"/>
<node id="4" lon="10.003" lat="50.001" version="1"/>
<node id="5" lon="10.0" lat="50.001"><tag k="shop" v="books"/><tag k="name" v="Ober&apos;burg books"/></node>
<node id="6" lon="11.0" lat="51.0" version="1"/>
<node id="7" lon="11.002" lat="51.0" version="1"/>
<way id="1" version="1"><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="name" v="Ringstraße"/></way>
<way id="2" version="1"><nd ref="3"/><nd ref="4"/><tag k="highway" v="residential"/><tag k="name" v="Ringstraße"/></way>
<way id="3" version="1"><nd ref="6"/><nd ref="7"/><tag k="highway" v="residential"/><tag k="name" v="Ringstraße"/></way>
</osm>"""


@pytest.fixture(scope="module")
def extract(tmp_path_factory):
    path = tmp_path_factory.mktemp("a place") / "made.osm"
    path.write_text(OSM, encoding="utf-8")
    return str(path)


def test_a_place_goes_before_what_is_called_after_it(qgis, extract):
    found = places_called("ober'b", extract, 5)
    assert [place.title for place in found] == ["Ober'burg, town", "Ober'burg books"]
    west, south, east, north = found[0].box
    assert (west + east, south + north) == pytest.approx((20.0, 100.0))
    assert east - west > north - south > 0.03


def test_the_ways_of_a_street_are_one_place_and_another_town_has_its_own(qgis, extract):
    found = places_called("RINGSTRASSE".replace("SS", "ß"), extract, 5)
    assert [place.title for place in found] == ["Ringstraße, street"] * 2
    near = min(found, key=lambda place: place.box[0])
    assert near.box[0] < 10.001 < 10.003 < near.box[2]


def test_nothing_is_found_of_words_that_match_all(qgis, extract):
    assert places_called("no such place", extract, 5) == []
    assert places_called("%", extract, 5) == []


def test_the_square_goes_before_its_stop(qgis):
    assert [place.title for place in places_called("senaatintori", str(SAMPLE), 1)] == ["Senaatintori, square"]


def test_what_is_no_extract_is_said(qgis, tmp_path):
    (tmp_path / "no.osm.pbf").write_bytes(b"nothing")
    for name in ("no.osm.pbf", "missing.osm.pbf"):
        with pytest.raises(SourceError) as raised:
            places_called("a", str(tmp_path / name), 5)
        assert name in raised.value.text
