"""Lines of public transport in the style `transport`: colours, numbers, ends; other styles have none."""

from itertools import combinations
from types import SimpleNamespace

import pytest
from drawn import make

from areas import SAMPLE

# A piece of Helsinki with trams, the subway, buses, and the station where trains end.
BOX = (24.9368, 60.1690, 24.9516, 60.1750)
PLATES, NUMBERS, RINGS = "Shields of lines", "Line numbers", "Ends of lines"


@pytest.fixture(scope="module")
def maps(qgis, tmp_path_factory):
    return {style: make(BOX, SAMPLE, 5, style, tmp_path_factory.mktemp(style)) for style in ("transport", "light")}


def layers(made):
    return {layer.name(): layer for layer in made.picture.layers}


def test_lines_are_drawn_in_their_colours_and_have_their_numbers_on_plates_of_these(maps):
    made = maps["transport"]
    found = layers(made)
    rows = [values for values, _ in made.tables["routes"]]
    assert {values["kind"] for values in rows} == {"train", "subway", "tram", "bus"}
    colors = {(values["kind"], values["colour"]) for values in rows}
    lines = {(line["kind"], line["class"] or None) for line in found["Routes"].getFeatures()}
    assert lines == colors
    own = {}
    for values in rows:
        own.setdefault(values["ref"], set()).add(values["colour"])
    plates = [(plate["name"].split()[0], plate["class"], plate.geometry()) for plate in found[PLATES].getFeatures()]
    assert {"M1", "M2", "6", "7"} <= {number for number, *_ in plates}
    for number, color, _ in plates:
        assert color in own[number] or None in own[number]
    for (_, _, one), (_, _, other) in combinations(plates, 2):
        assert not one.intersects(other)
    # QGIS draws every one, within the page.
    page = made.picture.page
    assert len(made.of(NUMBERS)) == len(plates)
    for label in made.of(NUMBERS):
        west, south, east, north = label.shape.bounds
        assert west > 0
        assert south > 0
        assert east < page.width_mm
        assert north < page.height_mm


def test_the_ends_of_lines_have_a_ring_and_their_place_is_told_once(maps):
    found = layers(maps["transport"])
    assert {"train", "bus"} <= {ring["kind"] for ring in found[RINGS].getFeatures()}
    named = [plate["name"] for plate in found[PLATES].getFeatures() if "Helsinki" in plate["name"]]
    assert len(named) == 1


def test_a_legend_calls_lines_by_their_numbers_or_their_kind(maps):
    labels = [rule.label() for rule in layers(maps["transport"])["Routes"].renderer().rootRule().children()]
    assert "M1, M2" in labels
    assert "Bus routes" in labels
    assert not any(label.startswith("#") for label in labels)


def test_other_styles_show_no_lines_unasked(maps):
    assert not {"Routes", PLATES, NUMBERS, RINGS} & set(layers(maps["light"]))


def test_a_choice_of_layers_is_heeded():
    from osm2cdr.processing_provider.osm.tables.layers import BY_NAME
    from osm2cdr.processing_provider.osm.tables.staged import Rows, Staged
    from osm2cdr.processing_provider.pipeline.asked_layers import painted

    rows = Rows(BY_NAME["routes"], [b"", b""], [], [])
    at = [name for name, _ in BY_NAME["routes"].columns].index("kind")
    rows.values = [tuple("tram" if n == at else None for n in range(at + 1)), tuple("hiking" for _ in range(at + 1))]
    staged = Staged({"routes": rows}, [])
    assert painted(staged, (), ("tram",)).rows["routes"].values == rows.values[:1]
    assert not painted(staged, ("roads",), ("tram",)).rows
    assert not painted(staged, (), ()).rows
    assert painted(staged, ("routes",), ("tram",)).rows["routes"] is rows


def test_where_data_end_or_a_piece_is_missing_no_line_ends(qgis):
    """An end is sure where the way back ends too and something near is called like it."""
    from qgis.core import QgsGeometry, QgsPointXY

    from osm2cdr.processing_provider.cartography.features.reading import Thing
    from osm2cdr.processing_provider.cartography.stages.termini import Termini

    def line(*points, **values):
        return Thing(QgsGeometry.fromPolylineXY([QgsPointXY(*point) for point in points]), values)

    street = line((9000, 5000), (9100, 5000), name="Am Stadtpark")
    paper = SimpleNamespace(width=100, height=100, to_paper=lambda points: points / 100)
    things = {"roads": [street]}
    ends = Termini(SimpleNamespace(paper=paper, things=lambda table: things.get(table, [])))
    there = line((1000, 5000), (9050, 5000), origin="Ostbahnhof", destination="Wedding, Stadtpark")
    back = line((9050, 5050), (1000, 5000), origin="Stadtpark", destination="Ostbahnhof")
    assert list(ends.of([there])) == []
    assert list(ends.of([there, back])) == [((90.5, 50.0), "Wedding, Stadtpark")]
    # One word of several is no sign.
    nice = "Nizza, Stadtpark Lympia am Hafen"
    far = [line((1000, 5000), (9050, 5000), origin="Ostbahnhof", destination=nice)]
    far.append(line((9050, 5050), (1000, 5000), origin=nice, destination="Ostbahnhof"))
    assert list(ends.of(far)) == []
    # Another line that ends there as well: its number alone is told.
    assert list(ends.of([there, back])) == [((90.5, 50.0), "")]
