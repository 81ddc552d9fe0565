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


def test_an_empty_map_is_offered_the_area_as_layers(saw):
    assert saw["offered"] == [True, False]
    loaded = saw["loaded"]
    # Permanent, beside the project; nothing over what is there.
    assert loaded["files"] == ["helsinki-map.gpkg", "town.qgz"]
    assert (loaded["crs"], loaded["offered"]) == ("EPSG:32635", False)
    groups = loaded["groups"]
    assert list(groups) == ["Names and points", "Lines and trees", "Traffic", "Buildings", "Ground"]
    assert groups["Traffic"] == ["Railways", "Roads", "Paths"]
    assert groups["Ground"][-1] == "Land"
    assert loaded["legend"] == ["Buildings", "Landmarks"]
    assert saw["narrowest"] < 400


def test_a_style_is_whole_and_own_changes_stay_in_it(saw):
    from osm2cdr.processing_provider.cartography.themes.loading import load_theme

    for name, (colors, ground) in (("blueprint", saw["blueprint"]), ("dark", [saw["dark"][0], saw["dark"][2]])):
        theme = load_theme(name)
        assert ground == theme.color["land"].lower()
        assert theme.color["building"].lower() in colors["Buildings"][0]
        others = {color.lower() for color in load_theme("default").color.values() if color}
        ours = {color.lower() for color in theme.color.values() if color}
        # Nothing of the style that was there before.
        assert not {one for shown, *_ in colors.values() for one in shown} & (others - ours)
        assert {current for _, _, current, _ in colors.values()} == {name}
    # A symbol and a transparency that somebody changed in one style are not in another, and there again in the first.
    assert saw["dark"][1] == 1
    assert saw["again"][1] == 0.5
    assert "#ff0000" in saw["again"][0][0]


def test_more_and_newer_data_leave_own_changes_alone(saw):
    before = {title: number for title, (*_, number) in saw["loaded"]["colors"].items()}
    colors, area, files = saw["extended"]
    after = {title: number for title, (*_, number) in colors.items()}
    assert after["Buildings"] > before["Buildings"]
    assert all(after[title] >= number for title, number in before.items())
    # Tables that held nothing before.
    assert set(after) > set(before)
    assert area.startswith("Polygon")
    assert files == ["helsinki-map.gpkg", "town.qgz"]
    assert "#ff0000" in colors["Buildings"][0]
    # Through a project that was closed and opened too; of all others it is known that nobody changed them.
    assert saw["changed"] == ["Buildings"]
    assert {title: number for title, (*_, number) in saw["refreshed"].items()} == after
    assert "#ff0000" in saw["refreshed"]["Buildings"][0]
    shown, opacity = saw["dropped"]
    assert "#ff0000" not in shown[0]
    assert opacity == 1


def test_it_is_found_elsewhere_in_the_window_and_gone_afterwards(saw):
    # A dropped extract is the panel's data, all of it.
    assert saw["dropped file"] == [True, ""]
    assert saw["located"][0] == "OpenStreetMap places and formats"
    # Which one is first is QGIS's choice.
    assert "Senaatintori, square" in saw["located"]
    west, south, east, north = box(saw["place"])
    assert west < 24.9522 < east
    assert south < 60.1695 < north
    assert saw["project menu"] == ["Import OpenStreetMap as layers…", "Export OpenStreetMap map…"]
    assert saw["options"][0] == "https://example.org/search"
    assert saw["options"][1] < 600
    # Each parameter with its id, and an example.
    assert all(f"<code>{name}</code>" in saw["help"] for name in ("EXTENT", "MASK", "FORMATS", "SOURCE", "OPTIONS"))
    assert "qgis_process run osm2cdr:exportarea -- --OUTPUT_FOLDER=" in saw["help"]
    assert "__request" not in saw["help"].lower()
    # The second time it is there at once.
    drawn, was_kept = saw["pictures"]
    assert drawn[0][0] == "dark"
    assert drawn[0] == drawn[1]
    assert min(drawn[0][1:]) > 100
    assert was_kept
    nothing = {"toolbars": [], "menus": [], "entries": [], "icons": [], "provider": False, "messages": 0, "dialogs": 0}
    assert {name: saw["unloaded"][name] for name in nothing} == nothing
