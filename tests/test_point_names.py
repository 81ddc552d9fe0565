"""A sight is named before any hotel or bank; a point's name keeps off main roads; no casing shows in a name's gaps."""

import numpy as np
import pytest
from drawn import make
from shapely.ops import unary_union
from sketch import Sketch, lonlat

from osm2cdr.processing_provider.cartography.themes import load_theme

POINTS = "Names of points of interest"


def built(sketch, folder, style="default", detail=5):
    sketch.write(folder / "sketch.osm")
    half = sketch.size / 2
    bbox = (*lonlat(-half, -half), *lonlat(half, half))
    return make(bbox, folder / "sketch.osm", detail, style, folder)


def names(made, layer=POINTS):
    return {label.text.replace("\n", " ") for label in made.of(layer)}


SIGHTS = {
    "cathedral, an area": lambda s: s.area(-25, -15, 15, 15, building="cathedral", amenity="place_of_worship",
                                           religion="christian", name="Dom zu Sankt Marien"),
    "cathedral, a node in it": lambda s: s.area(-25, -15, 15, 15, building="cathedral", name="Dom zu Sankt Marien")
    .point(0, 0, amenity="place_of_worship", religion="christian", name="Dom zu Sankt Marien"),
    "castle": lambda s: s.point(0, 0, historic="castle", name="Dom zu Sankt Marien"),
    "museum": lambda s: s.point(0, 0, tourism="museum", name="Dom zu Sankt Marien"),
    "wikidata": lambda s: s.point(0, 0, historic="memorial", wikidata="Q1", name="Dom zu Sankt Marien"),
}  # fmt: skip


@pytest.mark.parametrize("sight", list(SIGHTS))
def test_a_sight_is_named_before_any_hotel_bank_or_pizzeria(qgis, tmp_path, sight):
    """So many of these stand round it that their names, if they came first, would leave no room."""
    sketch = SIGHTS[sight](Sketch(700))
    others = [{"tourism": "hotel"}, {"amenity": "bank"}, {"amenity": "restaurant", "cuisine": "pizza"}]
    for number in range(16):
        angle = np.pi * number / 8
        sketch.point(38 * np.cos(angle), 30 * np.sin(angle), name=f"Haus Nummer {number}", **others[number % 3])
    # The grid of streets round it has names as well.
    for y in (-48, 48):
        sketch.way((-300, y), (300, y), highway="residential", name=f"Gasse {y}")
    assert "Dom zu Sankt Marien" in names(built(sketch, tmp_path))


@pytest.mark.parametrize("kind", ["primary", "secondary", "tertiary"])
def test_a_point_s_name_keeps_off_a_main_road_where_another_side_is_free(qgis, tmp_path, kind):
    """To the right of each church, where its name would stand first, a main road crosses another."""
    sketch = Sketch(800).way((60, -400), (60, 400), highway=kind).way((-400, 0), (400, 0), highway=kind)
    sketch.point(15, 40, amenity="place_of_worship", religion="christian", name="Erste Evangelische Kirche")
    sketch.point(35, -200, amenity="place_of_worship", religion="christian", name="Zweite Kirche")
    made = built(sketch, tmp_path)
    from osm2cdr.processing_provider.cartography.widths import Widths

    half = Widths(made.theme, made.picture.page.scale).line(kind) / 2
    roads = unary_union([shape.buffer(half) for values, shape in made.tables["roads"]])
    labels = made.of(POINTS)
    assert len(labels) == 2
    for label in labels:
        assert label.shape.buffer(-0.15).intersection(roads).area < 0.05 * label.shape.area, label.text


@pytest.mark.parametrize("style", ["toner", "blueprint"])
@pytest.mark.parametrize("kind", ["residential", "tertiary", "primary"])
def test_the_halo_closes_the_gaps_between_the_words_of_a_street(qgis, tmp_path, style, kind):
    """A road's casing shows in a gap that is wider than what the halos of the letters on both sides cover."""
    sketch = Sketch(1000).way((-480, 0), (480, 0), highway=kind, name="Ulica K. Marksa i F. Engelsa")
    made = built(sketch, tmp_path, style)
    labels = made.of("Street names")
    assert labels
    halo = load_theme(style).font["street_halo"]
    for label in labels:
        boxes = [glyph for glyph, letter in zip(label.boxes, label.text) if letter != " "]
        gaps = [right[:, 0].min() - left[:, 0].max() for left, right in zip(boxes, boxes[1:])]
        # Letters are narrower than their boxes by up to a fifth of a millimetre on both sides.
        assert max(gaps) + 0.4 < 1.8 * halo, (max(gaps), halo)
