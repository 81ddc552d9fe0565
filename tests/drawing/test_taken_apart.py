"""Artwork as a designer takes it apart: what its layers, groups and objects are called, and what each of them is."""

import re
from dataclasses import replace

import numpy as np
import pytest

from areas import AREAS


@pytest.fixture
def drawing(qgis):
    """A page of 20 x 10 mm: streets over a ground."""
    from osm2cdr.processing_provider.drawing.model import Color, Drawing, Group, Layer, Path, Stroke, rectangle

    white = Color(255, 255, 255)

    def street(*points, cap="butt", join="round", width=1.0, name=""):
        kinds = np.array([0] + [1] * (len(points) - 1), np.uint8)
        return Path(np.array(points, float), kinds, None, Stroke(white, width, cap, join), name)

    streets = [
        street((2, 5), (10, 5), name="Rue A"), street((4, 8), (9, 8), cap="round"), street((12, 8), (16, 8), (16, 4)),
        street((5, 0), (5, 1)), street((0, 0.2), (20, 0.2)),
    ]  # fmt: skip
    ground = Layer("Background", [Group("Background", [rectangle(0, 0, 20, 10, Color(200, 200, 200))])])
    return Drawing(20, 10, white, (0, 0, 20, 10), [ground, Layer("Roads – Minor", [Group("Minor", streets)])])


def test_streets_as_areas_end_as_their_lines_do(drawing):
    """Flat ends stay flat, round ones round, nothing leaves the frame; what hardly has a size is no ring of them."""
    from osm2cdr.processing_provider.drawing.clean.artwork_choices import Choices, apply
    from osm2cdr.processing_provider.drawing.shapes import as_area

    [area] = apply(drawing, Choices(roads="outlines")).layers[1].items
    assert area.stroke is None
    covered = as_area(area)
    parts = [covered.GetGeometryRef(number) for number in range(covered.GetGeometryCount())]
    boxes = sorted(tuple(round(side, 6) for side in part.GetEnvelope()) for part in parts)
    # Left, right, top, bottom.
    assert boxes == [(0, 20, 0, 1), (2, 10, 4.5, 5.5), (3.5, 9.5, 7.5, 8.5), (12, 16.5, 4, 8.5)]
    assert covered.GetArea() == pytest.approx(14 + 0.3 + 8 + 5 + 0.78 + 8, abs=0.4)


INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"
LAYER = f"{INKSCAPE}groupmode"


def opened(drawing, folder):
    """The drawing as an SVG with layers."""
    from likeness import write
    from lxml import etree

    return etree.parse(str(write(drawing, "svg_layers", folder))).getroot()


def said(element, key):
    """What an object looks like, by itself or by a group that it is in."""
    above = [element, *element.iterancestors()]
    return next((one.get(key) for one in above if one.get(key) is not None), None)


@pytest.fixture
def named(drawing):
    """The page with two names, the one bent, and streets that look different."""
    from osm2cdr.processing_provider.drawing.model import Color, Font, Group, Halo, Layer, Line, Text

    font, halo = Font("Noto Sans", 6.0), Halo(Color(255, 255, 255), 0.2)
    bend = np.array([(2, 5), (4, 4.5), (6, 4.5), (8, 5)])
    length = float(np.hypot(*np.diff(bend, axis=0).T).sum())
    bent = Text([Line("Rue A", 2, 5, length, bend)], font, Color(0, 0, 0), halo, name="Rue A", anchor=0.5)
    lines = [Line("Parc", 12, 3, 4), Line("Vert & Bleu", 11, 5, 6)]
    below = Text(lines, font, Color(0, 90, 0), halo, name="Parc Vert & Bleu", anchor=0.5)
    streets = drawing.layers[1].groups[0].items
    streets[1].stroke = replace(streets[1].stroke, dash=(1.0, 0.5))
    streets[2].fill = Color(1, 2, 3, 0.5)
    streets[3].fill, streets[3].stroke = Color(9, 9, 9), None
    drawing.layers.append(Layer("Street names", [Group("Street names", [bent, below])]))
    return drawing


def test_every_group_and_name_has_a_name_for_people(named, tmp_path):
    """Layer, frame, class, object, and nothing between; a name and what shines round it are one group."""
    root = opened(named, tmp_path)
    for layer in root.iterfind("{*}g"):
        assert layer.get(LAYER) == "layer"
        [frame] = layer
        label = layer.get(f"{INKSCAPE}label")
        assert [group.get(f"{INKSCAPE}label") for group in frame.iterfind("{*}g")] == [
            {"Background": "Background", "Roads – Minor": "Minor"}.get(label, label)
        ]
        assert len(list(frame.iterfind("{*}g/{*}g"))) == (2 if label == "Street names" else 0)
    [names] = root.findall(".//{*}g[@class='Street_x20_names']")
    # The street has its name first.
    assert [thing.get("id") for thing in names] == ["Rue_x20_A_2_", "Parc_x20_Vert_x20__x26__x20_Bleu"]
    assert [thing.get(f"{INKSCAPE}label") for thing in names] == ["Rue A", "Parc Vert & Bleu"]
    for thing in names:
        assert [text.get("class") for text in thing] == ["halo", "name"]
    assert names.get("font-family") == "Noto Sans"
    assert [one.get("id") for one in root.findall(".//*[@class='called-Rue_x20_A']")] == ["Rue_x20_A", "Rue_x20_A_2_"]
    [street] = root.findall(".//{*}path[@id='Rue_x20_A']")
    assert street.get(f"{INKSCAPE}label") == "Rue A"


def test_what_stands_on_a_group_is_taken_back_where_an_object_differs(named, tmp_path):
    root = opened(named, tmp_path)
    keys = ("fill", "fill-opacity", "stroke", "stroke-dasharray", "stroke-linecap")
    found = [tuple(said(path, key) for key in keys) for path in root.findall(".//{*}g[@id='Minor']/{*}path")]
    white = "#FFFFFF"
    assert found == [
        ("none", None, white, None, "butt"), ("none", None, white, "2.835 1.417", "round"),
        ("#010203", "0.5", white, None, "butt"), ("#090909", None, "none", None, "butt"),
        ("none", None, white, None, "butt"),
    ]  # fmt: skip
    assert root.find(".//{*}g[@id='Minor']").get("stroke") == white


def test_a_bent_name_has_room_for_letters_of_a_wider_font(named, tmp_path):
    """Its baseline goes on beyond its end, straight."""
    root = opened(named, tmp_path)
    [baseline] = root.findall(".//{*}defs/{*}path")
    points = np.array(re.findall(r"-?[\d.]+", baseline.get("d")), float).reshape(-1, 2) / 72 * 25.4
    name = named.layers[-1].groups[0].items[0].lines[0]
    assert points[:-1] == pytest.approx(name.path, abs=0.01)
    assert np.hypot(*np.diff(points, axis=0).T).sum() == pytest.approx(1.5 * name.width, abs=0.02)
    one, other = (points[-2] - points[-3], points[-1] - points[-2])
    assert np.arctan2(*one) == pytest.approx(np.arctan2(*other), abs=0.02)


def test_lines_of_a_name_are_one_text_to_inkscape(named, tmp_path):
    root = opened(named, tmp_path)
    sodipodi = "{http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd}role"
    for text in root.findall(".//{*}text"):
        spans = text.findall("{*}tspan")
        assert [span.get(sodipodi) for span in spans] == ["line"] * len(spans)
        if spans:
            # 2 mm at 6 points.
            assert text.get("style") == "line-height:0.945"


@pytest.mark.parametrize("format_id", ["svg", "pdf", "eps"])
def test_sharp_corners_are_no_longer_than_the_renderer_has_them(drawing, tmp_path, format_id):
    """Formats have limits of their own where a file says none."""
    from likeness import seen

    from osm2cdr.processing_provider.drawing.model import Color, Path, Stroke

    def right_end(limit):
        # An angle of 14 degrees, the corner at 14 mm.
        points = np.array([(6, 4.0), (14, 5.0), (6, 6.0)])
        stroke = Stroke(Color(0, 0, 0), 0.5, "butt", "miter", miter=limit)
        drawing.layers[1].groups[0].items = [Path(points, np.array([0, 1, 1], np.uint8), None, stroke)]
        columns = np.flatnonzero((seen(drawing, format_id, tmp_path, 300) < 100).all(axis=2).any(axis=0))
        return columns.max() / 300 * 25.4

    assert right_end(4.0) < 14.4
    # Less the last of the tip, that no pixel shows.
    assert 15.4 < right_end(12.0) < 14 + 0.25 / 0.124


@pytest.mark.parametrize("area", ["sample", "monaco"])
def test_each_class_is_one_group(recorded, area):
    """Where painting order does not forbid it: of areas the small lie above the large."""
    _, drawing = recorded(area, "default")
    looked_at = 0
    for layer in drawing.layers:
        if layer.name not in ("Land cover", "Plazas and platforms"):
            names = [group.name for group in layer.groups]
            assert sorted(set(names)) == sorted(names), layer.name
            looked_at += len(names) > 1
    assert looked_at >= 3


def test_what_shines_through_lies_below_streets_and_houses(qgis, tmp_path):
    """In a format without transparency a band along a border would hide them."""
    from osm2cdr.processing_provider.drawing.model import Path
    from osm2cdr.processing_provider.drawing.record.recorder import record
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request

    source, box = AREAS["monaco"]
    if not source.exists():
        pytest.skip(f"{source} is not there")
    fields = {"bbox": box, "formats": "svg", "style": "default", "detail": 2, "source": str(source)}
    drawing = record(Stages(make_request(fields), tmp_path).picture("", Feedback()), Feedback())
    names = [layer.name for layer in drawing.layers]
    clear = [
        number for number, layer in enumerate(drawing.layers)
        for item in layer.items if isinstance(item, Path) and item.stroke and item.stroke.color.alpha < 1
    ]  # fmt: skip
    assert set(clear) == {names.index("Borders – bands")}
    assert max(clear) < min(number for number, name in enumerate(names) if name.startswith(("Road", "Building")))
    assert "Boundaries" in names


def test_a_corner_in_a_group_of_longer_ones_is_its_own(qgis):
    from osm2cdr.processing_provider.formats.artwork.svg_values import beside

    common = {"fill": "none", "stroke": "#000000", "stroke-linejoin": "miter", "stroke-miterlimit": "10"}
    own = {key: value for key, value in common.items() if key != "stroke-miterlimit"}
    assert beside(own, common) == {"stroke-miterlimit": "4"}
    assert beside(common, common) == {}
