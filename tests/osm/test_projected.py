"""All shapes of a table in another CRS at once: byte for byte what OGR makes of each by itself."""

import numpy as np
import pytest
from osgeo import ogr

from osm2cdr.processing_provider.geo.gdal_settings import quiet
from osm2cdr.processing_provider.geo.geometry import to_blob
from osm2cdr.processing_provider.geo.projection import transformation
from osm2cdr.processing_provider.osm import projected
from osm2cdr.processing_provider.osm.tables.staged import LONLAT

SHAPES = {
    "point": ["POINT (24.9 60.1)", "POINT (-3 0)"],
    "line": [
        "LINESTRING (24.9 60.1, 25 60.2, 25.1 60)", "LINESTRING (0 0, 1 0)",
        "MULTILINESTRING ((1 1, 2 2), (3 3, 4 5, 6 6))",
    ],
    "polygon": [
        "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))",
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 9 5, 9 9, 5 5), (6 5.5, 7 5.5, 7 6, 6 5.5)))",
        "POLYGON ((24 60, 25 60, 25 61, 24 60))",
    ],
}  # fmt: skip
# Where a transverse Mercator of Finland has no place.
NOWHERE = {"point": "POINT (115 0)", "line": "LINESTRING (0 0, 115 0)", "polygon": "POLYGON ((0 0, 1 0, 115 0, 0 0))"}


def blobs(kind, texts):
    return [to_blob(ogr.CreateGeometryFromWkt(text), kind, LONLAT) for text in texts]


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize(("crs", "srs_id"), [("EPSG:3857", 3857), ("EPSG:32635", 32635), ("EPSG:4326", LONLAT)])
def test_it_is_what_each_is_by_itself(kind, crs, srs_id, monkeypatch):
    way, shapes = transformation("EPSG:4326", crs), blobs(kind, SHAPES[kind])
    alone = projected._one_by_one(shapes, kind, way, srs_id, lambda: None)
    # None of them is looked at by itself; slices of any size give the same.
    monkeypatch.setattr(projected, "_one_by_one", None)
    for size in (16_000_000, 1):
        monkeypatch.setattr(projected, "_TOGETHER", size)
        made = projected.projected(shapes, kind, way, srs_id)
        assert made.blobs == alone.blobs
        assert np.array_equal(made.box, alone.box)
    assert len(projected.projected([], kind, way, srs_id).box) == 0


@pytest.mark.parametrize("kind", SHAPES)
def test_what_has_no_place_costs_nothing_but_itself(kind):
    shapes = blobs(kind, [*SHAPES[kind], NOWHERE[kind], *SHAPES[kind]])
    way, at = transformation("EPSG:4326", "EPSG:32635"), len(SHAPES[kind])
    with quiet():
        made = projected.projected(shapes, kind, way, 32635)
    assert [bool(blob) for blob in made.blobs] == [number != at for number in range(len(shapes))]
    assert made.blobs[:at] == made.blobs[at + 1 :] == projected.projected(shapes[:at], kind, way, 32635).blobs
    assert np.isfinite(made.box).all(axis=1).tolist() == [bool(blob) for blob in made.blobs]


def test_blobs_of_another_manner_are_read_one_by_one():
    """Such as lines without an envelope."""
    whole = blobs("line", SHAPES["line"])
    bare = [blob[:3] + bytes([1]) + blob[4:8] + blob[40:] for blob in whole]
    way = transformation("EPSG:4326", "EPSG:3857")
    for target, srs_id in ((way, 3857), (None, LONLAT)):
        one, other = (projected.projected(some, "line", target, srs_id) for some in (whole, [whole[0], *bare[1:]]))
        assert one.blobs == other.blobs
        assert np.array_equal(one.box, other.box)
