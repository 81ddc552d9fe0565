"""Points of interest: every icon is there and a vector, every class has one, nothing twice and nothing on top of it."""

import json
import re
import subprocess
from itertools import combinations

import pytest
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
ANY = {"shop", "office"}


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
