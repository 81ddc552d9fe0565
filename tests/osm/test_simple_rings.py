"""Rings that neither cross nor touch themselves are known without GEOS, which says the same."""

import numpy as np
import pytest
import shapely
from osgeo import ogr

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.geo.geometry import from_blob, to_blob
from osm2cdr.processing_provider.osm import known_areas, measures, simple_rings, simplify
from osm2cdr.processing_provider.osm.tables.staged import LONLAT

pytestmark = pytest.mark.one_system("arithmetic of numpy's, and GEOS as the judge")


# Of the first unit, in units.
CORNER = np.array((133_456_789, 525_384_309))


def degrees(units):
    """Places as a reader has them: whole numbers of OpenStreetMap's units, as doubles."""
    return units * 1e-7


def chance(size, rings=2000, spread=9):
    """Rings on few places of OpenStreetMap, beside each other, without a point that stands twice."""
    units = np.random.default_rng(7).integers(0, spread, (rings, size, 2)) + CORNER
    return units[~(units == np.roll(units, 1, axis=1)).all(axis=2).any(axis=1)]


@pytest.mark.parametrize("size", [3, 4, 5, 6, 8])
def test_places_of_openstreetmap_are_judged_as_geos_does(size):
    points = degrees(chance(size))
    valid = shapely.is_valid(shapely.polygons(points))
    found = simple_rings.in_degrees(points.reshape(-1, 2), np.full(len(points), size))
    assert found.any()
    # What lies on a line in whole units may lie beside it as doubles: of such nothing is said.
    assert not (found & ~valid).any()


@pytest.mark.parametrize(
    ("ring", "is_known"),
    [
        ([(0, 0), (9, 0), (9, 9), (0, 9)], True),
        ([(0, 0), (9, 9), (9, 0), (0, 9)], False),
        # Too large, or between the places that there are: GEOS is asked.
        ([(0, 0), (200_000, 0), (9, 9), (0, 9)], False),
        ([(0, 0), (9.3, 0), (9, 9), (0, 9)], False),
    ],
)
def test_only_small_rings_on_known_places_are_known(ring, is_known):
    assert simple_rings.in_degrees(degrees(np.array(ring, float)), np.array([len(ring)])).tolist() == [is_known]


def line_blob(ring):
    text = ", ".join(f"{x!r} {y!r}" for x, y in ring.tolist())
    blob = to_blob(ogr.CreateGeometryFromWkt(f"LINESTRING ({text})"), "line", LONLAT)
    # Lines of ways are single ones.
    return blob[:40] + blob[49:]


def test_rings_that_are_looked_at_together_are_what_they_are_alone():
    blobs = [line_blob(np.vstack((ring, ring[:1]))) for ring in degrees(chance(5, 60))]
    blobs += [line_blob(ring) for ring in degrees(chance(6, 20))] + [None, b""]
    known = {}
    known_areas.learn(blobs, known)
    assert 5 < len(known) < 60
    for blob in filter(None, blobs):
        if hash(blob) in known:
            alone = known_areas.known_area(blob, True, None, None)
            assert known[hash(blob)] == (pytest.approx(alone.metres, rel=1e-4), None, False)


def test_areas_are_those_of_one_by_one():
    rings = degrees(np.array([[(0, 0), (900, 0), (900, 500), (0, 500)]]) + CORNER)
    whole = np.concatenate((rings[0], rings[0][::-1]))
    (one, other) = measures.square_metres_of(whole, np.array([4, 4])).tolist()
    alone = measures.square_metres(from_blob(line_blob(np.vstack((rings[0], rings[0][:1])))).ConvexHull())
    assert (one, other) == (pytest.approx(alone, rel=1e-6), pytest.approx(alone, rel=1e-6))


def sound(lines, counts, areas):
    """Which shapes of so many chains surely are valid, and their envelopes."""
    sizes = np.array([len(line) for line in lines])
    found, boxes = simplify._sound(np.concatenate(lines), sizes, np.array(counts), np.array(areas))
    return found.tolist(), boxes.tolist()


def test_a_ring_that_closes_but_for_the_last_bit_is_put_to_geos():
    """As GEOS makes no ring of it, and what came out so keeps its arcs."""
    ring = degrees(np.array([(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)], float) + CORNER)
    line = ring[:3]
    (west, south), (east, north) = ring.min(axis=0).tolist(), ring.max(axis=0).tolist()
    found, boxes = sound([ring, line], [1, 1], [True, False])
    assert found == [True, True]
    assert boxes == [[west, east, south, north]] * 2
    ring[-1, 0] = np.nextafter(ring[-1, 0], 1)
    assert sound([ring, line], [1, 1], [True, False]) == ([False, True], [[west, east, south, north]])
    # One of two rings, and one of too few points, are put to it as well.
    assert sound([ring, ring], [2], [True])[0] == [False]
    assert sound([ring[:3]], [1], [True])[0] == [False]


def test_what_is_simplified_has_the_box_that_it_has():
    ring = degrees(np.array([(0, 0), (5000, 1), (9000, 0), (9000, 9000), (0, 9000), (0, 0)]) + CORNER)
    text = ", ".join(f"{x!r} {y!r}" for x, y in ring.tolist())
    blob = to_blob(ogr.CreateGeometryFromWkt(f"POLYGON (({text}))"), "polygon", LONLAT)
    (made,) = simplify.simplified([blob], [2.0], Feedback()).values()
    assert made == to_blob(from_blob(made), "polygon", LONLAT)
    assert len(made) == len(blob) - 16
