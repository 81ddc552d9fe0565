"""What a paint device keeps: paths in millimetres, read all at once, and labels in an order that does not change."""

import random

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("qgis")
DPI = 254.0


@pytest.fixture
def painted():
    """painted(paint): the marks of what a function paints, 10 dots to the mm."""
    from qgis.PyQt.QtGui import QPainter

    from osm2cdr.processing_provider.drawing.record.device import RecordingDevice

    def paint(how):
        device = RecordingDevice(100.0, 100.0, DPI)
        painter = QPainter(device)
        how(painter)
        painter.end()
        return device.marks

    return paint


def curve():
    from qgis.PyQt.QtGui import QPainterPath

    path = QPainterPath()
    path.moveTo(10, 20)
    path.lineTo(30, 40)
    path.cubicTo(50, 60, 70, 80, 90, 25)
    return path


def test_each_path_has_its_own_points_and_box(painted):
    from qgis.PyQt.QtGui import QColor, QPainterPath, QPen

    def paint(painter):
        painter.setPen(QPen(QColor(255, 0, 0), 2))
        painter.drawPath(curve())
        painter.drawPath(QPainterPath())
        painter.translate(100, 200)
        painter.drawPath(curve())
        painter.rotate(90)
        painter.drawPath(curve())

    marks = painted(paint)
    points = np.array([(1, 2), (3, 4), (5, 6), (7, 8), (9, 2.5)])
    turned = np.column_stack([-points[:, 1], points[:, 0]])
    there = np.array([10, 20])
    assert len(marks) == 3
    for mark, expected in zip(marks, (points, points + there, turned + there)):
        np.testing.assert_allclose(mark.points, expected, atol=1e-12)
        assert mark.kinds.tolist() == [0, 1, 2, 3, 3]
        assert mark.box == pytest.approx((*expected.min(0), *expected.max(0)))
        assert mark.stroke.width == 0.2


def test_a_box_is_that_of_the_points_that_a_path_has_now(painted):
    from dataclasses import replace

    from qgis.PyQt.QtGui import QColor, QPen

    def paint(painter):
        painter.setPen(QPen(QColor(0, 0, 0), 1))
        painter.drawPath(curve())

    (path,) = painted(paint)
    moved = replace(path, points=path.points + 5)
    assert moved.box == pytest.approx((6, 7, 14, 13))
    path.points = path.points + 1
    assert path.box == pytest.approx((2, 3, 10, 9))


def test_whether_a_path_is_closed():
    from osm2cdr.processing_provider.drawing.model import LINE, MOVE, Path

    ring = np.array([(0, 0), (1, 0), (1, 1), (0, 0)], float)
    kinds = np.array([MOVE, LINE, LINE, LINE], np.uint8)
    assert Path(ring, kinds).closed
    assert not Path(ring[:3], kinds[:3]).closed
    assert not Path(ring + np.array([(0, 0), (0, 0), (0, 0), (1, 0)]), kinds).closed
    two = Path(np.concatenate([ring, ring + 5]), np.concatenate([kinds, kinds]))
    assert (two.parts, two.closed) == (2, True)
    assert not Path(np.concatenate([ring, ring[:3]]), np.concatenate([kinds, kinds[:3]])).closed


def test_labels_of_one_size_come_in_one_order():
    from osm2cdr.processing_provider.drawing.model import Color, Font
    from osm2cdr.processing_provider.drawing.record.device import Letters
    from osm2cdr.processing_provider.drawing.record.texts import Position, put_together

    font, color = Font("Noto Sans", 5.0), Color(0, 0, 0)

    def label(text, x, y, width):
        corners = [(x, y), (x + width, y), (x + width, y - 2), (x, y - 2)]
        return Position(text, "layer", 1, corners), Letters(text, x, y, width, 0.0, font, color)

    # The letters of a name that bends stand a little nearer to each other or farther apart.
    wide = [label("Wide name", 10.0 * n, 10.0, width) for n, width in enumerate((9.0, 9.03, 8.98))]
    narrow = [label(text, 10.0 * n, 30.0 + n, 3.0) for n, text in enumerate(("12", "21", "12", "33", "12"))]
    orders = set()
    for seed in range(20):
        # As QGIS has it: the larger first, and those of one size as they come.
        chosen = random.Random(seed)
        order = [*chosen.sample(wide, len(wide)), *chosen.sample(narrow, len(narrow))]
        found = put_together([letters for _, letters in order], [place for place, _ in order])
        texts = [items[-1] for _, items in found]
        orders.add(tuple((text.string, text.lines[0].x, text.lines[0].y) for text in texts))
    (order,) = orders
    assert [text for text, *_ in order] == ["Wide name"] * 3 + ["12", "21", "12", "33", "12"]
