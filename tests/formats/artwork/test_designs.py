"""Drawings for designs, diagrams and pages: what another reader finds in them, odd maps, what the product proves."""

import re

import drawn_by
import numpy as np
import opened_by
import pytest
from cdrmade import corel_fonts, few_streets  # noqa: F401
from exchanged import far
from odd_maps import odd_names, odd_shapes, page, written, wrongly_proven

from readers import READERS
from readers.found import flow

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

FORMATS = ("svg_figma", "html_canvas", "drawio", "vsdx")
# What Inkscape opens of them; of these layers are called as they are within the one that they lie in.
INKSCAPE = ("svg_figma",)
# These cannot cut: paper lies over what reaches beyond the frame.
COVERED = ("svg_figma", "drawio", "vsdx")
# A bent name is a text for each of its words.
BY_WORD = ("drawio", "vsdx")
# Things are counted, an icon with its name as one; the others count objects.
THINGS = ("drawio", "vsdx")
# The names of their layers are held against the drawing, whatever the writer says that it wrote.
NAMED_BY_THE_MAP = ("svg_figma", "html_canvas")
DPI = 100


def without_paper(layers):
    return {name: count for name, count in layers.items() if name != "Margins"}


@pytest.mark.parametrize("format_id", FORMATS)
def test_layers_and_names(drawing, tmp_path, format_id):
    """All layers in their order, all objects or more, of which a marker has several; names letter by letter."""
    from osm2cdr.processing_provider.drawing.model import Stamp, Text

    path, made = written(drawing, format_id, tmp_path)
    found = READERS[format_id](path)
    assert list(found.layers.items()) == list(made.layers.items())
    wanted = {layer.name if format_id in INKSCAPE else layer.title: list(layer.items) for layer in drawing.layers}
    assert [name for name in without_paper(found.layers) if name in wanted] == list(wanted)
    for name, items in wanted.items():
        several = any(isinstance(item, Stamp) for item in items)
        if format_id in THINGS:
            assert found.layers[name] <= len(items)
        else:
            assert found.layers[name] == len(items) or (several and found.layers[name] > len(items)), name
    lines = [line.text for item in drawing.items if isinstance(item, Text) for line in item.lines]
    assert sum(flow(line) in found.flow for line in lines) > 0.85 * len(lines)
    # Pages of draw.io are whole hundredths of an inch.
    assert found.size_mm == pytest.approx((drawing.width, drawing.height), abs=0.13)


@pytest.mark.parametrize("format_id", FORMATS)
def test_names_of_every_kind(qgis, tmp_path, format_id):
    """None breaks a file; straight ones are text, bent ones outlines."""
    told, drawn = [], odd_names()
    path, made = written(drawn, format_id, tmp_path, told)
    found = READERS[format_id](path)
    assert found.layers == made.layers
    assert list(without_paper(found.layers)) == [layer.name for layer in drawn.layers]
    assert set(without_paper(made.layers).values()) == {3}
    assert ("Margins" in found.layers) == (format_id in COVERED)
    for layer in drawn.layers:
        assert flow(next(layer.items).string) in found.flow
    assert ("outlined_bent" in told) == (format_id not in BY_WORD)


@pytest.mark.parametrize("format_id", FORMATS)
def test_shapes_of_every_kind(qgis, tmp_path, format_id):
    path, made = written(odd_shapes(), format_id, tmp_path)
    assert READERS[format_id](path).layers == made.layers
    assert (made.layers["Odd"], made.layers["Empty"]) == (9, 0)
    path, made = written(page(), format_id, tmp_path / "nothing")
    assert READERS[format_id](path).layers == made.layers == {}


@pytest.mark.parametrize("format_id", FORMATS)
def test_the_product_proves_what_it_wrote(drawing, tmp_path, format_id):
    """A file that lacks a layer or an object, or is cut, is not taken for the map."""
    taken = wrongly_proven(drawing, format_id, tmp_path)
    assert taken == (["another name"] if format_id in NAMED_BY_THE_MAP else [])


def test_designs_name_their_layers(drawing, tmp_path):
    """An id reads as the name; a point of interest is a group of its icon and its name, in any script."""
    from lxml import etree

    from osm2cdr.processing_provider.drawing import model as m

    path, _ = written(drawing, "svg_figma", tmp_path)
    ids = {one.get("id") for one in etree.parse(str(path)).iter() if one.get("id")}
    assert {"Buildings", "Street_names", "Labels", "Keskuskatu"} <= ids
    black = m.Color(0, 0, 0)
    icon = m.Symbol((m.rectangle(-1, -1, 1, 1, black),))
    line = [m.Line("Кафе «Юг»", 30, 20, 15)]
    items = [m.Stamp(icon, 20, 20, "Кафе «Юг»", thing=1), m.Text(line, m.Font("Noto Sans", 9), black, thing=1)]
    twice = [m.rectangle(5, 5, 9, 9, black), m.rectangle(6, 6, 9, 9, black)]
    for one in twice:
        one.name = "7 Park"
    path, _ = written(page(("Точки", [m.Group("Кафе", items), m.Group("Parks", twice)])), "svg_figma", tmp_path / "ru")
    root = etree.parse(str(path)).getroot()
    thing = root.find(".//*[@id='Кафе_Юг_']")
    assert thing.get("data-name") == "Кафе «Юг»"
    assert [one.tag.partition("}")[2] for one in thing] == ["path", "text"]
    parks = root.findall(".//*[@data-name='7 Park']")
    assert [one.get("id") for one in parks] == ["_7_Park", "_7_Park_2"]


@pytest.mark.editors
def test_inkscape_and_librsvg_draw_a_design_as_the_map(drawing, tmp_path):
    """Beside the SVG of the map, in points in place of millimetres; each straight name is a text under its letters."""
    path, _ = written(drawing, "svg_figma", tmp_path)
    svg, _ = written(drawing, "svg", tmp_path / "svg")
    mine, theirs = drawn_by.rsvg(path, DPI * 96 / 72), drawn_by.rsvg(svg, DPI)
    assert far(mine, theirs) < 0.01
    assert far(np.roll(mine, 3, axis=1), theirs) > 0.02, "0.75 mm aside would be seen"
    found = opened_by.read_inkscape(opened_by.inkscape(path, tmp_path / "inkscape"))
    assert "Keskuskatu" in found.texts
    assert {"Noto Sans"} <= found.families


def test_a_page_has_a_function_for_each_layer(drawing, tmp_path):
    path, made = written(drawing, "html_canvas", tmp_path)
    code = path.read_text(encoding="utf-8")
    functions = re.findall(r"^function (draw\w+)\(c\) \{$", code, re.MULTILINE)
    assert len(functions) == len(made.layers) == len(set(functions))
    assert {"drawBuildings", "drawLabelsStreetNames", "drawSheet"} <= set(functions)
    assert "://" not in code


@pytest.mark.editors
def test_libreoffice_draws_a_visio_page_as_the_map(drawing, tmp_path):
    """Names as outlines, dashes as Visio has them; live names are texts, and a park is known by its data."""
    from osm2cdr.processing_provider.drawing.clean.artwork_choices import Choices, apply

    outlined = apply(drawing, Choices("outlines"))
    path, _ = written(outlined, "vsdx", tmp_path)
    svg, _ = written(outlined, "svg", tmp_path / "svg")
    made = opened_by.libreoffice([path], "pdf", tmp_path / "office")
    mine, theirs = drawn_by.poppler(made[path.name], DPI), drawn_by.rsvg(svg, DPI)
    assert far(mine, theirs) < 0.02
    assert far(np.roll(mine, 3, axis=1), theirs) > 0.03, "0.75 mm aside would be seen"


def test_visio_knows_what_a_shape_is(qgis, tmp_path):
    """A group for a thing, data of name, class and number; holes in one section, dashes that are near, y upwards."""
    from vsdx import VisioFile

    from osm2cdr.processing_provider.drawing import model as m

    red = m.Color(200, 0, 0, 0.5)
    icon = m.Symbol((m.rectangle(-1, -1, 1, 1, red),))
    font = m.Font("Noto Sans", 9, bold=True)
    name = m.Text([m.Line("Кафе", 30, 20, 15)], font, red, m.Halo(red, 0.4), 30.0, thing=1)
    line = m.Path(np.array([(10.0, 10.0), (60.0, 10.0)]), np.array([0, 1], np.uint8), None,
                  m.Stroke(red, 0.5, dash=(1.4, 1.1)), "Way", "way/7")  # fmt: skip
    items = [m.Stamp(icon, 20, 20, "Кафе", thing=1), name, line]
    path, made = written(page(("Точки", [m.Group("Cafe", items)])), "vsdx", tmp_path)
    assert [str(one) for one in made.warnings] == [
        "Visio has dashes of its own: 1 kinds of dashes are a little otherwise."
    ]
    with VisioFile(str(path)) as file:
        thing, way, *_ = file.pages[0].child_shapes
        assert [one.text for one in thing.child_shapes] == ["", "", "Кафе"]
        known = {key: one.value for key, one in way.data_properties.items()}
        assert known == {"name": "Way", "class": "Cafe", "osm": "way/7"}
        assert way.cell_value("LinePattern") == "9"
        assert float(way.y) * 25.4 == pytest.approx(70.0, abs=0.01)
        assert float(thing.child_shapes[2].cell_value("Angle")) == pytest.approx(np.radians(30), abs=1e-4)
