"""What the tests of the Overpass source share: recorded answers, what a good error and a staged map look like."""

import gzip

import pytest

from areas import SHARED

RECORDED = SHARED / "overpass"
MONACO = SHARED / "monaco.osm.pbf"
# Box B of the recorded answers: west, south, east, north.
BOX = (7.415, 43.735, 7.430, 43.745)
DATE = "2021-04-21T20:21:46Z"
SMALL = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="Overpass API">\n'
    f'<meta osm_base="{DATE}"/>\n'
    '  <node id="1" lat="43.74" lon="7.42"><tag k="place" v="town"/><tag k="name" v="Мона&#60;ко > x"/></node>\n'
    '  <node id="2" lat="43.741" lon="7.421"/>\n'
    '  <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/></way>\n'
    "</osm>\n"
).encode()
HTML = b"<!DOCTYPE html>\n<html><head><title>Log in to the hotel</title></head><body>&nbsp;</body></html>"
recorded = pytest.mark.skipif(not RECORDED.is_dir(), reason=f"the recorded answers are not in {RECORDED}")


def body(name):
    path = RECORDED / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def one_sentence(caught, *words):
    text = caught.value.text
    assert text.endswith(".")
    assert "\n" not in text
    assert "Traceback" not in text
    for word in words:
        assert word in text, text


def described(staged):
    """Each table's rows that reach into the box as sorted values; geometries by their normalised text."""
    west, south, east, north = BOX

    def near(geometry):
        xmin, xmax, ymin, ymax = geometry.GetEnvelope()
        return xmin <= east and xmax >= west and ymin <= north and ymax >= south

    return {
        name: sorted(
            (repr(values), geometry.Normalize().ExportToWkt())
            for geometry, values in zip(rows.geometries, rows.values)
            if near(geometry)
        )
        for name, rows in staged.rows.items()
    }
