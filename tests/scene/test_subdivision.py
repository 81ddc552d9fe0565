"""Footprints that touch, cross and stand on each other as closed bodies: two faces at every edge, the right volume."""

import random

import numpy as np
import pytest

from osm2cdr.processing_provider.scene.footprints import Footprints
from osm2cdr.processing_provider.scene.raising_parts import Shaped, apart, raise_parts, shaped
from osm2cdr.processing_provider.scene.roofs.shapes import SHAPES, shape_of
from osm2cdr.processing_provider.scene.subdivision.checking import open_edges
from osm2cdr.processing_provider.scene.subdivision.noding import node

BOX = [(0, 0), (20, 0), (20, 20), (0, 20)]
# Rings that touch: what they are, the rings, their area.
TOUCHING = {
    "a hole": ([BOX, [(5, 5), (15, 5), (15, 15), (5, 15)]], 300),
    "points on straight walls": ([[(0, 0), (10, 0), (20, 0), (20, 20), (10, 20), (5, 20), (0, 20)]], 400),
    "a hole at a corner of it": ([[(0, 0), (10, 0), (20, 0), (20, 20), (0, 20)], [(10, 0), (15, 5), (5, 5)]], 375),
    "a hole at a wall": ([BOX, [(10, 0), (15, 5), (5, 5)]], 375),
    "holes with one corner": (
        [BOX, [(5, 5), (10, 5), (10, 10), (5, 10)], [(10, 10), (15, 10), (15, 15), (10, 15)]], 350,
    ),
    "holes with one wall": ([BOX, [(5, 5), (10, 5), (10, 10), (5, 10)], [(10, 5), (15, 5), (15, 10), (10, 10)]], 350),
    "holes across": ([BOX, [(0, 10), (5, 5), (10, 10), (5, 15)], [(10, 10), (15, 5), (20, 10), (15, 15)]], 300),
    "an outline that touches itself": (
        [[(0, 0), (10, 0), (10, 10), (20, 10), (20, 20), (10, 20), (10, 10), (0, 10)]], 200,
    ),
    "a hole along a wall": ([BOX, [(5, 0), (15, 0), (15, 5), (5, 5)]], 350),
    "a house in a court": ([BOX, [(5, 5), (15, 5), (15, 15), (5, 15)], [(8, 8), (12, 8), (12, 12), (8, 12)]], 316),
}  # fmt: skip


def made(*polygons):
    """Footprints of polygons, each a list of rings in metres."""
    rings = [np.rint(np.array(ring) * 100).astype("i8") for polygon in polygons for ring in polygon]
    first = np.cumsum([0, *(len(polygon) for polygon in polygons)])
    bounds = np.cumsum([0, *(len(ring) for ring in rings)])
    return Footprints([], np.arange(len(polygons)), first, bounds, np.concatenate(rings))


def flat(count, base=0.0, top=10.0):
    """How flat roofs are raised."""
    tops = np.broadcast_to(np.asarray(top, float), count).copy()
    bases = np.broadcast_to(np.asarray(base, float), count).copy()
    return Shaped(np.full(count, -1), np.zeros(count), bases, tops, tops)


def bodies(polygons, how):
    found, _ = raise_parts(made(*polygons), how, np.full(len(polygons), -1))
    return found


def checked(found):
    """The volume of bodies that are proven to be closed, by us and by trimesh."""
    import trimesh

    assert not open_edges(found.triangles).any()
    mesh = trimesh.Trimesh(found.vertices, found.triangles, process=False)
    assert mesh.is_watertight
    assert mesh.is_winding_consistent
    # Written with four bytes a number they are closed as well.
    short = trimesh.Trimesh(found.vertices.astype("f4")[found.triangles].reshape(-1, 3), process=False)
    short.faces = np.arange(3 * len(found.triangles)).reshape(-1, 3)
    short.merge_vertices()
    assert short.is_watertight
    return mesh.volume


@pytest.mark.parametrize("name", list(TOUCHING))
@pytest.mark.parametrize("turned", [0.0, 0.7])
def test_rings_that_touch_make_one_closed_body_of_their_area(name, turned):
    rings, area = TOUCHING[name]
    turn = np.array([[np.cos(turned), np.sin(turned)], [-np.sin(turned), np.cos(turned)]])
    volume = checked(bodies([[np.array(ring) @ turn for ring in rings]], flat(1)))
    assert volume == pytest.approx(area * 10, rel=2e-3)


def test_houses_that_touch_are_one_body_and_those_that_meet_in_a_corner_too():
    def box(x, y):
        return [[(x, y), (x + 10, y), (x + 10, y + 10), (x, y + 10)]]

    wall = bodies([box(0, 0), box(10, 0)], flat(2))
    assert checked(wall) == pytest.approx(2000)
    assert set(wall.bodies) == {0}
    assert set(wall.owners) == {0, 1}
    # No wall is left between them: twelve triangles of a box, and those of the shared edges' ends.
    assert not ((wall.vertices[wall.triangles][:, :, 0] == 10).all(axis=1)).any()
    corner = bodies([box(0, 0), box(10, 10)], flat(2))
    assert checked(corner) == pytest.approx(2000, rel=1e-4)
    assert set(corner.bodies) == {0}
    away = bodies([box(0, 0), box(20, 0)], flat(2))
    assert set(away.bodies) == {0, 1}
    assert (np.diff(away.bodies) >= 0).all()


def test_what_stands_on_and_in_another_is_counted_once():
    box = [[(0, 0), (10, 0), (10, 10), (0, 10)]]
    assert checked(bodies([box, box], flat(2))) == pytest.approx(1000)
    stacked = bodies([box, box], flat(2, [0, 10], [10, 15]))
    assert checked(stacked) == pytest.approx(1500)
    assert set(stacked.bodies) == {0}
    assert set(stacked.owners) == {0, 1}
    bridge = bodies([box, box], flat(2, [0, 12], [5, 15]))
    assert checked(bridge) == pytest.approx(800, rel=1e-3)
    assert set(bridge.bodies) == {0, 1}
    inner = bodies([box, [[(2, 2), (8, 2), (8, 8), (2, 8)]]], flat(2, [0, 3], [10, 14]))
    assert checked(inner) == pytest.approx(1000 + 36 * 4)


def scenery(seed, count, shapes=None):
    """Random footprints: boxes turned and straight, on and beside each other, with courts and touching corners."""
    chance = random.Random(seed)
    polygons = []
    for _ in range(count):
        x, y = 5 * chance.randrange(12), 5 * chance.randrange(12)
        wide, deep = 5 * chance.randrange(1, 5), 5 * chance.randrange(1, 5)
        ring = np.array([(0, 0), (wide, 0), (wide, deep), (0, deep)], float)
        angle = chance.choice([0, 0, 0, chance.random()])
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        rings = [ring @ turn + (x, y)]
        if wide > 5 and deep > 5 and chance.random() < 0.3:
            inset = chance.choice([0.0, 2.0])
            rings.append(
                (np.array([(inset, 2), (inset, deep - 2), (wide - 2, deep - 2), (wide - 2, 2)]) @ turn) + (x, y)
            )
        polygons.append(rings)
    base = np.array([chance.choice([0, 0, 0, 3, 6]) for _ in polygons], float)
    top = base + np.array([chance.choice([3, 6, 6, 9.5]) for _ in polygons])
    if not shapes:
        return polygons, flat(len(polygons), base, top)
    shape = np.array([chance.choice(shapes) for _ in polygons])
    nothing = np.full(len(polygons), np.nan)
    sure = np.zeros(len(polygons), bool)
    return polygons, shaped(made(*polygons), shape, nothing, sure, base, top, nothing, sure)


@pytest.mark.one_system("numpy alone, and whole numbers")
@pytest.mark.parametrize("seed", range(40))
def test_random_houses_close(seed):
    polygons, how = scenery(seed, 14)
    found = bodies(polygons, how)
    volume = checked(found)
    from shapely import Polygon, union_all

    # At each height as much as all footprints together cover there.
    whole = [Polygon(rings[0], rings[1:]).buffer(0) for rings in polygons]
    levels = sorted({*how.base, *how.top})
    expected = sum(
        (high - low)
        * union_all([s for s, base, top in zip(whole, how.base, how.top) if base <= low and top >= high]).area
        for low, high in zip(levels, levels[1:])
    )
    assert volume == pytest.approx(expected, rel=0.01)


@pytest.mark.one_system("numpy alone, and whole numbers")
@pytest.mark.parametrize("seed", range(40))
def test_random_roofs_close(seed):
    polygons, how = scenery(seed, 10, range(-1, len(SHAPES)))
    checked(bodies(polygons, how))
    each = apart(made(*polygons), how)
    assert not open_edges(each.triangles).any()
    assert set(each.owners) == set(range(len(polygons)))


def test_segments_that_cross_and_pass_get_a_point_there():
    rng = np.random.default_rng(3)
    points, edges = node(rng.integers(0, 3000, (60, 4)))
    a, b = points[edges[:, 0]], points[edges[:, 1]]

    def side(p, q, r):
        return (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])

    one, other = np.triu_indices(len(edges), 1)
    of_c, of_d = side(a[one], b[one], a[other]), side(a[one], b[one], b[other])
    of_a, of_b = side(a[other], b[other], a[one]), side(a[other], b[other], b[one])
    assert not ((np.sign(of_c) * np.sign(of_d) < 0) & (np.sign(of_a) * np.sign(of_b) < 0)).any()
    assert len(edges) > 900


@pytest.mark.parametrize(
    ("word", "shape"), [("Gabled", "gabled"), ("half_hipped", "half-hipped"), ("hip;flat", "hipped")]
)
def test_words_for_roofs(word, shape):
    assert shape_of(word) == shape


def test_unknown_roofs_are_flat():
    assert {shape_of(word) for word in (None, "", "many", "crosspitched")} == {"flat"}


def test_a_large_face_that_ends_in_a_needle_stays():
    """Two houses that touch in a corner on a plate, of which a wedge of a third of a degree lies between them."""
    polygons = [
        [[(0, 0), (50, -10), (50, 0)]],
        [[(0, 0), (50, 0.3), (50, 10)]],
        [[(-20, -20), (70, -20), (70, 20), (-20, 20)]],
    ]
    found = bodies(polygons, flat(3, [-2, -2, -2], [10, 10, 0]))
    assert checked(found) == pytest.approx(12 * (250 + 242.5) + 2 * (3600 - 492.5), rel=1e-3)


def test_a_face_round_many_islands_is_cut_up_at_once():
    """A plate under four hundred houses: rings of thousands of corners are clipped many ears at a time."""
    rng = random.Random(5)
    polygons = [[[(-10, -10), (410, -10), (410, 410), (-10, 410)]]]
    for at in range(400):
        x, y, side = at % 20 * 20 + rng.random(), at // 20 * 20 + rng.random(), 5 + rng.random()
        polygons.append([[(x, y), (x + side, y + 1), (x + side, y + side), (x + 2, y + 3)]])
    found = bodies(polygons, flat(401, -2, [0, *[10] * 400]))
    assert found.bodies.max() == 0
    assert checked(found) > 2 * 420**2


def test_an_island_is_joined_to_nothing_right_behind_its_own_wall():
    """The nearest corner of the plate is in line with the east wall of the house."""
    plate = [(0, 0), (60, 0), (400, 0), (400, 90), (60, 90), (0, 90)]
    found = bodies([[plate], [[(40, 60), (60, 60), (60, 80), (40, 80)]]], flat(2, -2, [0, 10]))
    assert checked(found) == pytest.approx(2 * 36000 + 10 * 400, rel=1e-3)
