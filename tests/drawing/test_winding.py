"""Rings put so that both rules of filling see the same, and what looks alike as one."""

import numpy as np
import pytest

from osm2cdr.processing_provider.drawing.alike import shapes
from osm2cdr.processing_provider.drawing.model import Color, Path, Stamp, Stroke, Symbol
from osm2cdr.processing_provider.drawing.winding import wound

RED, BLUE = Color(255, 0, 0), Color(0, 0, 255)


def square(low, high, back=False):
    points = np.array([(low, low), (high, low), (high, high), (low, high), (low, low)], float)
    return points[::-1] if back else points


def drop(x, y, size, back=False):
    """A ring of two curves and a line."""
    points = np.array([(0, 0), (1, -1), (2, -1), (3, 0), (3, 1), (2, 2), (1, 2), (0, 1), (0, 0)], float) * size + (x, y)
    kinds = np.array([0, 2, 3, 3, 1, 2, 3, 3, 1], np.uint8)
    if back:
        points, kinds = points[::-1], np.array([0, 1, 2, 3, 3, 1, 2, 3, 3], np.uint8)
    return points, kinds


def drawn(path, rule):
    """The path as Qt fills it by a rule, 100 x 100 pixels."""
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPainterPath

    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    shape = QPainterPath()
    points = path.points.tolist()
    index = 0
    while index < len(points):
        kind = path.kinds[index]
        if kind == 2:
            shape.cubicTo(*(value for point in points[index : index + 3] for value in point))
            index += 3
            continue
        (shape.moveTo if kind == 0 else shape.lineTo)(*points[index])
        index += 1
    shape.setFillRule(getattr(Qt.FillRule, rule))
    painter = QPainter(image)
    painter.fillPath(shape, QColor("red"))
    painter.end()
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    return np.frombuffer(bytes(bits), np.uint8).reshape(100, 100, 4).copy()


@pytest.mark.parametrize("turned", [(0, 0, 0, 0), (1, 0, 1, 0), (0, 1, 1, 1), (1, 1, 1, 1)])
def test_both_rules_see_the_same(qgis, turned):
    """A square with a hole, an island in it, and a drop with a hole beside it, however they run."""
    parts = [(square(5, 60, turned[0]), np.array([0, 1, 1, 1, 1], np.uint8)),
             (square(15, 50, turned[1]), np.array([0, 1, 1, 1, 1], np.uint8)),
             (square(25, 40, turned[2]), np.array([0, 1, 1, 1, 1], np.uint8)),
             drop(65, 70, 10, turned[3]), drop(72, 74, 3, turned[0])]  # fmt: skip
    points, kinds = (np.concatenate(some) for some in zip(*parts))
    path = Path(points, kinds, RED)
    meant, made = drawn(path, "OddEvenFill"), wound(path)
    assert (drawn(made, "OddEvenFill") == meant).all()
    assert (drawn(made, "WindingFill") == meant).all()
    assert (meant[45, 45] != meant[55, 55]).any()
    if len(set(turned)) == 1:
        assert (drawn(path, "WindingFill") != meant).any()


def test_lines_stay_as_they_are():
    path = Path(square(0, 9), np.array([0, 1, 1, 1, 1], np.uint8), None, Stroke(RED, 1.0))
    assert wound(path) is path


def test_what_looks_alike_and_follows_is_one():
    def of(color):
        return Path(square(0, 9), np.array([0, 1, 1, 1, 1], np.uint8), color)

    stamp = Stamp(Symbol((of(RED),)), 0, 0)
    items = [of(RED), of(RED), of(BLUE), stamp, of(BLUE), *(of(RED) for _ in range(450))]
    made = list(shapes(items, merged=True))
    assert [len(one) if isinstance(one, list) else 0 for one in made] == [2, 1, 0, 1, 200, 200, 50]
    assert made[2] is stamp
    assert all(len(one) == 1 for one in shapes(items, merged=False) if isinstance(one, list))
