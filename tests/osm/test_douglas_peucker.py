"""The points that stay are those that GEOS keeps; arcs make the same lines and rings again."""

import numpy as np
import pytest
import shapely

from osm2cdr.processing_provider.osm import douglas_peucker, wkb
from osm2cdr.processing_provider.osm.ragged import ragged, starts_of
from osm2cdr.processing_provider.osm.topology import topology


def lines(seed):
    """Crooked lines of all lengths, some that come back to where they began, some with points that come twice."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(300):
        line = rng.normal(0, 1, (rng.integers(2, 200), 2)).cumsum(axis=0)
        if number % 5 == 0:
            line = np.repeat(line, 2, axis=0)
        if number % 7 == 0 and len(line) > 4:
            line[len(line) // 2] = line[0]
        found.append(line)
    return found


@pytest.mark.parametrize("tolerance", [0.01, 0.7, 5.0, 100.0])
def test_what_stays_is_what_geos_keeps(tolerance):
    given = lines(int(tolerance * 100))
    counts = np.array([len(line) for line in given])
    first = starts_of(counts)
    rounds = []
    stay = douglas_peucker.kept(
        np.concatenate(given), first, first + counts - 1, np.full(len(given), tolerance), lambda: rounds.append(1)
    )
    assert rounds
    for line, start, count in zip(given, first, counts):
        wanted = shapely.get_coordinates(
            shapely.simplify(shapely.linestrings(line), tolerance, preserve_topology=False)
        )
        np.testing.assert_array_equal(line[stay[start : start + count]], wanted)


def test_the_middle_of_a_ring_is_its_farthest_point():
    points = np.array([(0, 0), (1, 0), (3, 3), (0, 1), (0, 0), (5, 5), (4, 5), (5, 9), (5, 5)], float)
    assert douglas_peucker.middles(points, np.array([0, 5]), np.array([4, 8])).tolist() == [2, 7]
    assert douglas_peucker.middles(points, np.array([], int), np.array([], int)).tolist() == []


def test_nothing_to_do_is_no_fault():
    none = np.array([], int)
    assert douglas_peucker.kept(np.empty((0, 2)), none, none, np.array([]), lambda: None).tolist() == []
    assert ragged(none, none).tolist() == []


# Two squares with a common side, a line along it and beyond, a line that ends in the middle of the side, a lone ring
# and the same ring the other way round from another corner, a line of two points.
CHAINS = [
    [(0, 0), (2, 0), (2, 1), (2, 2), (0, 2), (0, 0)],
    [(2, 2), (4, 2), (4, 0), (2, 0), (2, 1), (2, 2)],
    [(2, 0), (2, 1), (2, 2), (2, 3)],
    [(9, 9), (5, 5), (2, 1)],
    [(20, 20), (21, 20), (21, 21), (20, 20)],
    [(21, 21), (21, 20), (20, 20), (21, 21)],
    [(30, 30), (31, 31)],
]


def test_chains_are_made_of_arcs_each_of_which_is_kept_once():
    lengths = np.array([len(chain) for chain in CHAINS])
    arcs = topology(np.concatenate(CHAINS).astype(float), lengths)
    kept = [
        tuple(map(tuple, arcs.points[low:high].tolist())) for low, high in zip(arcs.first, arcs.end)
    ]  # fmt: skip
    assert len(set(kept)) == len(kept)
    assert not {arc[::-1] for arc in kept} & set(kept)
    # The common side is parted where the third line ends, and each half has three users.
    users = np.bincount(arcs.used)
    assert sorted(users.tolist()) == [1, 1, 1, 1, 1, 2, 3, 3]
    for chain, low, high in zip(CHAINS, arcs.use, arcs.use[1:]):
        pieces = [
            kept[arc][::-1] if turned else kept[arc] for arc, turned in zip(arcs.used[low:high], arcs.turned[low:high])
        ]
        made = [point for piece in pieces for point in piece[:-1]] + [pieces[-1][-1]]
        if chain[0] != chain[-1]:
            assert made == chain
        else:
            assert shapely.normalize(shapely.Polygon(made)) == shapely.normalize(shapely.Polygon(chain))
            turn = chain.index(made[0])
            assert made[:-1] == chain[turn:-1] + chain[:turn]


SHAPES = [
    "LINESTRING(1 2,3 4,5 6)", "MULTILINESTRING((1 2,3 4),(5 6,7 8,9 9))",
    "POLYGON((0 0,9 0,9 9,0 0),(2 1,3 1,3 2,2 1))",
    "MULTIPOLYGON(((0 0,9 0,9 9,0 0),(2 1,3 1,3 2,2 1)),((20 20,21 20,21 21,20 20)))", "MULTIPOLYGON EMPTY",
]  # fmt: skip


@pytest.mark.parametrize("text", SHAPES)
def test_lines_and_rings_are_found_and_replaced_where_they_stand(text):
    shape = shapely.from_wkt(text)
    given = shapely.to_wkb(shape, byte_order=1)
    # Alone, and as a blob between others.
    blob = b"GP\0\3" + bytes(36) + given
    others = [shapely.to_wkb(shapely.from_wkt(text), byte_order=1) for text in SHAPES]
    among = wkb.chains([*others, blob, *others])
    assert among.areas.tolist() == ["POLYGON" in text for text in [*SHAPES, text, *SHAPES]]
    points, first, last = wkb.points([*others, blob, *others], among), *among.first[[len(SHAPES), len(SHAPES) + 1]]
    found = wkb.spans(given)
    assert among.spans(len(SHAPES)) == [(begin + 40, count) for begin, count in found] == wkb.spans(blob)
    mine = points[among.counts[:first].sum() : among.counts[:last].sum()]
    np.testing.assert_array_equal(mine, shapely.get_coordinates(shape))
    chains = np.split(mine, among.counts[first:last].cumsum()[:-1]) if found else []
    assert wkb.with_chains(given, found, chains) == wkb.with_chains(blob, wkb.spans(blob), chains) == given
    box = np.arange(4.0)
    assert (wkb.head(given, box), wkb.head(blob, box)) == (b"", blob[:8] + box.tobytes())
    # With one point more in each.
    longer = [np.concatenate((chain[:1], chain[:1] + 0.25, chain[1:])) for chain in chains]
    made = shapely.from_wkb(wkb.with_chains(given, found, longer))
    np.testing.assert_array_equal(shapely.get_coordinates(made), np.concatenate([*longer, np.empty((0, 2))]))
    assert made.geom_type == shape.geom_type


def test_points_are_no_lines():
    with pytest.raises(ValueError, match="no line or polygon"):
        wkb.chains([shapely.to_wkb(shapely.Point(1, 2), byte_order=1)])
