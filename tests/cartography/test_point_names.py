"""A sight is named before any hotel or bank; a point's name keeps off main roads."""

from dataclasses import replace

import numpy as np
import pytest
from drawn import make
from shapely.ops import unary_union
from sketch import Sketch, lonlat

POINTS = "Names of points of interest"


def built(sketch, folder, style="default", detail=5):
    sketch.write(folder / "sketch.osm")
    half = sketch.size / 2
    bbox = (*lonlat(-half, -half), *lonlat(half, half))
    return make(bbox, folder / "sketch.osm", detail, style, folder)


def names(made, layer=POINTS):
    return {label.text.replace("\n", " ") for label in made.of(layer)}


NAME = "Dom zu Sankt Marien"
SERVICE = {"amenity": "place_of_worship", "religion": "christian", "name": NAME}
# What makes each a sight: the classes whose rank in the table does, none where it is the entry in Wikidata.
SIGHTS = {
    "cathedral": (["cathedral"], lambda s: s.area(-25, -15, 15, 15, building="cathedral", name=NAME)),
    "cathedral, a place of worship": (
        ["cathedral"], lambda s: s.area(-25, -15, 15, 15, building="cathedral", **SERVICE)
    ),
    "cathedral, a node in it": (
        ["cathedral"], lambda s: s.area(-25, -15, 15, 15, building="cathedral", name=NAME).point(0, 0, **SERVICE)
    ),
    "basilica": (["basilica"], lambda s: s.area(-25, -15, 15, 15, building="basilica", name=NAME)),
    "castle": (["castle"], lambda s: s.point(0, 0, historic="castle", name=NAME)),
    "fort": (["fort"], lambda s: s.point(0, 0, historic="fort", name=NAME)),
    "museum": (["museum"], lambda s: s.point(0, 0, tourism="museum", name=NAME)),
    "attraction": (["attraction"], lambda s: s.point(0, 0, tourism="attraction", name=NAME)),
    "theatre": (["theatre"], lambda s: s.point(0, 0, amenity="theatre", name=NAME)),
    "town hall": (["townhall"], lambda s: s.point(0, 0, amenity="townhall", name=NAME)),
    "monument": (["monument"], lambda s: s.point(0, 0, historic="monument", name=NAME)),
    "ruins": (["ruins"], lambda s: s.point(0, 0, historic="ruins", name=NAME)),
    "church": (["place_of_worship"], lambda s: s.point(0, 0, **SERVICE)),
    "memorial in Wikidata": ([], lambda s: s.point(0, 0, historic="memorial", wikidata="Q1", name=NAME)),
    "community centre in Wikidata": ([], lambda s: s.point(0, 0, amenity="community_centre", wikidata="Q1", name=NAME)),
}  # fmt: skip
RIVALS = ({"tourism": "hotel"}, {"amenity": "bank"}, {"amenity": "restaurant", "cuisine": "pizza"})
# What is ahead of those as well: only a rank above theirs comes before it.
CULTURE = ({"amenity": "cinema"}, {"amenity": "library"}, {"historic": "monument"})


def crowded(sight, others):
    """So many stand round the sight that their names, if they came first, would leave it no room.

    They are areas, and read before it: what is alike in rank goes by that.
    """
    sketch = Sketch(700)
    for number in range(16):
        angle = np.pi * number / 8
        x, y = round(38 * np.cos(angle)), round(30 * np.sin(angle))
        sketch.area(x - 1, y - 1, x + 1, y + 1, name=f"Haus Nummer {number}", **others[number % 3])
    # The grid of streets round it has names as well.
    for y in (-48, 48):
        sketch.way((-300, y), (300, y), highway="residential", name=f"Gasse {y}")
    SIGHTS[sight][1](sketch)
    return sketch


def ranked_like_a_restaurant(monkeypatch, classes):
    """The table with these classes as low as a restaurant's; nothing is a sight for its entry in Wikidata."""
    from osm2cdr.processing_provider.cartography.stages import pois
    from osm2cdr.processing_provider.cartography.symbology import poi_table

    low = next(look.rank for look in poi_table.LOOKS if "restaurant" in look.classes)
    # What a cathedral would be without its rule, it is a place of worship as well.
    classes = {*classes, "place_of_worship"} if {"cathedral", "basilica"} & set(classes) else set(classes)
    looks = [replace(look, rank=low) if classes & set(look.classes) else look for look in poi_table.LOOKS]
    monkeypatch.setattr(poi_table, "LOOKS", tuple(looks))
    monkeypatch.setattr(pois, "_SEEN", ())


@pytest.mark.parametrize("sight", list(SIGHTS))
def test_a_sight_is_named_before_any_hotel_bank_or_pizzeria(qgis, tmp_path, sight):
    assert NAME in names(built(crowded(sight, RIVALS), tmp_path))


@pytest.mark.parametrize("sight", list(SIGHTS))
def test_its_rule_alone_gives_a_sight_that_room(qgis, tmp_path, monkeypatch, sight):
    """The same place without the rule: the hotels take all room, so that the test before this one tells of it."""
    ranked_like_a_restaurant(monkeypatch, SIGHTS[sight][0])
    assert NAME not in names(built(crowded(sight, RIVALS), tmp_path))


@pytest.mark.parametrize("sight", [name for name in SIGHTS if name not in ("monument", "ruins", "church")])
def test_a_cathedral_or_museum_is_named_before_cinemas_libraries_and_monuments(qgis, tmp_path, sight):
    assert NAME in names(built(crowded(sight, CULTURE), tmp_path))


@pytest.mark.parametrize("kind", ["primary", "secondary", "tertiary"])
def test_a_point_s_name_keeps_off_a_main_road_where_another_side_is_free(qgis, tmp_path, kind):
    """To the right of each church, where its name would stand first, a main road crosses another."""
    sketch = Sketch(800).way((60, -400), (60, 400), highway=kind).way((-400, 0), (400, 0), highway=kind)
    sketch.point(15, 40, amenity="place_of_worship", religion="christian", name="Erste Evangelische Kirche")
    sketch.point(35, -200, amenity="place_of_worship", religion="christian", name="Zweite Kirche")
    made = built(sketch, tmp_path)
    from osm2cdr.processing_provider.cartography.themes.widths import Widths

    half = Widths(made.theme, made.picture.page.scale).line(kind) / 2
    roads = unary_union([shape.buffer(half) for values, shape in made.tables["roads"]])
    labels = made.of(POINTS)
    assert len(labels) == 2
    for label in labels:
        assert label.shape.buffer(-0.15).intersection(roads).area < 0.05 * label.shape.area, label.text
