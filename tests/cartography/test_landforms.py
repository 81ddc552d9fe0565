"""Bays, straits, islands, capes and squares that are nodes have their names: those of water on it, as water's are."""

import pytest
from drawn import make
from sketch import Sketch, lonlat


def build(folder, detail=5, style="default"):
    """Land in the west, water in the east; on its shore a bay, and an island, a cape and squares."""
    sketch = Sketch(1600).area(0, -790, 790, 790, natural="water")
    sketch.way((-600, -790), (-600, 790), highway="primary")
    sketch.way((-500, -500), (-300, -500), highway="residential", name="Ringplatz")
    spots = {
        "Stille Bucht": (60, 300, {"natural": "bay"}), "Sund": (500, -400, {"natural": "strait"}),
        "Kap Nord": (-100, 600, {"natural": "cape"}), "Vogelinsel": (400, 0, {"place": "island"}),
        "Alter Markt": (-300, 0, {"place": "square"}), "Ringplatz": (-400, -480, {"place": "square"}),
        "Feldflur": (-350, -250, {"place": "locality"}),
    }  # fmt: skip
    for name, (x, y, tags) in spots.items():
        sketch.point(x, y, name=name, **tags)
    sketch.write(folder / "sketch.osm")
    return make((*lonlat(-800, -800), *lonlat(800, 800)), folder / "sketch.osm", detail, style, folder)


@pytest.fixture(scope="module")
def made(qgis, tmp_path_factory):
    return build(tmp_path_factory.mktemp("landforms"))


def test_each_has_its_name_once(made):
    named = [label.text.replace("\n", " ") for label in made.of("Place names")]
    assert sorted(named) == ["Alter Markt", "Feldflur", "Kap Nord", "Stille Bucht", "Sund", "Vogelinsel"]


def test_the_names_of_bays_and_straits_are_on_water_and_look_like_those_of_water(made):
    [water] = [shape for _, shape in made.tables["water"]]
    fonts = {label.text.replace("\n", " "): label.font for label in made.of("Place names")}
    for label in made.of("Place names"):
        if label.text.replace("\n", " ") in ("Stille Bucht", "Sund"):
            assert label.shape.intersection(water).area > 0.95 * label.shape.area
    assert fonts["Sund"].family() == fonts["Stille Bucht"].family() == made.theme.font["water"]
    assert fonts["Sund"].italic()
    assert fonts["Alter Markt"].family() == made.theme.font["place"]
    [layer] = [layer for layer in made.picture.layers if layer.name() == "Place names"]
    rules = {rule.filterExpression(): rule.settings() for rule in layer.labeling().rootRule().children()}
    assert rules["\"kind\"='bay'"].format().color().name().upper() == made.theme.color["text_water"]
