"""Lines as names are set on them: runs of values, and how many points of a line are upright."""

import numpy as np
import pytest


@pytest.mark.parametrize(("count", "step"), [(1, 1), (3, 1), (10, 1), (4, 2), (6, 3)])
def test_windows_are_those_of_numpy_and_hold_nothing_of_their_own(qgis, count, step):
    from osm2cdr.processing_provider.cartography.features.strokes import windows

    values = np.arange(12.0)[: 10 if step == 1 else 12]
    found = windows(values, count, step)
    np.testing.assert_array_equal(found, np.lib.stride_tricks.sliding_window_view(values, count)[::step])
    assert np.shares_memory(found, values)


def test_points_are_counted_that_are_upright_one_way_or_the_other(qgis):
    from osm2cdr.processing_provider.cartography.features.strokes import Strokes

    east, north, west = ([(0, 0), (30, 0)], [(0, 0), (0, 30)], [(30, 0), (0, 0)])
    for line, (one, other) in ((east, (1, 0)), (west, (0, 1)), (north, (1, 1))):
        strokes = Strokes.of([np.array(line, float)], 2.0, 1.0)
        assert strokes.readable[:, -1].tolist() == [one * len(strokes.points), other * len(strokes.points)]
