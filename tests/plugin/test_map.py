"""Areas drawn on the canvas of a real QGIS, and the map that the panel keeps in a project, by mouse and keys."""

import json

import pytest
from shapely.geometry import shape

EVERYTHING = "All of the extract, 1.69 km²"


@pytest.fixture(scope="module")
def saw(window_of_module):
    """What one QGIS saw of all of it."""
    return window_of_module("map", script="mapping")


def box(text):
    west, east, south, north = (float(part) for part in text.split(" ")[0].split(","))
    return west, south, east, north


def test_an_area_is_drawn_by_mouse(saw):
    # On an empty map there is no place to draw at.
    assert saw["empty map"] == [False, False]
    assert saw["whole"][:3] == ["", "", EVERYTHING]
    shown, km2, corners = saw["badge"]
    assert (shown, corners) == (True, 5)
    extent, mask, told, band = saw["box"]
    assert (mask, told, band) == ("", km2, 5)
    west, south, east, north = box(extent)
    west_of_all, south_of_all, east_of_all, north_of_all = box(saw["shown"][0])
    # From three tenths of the canvas to six; a message of QGIS may have made it lower meanwhile.
    assert (east - west) / (east_of_all - west_of_all) == pytest.approx(0.3, abs=0.06)
    assert (north - south) / (north_of_all - south_of_all) == pytest.approx(0.3, abs=0.06)
    assert (west - west_of_all) / (east_of_all - west_of_all) == pytest.approx(0.3, abs=0.06)
    assert saw["tool is back"]


def test_a_polygon_is_drawn_corner_by_corner_and_handed_over_in_a_file(saw):
    extent, mask, told, _ = saw["polygon"]
    assert extent == ""
    assert told.startswith("A polygon of 0.0")
    drawn = shape(saw["mask"]["geometry"])
    # The corner that was taken back is not there, nor is where the right click was.
    assert len(drawn.exterior.coords) == 4
    assert drawn.is_valid
    # Who gives up keeps what was there before.
    assert saw["escaped"][:3] == [extent, mask, told]
    assert mask.endswith(".geojson")


def test_what_the_map_shows_everything_and_a_layer_are_areas_too(saw):
    assert saw["everything"][:3] == ["", "", EVERYTHING]
    assert box(saw["layer"][0]) == pytest.approx((24.9368, 60.1652, 24.9516, 60.1775))
    profile, area = saw["kept"]
    assert (json.loads(profile)["EXTENT"], area) == (saw["layer"][0], "")
