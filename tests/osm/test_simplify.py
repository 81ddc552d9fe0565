"""Simplification: neighbours stay together, nothing moves farther than it may, nothing is lost."""

import math
import struct
import tracemalloc

import numpy as np
import pytest
from osgeo import ogr

from areas import AREAS, SHARED
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import simplify_tables, staging
from osm2cdr.processing_provider.osm.simplify import simplified
from osm2cdr.processing_provider.osm.tables.detail import DETAILS
from osm2cdr.processing_provider.sources import extract

LAT = 50.0
METRE = 1 / 111_320


def wiggle(a, b, steps, seed):
    """Points from a to b with a little noise, the ends exact."""
    noise = np.random.default_rng(seed).normal(0, 1.5 * METRE, (steps + 1, 2))
    noise[[0, -1]] = 0
    line = np.linspace(a, b, steps + 1) + noise
    return [tuple(point) for point in line.round(7)]


def ring(*sides):
    points = [point for side in sides for point in side[:-1]]
    geometry = ogr.Geometry(ogr.wkbPolygon)
    edge = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in [*points, points[0]]:
        edge.AddPoint_2D(x, y)
    geometry.AddGeometry(edge)
    return geometry


def all_simplified(geometries, tolerances):
    """All of them, simplified."""
    after = simplified([bytes(one.ExportToWkb(ogr.wkbNDR)) for one in geometries], tolerances, Feedback())
    return [
        ogr.CreateGeometryFromWkb(after[number]) if number in after else geometry
        for number, geometry in enumerate(geometries)
    ]


def shape_of(geometry):
    from shapely import wkb

    return wkb.loads(bytes(geometry.ExportToWkb()))


def metres(geometry):
    from shapely import affinity

    return affinity.scale(geometry, 1 / METRE * math.cos(math.radians(LAT)), 1 / METRE, origin=(0, 0))


def test_two_neighbours_and_an_island_share_their_edges():
    """A and B meet along a wiggly line; the lake is a hole of A and a polygon of its own; a road runs on the border."""
    x, y, s = 10.0, LAT, 200 * METRE
    middle = wiggle((x + s, y), (x + s, y + s), 60, 1)
    left = wiggle((x, y + s), (x, y), 60, 2)
    a = ring(wiggle((x, y), (x + s, y), 60, 3), middle, wiggle((x + s, y + s), (x, y + s), 60, 4), left)
    b = ring(
        wiggle((x + s, y), (x + 2 * s, y), 60, 5), wiggle((x + 2 * s, y), (x + 2 * s, y + s), 60, 6),
        wiggle((x + 2 * s, y + s), (x + s, y + s), 60, 7), middle[::-1],
    )  # fmt: skip
    corners = [(x + 0.3 * s, y + 0.3 * s), (x + 0.6 * s, y + 0.3 * s), (x + 0.45 * s, y + 0.7 * s)]
    sides = [wiggle(p, q, 30, n) for n, (p, q) in enumerate(zip(corners, corners[1:] + corners[:1]), 8)]
    lake = ring(*sides)
    hole = ogr.Geometry(ogr.wkbLinearRing)
    start = lake.GetGeometryRef(0).GetPoints(2)[:-1]
    for px, py in [*start[40:], *start[:40], start[40]]:
        hole.AddPoint_2D(px, py)
    a.AddGeometry(hole)
    road = ogr.Geometry(ogr.wkbLineString)
    for px, py in middle:
        road.AddPoint_2D(px, py)
    before = [a, b, lake, road]
    after = all_simplified(before, [5.0] * 4)
    shapes = [shape_of(geometry) for geometry in after]
    assert all(len(one.GetGeometryRef(0).GetPoints()) < 100 for one in after[:1])
    assert sum(shape.area for shape in shapes[:3]) == pytest.approx(shapes[0].union(shapes[1]).union(shapes[2]).area)
    assert shapes[0].intersection(shapes[1]).area == 0
    assert shapes[0].intersection(shapes[2]).area == 0
    assert shapes[0].boundary.intersection(shapes[1].boundary).length == pytest.approx(shapes[3].length)
    for old, new in zip(before[:3], shapes):
        assert metres(shape_of(old)).boundary.hausdorff_distance(metres(new).boundary) <= 5.0


def test_what_may_not_move_stays_and_holds_its_neighbours():
    square = ring(wiggle((10, 50), (10.001, 50), 20, 1), wiggle((10.001, 50), (10.001, 50.001), 20, 2),
                  [(10.001, 50.001), (10, 50.001)], [(10, 50.001), (10, 50)])  # fmt: skip
    house, yard = all_simplified([square, square.Clone()], [0.0, 10.0])
    assert shape_of(house).equals(shape_of(square))
    assert shape_of(yard).equals(shape_of(square))


def in_metres(points, latitude):
    return points * np.array([math.cos(math.radians(latitude)), 1]) / METRE


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_on_real_data_no_neighbours_part_and_nothing_moves_too_far(qgis, tmp_path, level, monkeypatch):
    """The same objects with and without simplification: as many, moved by no more than the tolerance, as apart."""
    import shapely

    source = SHARED / "liechtenstein.osm.pbf"
    box = (9.48, 47.05, 9.62, 47.27)
    if not source.exists():
        source, box = AREAS["sample"]
    raw = extract.read(source, box, tmp_path, Feedback())
    moved = staging.stage(raw, (), level, Feedback(), box)
    monkeypatch.setattr(simplify_tables, "simplified", lambda shapes, tolerances, feedback: {})
    exact = staging.stage(raw, (), level, Feedback(), box)
    tolerance, latitude = DETAILS[level].tolerance, (box[1] + box[3]) / 2
    fewer = 0
    for name, rows in exact.rows.items():
        others = moved.rows[name]
        assert rows.values == others.values
        if rows.table.geometry == "point" or not rows.geometries:
            continue
        if name == "buildings" and level > 3:
            assert all(a.Equals(b) for a, b in zip(rows.geometries, others.geometries))
            continue
        old = shapely.from_wkb([bytes(g.ExportToWkb()) for g in rows.geometries])
        new = shapely.from_wkb([bytes(g.ExportToWkb()) for g in others.geometries])
        fewer += shapely.get_num_coordinates(old).sum() - shapely.get_num_coordinates(new).sum()
        old_m, new_m = (shapely.transform(shapes, lambda points: in_metres(points, latitude)) for shapes in (old, new))
        edges = shapely.boundary(old_m) if rows.table.geometry == "polygon" else old_m
        new_edges = shapely.boundary(new_m) if rows.table.geometry == "polygon" else new_m
        assert shapely.hausdorff_distance(edges, new_edges).max() <= tolerance * 1.02
        if rows.table.geometry == "polygon":
            assert shapely.is_valid(new).all()
            tree = shapely.STRtree(old)
            left, right = tree.query(old, predicate="touches")
            together = shapely.length(shapely.intersection(edges[left], edges[right])) > 1
            left, right = left[together], right[together]
            still = shapely.distance(new_m[left], new_m[right])
            assert (still == 0).all()
            # Who only met before does not overlap now; what lay over another before may do so still.
            first, second = tree.query(old, predicate="intersects")
            first, second = first[first < second], second[first < second]
            common = shapely.area(shapely.intersection(old_m[first], old_m[second]))
            now = shapely.area(shapely.intersection(new_m[first], new_m[second]))
            assert (now[common < 1e-3] < 0.1).all(), name
    assert fewer > 0


@pytest.mark.one_system("numpy alone takes and frees the arrays")
def test_a_region_takes_little_more_memory_than_its_points():
    """Of ten millions of points each array has 80 MB, and each Python object of a shape 50."""
    count, corners = 8000, 150
    angles = np.linspace(0, 2 * np.pi, corners)
    ring = 0.0004 * np.stack([np.cos(angles), np.sin(angles)], -1)
    ring[-1] = ring[0]
    middles = 0.001 * np.stack(np.divmod(np.arange(count), 100), -1) + (10.0, 50.0)
    head = struct.pack("<BIIBIII", 1, 6, 1, 1, 3, 1, corners)
    shapes = [head + np.round(middle + ring, 7).tobytes() for middle in middles]
    tracemalloc.start()
    try:
        after = simplified(shapes, [5.0] * count, Feedback())
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(after) == count
    assert most / (count * corners) < 110, "bytes for each point"
