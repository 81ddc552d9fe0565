"""Colours, widths and holes of a drawing as its writers take them."""

import likeness
import numpy as np
import pytest

from osm2cdr.processing_provider.drawing.clean.colors import cmyk, over
from osm2cdr.processing_provider.drawing.model import LINE, MOVE, Color, Drawing, Group, Layer, Path, Stroke
from osm2cdr.processing_provider.drawing.shapes import as_area
from osm2cdr.processing_provider.formats.artwork.svg_values import looks

RED, GREEN, BLUE = Color(255, 0, 0), Color(0, 255, 0), Color(0, 0, 255)


@pytest.mark.parametrize(
    ("color", "percent"),
    [
        (RED, (0, 100, 100, 0)), (GREEN, (100, 0, 100, 0)), (BLUE, (100, 100, 0, 0)),
        (Color(0, 255, 255), (100, 0, 0, 0)), (Color(255, 0, 255), (0, 100, 0, 0)),
        (Color(255, 255, 0), (0, 0, 100, 0)), (Color(0, 0, 0), (0, 0, 0, 100)),
        (Color(255, 255, 255), (0, 0, 0, 0)), (Color(128, 128, 128), (0, 0, 0, 50)),
    ],
)  # fmt: skip
def test_inks(color, percent):
    assert cmyk(color) == percent


def test_a_clear_colour_takes_that_of_its_ground():
    assert over(Color(200, 100, 0, 0.25), Color(0, 100, 200)) == Color(50, 100, 150)
    assert over(RED, BLUE) == RED


def test_hex_is_red_green_blue():
    assert (RED.hex, GREEN.hex, BLUE.hex, Color(1, 2, 254).hex) == ("#FF0000", "#00FF00", "#0000FF", "#0102FE")


def ring(low, high):
    points = np.array([(low, low), (high, low), (high, high), (low, high), (low, low)], float)
    return points, np.array([MOVE, LINE, LINE, LINE, LINE], np.uint8)


def test_a_ring_in_a_ring_is_a_hole():
    (outer, kinds), (inner, more) = ring(0, 10), ring(2, 8)
    path = Path(np.concatenate([outer, inner]), np.concatenate([kinds, more]), RED)
    assert as_area(path).Area() == pytest.approx(100 - 36)


def test_lines_in_svg_are_as_wide_as_on_paper():
    """1 mm is 72 / 25.4 points, the unit of our files."""
    points, kinds = ring(0, 10)
    told = looks(Path(points, kinds, RED, Stroke(BLUE, 1.0)))
    assert float(told["stroke-width"]) == pytest.approx(72 / 25.4, abs=1e-3)
    assert (told["fill"], told["stroke"]) == ("#FF0000", "#0000FF")


@pytest.mark.parametrize("kind", ["svg", "pdf", "eps", "cdr"])
def test_red_is_red_in_every_program(qgis, tmp_path, kind):
    """And lies where it was put: right of the middle and above it."""
    points, kinds = ring(0, 10)
    items = [Path(np.add(points, (40, 5)), kinds, RED), Path(np.add(points, (5, 25)), kinds, BLUE)]
    drawing = Drawing(60, 40, Color(255, 255, 255), (0.0, 0.0, 60.0, 40.0), [Layer("Layer", [Group("Group", items)])])
    pixels = likeness.seen(drawing, kind, tmp_path, 72)

    def at(x, y):
        return pixels[round(y / 40 * pixels.shape[0]), round(x / 60 * pixels.shape[1])]

    red, blue, none = at(45, 10), at(10, 30), at(45, 30)
    assert red[0] > 200
    assert max(red[1:]) < 80
    assert blue[2] > 140
    assert blue[0] < 80
    assert min(none) > 240
