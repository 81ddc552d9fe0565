"""An area is read, mended and measured once for all levels, and is the same at each of them."""

import pytest
from osgeo import ogr

from osm2cdr.processing_provider.geo.geometry import from_blob, to_blob
from osm2cdr.processing_provider.osm import known_areas
from osm2cdr.processing_provider.osm.outlines import area_of, outline, ring_outline
from osm2cdr.processing_provider.osm.tables.staged import LONLAT

# What is read, whether as the line of a ring, and whether it has to be mended; and its square metres, nearly.
AREAS = [
    ("POLYGON ((0 0, 0.001 0, 0.001 0.001, 0 0.001, 0 0))", False, False, 12308),
    ("LINESTRING (0 0, 0.001 0, 0.001 0.001, 0 0.001, 0 0)", True, False, 12308),
    ("LINESTRING (0 0, 0.001 0, 0.001 0.001, 0 0.001)", True, False, 12308),
    ("POLYGON ((0 0, 0.001 0.001, 0.001 0, 0 0.001, 0 0))", False, True, 6154),
    ("LINESTRING (0 0, 0.001 0.001, 0.001 0, 0 0.001, 0 0)", True, True, 6154),
]
# Ways that are open reach over the edge of this box.
BOX = (0.0005, 0.0005, 1, 1)


def blob_of(text, ring):
    line = ogr.CreateGeometryFromWkt(text)
    blob = to_blob(line, "line" if ring else "polygon", LONLAT)
    # Lines of ways are single ones.
    return blob[:40] + blob[49:] if ring else blob


@pytest.mark.parametrize(("text", "ring", "is_mended", "metres"), AREAS)
def test_it_is_looked_at_once_and_always_the_same(text, ring, is_mended, metres, monkeypatch):
    blob, known = blob_of(text, ring), {}
    alone = known_areas.known_area(blob, ring, BOX, None)
    assert alone == known_areas.known_area(blob, ring, BOX, known)
    monkeypatch.setattr(known_areas, "_looked_at", None)
    again = known_areas.known_area(bytes(bytearray(blob)), ring, BOX, known)
    assert again == alone
    assert (again.is_mended, round(again.metres, -1)) == (is_mended, round(metres, -1))
    row = from_blob(again.row(blob, ring))
    assert (row.GetGeometryName(), row.IsValid()) == ("MULTIPOLYGON", True)
    assert row.GetArea() == pytest.approx(1e-6 * (0.5 if is_mended else 1))


@pytest.mark.parametrize("text", [text for text, ring, *_ in AREAS if ring])
def test_the_outline_of_a_ring_is_that_of_its_area(text):
    blob, values = blob_of(text, True), [None] * 10
    assert ring_outline(blob, values) == outline(area_of(BOX, blob), values)


def test_what_encloses_nothing_is_none():
    for known in (None, {}):
        assert known_areas.known_area(blob_of("LINESTRING (0 0, 1 1)", True), True, None, known) is None
    gone = known_areas.known_area(blob_of("POLYGON ((0 0, 1 1, 2 2, 0 0))", False), False, None, {})
    assert gone.metres < 0
