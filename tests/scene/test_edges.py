"""Open edges and connected parts, beside what they mean said the long way."""

import numpy as np
import pytest

from osm2cdr.processing_provider.scene.subdivision.checking import open_edges
from osm2cdr.processing_provider.scene.subdivision.ragged import components


def slowly(triangles):
    """An edge is closed where its way is there once, and once back."""
    edges = [(int(row[at]), int(row[(at + 1) % 3])) for row in triangles for at in range(3)]
    open_ = [edges.count(edge) != 1 or edges.count(edge[::-1]) != 1 or edge[0] == edge[1] for edge in edges]
    return np.array(open_, bool).reshape(-1, 3)


TETRA = np.array([(0, 2, 1), (0, 1, 3), (1, 2, 3), (2, 0, 3)])


@pytest.mark.one_system("numbers alone")
@pytest.mark.parametrize(
    ("triangles", "count"),
    [
        (TETRA, 0), (np.vstack([TETRA, TETRA + 4]), 0), (TETRA[:3], 3), (TETRA[:0], 0),
        # A face turned over, one twice, and one without area.
        (np.vstack([TETRA[:3], TETRA[3:, ::-1]]), 6), (np.vstack([TETRA, TETRA[:1]]), 9),
        (np.vstack([TETRA, [(0, 0, 1)]]), 5),
    ],
)  # fmt: skip
def test_open_edges_are_those_without_one_way_back(triangles, count):
    found = open_edges(triangles)
    assert np.array_equal(found, slowly(triangles))
    assert found.sum() == count


@pytest.mark.one_system("numbers alone")
@pytest.mark.parametrize("seed", range(20))
def test_any_triangles_and_links_are_told_right(seed):
    random = np.random.default_rng(seed)
    triangles = np.vstack([TETRA + 4 * n for n in range(10)])
    triangles = np.vstack([triangles[random.random(len(triangles)) < 0.8], random.integers(0, 40, (seed % 4, 3))])
    assert np.array_equal(open_edges(triangles), slowly(triangles))
    one, other = random.integers(0, 60, (2, 40))
    # Each takes the least that it is linked with, until nothing changes.
    label = list(range(60))
    for _ in range(60):
        for a, b in zip(one.tolist(), other.tolist()):
            label[a] = label[b] = min(label[a], label[b])
    assert components(60, one, other).tolist() == np.unique(label, return_inverse=True)[1].tolist()
