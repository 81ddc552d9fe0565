"""Names on the map, by QGIS's own results: none on another, none cut, none twice, and how many are there."""

import re
from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
from drawn import areas, make, places, streets
from shapely import STRtree, box
from sketch import Sketch, lonlat

from areas import AREAS, SHARED

WEDDING = (SHARED / "berlin-wedding.osm.pbf", (13.308, 52.538, 13.358, 52.565))
MAPS = {
    "sample 5": (*AREAS["sample"], 5, "default"),
    "sample 5 dark": (*AREAS["sample"], 5, "dark"),
    "monaco 4": (*AREAS["monaco"], 4, "default"),
    "wedding 4": (*WEDDING, 4, "default"),
    "monaco 4 blueprint": (*AREAS["monaco"], 4, "blueprint"),
    "monaco 4 minimal": (*AREAS["monaco"], 4, "minimal"),
}
# Labels of which the placing is the names' own; points of interest and shields find theirs beside them.
OWN = (
    "Place names", "Street names", "River names", "Water names", "Water names along their areas", "Park names",
    "Park names along their areas", "Square names", "Square names along their areas", "House numbers",
    "Names of grounds", "Names of grounds along their areas", "Ferry names",
)  # fmt: skip


@pytest.fixture(scope="module", params=list(MAPS))
def drawn_map(request, qgis, tmp_path_factory):
    source, bbox, detail, style = MAPS[request.param]
    if not source.exists():
        pytest.skip(f"{source} is not there")
    return make(bbox, source, detail, style, tmp_path_factory.mktemp("labels"))


def test_no_label_lies_on_another(drawn_map):
    shapes = [label.shape for label in drawn_map.labels]
    tree = STRtree(shapes)
    for one, other in tree.query(shapes, predicate="intersects").T:
        if one < other:
            shared = shapes[one].intersection(shapes[other]).area
            assert shared < 0.1, (drawn_map.labels[one].text, drawn_map.labels[other].text, shared)


def test_no_label_leaves_the_page(drawn_map):
    page = box(0, 0, drawn_map.picture.page.width_mm, drawn_map.picture.page.height_mm)
    for label in drawn_map.labels:
        if label.layer in OWN:
            assert page.buffer(-0.4).contains(label.shape), label.text


def test_what_was_placed_is_drawn(drawn_map):
    """House numbers give way to the names of points of interest, all other names stand where they were put."""
    for layer in drawn_map.picture.layers:
        if layer.name() in OWN and layer.name() != "House numbers":
            there = {label.feature for label in drawn_map.of(layer.name())}
            assert [feature["name"] for feature in layer.getFeatures() if feature.id() not in there] == []


def test_no_street_is_named_twice_side_by_side(drawn_map):
    same = defaultdict(list)
    for label in drawn_map.of("Street names", "River names"):
        same[label.text].append(label.centre)
    for text, centres in same.items():
        for one, other in combinations(centres, 2):
            assert np.hypot(*(one - other)) > 45, text


def test_two_names_on_one_line_are_apart(drawn_map):
    """The glyphs at the ends of two names that run the same way keep their distance."""
    ends = [
        (label, glyph.mean(0), _angle(glyph))
        for label in drawn_map.of("Street names")
        for glyph in label.boxes[[0, -1]]
    ]
    for (one, at, way), (other, there, their_way) in combinations(ends, 2):
        turn = abs((way - their_way + 90) % 180 - 90)
        gap = there - at
        ahead = abs(gap @ [np.cos(np.radians(way)), np.sin(np.radians(way))])
        beside = np.hypot(*gap) ** 2 - ahead**2
        if one is not other and turn < 20 and beside < 0.3**2:
            assert ahead > 2, (one.text, other.text)


def _angle(glyph):
    along = glyph[1] - glyph[0]
    return np.degrees(np.arctan2(along[1], along[0]))


def test_names_stand_upright_and_run_round_no_corner(drawn_map):
    for label in drawn_map.of("Street names", "River names"):
        angles = np.array([_angle(glyph) for glyph in label.boxes])
        assert (np.abs(angles) <= 95).mean() > 0.5, label.text
        turns = np.abs((np.diff(angles) + 180) % 360 - 180)
        assert turns.max(initial=0) < 32, (label.text, turns.max())


def test_streets_are_named(drawn_map):
    if "streets" not in drawn_map.theme.flags["labels"]:
        assert not drawn_map.of("Street names")
        return
    long_enough = [street for street in streets(drawn_map) if street.size >= 1.5 * street.need]
    assert len(long_enough) > 20
    missing = [street for street in long_enough if not street.drawn]
    # Letters of 5 points leave out what smaller ones had room for; sights come before streets.
    assert len(missing) <= 0.13 * len(long_enough), [(street.name, street.reason) for street in missing]


def test_places_and_large_parks_are_named(drawn_map):
    assert [place.name for place in places(drawn_map) if not place.drawn] == []
    if "parks" in drawn_map.theme.flags["labels"]:
        parks = [park for park in areas(drawn_map, "park", "cemetery", "forest") if park.size >= 1]
        assert [park.name for park in parks if not park.drawn] == []


def test_water_names_are_in_the_water(drawn_map):
    labels = drawn_map.of("Water names", "Water names along their areas")
    for label in labels:
        shapes = [
            shape for table in ("water", "landuse") for values, shape in drawn_map.tables.get(table, [])
            if values["name"] == label.text.replace("\n", " ")
        ]  # fmt: skip
        inside = max(shape.intersection(label.shape).area for shape in shapes) / label.shape.area
        assert inside > 0.55, label.text


def test_squares_and_bays_have_their_names_inside(qgis, tmp_path):
    """The name of a square that a street or a park has as well is written once, and not as a square's."""
    sketch = Sketch(1200).area(-400, 100, -100, 400, place="square", name="Große Freiheit")
    sketch.area(100, 100, 400, 400, highway="pedestrian", area="yes", name="Am Ring")
    sketch.way((100, 450), (500, 450), highway="residential", name="Am Ring")
    sketch.area(-400, -400, 100, -100, natural="bay", name="Stille Bucht")
    sketch.write(tmp_path / "sketch.osm")
    bbox = (*lonlat(-600, -600), *lonlat(600, 600))
    made = make(bbox, tmp_path / "sketch.osm", 5, "default", tmp_path)
    assert [label.text.replace("\n", " ") for label in made.of("Square names")] == ["Große Freiheit"]
    assert [label.text for label in made.of("Street names")] == ["Am Ring"]
    found = {"Große Freiheit": ("plazas", "Square names"), "Stille Bucht": ("water", "Water names")}
    for name, (table, layer) in found.items():
        [label] = made.of(layer, layer + " along their areas")
        [area] = [shape for values, shape in made.tables[table] if values["name"] == name]
        assert area.buffer(0.1).contains(label.shape), name
        assert label.text.replace("\n", " ") == name
    assert made.of("Water names")[0].font.family() == made.theme.font["water"]


def test_street_names_keep_off_tram_tracks(drawn_map):
    """The middle of the letters, by glyph: a street that a track crosses covers one or two of a name."""
    kinds = ("tram", "light_rail", "rail")
    tracks = [
        shape
        for values, shape in drawn_map.tables.get("railways", [])
        if values["kind"] in kinds and not values["tunnel"]
    ]
    if not tracks:
        return
    tree = STRtree(tracks)
    on_tracks = []
    for label in drawn_map.of("Street names"):
        letters = [glyph for glyph, letter in zip(label.boxes, label.text) if letter != " "]
        middles = [box(*_middle(glyph)) for glyph in letters]
        covered = {index for index, _ in tree.query(middles, predicate="intersects").T}
        if len(covered) > 0.35 * len(letters):
            on_tracks.append(label.text)
    assert len(on_tracks) <= 1, on_tracks


def _middle(glyph):
    middle = glyph.mean(0)
    return (*(middle - 0.25), *(middle + 0.25))


def test_house_numbers_are_numbers_and_once(drawn_map):
    numbers = drawn_map.of("House numbers")
    if drawn_map.detail < 5:
        assert not numbers
        return
    assert len(numbers) > 180
    same = defaultdict(list)
    for label in numbers:
        assert re.fullmatch(r"\d{1,4}([^\W\d_]|bis|ter)?([-–/]\d{1,4}[^\W\d_]?)?", label.text, re.IGNORECASE), (
            label.text
        )
        same[label.text].append(label.centre)
    near = [text for text, at in same.items() for one, other in combinations(at, 2) if np.hypot(*(one - other)) < 2]
    assert not near, near


def test_the_style_s_fonts_are_used(drawn_map):
    from qgis.PyQt.QtGui import QFontInfo

    font = drawn_map.theme.font
    # Bays and straits that are nodes are places in the letters of water.
    wanted = {"Place names": {font["place"], font["water"]}, "River names": {font["water"]},
              "Water names": {font["water"]}, "Ferry names": {font["water"]}}  # fmt: skip
    for label in drawn_map.labels:
        families = wanted.get(label.layer.replace(" along their areas", ""), {font["family"]})
        assert label.font.family() in families
        assert QFontInfo(label.font).family() == label.font.family()
