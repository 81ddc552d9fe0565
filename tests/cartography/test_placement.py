"""Places of names, and how few cells tell that they are taken."""

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("qgis")
SIZE = (12.0, 2.5)


@pytest.fixture
def paper():
    """An empty page of 10 by 10 cm."""
    from osm2cdr.processing_provider.cartography.occupancy.paper import Paper
    from osm2cdr.processing_provider.request.pages import Page
    from osm2cdr.processing_provider.request.papers import fitted_sheet

    return Paper(Page("EPSG:32633", 0.0, 0.0, 1000.0, 1000.0, 10000, fitted_sheet(100, 100, False)))


def boxes(paper, at, more=None):
    from osm2cdr.processing_provider.cartography.labels import point_candidates

    return point_candidates.around(paper, "Name", 6.0, SIZE, np.array(at, float), 1.0, more=more)


def line(paper, points):
    from osm2cdr.processing_provider.cartography.features.strokes import Strokes
    from osm2cdr.processing_provider.cartography.labels import line_candidates

    strokes = Strokes.of([np.array(points, float)], 2.0, 1.0)
    return line_candidates.along(paper, strokes, "Name", (*SIZE, 2.0), 6.0, line_candidates.Manner())


def test_few_cells_are_some_of_all_cells(paper):
    for places in (boxes(paper, (50, 50), np.array([3, 4])), line(paper, [(10, 20), (60, 24), (90, 20)])):
        rows = places.order
        cells, few = places.cells(rows), places.few(rows)
        assert len(few) == len(rows) > 1
        assert few.shape[1] < cells.shape[1] / 6
        for all_of_one, few_of_one in zip(cells.tolist(), few.tolist()):
            assert set(few_of_one) <= set(all_of_one)


def wish(name, *places, rank=5.0):
    from osm2cdr.processing_provider.cartography.labels.candidates import Wish

    return Wish(name, "style", rank, [lambda found=found: found for found in places])


def test_a_name_moves_for_another_that_has_but_one_place(paper):
    from osm2cdr.processing_provider.cartography.labels.placement import Placing

    placing = Placing(paper)
    first = wish("First", boxes(paper, (50, 50)), rank=1.0)
    # All of its places but the best of the first one's are off the page.
    second = wish("Second", boxes(paper, (92, 50)), rank=2.0)
    assert placing.place([first, second]) == []
    narrow = boxes(paper, (50, 50))
    taken = next(label for label in placing.labels.values() if label.wish is first)
    only = type(narrow)(paper, "Third", 6.0, SIZE, taken.places.centres[taken.index][None], np.zeros(1))
    third = wish("Third", only, rank=3.0)
    assert placing.place([third]) == []
    assert {label.wish.name for label in placing.labels.values()} == {"First", "Second", "Third"}
    cells = [set(label.cells.tolist()) for label in placing.labels.values()]
    assert sum(map(len, cells)) == len(set().union(*cells))


def test_a_name_stays_where_it_would_find_no_other_place(paper):
    from osm2cdr.processing_provider.cartography.labels.placement import Placing

    placing = Placing(paper)
    many = boxes(paper, (50, 50))
    only = type(many)(paper, "First", 6.0, SIZE, np.array([[50.0, 50.0]]), np.zeros(1))
    first = wish("First", only, rank=1.0)
    same = type(many)(paper, "Second", 6.0, SIZE, np.array([[52.0, 50.0]]), np.zeros(1))
    second = wish("Second", same, rank=2.0)
    assert placing.place([first, second]) == [second]
    assert placing.reason(second) == "no room beside First"
    assert [label.wish for label in placing.labels.values()] == [first]


def test_no_places_have_no_cells(paper):
    none = np.zeros(0, int)
    for places in (boxes(paper, (50, 50), np.array([3, 4])), line(paper, [(10, 20), (60, 24), (90, 20)])):
        assert places.cells(none).shape == (0, places.cells(places.order).shape[1])
        assert places.few(none).shape == (0, places.few(places.order).shape[1])


def test_a_name_moves_past_a_spelling_whose_places_all_cost_too_much(paper):
    from osm2cdr.processing_provider.cartography.labels.placement import Placing

    kind = type(boxes(paper, (50, 50)))

    def at(x, y, cost):
        return kind(paper, "Name", 6.0, SIZE, np.array([[x, y]]), np.array([cost]))

    placing = Placing(paper)
    # A small spelling of it is dear, another one is not, and is free.
    first = wish("First", at(50.0, 50.0, 0.0), at(20.0, 20.0, 9.0), at(70.0, 70.0, 0.5), rank=1.0)
    assert placing.place([first]) == []
    second = wish("Second", at(52.0, 50.0, 0.0), rank=2.0)
    assert placing.place([second]) == []
    where = {label.wish.name: label.line.tolist() for label in placing.labels.values()}
    assert where == {"First": [[70.0, 70.0]], "Second": [[52.0, 50.0]]}


@pytest.mark.parametrize("is_swept", [True, False])
def test_sweeps_are_as_before_also_after_a_fault(monkeypatch, is_swept):
    import gc

    from osm2cdr.processing_provider.cartography.build import unswept

    seen, state = [], {"on": is_swept}
    monkeypatch.setattr(gc, "isenabled", lambda: state["on"])
    monkeypatch.setattr(gc, "disable", lambda: state.update(on=False))
    monkeypatch.setattr(gc, "enable", lambda: state.update(on=True))

    @unswept()
    def work():
        seen.append(state["on"])
        raise ValueError("fault")

    with pytest.raises(ValueError, match="fault"):
        work()
    assert (seen, state["on"]) == ([False], is_swept)
