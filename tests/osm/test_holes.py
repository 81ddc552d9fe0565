"""Areas that are not valid are mended without losing their holes: where a hole touches or shares the edge."""

import pytest
from osgeo import ogr

from osm2cdr.processing_provider.geo.geometry import repaired

SHELL = "(0 0,40 0,40 40,0 40,0 0)"


@pytest.mark.parametrize(
    ("rings", "area"),
    [
        ("(0 0,20 0,20 20,0 20,0 0)", 1200),
        ("(15 0,25 0,25 20,15 20,15 0)", 1400),
        ("(0 20,20 10,40 20,20 30,0 20)", 1200),
        ("(10 10,20 10,20 20,10 20,10 10),(20 20,30 20,30 30,20 30,20 20),(10 20,20 20,20 30,10 30,10 20)", 1300),
        # It reaches over the edge; it lies twice; it crosses itself; all of it is a hole.
        ("(-10 10,20 10,20 20,-10 20,-10 10)", 1400),
        ("(10 10,20 10,20 20,10 20,10 10),(10 10,20 10,20 20,10 20,10 10)", 1500),
        ("(10 0,30 20,30 0,10 20,10 0)", 1400),
    ],
)
def test_holes_stay_holes(rings, area):
    mended = repaired(ogr.CreateGeometryFromWkt(f"MULTIPOLYGON (({SHELL},{rings}))"), "polygon")
    assert mended.IsValid()
    assert mended.GetGeometryName() == "MULTIPOLYGON"
    assert mended.Area() == pytest.approx(area)


def test_an_island_in_a_hole_that_touches_stays():
    island = "(16 2,18 2,18 4,16 4,16 2)"
    text = f"MULTIPOLYGON (({SHELL},(15 0,25 0,25 20,15 20,15 0)),({island}))"
    assert repaired(ogr.CreateGeometryFromWkt(text), "polygon").Area() == pytest.approx(1404)


def test_nothing_is_left_of_an_area_that_is_all_hole():
    text = f"MULTIPOLYGON (({SHELL},{SHELL}))"
    assert repaired(ogr.CreateGeometryFromWkt(text), "polygon") is None
