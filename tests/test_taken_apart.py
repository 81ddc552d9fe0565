"""Artwork as a designer takes it apart: what its layers, groups and objects are called, and what each of them is."""

import numpy as np
import pytest


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
    from osm2cdr.processing_provider.drawing.choices import Choices, apply
    from osm2cdr.processing_provider.drawing.shapes import as_area

    [area] = apply(drawing, Choices(roads="outlines")).layers[1].items
    assert area.stroke is None
    covered = as_area(area)
    parts = [covered.GetGeometryRef(number) for number in range(covered.GetGeometryCount())]
    boxes = sorted(tuple(round(side, 6) for side in part.GetEnvelope()) for part in parts)
    # Left, right, top, bottom.
    assert boxes == [(0, 20, 0, 1), (2, 10, 4.5, 5.5), (3.5, 9.5, 7.5, 8.5), (12, 16.5, 4, 8.5)]
    assert covered.GetArea() == pytest.approx(14 + 0.3 + 8 + 5 + 0.78 + 8, abs=0.4)
