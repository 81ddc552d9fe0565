"""Corel Presentation Exchange: what our reader and libcdr find in it, how libcdr and LibreOffice draw it, odd maps."""

import re
import subprocess

import drawn_by
import numpy as np
import opened_by
import pytest
import regression
from cdrmade import corel_fonts, few_streets  # noqa: F401
from odd_maps import odd_names, odd_shapes, page, written

from readers import READERS

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

DPI = 100


def curves(path):
    """How many curves libcdr finds."""
    told = subprocess.run(["cmx2raw", str(path)], check=True, capture_output=True, text=True).stdout
    return told.count("drawPath")


def without_paper(layers):
    return {name: count for name, count in layers.items() if name != "Margins"}


def far(one, other):
    height, width = (min(sides) for sides in zip(one.shape[:2], other.shape[:2]))
    return float(regression.far(one[:height, :width], other[:height, :width])[3:-3, 3:-3].mean())


def svg_of(path):
    """The page as libcdr makes SVG of it."""
    told = subprocess.run(["cmx2xhtml", str(path)], check=True, capture_output=True, text=True).stdout
    made = path.with_suffix(".svg")
    made.write_text(re.search(r"<svg:svg.*?</svg:svg>", told, re.DOTALL)[0], encoding="utf-8")
    return made


def test_libcdr_draws_it_as_the_map(drawing, tmp_path):
    """All layers with all objects; a pixel of a hundred differs at most, where dashes are of whole widths."""
    from osm2cdr.processing_provider.drawing.clean.artwork_choices import Choices, apply

    told = []
    path, made = written(drawing, "cmx", tmp_path, told)
    assert told == ["outlined_all"]
    found = READERS["cmx"](path)
    assert list(found.layers.items()) == list(made.layers.items())
    assert found.layers == {layer.title: len(list(layer.items)) for layer in drawing.layers}
    assert found.size_mm == pytest.approx((drawing.width, drawing.height), abs=0.001)
    assert curves(path) >= sum(made.layers.values())
    svg, _ = written(apply(drawing, Choices("outlines")), "svg", tmp_path / "svg")
    mine, theirs = drawn_by.rsvg(svg_of(path), DPI), drawn_by.rsvg(svg, DPI)
    assert mine.shape == theirs.shape
    assert far(mine, theirs) < 0.006
    assert far(np.roll(mine, 3, axis=1), theirs) > 0.015, "0.75 mm aside would be seen"


@pytest.mark.editors
def test_libreoffice_draws_it_as_the_map(drawing, tmp_path):
    from osm2cdr.processing_provider.drawing.clean.artwork_choices import Choices, apply

    path, _ = written(drawing, "cmx", tmp_path)
    svg, _ = written(apply(drawing, Choices("outlines")), "svg", tmp_path / "svg")
    made = drawn_by.poppler(opened_by.libreoffice([path], "pdf", tmp_path / "office")[path.name], DPI)
    theirs = drawn_by.rsvg(svg, DPI)
    assert max(abs(a - b) for a, b in zip(made.shape[:2], theirs.shape[:2])) <= 1
    assert far(made, theirs) < 0.01


def test_long_areas_are_parted_between_their_rings(qgis):
    """Nothing is cut where rings lie beside one another: each piece has whole rings, with the holes in them."""
    from osm2cdr.processing_provider.drawing import model as m
    from osm2cdr.processing_provider.drawing.clean.split import split

    square = np.array([(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)], float)
    # Boxes of neighbours overlap; some fonts have the hole of a letter first.
    rings = [
        ring + np.array([8 * at, at]) for at in range(20) for ring in (square, square / 3 + 3)[:: 1 if at % 2 else -1]
    ]
    path = m.Path(np.concatenate(rings), np.tile(np.array([0, 1, 1, 1, 1], np.uint8), 40), m.Color(255, 0, 0))
    pieces = list(split(path, 60))
    assert len(pieces) > 2
    assert max(len(piece.points) for piece in pieces) <= 60
    assert np.array_equal(np.concatenate([piece.points for piece in pieces]), path.points)
    assert all(piece.parts % 2 == 0 for piece in pieces)


def test_odd_maps(qgis, tmp_path):
    """Names and shapes of every kind break no file; names of layers that one code page lacks differ all the same."""
    for number, drawn in enumerate((odd_names(), odd_shapes(), page())):
        told = []
        path, made = written(drawn, "cmx", tmp_path / str(number), told)
        found = READERS["cmx"](path)
        assert list(found.layers.items()) == list(made.layers.items())
        assert len(without_paper(found.layers)) == len(drawn.layers)
        curves(path)
        if number == 0:
            assert set(without_paper(made.layers).values()) == {3}
            assert {"flattened", "outlined_all"} <= set(told)
        elif number == 1:
            # Pictures are left out.
            assert without_paper(made.layers) == {"Odd": 8, "Empty": 0}
            assert "picture_left_out" in told


def test_a_thing_is_a_group_and_colours_are_inks(qgis, tmp_path):
    """What has one number is one group; with inks a colour is whole percent of four, which libcdr reads as such."""
    from osm2cdr.processing_provider.drawing import model as m
    from osm2cdr.processing_provider.formats.artwork.cmx import document
    from osm2cdr.processing_provider.formats.artwork.cmx import records as cmx
    from osm2cdr.processing_provider.formats.inks import Formula

    ring = np.array([(10, 10), (60, 10), (60, 60), (10, 10)], float)
    kinds = np.array([0, 1, 1, 1], np.uint8)
    things = [m.Path(ring + at, kinds, m.Color(255, 0, 0), thing=number) for at, number in ((0, 1), (5, 1), (9, 0))]
    drawn = page(("Places", [m.Group("Cafe", things)]))
    made = document.Document(drawn, Formula())
    data = made.written([b"Places"], b"", b"", lambda: None)
    path = tmp_path / "map.cmx"
    path.write_bytes(data)
    assert READERS["cmx"](path).layers == {"Places": 3}
    assert data.count(cmx.begin_group((-600000, 400000, 600000, -400000), 3)) == 1, "the thing, of two curves"
    # The inks of pure red by the formula.
    assert bytes((2, 5)) + b"\x02\x07\x00" + bytes((0, 100, 100, 0)) in data
    told = subprocess.run(["cmx2raw", str(path)], check=True, capture_output=True, text=True).stdout
    red, green, blue = (int(part, 16) for part in re.search(r"fill-color: #(..)(..)(..)", told).groups())
    assert red > 200 > 100 > max(green, blue)


def test_the_product_proves_what_it_wrote(drawing, tmp_path):
    """A file that lacks a layer or an object, or is cut, is not taken for the map."""
    from osm2cdr.processing_provider.errors import WriteError
    from osm2cdr.processing_provider.formats.artwork.cmx import writer
    from osm2cdr.processing_provider.formats.contract import Written

    path, made = written(drawing, "cmx", tmp_path)
    held = list(made.layers.items())
    for other in (held[1:], held[::-1], [(held[0][0], held[0][1] + 1), *held[1:]]):
        with pytest.raises(WriteError):
            writer.prove(path, drawing, Written(dict(other)))
    data = path.read_bytes()
    for broken in (data[:-9], data[: len(data) // 2], b""):
        path.write_bytes(broken)
        with pytest.raises(WriteError):
            writer.prove(path, drawing, made)
