"""Numbers of roads: each on its plate, at a distance from the next, in the colours of the country, legible."""

from itertools import combinations

import pytest
from drawn import drawn as drawn_labels
from numbered_roads import BOX, write_roads

from osm2cdr.processing_provider.cartography.themes.colors import contrast
from osm2cdr.processing_provider.cartography.themes.loading import load_theme, style_names
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request.checks import make_request


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
