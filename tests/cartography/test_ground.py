"""What lies below streets: the small above the large, water above greens, piers above the sea, no specks."""

import pytest
from sketch import Sketch, is_blend

COVERS = {
    "residential": {"landuse": "residential"},
    "industrial": {"landuse": "industrial"},
    "institution": {"amenity": "school"},
    "farm": {"landuse": "allotments"},
    "parking": {"amenity": "parking"},
    "park": {"leisure": "park"},
    "forest": {"natural": "wood"},
    "grass": {"landuse": "grass"},
    "pitch": {"leisure": "pitch"},
    "sand": {"natural": "sand"},
}
TOKENS = {"residential": "landuse"}


@pytest.mark.parametrize("large", COVERS)
def test_the_small_lies_above_the_large_whatever_they_are(qgis, tmp_path, large):
    """Looked at in a corner: icons stand in the middle."""
    sketch = Sketch()
    for number, tags in enumerate(COVERS.values()):
        sketch.area(-190 + 38 * number, -20, -164 + 38 * number, 20, **tags)
    sketch.area(-198, -198, 198, 198, **COVERS[large])
    picture = sketch.drawn(tmp_path, dpi=100)
    for number, small in enumerate(COVERS):
        assert picture.at(-186 + 38 * number, -16) == picture.color[TOKENS.get(small, small)]
        assert picture.at(-186 + 38 * number, 100) == picture.color[TOKENS.get(large, large)]


def test_water_lies_above_greens_and_a_line_of_water_ends_at_its_area(qgis, tmp_path):
    sketch = Sketch().area(-150, -150, 150, 150, leisure="park").area(-40, -40, 40, 40, natural="water")
    sketch.way((-150, 0), (-40, 0), (40, 0), (150, 0), waterway="river")
    picture = sketch.drawn(tmp_path)
    assert set(picture.along((-36, 0), (36, 0))) == {picture.color["water"]}
    assert set(picture.along((0, -36), (0, 36))) == {picture.color["water"]}, "no darker line in the middle"
    assert picture.at(-100, 0) != picture.color["park"]


def test_piers_lie_above_the_sea_and_land_use_does_not(qgis, tmp_path):
    """The coast runs from west to east with the land on its left."""
    sketch = Sketch().way((-260, 0), (260, 0), natural="coastline")
    sketch.area(-20, -100, 20, 20, man_made="pier").way((60, 10), (60, -100), man_made="breakwater")
    sketch.area(-180, -100, -100, 100, landuse="industrial")
    picture = sketch.drawn(tmp_path)
    assert picture.at(120, -60) == picture.color["sea"]
    assert picture.at(0, -60) == picture.color["pier"]
    assert picture.at(60, -60) == picture.color["pier"]
    assert picture.at(-140, 60) == picture.color["industrial"]
    assert picture.at(-140, -60) == picture.color["sea"]


def block(sketch, west, south, thick=20, wide=80, **tags):
    """A block: ground of a kind, houses round a courtyard."""
    east, north = west + wide, south + wide
    sketch.area(west, south, east, north, **tags)
    for box in (
        (west, south, east, south + thick),
        (west, north - thick, east, north),
        (west, south + thick, west + thick, north - thick),
        (east - thick, south + thick, east, north - thick),
    ):
        sketch.area(*box, building="yes")
    return (west + east) / 2, (south + north) / 2


def test_courtyards_of_built_up_grounds_are_no_specks(qgis, tmp_path):
    """A courtyard of 40 m is 1 mm on paper at 1:40,000 and 13 at 1:3,000: only there it is a place."""
    sketch = Sketch()
    yard = block(sketch, -100, -100, landuse="commercial")
    picture = sketch.drawn(tmp_path, scale=10000, dpi=300)
    assert picture.at(*yard) == picture.color["land"]
    assert picture.color["industrial"] not in set(picture.along((-110, yard[1]), (-10, yard[1]), 200))
    assert sketch.drawn(tmp_path, scale=3000).at(*yard) == picture.color["industrial"]


def test_a_bare_ground_in_a_quarter_has_the_quarters_colour(qgis, tmp_path):
    sketch = Sketch()
    yard = block(sketch, -40, -40, landuse="commercial")
    sketch.area(-190, -40, -40, 40, landuse="residential").area(40, -40, 190, 40, landuse="residential")
    assert (picture := sketch.drawn(tmp_path, scale=10000, dpi=300)).at(*yard) == picture.color["landuse"]


def test_grounds_with_room_keep_their_colour(qgis, tmp_path):
    sketch = Sketch().area(-150, -150, 150, 150, landuse="industrial").area(-50, -50, 50, 50, building="yes")
    picture = sketch.drawn(tmp_path, scale=10000, dpi=300)
    assert set(picture.along((-140, 100), (140, 100))) == {picture.color["industrial"]}


def test_quarters_are_one_across_their_streets(qgis, tmp_path):
    """Twenty metres between residential blocks are closed, sixty are not."""
    sketch = Sketch().area(-180, -50, -60, 50, landuse="residential").area(-40, -50, 60, 50, landuse="residential")
    sketch.area(120, -50, 190, 50, landuse="residential")
    picture = sketch.drawn(tmp_path)
    assert set(picture.along((-160, 0), (40, 0), 200)) == {picture.color["landuse"]}
    assert picture.at(90, 0) == picture.color["land"]


def test_gaps_between_woods_close_on_overviews_and_hide_nothing(qgis, tmp_path):
    sketch = Sketch(4000).area(-1800, -1500, -10, 1500, natural="wood").area(10, -1500, 1800, 1500, natural="wood")
    sketch.area(-8, -400, 8, 400, natural="water")
    overview = sketch.drawn(tmp_path, detail=2, scale=40000, dpi=300)
    assert set(overview.along((-100, 1000), (100, 1000))) == {overview.color["forest"]}
    near = sketch.drawn(tmp_path, detail=4, scale=20000, dpi=300)
    assert near.at(0, 1000) == near.color["land"]
    assert near.at(0, 0) == near.color["water"]


def test_touching_houses_share_one_outline(qgis, tmp_path):
    """The wall between two houses is no darker than the wall round them."""
    sketch = Sketch().area(-60, -40, 0, 40, building="yes").area(0, -40, 60, 40, building="yes")
    sketch.area(-60, -40, 60, 40, building__part="yes")
    picture = sketch.drawn(tmp_path, dpi=600, scale=2000)
    wall, house = picture.color["building_line"], picture.color["building"]
    met = picture.along((-1, 0), (1, 0), 100)
    assert all(is_blend(color, wall, house) for color in met)
    assert met[0] == met[-1] == house


def test_borders_keep_off_the_coast(qgis, tmp_path):
    sketch = Sketch().way((-260, 0), (260, 0), natural="coastline")
    sketch.way((-200, 3), (0, 3), (0, 200), boundary="administrative", admin_level="6")
    sketch.area(100, 100, 150, 150, leisure="park")
    sketch.way((-200, -100), (200, -100), boundary="administrative", admin_level="6")
    picture = sketch.drawn(tmp_path, dpi=300)
    sea, land = picture.color["sea"], picture.color["land"]
    assert all(is_blend(color, sea, land) for color in picture.along((-150, 3), (-50, 3), 100))
    assert set(picture.along((-150, -100), (150, -100), 100)) == {sea}
    assert set(picture.along((0, 60), (0, 180), 100)) != {land}, "on land it is there"
