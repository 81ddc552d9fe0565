"""Where labels could go that would have to move: asked for many tries at once, as bits, and the same as one by one."""

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("qgis")


class Some:
    """The cells of eight places, two beside each other."""

    @staticmethod
    def cells(numbers):
        return np.stack([numbers * 2, numbers * 2 + 1], -1)


@pytest.fixture
def ways():
    from osm2cdr.processing_provider.cartography.labels.ways import Ways

    rows = np.arange(8)
    return Ways(Some(), rows, Some.cells(rows)[:, :1])


def covers(*tries):
    """Which tries cover each of 16 cells."""
    tried = np.zeros(16, np.uint32)
    for bit, cells in enumerate(tries):
        tried[list(cells)] |= np.uint32(1 << bit)
    return tried


def test_a_place_is_off_where_a_try_leaves_all_of_its_cells(ways):
    from osm2cdr.processing_provider.cartography.labels.ways import off

    # The first covers all places, the second all but the third one, the last one nothing.
    tried = covers(range(16), [*range(4), *range(6, 16)], ())
    assert off(tried, Some.cells(np.arange(8))) & 0b111 == 0b110
    assert off(tried, Some.cells(np.array([0, 1]))) & 0b111 == 0b100
    # Half of a place is no place.
    assert off(covers(range(0, 16, 2)), Some.cells(np.arange(8))) & 1 == 0


def test_those_that_may_be_free_are_looked_at_for_the_tries_that_are_asked_for(ways):
    tried = covers(range(16), [*range(4), *range(6, 16)], [0])
    assert ways.off(tried, 0b001).tolist() == []
    assert ways.off(tried, 0b010).tolist() == [2]
    assert ways.off(tried, 0b011).tolist() == [2]
    assert ways.off(tried, 0b100).tolist() == list(range(1, 8))


def test_what_was_found_free_is_known_for_every_try(ways):
    assert ways.open(covers([0])) == 0
    ways.free += [Some.cells(np.array([0])), Some.cells(np.array([5, 6]))]
    assert ways.open(covers([0, 10], [0, 10, 12], ())) & 0b111 == 0b101
