"""What stands on a page: one unit, exact boxes, cells by kind and by who holds them; in every CRS alike."""

import numpy as np
import pytest
from sketch import Sketch, lonlat

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.request.pages import Page
from osm2cdr.processing_provider.request.papers import fitted_sheet


@pytest.fixture
def paper(qgis):
    """An empty page of 100 x 80 mm at 1:10,000, its lower left corner at 5,000 and 7,000 m."""
    from osm2cdr.processing_provider.cartography.occupancy.paper import Paper

    return Paper(Page("EPSG:32633", 5000, 7000, 6000, 7800, 10000, fitted_sheet(100, 80, False)))


def line(*points):
    from qgis.core import QgsGeometry, QgsPointXY

    return QgsGeometry.fromPolylineXY([QgsPointXY(*point) for point in points])


def kinds():
    from osm2cdr.processing_provider.cartography.occupancy import kinds

    return kinds


def at(paper, *points):
    return paper.flat(np.array(points, float))


def test_one_unit_from_the_lower_left_corner(paper):
    from qgis.core import QgsPointXY

    assert paper.spot(QgsPointXY(5100, 7200)) == pytest.approx((10, 20))
    there = paper.point(10, 20)
    assert (there.x(), there.y()) == pytest.approx((5100, 7200))
    box = paper.rectangle((10, 20, 30, 50))
    assert (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()) == pytest.approx((5100, 7200, 5300, 7500))
    np.testing.assert_allclose(paper.to_map(paper.to_paper(np.array([[5100.0, 7200.0]]))), [[5100, 7200]])


def test_boxes_are_exact_though_cells_are_not(paper):
    kind = kinds().Kind
    paper.put_box(kind.ICON, (10, 10, 12.05, 12))
    assert not paper.is_free((12.04, 10, 14, 12))
    assert paper.is_free((12.05, 10, 14, 12)), "it touches, and does not overlap"
    assert paper.is_free((12.06, 10, 14, 12))
    # Far from each other, and over the edges of the squares that boxes are found by.
    paper.put_box(kind.SHIELD, (44, 44, 61, 46))
    assert not paper.is_free((60.9, 40, 70, 50))
    assert not paper.is_free((-20, -20, 120, 120))


def test_icons_ask_for_some_kinds_alone(paper):
    kind = kinds().Kind
    paper.put_box(kind.LONELY_ROOM, (10, 10, 20, 20))
    assert paper.is_free((12, 12, 13, 13))
    assert not paper.is_free((12, 12, 13, 13), kind.LONELY_ROOM)
    paper.put_box(kind.NAME_ROOM, (12, 12, 13, 13))
    assert not paper.is_free((12, 12, 13, 13))


def test_what_is_put_is_in_its_cells_and_nowhere_else(paper):
    kind = kinds().Kind
    paper.put(kind.STREET, [line((5200, 7000), (5200, 7800))], 2.0)
    paper.put_box(kind.ICON, (19, 30, 21, 32))
    assert paper.has(kind.STREET, at(paper, (20, 40), (20.8, 5), (22, 40))).tolist() == [True, True, False]
    assert paper.has(kinds().MARKS, at(paper, (20, 31), (20, 40))).tolist() == [True, False]
    assert paper.kinds(at(paper, (20, 31))).tolist() == [int(kind.STREET | kind.ICON)]
    # Cells of any shape.
    assert paper.has(kind.STREET, at(paper, (20, 40), (22, 40)).reshape(2, 1)).tolist() == [[True], [False]]


def test_boxes_that_leave_the_page_take_what_of_it_they_cover(paper):
    kind = kinds().Kind
    paper.put_box(kind.ICON, (-1, -1, 1, 1))
    paper.put_box(kind.ICON, (200, 90, 202, 92))
    assert paper.has(kind.ICON, at(paper, (0.5, 0.5))).all()
    assert not paper.has(kind.ICON, at(paper, (99.9, 79.9), (0.5, 79.9), (99.9, 0.5))).any()
    assert len(paper.box_cells((200, 90, 202, 92))) == 0
    assert set(paper.box_cells((-1, -1, 1, 1))) == {*paper.box_cells((0, 0, 1, 1))}


def test_no_name_holds_what_stands_firm(paper):
    from osm2cdr.processing_provider.cartography.occupancy.paper import FIXED, FREE

    kind = kinds().Kind
    for number, firm in enumerate((kind.PLATE, kind.SHIELD, kind.DOT)):
        paper.put_box(firm, (10 * number, 10, 10 * number + 2, 12))
        assert paper.holders(at(paper, (10 * number + 1, 11))).tolist() == [FIXED]
    paper.put_box(kind.ICON, (40, 10, 42, 12))
    paper.put(kind.SHIELD, [line((5600, 7000), (5600, 7800))], 1.0)
    assert paper.holders(at(paper, (41, 11), (60, 40))).tolist() == [FREE, FIXED]


def test_cells_are_held_by_one_and_given_back(paper):
    cells = at(paper, (10, 10), (11, 10))
    paper.hold(cells, 7)
    assert paper.holders(cells).tolist() == [7, 7]
    rows, columns = paper.touched((10.5, 9, 12, 11))
    assert not paper.claim(rows, columns)
    paper.hold(cells, 0)
    assert paper.claim(rows, columns)
    assert not paper.claim(rows, columns), "a number that stands is not moved"


def test_shares_of_boxes_are_of_what_is_there_now(paper):
    kind = kinds().Kind
    centres = np.array([(20.0, 40.0), (70.0, 40.0)])
    assert paper.share(kind.HOUSE, centres, (10, 10)).tolist() == [0, 0]
    assert paper.hidden(centres, (10, 10)).tolist() == [0, 0]
    paper.put_box(kind.HOUSE, (15, 35, 20, 45))
    assert paper.share(kind.HOUSE, centres, (10, 10)) == pytest.approx([0.5, 0], abs=0.03)
    assert paper.share(kind.HOUSE, centres, np.array([(10, 10), (4, 4)])) == pytest.approx([0.5, 0], abs=0.03)
    assert paper.hidden(centres, (10, 10)) == pytest.approx([0.5 * kinds().WEIGHTS[kind.HOUSE], 0], abs=0.01)
    # Of several the worst counts, not their sum.
    paper.put_box(kind.MAIN_ROAD, (10, 30, 30, 50))
    assert paper.hidden(centres, (10, 10)).tolist() == [1, 0]


def test_every_weight_is_counted(paper):
    for number, (kind, weight) in enumerate(kinds().WEIGHTS.items()):
        paper.put_box(kind, (10 * number, 10, 10 * number + 8, 18))
        spot = np.array([(10 * number + 4.0, 14.0)])
        assert paper.hidden(spot, (4, 4)).tolist() == pytest.approx([weight])


def test_a_large_sheet_has_larger_cells_and_the_same_measures(qgis):
    from osm2cdr.processing_provider.cartography.occupancy.paper import Paper

    sheet = Paper(Page("EPSG:32633", 0, 0, 20000, 20000, 10000, fitted_sheet(2000, 2000, False)))
    assert sheet.shape[0] * sheet.shape[1] <= 8.1e6
    kind = kinds().Kind
    sheet.put_box(kind.ICON, (1500, 1500, 1502, 1502))
    assert not sheet.is_free((1501.9, 1501, 1504, 1503))
    assert sheet.is_free((1502.1, 1501, 1504, 1503))
    assert sheet.has(kind.ICON, at(sheet, (1501, 1501))).all()


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:32632", "EPSG:3035"])
def test_marks_are_as_large_in_every_crs(qgis, tmp_path, crs):
    """A unit of Web Mercator is two thirds of a metre there: on paper icons, arrows and plates are the same."""
    sketch = Sketch(1200).way((-600, 0), (600, 0), highway="primary", ref="B 2", oneway="yes", name="Lange Straße")
    sketch.way((-600, 200), (600, 200), highway="residential", oneway="yes", name="Kurze Straße")
    sketch.point(0, 100, tourism="museum", name="Museum").point(200, -100, amenity="theatre", name="Theater")
    sketch.write(tmp_path / "sketch.osm")
    bbox = (*lonlat(-600, -600), *lonlat(600, 600))
    fields = {"bbox": bbox, "formats": "svg", "detail": 5, "source": str(tmp_path / "sketch.osm")}
    measured = {}
    for name in ("", crs):
        work = tmp_path / (name.replace(":", "") or "local")
        work.mkdir()
        picture = Stages(make_request({**fields, "crs": name, "scale": 10000}), work).picture("", Feedback())
        mm = picture.page.width_mm / (picture.page.xmax - picture.page.xmin)
        for layer in picture.layers:
            if layer.name() in ("Points of interest", "One-way arrows", "Shields"):
                largest = max(feature.geometry().area() * mm**2 for feature in layer.getFeatures())
                measured.setdefault(layer.name(), []).append(largest)
    assert set(measured) == {"Points of interest", "One-way arrows", "Shields"}
    for local, other in measured.values():
        assert other == pytest.approx(local, rel=0.02)


def test_cells_of_points_on_the_page_need_no_look_at_its_edges(paper):
    x, y = np.random.default_rng(1).uniform((1.0, 1.0), (99.0, 79.0), (500, 2)).T
    np.testing.assert_array_equal(paper.inner(x, y), paper.flat(np.stack([x, y], -1)))
    # Those off it are in the cells at its edge.
    outside = paper.flat(np.array([(-3.0, 40.0), (103.0, 40.0), (50.0, -2.0), (50.0, 85.0)]))
    np.testing.assert_array_equal(
        outside, paper.flat(np.array([(0.0, 40.0), (99.99, 40.0), (50.0, 0.0), (50.0, 80.0)]))
    )
