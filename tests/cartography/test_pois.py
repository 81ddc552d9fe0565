"""Points of interest: every icon is there and a vector, every class has one, nothing twice and nothing on top of it."""

import json
import re
import subprocess
from itertools import combinations

import pytest
from drawn import drawn as drawn_labels
from numbered_roads import BOX, write_roads
from sketch import Sketch

from areas import AREAS, ROOT, SHARED
from osm2cdr.processing_provider.cartography.themes.colors import contrast
from osm2cdr.processing_provider.cartography.themes.loading import load_theme, style_names
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.tables.layers import BY_NAME
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request.checks import make_request

TABLE = json.loads((ROOT / "processing_provider/cartography/symbology/pois.json").read_text(encoding="utf-8"))["icons"]
MORE = {
    "wedding": (SHARED / "berlin-wedding.osm.pbf", (13.308, 52.538, 13.358, 52.565)),
    "liechtenstein": (SHARED / "liechtenstein.osm.pbf", (9.47, 47.04, 9.64, 47.27)),
}
# Classes that the layer table takes by their key alone.
ANY = {"shop"}


@pytest.fixture(scope="session")
def drawn(qgis, tmp_path_factory):
    """drawn(area, detail, style): the layers of a picture by title, and the picture."""
    made = {}

    def run(area, detail, style="default"):
        source, bbox = {**AREAS, **MORE}[area]
        if not source.exists():
            pytest.skip(f"{source} is not there")
        key = area, detail, style
        if key not in made:
            fields = {"bbox": bbox, "formats": "svg", "style": style, "detail": detail, "source": str(source)}
            work = tmp_path_factory.mktemp(f"{area}{detail}")
            picture = Stages(make_request(fields), work).picture("", Feedback())
            made[key] = {layer.name(): list(layer.getFeatures()) for layer in picture.layers}, picture
        return made[key]

    return run


def icons_of(layers):
    return layers.get("Points of interest", [])


def test_every_icon_is_a_valid_shape_and_used(qgis):
    from osm2cdr.processing_provider.cartography.symbology import icons

    assert {entry["icon"] for entry in TABLE} == set(icons.names())
    for name in icons.names():
        shape = icons.shape(name)
        box = shape.boundingBox()
        assert shape.isGeosValid(), name
        assert 0.1 < shape.area() < 0.7, name
        assert max(abs(box.xMinimum()), abs(box.xMaximum()), abs(box.yMinimum()), abs(box.yMaximum())) <= 0.505, name
    with pytest.raises(KeyError):
        icons.shape("no such icon")


def test_the_licences_lie_beside_the_icons():
    from osm2cdr.processing_provider.cartography.symbology import icons

    for name in ("MAKI", "TEMAKI"):
        assert "CC0 1.0 Universal" in (icons.FOLDER / f"{name}-LICENSE.txt").read_text(encoding="utf-8")


def test_every_class_of_the_layer_table_has_an_icon():
    known = {name for entry in TABLE if "table" not in entry for name in entry.get("classes", ())}
    kinds = {name for entry in TABLE for name in entry.get("kinds", ())}
    for kind in BY_NAME["pois"].kinds:
        for alternative in kind.rule:
            term = next(term for term in alternative if not term.negated)
            assert set(term.values) <= known, kind.title
            if not term.values:
                assert term.key in ANY
                assert kind.id in kinds
    assert len(known) > 90


def test_no_entry_asks_for_a_level_before_its_data_are_there():
    first = {}
    for kind in BY_NAME["pois"].kinds:
        for alternative in kind.rule:
            for value in next(term for term in alternative if not term.negated).values:
                first[value] = min(kind.detail, first.get(value, 9))
    for entry in TABLE:
        for name in set(entry.get("classes", ())) & set(first) if "table" not in entry else ():
            assert entry["detail"] >= first[name], name


def test_the_rules_of_a_projects_layer_are_read_and_exclude_each_other(qgis):
    from qgis.core import QgsExpression

    from osm2cdr.processing_provider.cartography.symbology.poi_table import expressions

    found = {entry.icon + str(entry.classes): text for entry, text in expressions()}
    for text in found.values():
        assert not QgsExpression(text).hasParserError(), text
    plain = next(text for key, text in found.items() if key.startswith("place-of-worship("))
    assert "christian" in plain
    assert "NOT" in plain


@pytest.mark.parametrize(
    ("area", "detail", "least", "most"),
    [("sample", 4, 15, 60), ("sample", 5, 100, 350), ("sample", 6, 180, 500), ("monaco", 4, 25, 70),
     ("monaco", 5, 65, 300), ("wedding", 4, 12, 40), ("wedding", 5, 105, 500)],
)  # fmt: skip
def test_a_page_is_neither_empty_nor_crowded(drawn, area, detail, least, most):
    layers, _ = drawn(area, detail)
    assert least <= len(icons_of(layers)) <= most
    named = layers["Names of points of interest"]
    assert len(named) >= 0.5 * len(icons_of(layers))
    assert all(feature["name"] for feature in named)


@pytest.mark.parametrize(("area", "detail"), [("sample", 6), ("monaco", 5), ("wedding", 5)])
def test_no_icon_lies_on_another_and_nothing_is_shown_twice(drawn, area, detail):
    layers, picture = drawn(area, detail)
    gap = 0.2 * picture.page.scale / 1000
    boxes = [feature.geometry().boundingBox().buffered(gap / 2) for feature in icons_of(layers)]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].intersects(pair[1])]
    named = {}
    for feature in layers["Names of points of interest"]:
        named.setdefault((feature["kind"], feature["name"]), []).append(feature.geometry().asPoint())
    for key, places in named.items():
        for one, other in combinations(places, 2):
            assert one.distance(other) >= (180 if key[0].startswith("transport") else 90), key


def names_of(layers):
    return [str(feature["name"]) for feature in layers["Names of points of interest"]]


def test_a_park_that_is_a_sight_has_one_name(drawn):
    layers, _ = drawn("monaco", 4)
    assert "Jardin Japonais" in [feature["name"] for feature in icons_of(layers)]
    assert "Jardin Japonais" not in [name.replace("\n", " ") for name in names_of(layers)]


def test_peaks_have_their_height(drawn):
    layers, _ = drawn("liechtenstein", 4)
    assert "Alpspitz\n1997 m" in names_of(layers)


def test_a_church_that_is_a_building_alone_has_an_icon_and_one_that_is_both_has_one(qgis, tmp_path):
    sketch = Sketch().area(-100, -100, -70, -70, building="church", name="St. Anna")
    sketch.area(50, 50, 90, 90, building="cathedral", name="Dom")
    sketch.area(60, 60, 70, 70, amenity="place_of_worship", religion="christian", name="Dom St. Peter")
    picture = Stages(sketch.request(tmp_path, ("svg",)), tmp_path).picture("", Feedback())
    layers = {layer.name(): list(layer.getFeatures()) for layer in picture.layers}
    assert sorted(feature["name"] for feature in icons_of(layers)) == ["Dom St. Peter", "St. Anna"]
    assert {feature["kind"] for feature in icons_of(layers)} == {"religion"}


def test_a_style_may_ask_for_some_classes_alone(drawn):
    layers, _ = drawn("sample", 5, "transport")
    assert {feature["kind"] for feature in icons_of(layers)} == {"transport"}
    assert "Points of interest" not in drawn("sample", 5, "minimal")[0]


def test_icons_and_their_names_stand_out_from_the_halo():
    from osm2cdr.processing_provider.cartography.symbology.poi_labels import color
    from osm2cdr.processing_provider.cartography.symbology.poi_table import GROUPS

    for style in ("default", "dark", "blueprint", "contrast"):
        theme = load_theme(style)
        for group in GROUPS:
            assert contrast(color(theme, group), theme.color["halo"]) >= 4.5, (style, group)
    for style in ("default", "dark"):
        assert len({color(load_theme(style), group) for group in GROUPS}) == len(GROUPS)
    assert all(load_theme(style).color["poi_food"] is None for style in ("light", "toner", "blueprint"))


def test_names_of_points_are_quieter_than_streets_and_read_on_their_halo(qgis):
    from osm2cdr.processing_provider.cartography.symbology.label_styles import Labels
    from osm2cdr.processing_provider.cartography.symbology.poi_labels import point_styles, style_of
    from osm2cdr.processing_provider.cartography.symbology.poi_table import GROUPS
    from osm2cdr.processing_provider.cartography.themes.widths import Widths

    for name in style_names():
        theme = load_theme(name)
        if "pois" not in theme.flags["labels"]:
            continue
        labels = Labels(theme, Widths(theme, 10000), 5)
        minor = next(style.text for style in labels.street_styles() if style.name == "minor")
        texts = {style.name: style.text for style in point_styles(labels, GROUPS)}
        for group in GROUPS:
            loud, quiet = (texts.get(style_of(group, rank)) for rank in (1, 6))
            if quiet is None:
                continue
            # The least that the style allows may be the size of all of them.
            assert quiet.size() <= loud.size() <= minor.size()
            assert quiet.size() < minor.size() or minor.size() == theme.font["least"]
            assert quiet.color().hslSaturation() <= loud.color().hslSaturation() + 40, (name, group)
            assert contrast(quiet.color().name(), quiet.buffer().color().name()) >= 4.5, (name, group)


def test_icons_are_no_pictures(export):
    """No image in SVG or PDF, and the icons' layer is in both."""
    results = export("sample")
    text = results["svg"].path.read_text(encoding="utf-8")
    assert "<image" not in text
    assert re.search(r">Kiasma<|>Ateneum<", text)
    listed = subprocess.run(["pdfimages", "-list", results["pdf"].path], capture_output=True, text=True, check=True)
    assert len(listed.stdout.splitlines()) == 2


@pytest.fixture(scope="session")
def numbered(qgis, tmp_path_factory):
    """numbered(style): the made-up roads at level 4: layers, picture, and labels as they stand by layer."""
    source = tmp_path_factory.mktemp("roads") / "roads.osm"
    write_roads(source)

    def run(style="default"):
        fields = {"bbox": BOX, "formats": "svg", "detail": 4, "style": style, "source": str(source)}
        picture = Stages(make_request(fields), tmp_path_factory.mktemp("made")).picture("", Feedback())
        return {layer.name(): list(layer.getFeatures()) for layer in picture.layers}, picture

    return run


def placed(picture):
    """The labels as QGIS draws them: the title of the layer, the text, the shape of all glyphs' boxes on the map."""
    from qgis.core import QgsGeometry, QgsPointXY

    page = picture.page
    metres = (page.xmax - page.xmin) / page.width_mm
    found = []
    for label in drawn_labels(picture):
        rings = [[QgsPointXY(page.xmin + x * metres, page.ymin + y * metres) for x, y in box] for box in label.boxes]
        found.append((label.layer, label.text, QgsGeometry.fromMultiPolygonXY([[[*ring, ring[0]]] for ring in rings])))
    return found


def test_roads_have_their_numbers_each_by_itself_and_at_a_distance(numbered):
    layers, picture = numbered()
    shown = {(plate["name"], plate["kind"], plate["class"]) for plate in layers["Shields"]}
    assert shown == {
        ("A 100", "motorway", "blue"), ("E 26", "motorway", "green"), ("B 96", "trunk", "yellow"),
        ("B 2", "primary", "yellow"), ("L 1121", "secondary", "white"), ("K 7", "tertiary", "white"),
    }  # fmt: skip
    places = {}
    for plate in layers["Shields"]:
        places.setdefault(plate["name"], []).append(plate.geometry().centroid().asPoint())
    assert len(places["A 100"]) == 3
    for points in places.values():
        for one, other in combinations(points, 2):
            assert one.distance(other) * 1000 / picture.page.scale > 0.6 * 80 - 3
    for one, other in combinations(layers["Shields"], 2):
        assert not one.geometry().intersects(other.geometry())


def test_every_number_stands_on_its_plate_and_no_street_name_does(numbered):
    layers, picture = numbered()
    labels = placed(picture)
    plates = [(plate["name"], plate.geometry()) for plate in layers["Shields"]]
    written = [(text, shape) for title, text, shape in labels if title == "Road numbers"]
    assert sorted(text for text, _ in written) == sorted(name for name, _ in plates)
    for text, shape in written:
        [own] = [plate for name, plate in plates if name == text and plate.contains(shape.centroid())]
        plate, box = own.boundingBox(), shape.boundingBox()
        assert plate.xMinimum() < box.xMinimum() < box.xMaximum() < plate.xMaximum()
    streets = [(text, shape) for title, text, shape in labels if title == "Street names"]
    assert len(streets) > 4
    for text, shape in streets:
        assert not any(plate.intersects(shape) for _, plate in plates), text


def test_shields_are_legible_in_every_style():
    from osm2cdr.processing_provider.cartography.symbology.shield_signs import colors

    for style in style_names():
        theme = load_theme(style)
        for kind in ("motorway", "trunk", "primary", "secondary", "tertiary"):
            for plate in ("", "blue", "green", "red", "white", "yellow"):
                ground, _, text = colors(theme, kind, plate)
                assert contrast(ground, text) >= 4.5, (style, kind, plate)


def test_a_style_with_roads_of_its_own_has_shields_in_their_colours(numbered):
    from osm2cdr.processing_provider.cartography.symbology.shield_signs import colors

    theme = load_theme("dark")
    assert colors(theme, "motorway", "blue")[0] == theme.color["motorway"]
    assert colors(load_theme("default"), "motorway", "blue")[0] == load_theme("default").color["shield_blue"]
    assert "Shields" in numbered("blueprint")[0]
    assert "Shields" not in numbered("minimal")[0]


@pytest.mark.parametrize(
    ("number", "kind", "where", "colour"),
    [("E 26", "motorway", "", "green"), ("A 100", "motorway", "DE", "blue"), ("A 100", "motorway", "", ""),
     ("A 8", "motorway", "FR", "red"), ("D 6007", "primary", "MC", "yellow"), ("M 6098", "secondary", "MC", "blue"),
     ("16", "primary", "LI", "blue"), ("E18", "motorway", "FI", "green"), ("4", "trunk", "FI", "red"),
     ("A38", "trunk", "GB", "green"), ("A38", "secondary", "GB", "white"), ("B 96", "trunk", "DE", "yellow")],
)  # fmt: skip
def test_a_country_has_signs_of_its_own(number, kind, where, colour):
    from osm2cdr.processing_provider.cartography.symbology.shield_signs import sign

    assert sign(number, kind, where) == colour


def test_numbers_are_split_and_long_ones_left_out():
    from osm2cdr.processing_provider.cartography.symbology.shield_signs import numbers

    assert numbers("A 100;E 26; A 100", "motorway") == ["A 100", "E 26"]
    assert numbers("Uferweg 12 b", "primary") == []
    assert numbers("L 1121", "tertiary") == []
    assert numbers(None, "primary") == []
