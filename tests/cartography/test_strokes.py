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


def test_what_bends_or_is_moved_too_much_is_counted_up_to_each_point(qgis):
    from osm2cdr.processing_provider.cartography.features.strokes import Strokes

    strokes = Strokes.of([np.array([(0, 0), (20, 0), (20, 20)], float)], 2.0, 1.0)
    for most in (0.1, 0.5):
        over = strokes.leaving > most
        assert strokes.off_by(most).tolist() == [int(over[:number].sum()) for number in range(len(over) + 1)]
    bends = strokes.bent_by(2, 0.3)
    turns = np.abs(strokes.angles[2:] - strokes.angles[:-2])
    assert bends[-1] == (turns > 0.3).sum() > 0
    assert bends[5] == 0


def test_angles_jump_by_no_whole_turn_as_numpy_has_them(qgis):
    from osm2cdr.processing_provider.cartography.features.strokes import _unwrapped

    smooth, jumping = np.linspace(-1.0, 1.0, 9), np.array([3.0, 3.1, -3.1, -3.0, 3.0])
    for angles in (smooth, jumping, jumping[::-1], np.array([0.0, np.pi, 0.0])):
        np.testing.assert_array_equal(_unwrapped(angles), np.unwrap(angles))
