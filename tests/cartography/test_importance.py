"""One measure of importance: sights before all, main roads kept free, grounds named, and what is no name left out."""

import pytest
from drawn import make
from shapely.ops import unary_union
from sketch import Sketch, lonlat

POINTS, PLACES = "Names of points of interest", "Place names"


def built(sketch, folder, detail=5, style="default"):
    half = sketch.size / 2
    sketch.way((-half, -half / 1.1), (half, -half / 1.1), highway="residential", name="Untere Gasse")
    sketch.write(folder / "sketch.osm")
    bbox = (*lonlat(-half, -half), *lonlat(half, half))
    return make(bbox, folder / "sketch.osm", detail, style, folder)


def names(made, *layers):
    labels = made.of(*layers) if layers else made.labels
    return {label.text.replace("\n", " ") for label in labels}


CASTLE = {"historic": "castle", "name": "Schloss Hohenfels", "wikidata": "Q1"}


@pytest.mark.parametrize("detail", [4, 5, 6])
def test_a_sight_has_its_name_where_a_town_and_its_quarters_have_their_points(qgis, tmp_path, detail):
    sketch = Sketch(700)
    sketch.point(0, 0, place="city", name="Hohenfels").point(5, 30, place="suburb", name="Altstadt am Schlossberg")
    sketch.area(-40, -30, 40, 30, building="castle", **CASTLE)
    for y in (-70, 70):
        sketch.way((-300, y), (300, y), highway="primary", name="Hauptstraße am Schloss")
    made = built(sketch, tmp_path, detail)
    assert CASTLE["name"] in names(made, POINTS)
    assert {text.casefold() for text in names(made, PLACES)} == {"hohenfels", "altstadt am schlossberg"}
    [icons] = [layer for layer in made.picture.layers if layer.name() == "Points of interest"]
    assert {feature["class"] for feature in icons.getFeatures()} == {"castle"}


@pytest.mark.parametrize("kind", ["primary", "tertiary"])
@pytest.mark.parametrize("place", ["city", "suburb", "village", "hamlet"])
def test_a_place_s_name_keeps_off_the_crossing_at_its_point(qgis, tmp_path, kind, place):
    from osm2cdr.processing_provider.cartography.themes.widths import Widths

    sketch = Sketch(900).way((0, -450), (0, 450), highway=kind).way((-450, 0), (450, 0), highway=kind)
    made = built(sketch.point(0, 0, place=place, name="Au"), tmp_path)
    [label] = made.of(PLACES)
    half = Widths(made.theme, made.picture.page.scale).line(kind) / 2
    roads = unary_union([shape.buffer(half) for values, shape in made.tables["roads"] if values["kind"] == kind])
    assert label.shape.buffer(-0.15).intersection(roads).area < 0.05 * label.shape.area


def test_harbours_campuses_and_ferries_have_their_names_and_a_hospital_has_it_once(qgis, tmp_path):
    sketch = Sketch(1200).area(-500, 200, -200, 450, leisure="marina", name="Yachthafen")
    sketch.area(100, 200, 450, 450, landuse="industrial", name="Stahlwerk Nord")
    sketch.area(-500, -300, -200, -50, amenity="hospital", name="Klinikum")
    sketch.area(100, -300, 450, -50, landuse="education", name="Hochschulcampus")
    sketch.way((-550, 100), (550, 100), route="ferry", name="Fähre über den See")
    made = built(sketch, tmp_path)
    grounds = names(made, "Names of grounds", "Names of grounds along their areas")
    assert grounds == {"Stahlwerk Nord", "Hochschulcampus"}
    assert names(made, "Water names", "Water names along their areas") == {"Yachthafen"}
    assert names(made, "Ferry names") == {"Fähre über den See"}
    assert [label.text for label in made.labels].count("Klinikum") == 1


def test_what_is_gone_and_notes_to_mappers_are_not_on_the_map(qgis, tmp_path):
    sketch = Sketch(700).point(0, 0, place="hamlet", name="Old Mill (historical)")
    sketch.point(0, 100, place="village", name="?")
    sketch.point(100, 0, amenity="school", name="Fleet School (historical)")
    sketch.point(-100, 0, amenity="restaurant", name="Fixme")
    sketch.point(-100, 100, amenity="restaurant", name="Zum Fixstern")
    sketch.way((-300, -100), (300, -100), highway="residential", name="FIXME: name?")
    made = built(sketch, tmp_path)
    assert names(made) - {"Untere Gasse"} == {"Zum Fixstern"}
    icons = [layer for layer in made.picture.layers if layer.name() == "Points of interest"]
    assert sum(layer.featureCount() for layer in icons) == 1


@pytest.mark.parametrize(
    "name", ["Fixham", "Unknown Soldier", "Todo Santos", "N'Djamena", "🍕", "100", "!!!", "An (der) Alten"]
)
def test_a_name_that_only_looks_like_none_is_one(name):
    from osm2cdr.processing_provider.cartography.features.meant import is_gone, is_name

    assert is_name(name)
    assert not is_gone(name)


def test_capitals_are_for_towns_and_their_parts_and_more_people_have_larger_letters(qgis, tmp_path):
    sketch = Sketch(9000)
    kinds = {"town": (0, 0), "suburb": (3000, 2500), "village": (-3000, 0), "hamlet": (3000, 0)}
    for kind, (x, y) in kinds.items():
        sketch.point(x, y, place=kind, name=f"The {kind}", population="1000")
    sketch.point(-3000, 3000, place="village", name="A large one", population="9000")
    made = built(sketch, tmp_path, 3)
    written = {label.text.replace("\n", " ") for label in made.of(PLACES)}
    assert written == {"THE TOWN", "THE SUBURB", "The village", "The hamlet", "A large one"}
    [layer] = [layer for layer in made.picture.layers if layer.name() == PLACES]
    size = {feature["name"]: feature["size"] for feature in layer.getFeatures()}
    assert size["The town"] > size["A large one"] > size["The village"] > size["The hamlet"]


def test_on_dark_houses_names_and_icons_have_a_wider_halo():
    from osm2cdr.processing_provider.cartography.symbology.poi_labels import halo_mm
    from osm2cdr.processing_provider.cartography.themes.loading import load_theme

    wide = set()
    for style in ("default", "dark", "light", "midnight", "topographic"):
        theme = load_theme(style)
        inks = [color for token, color in theme.color.items() if color and token.startswith(("poi_", "text_poi"))]
        if any(halo_mm(theme, ink, 0.4) > 0.4 for ink in inks):
            wide.add(style)
    assert wide == {"topographic"}


def test_parts_of_towns_are_paler_but_not_where_water_is_as_dark(qgis):
    from osm2cdr.processing_provider.cartography.symbology.label_styles import Labels
    from osm2cdr.processing_provider.cartography.symbology.place_labels import place_styles
    from osm2cdr.processing_provider.cartography.themes.loading import load_theme
    from osm2cdr.processing_provider.cartography.themes.widths import Widths

    paler = set()
    for style in ("default", "dark", "topographic", "toner"):
        theme = load_theme(style)
        text = {one.name: one.text.color().name() for one in place_styles(Labels(theme, Widths(theme, 10_000), 5))}
        assert text["city"] == text["village"]
        if text["suburb"] != text["city"]:
            paler.add(style)
    assert paler == {"default", "dark", "topographic"}


def test_where_water_is_as_dark_as_letters_a_quarter_s_name_is_on_land_in_smaller_ones(qgis, tmp_path):
    """Between a main road and a harbour there is room for letters of three quarters of the size."""
    sketch = Sketch(700).area(62, -340, 340, 340, natural="water").way((-30, -350), (-30, 350), highway="primary")
    sketch.way((-340, -150), (-30, -150), highway="primary").way((-340, 150), (-30, 150), highway="primary")
    made = built(sketch.point(0, 0, place="suburb", name="Altstadt Nord"), tmp_path, 5, "toner")
    [label] = made.of(PLACES)
    [water] = [shape for _, shape in made.tables["water"]]
    assert label.shape.buffer(-0.15).intersection(water).area < 0.05 * label.shape.area


def test_a_station_at_many_tracks_comes_before_a_halt_at_one(qgis):
    from types import SimpleNamespace

    from qgis.core import QgsGeometry, QgsPointXY

    from osm2cdr.processing_provider.cartography.features.reading import Thing
    from osm2cdr.processing_provider.cartography.stages.stations import smallness
    from osm2cdr.processing_provider.cartography.symbology.importance import of_point, standing
    from osm2cdr.processing_provider.cartography.symbology.poi_table import look

    def track(y, kind="rail"):
        ends = [QgsPointXY(-900, y), QgsPointXY(900, y)]
        return Thing(QgsGeometry.fromPolylineXY(ends), {"kind": kind})

    def station(y, **values):
        values = {"class": "station", "kind": "transport", **values}
        return Thing(QgsGeometry.fromPointXY(QgsPointXY(0, y)), values)

    tracks = [track(-600), *(track(5 * number) for number in range(8)), *(track(600, "tram") for _ in range(8))]
    main, halt, square = station(15), station(-600), station(600)
    found = [(thing, look(thing)) for thing in (halt, main, square)]
    small = smallness(SimpleNamespace(things={"railways": tracks}.get), found)
    less = [small[id(thing)] for thing in (main, halt, square)]
    assert less[0] < 0.05 < 0.8 < less[1] < less[2] == 1
    order = [of_point(standing(1, False, False, 0, one), False) for one in less]
    assert order == sorted(order)
    assert order[0] < order[1]
    # An entry in Wikidata still counts more than a few tracks.
    assert standing(1, True, False, 0, less[1]) < standing(1, False, False, 0, less[0])
