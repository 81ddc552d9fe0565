"""Land and sea in frames whose edges follow no axis, as those of a box of degrees in metres."""

import math

import pytest

from osm2cdr.processing_provider.osm.coastline import land_and_sea


@pytest.mark.parametrize("degrees", [0, 0.3, 1.7, 2.4, 5, 11.3, 30, 44])
def test_a_coast_across_a_turned_frame_parts_it(degrees):
    from osgeo import ogr

    turn = math.radians(degrees)

    def turned(x, y):
        return 385000.123 + x * math.cos(turn) - y * math.sin(turn), 6672000.7 + x * math.sin(turn) + y * math.cos(turn)

    # Edges of a hundred points each.
    along = [n * 7.31 for n in range(101)]
    side = along[-1]
    ring = [(x, 0) for x in along] + [(side, y) for y in along] + [(x, side) for x in along[::-1]]
    ring += [(0, y) for y in along[::-1]]
    frame = ogr.CreateGeometryFromWkt(f"POLYGON (({', '.join('{} {}'.format(*turned(*p)) for p in ring)}))")
    # Land lies left of it, north of a line from the west to the east.
    coast = ogr.CreateGeometryFromWkt(
        f"LINESTRING ({', '.join('{} {}'.format(*turned(*p)) for p in ((-99, 300.1), (333.3, 222.7), (999, 311.9)))})"
    )
    land, sea = land_and_sea([coast], frame, None)
    assert land is not None
    assert sea is not None
    assert land.GetArea() + sea.GetArea() == pytest.approx(frame.GetArea(), rel=1e-6)
    assert 0.3 < sea.GetArea() / frame.GetArea() < 0.45
