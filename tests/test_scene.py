"""Buildings as solids, checked by trimesh."""

import pytest

from osm2cdr.processing_provider.scene.heights import base_and_top
from osm2cdr.processing_provider.scene.solids import clean_ring, footprints, prism

SQUARE = [(0.0, 0.0), (20.0, 0.0), (20.0, 10.0), (0.0, 10.0)]
COURTS = [[(2.0, 2.0), (8.0, 2.0), (8.0, 8.0), (2.0, 8.0)], [(12.0, 3.0), (12.0, 7.0), (18.0, 7.0), (18.0, 3.0)]]
ELL = [(0.0, 0.0), (10.0, 0.0), (10.0, 4.0), (4.0, 4.0), (4.0, 10.0), (0.0, 10.0)]


@pytest.mark.parametrize(
    ("rings", "area"), [([SQUARE], 200), ([SQUARE[::-1]], 200), ([SQUARE, *COURTS], 140), ([ELL], 64)]
)
def test_a_solid_is_watertight_and_as_large_as_it_should(rings, area):
    import trimesh

    mesh = trimesh.Trimesh(**trimesh.triangles.to_kwargs(prism(rings, 3.0, 13.0)))
    assert mesh.is_watertight
    assert mesh.is_winding_consistent
    assert mesh.volume == pytest.approx(area * 10)
    assert mesh.bounds[:, 2].tolist() == [3.0, 13.0]


def test_a_footprint_keeps_its_courtyards():
    from osgeo import ogr

    def polygon(*rings):
        return "((" + "),(".join(", ".join(f"{x} {y}" for x, y in [*ring, ring[0]]) for ring in rings) + "))"

    one = ogr.CreateGeometryFromWkt(f"POLYGON {polygon(SQUARE, *COURTS)}")
    assert [[len(ring) for ring in rings] for rings in footprints(one)] == [[4, 4, 4]]
    two = ogr.CreateGeometryFromWkt(f"MULTIPOLYGON ({polygon(SQUARE, COURTS[0])}, {polygon(ELL)})")
    assert [[len(ring) for ring in rings] for rings in footprints(two)] == [[4, 4], [6]]


def test_points_on_a_straight_wall_go():
    assert clean_ring([(0, 0), (5, 0), (10, 0), (10, 10), (10, 10), (0, 10)]) == [(0, 0), (10, 0), (10, 10), (0, 10)]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"height": 12.5}, (0, 12.5)),
        ({"levels": 4, "roof_levels": 1}, (0, 14.5)),
        ({"building": "garage"}, (0, 2.5)),
        ({"height": 20, "min_height": 6}, (6, 20)),
        ({"levels": 5, "min_level": 2}, (6, 15)),
        ({}, (0, 9)),
    ],
)
def test_heights_by_the_tags(tags, expected):
    assert base_and_top(tags) == expected
