"""Names of places at every detail level: of quarters and villages too, as far as there is room for them."""

from itertools import combinations

import numpy as np
import pytest
from drawn import make
from sketch import Sketch, lonlat

from areas import SHARED

LIECHTENSTEIN = SHARED / "liechtenstein.osm.pbf"
# In a square of 4 km, far enough from each other that each has room even where it is shown long before its level.
KINDS = {
    "city": (0, 0), "suburb": (-1500, 1500), "quarter": (0, 1700), "neighbourhood": (1500, 1500),
    "village": (-1500, 0), "hamlet": (1500, 0), "locality": (0, -1500),
}  # fmt: skip


def written(sketch, folder, detail, **more):
    """The map of a sketch, which has a road so that there is more than names."""
    half = sketch.size / 2
    sketch.way((-half, -half / 20), (half, -half / 20), highway="primary", ref="B 1")
    sketch.write(folder / "sketch.osm")
    bbox = (*lonlat(-half, -half), *lonlat(half, half))
    return make(bbox, folder / "sketch.osm", detail, more.get("style", "default"), folder)


def texts(made):
    """The names of places on the map, in small letters."""
    return [label.text.casefold().replace("\n", " ") for label in made.of("Place names")]


@pytest.mark.parametrize("detail", range(1, 7))
def test_every_kind_of_place_is_read_and_named_at_every_level(qgis, tmp_path, detail):
    sketch = Sketch(4000)
    for kind, (x, y) in KINDS.items():
        sketch.point(x, y, place=kind, name=f"the {kind}")
    made = written(sketch, tmp_path, detail)
    assert {values["kind"] for values, _ in made.tables["places"]} == set(KINDS)
    assert {text.removeprefix("the ") for text in texts(made)} == set(KINDS)


@pytest.mark.parametrize("detail", [1, 2])
def test_on_overviews_settlements_alone_have_a_dot_and_none_without_its_name(qgis, tmp_path, detail):
    sketch = Sketch(4000)
    for kind, (x, y) in KINDS.items():
        sketch.point(x, y, place=kind, name=f"the {kind}")
    # More hamlets than there is room for.
    for number in range(40):
        sketch.point(1500 + number, -1500 + 7 * number, place="hamlet", name=f"hamlet number {number}")
    made = written(sketch, tmp_path, detail)
    [dots] = [layer for layer in made.picture.layers if layer.name() == "Places"]
    dotted = sorted(feature["name"] for feature in dots.getFeatures())
    assert dotted == sorted(text for text in texts(made) if text.split()[-1] not in ("suburb", "quarter", "locality",
                                                                                    "neighbourhood"))  # fmt: skip
    assert {"the city", "the village", "the hamlet"} <= set(dotted)


def test_what_is_shown_before_its_level_is_thinned_by_room_the_larger_first(qgis, tmp_path):
    """A thousand villages on one page: those of most people are named, none near another."""
    sketch = Sketch(20000)
    spots = [(x, y) for x in range(-9500, 9600, 600) for y in range(-9500, 9600, 600)]
    for number, (x, y) in enumerate(spots):
        sketch.point(x, y, place="village", name=f"village {number}", population=str(number * 10 + 10))
    few = written(sketch, tmp_path, 1)
    assert {f"village {len(spots) - 1}", f"village {len(spots) - 3}"} <= set(texts(few))
    per_metre = few.picture.page.width_mm / (few.picture.page.xmax - few.picture.page.xmin)
    named = [spots[int(text.split()[1])] for text in texts(few)]
    assert 50 < len(named) <= len(spots) / 2
    apart = [np.hypot(a[0] - b[0], a[1] - b[1]) * per_metre for a, b in combinations(named, 2)]
    assert min(apart) > 6.5


def test_one_name_is_written_once_though_a_town_and_its_quarter_have_it(qgis, tmp_path):
    sketch = Sketch(4000).point(0, 0, place="town", name="Twice").point(300, 200, place="suburb", name="Twice")
    assert texts(written(sketch, tmp_path, 4)) == ["twice"]


def test_open_land_gives_way_to_streets_where_it_is_shown_early(qgis, tmp_path):
    """A field's name stands where the street's would: at its own level it comes first, before that last."""
    sketch = Sketch(600).way((-35, 0), (35, 0), highway="residential", name="Feldstraße")
    sketch.point(0, 0, place="locality", name="Auf dem breiten Feld")
    made = written(sketch, tmp_path, 4)
    assert [label.text for label in made.of("Street names")] == ["Feldstraße"]


@pytest.mark.parametrize(("detail", "least"), [(1, 12), (2, 14), (3, 14)])
def test_a_country_s_villages_are_named_on_its_overviews(qgis, tmp_path, detail, least):
    if not LIECHTENSTEIN.exists():
        pytest.skip(f"{LIECHTENSTEIN} is not there")
    made = make((9.47, 47.04, 9.64, 47.27), LIECHTENSTEIN, detail, "default", tmp_path)
    rows = [values for values, _ in made.tables["places"]]
    villages = {values["name"].casefold() for values in rows if values["kind"] in ("village", "town")}
    assert len(villages & set(texts(made))) >= least, villages - set(texts(made))


def test_capitals_cities_towns_and_villages_are_told_apart_by_their_dots(qgis, tmp_path):
    """A small capital comes before a larger town beside it, in larger letters; each kind has a dot of its own."""
    sketch = Sketch(20000)
    spots = {
        "Residenz": (0, 0, {"place": "village", "capital": "yes", "population": "900"}),
        "Landstadt": (-6000, 5000, {"place": "town", "capital": "4", "population": "15000"}),
        "Kreisstadt": (6000, 5000, {"place": "town", "capital": "6", "population": "15000"}),
        "Nachbarort": (0, 100, {"place": "town", "population": "90000"}),
        "Dorf": (-6000, -3000, {"place": "village"}),
        "Weiler": (6000, -3000, {"place": "hamlet"}),
        "Grossstadt": (0, 7000, {"place": "city"}),
    }
    for name, (x, y, tags) in spots.items():
        sketch.point(x, y, name=name, **tags)
    made = written(sketch, tmp_path, 1)
    [dots] = [layer for layer in made.picture.layers if layer.name() == "Places"]
    classes = {feature["name"]: feature["kind"] for feature in dots.getFeatures()}
    assert classes == {
        "Residenz": "Capitals", "Landstadt": "Regional capitals", "Kreisstadt": "Towns", "Dorf": "Villages",
        "Weiler": "Hamlets", "Grossstadt": "Cities",
    }  # fmt: skip
    symbols = {rule.label(): rule.symbol() for rule in dots.renderer().rootRule().children()}
    assert len({str(symbol.symbolLayer(0).properties()) + str(symbol.symbolLayerCount())
                for symbol in symbols.values()}) == len(symbols) == 6  # fmt: skip
    assert list(symbols) == ["Capitals", "Regional capitals", "Cities", "Towns", "Villages", "Hamlets"]
    assert [symbols[one].size() for one in symbols] == sorted((s.size() for s in symbols.values()), reverse=True)
    [layer] = [layer for layer in made.picture.layers if layer.name() == "Place names"]
    size = {feature["name"]: feature["size"] for feature in layer.getFeatures()}
    assert size["Residenz"] > size["Landstadt"] > size["Kreisstadt"] > size["Dorf"]
