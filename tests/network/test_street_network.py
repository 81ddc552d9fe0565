"""Networks: where streets meet and where not, which way they may be gone, and what the edge of an area leaves whole."""

import itertools
import math

import numpy as np
import pytest
from sketch import Sketch, lonlat

from areas import AREAS
from osm2cdr.processing_provider.errors import ExportError, RequestError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.network.measure import joined, steps
from osm2cdr.processing_provider.network.model import Direction
from osm2cdr.processing_provider.network.rules import direction, speed

WGS84 = "EPSG:4326"


@pytest.fixture
def network(qgis, tmp_path):
    """network(sketch, crs): the network of a made-up map; what was told is in network.told."""
    from osm2cdr.processing_provider.pipeline.stages import Stages

    count = itertools.count()

    def build(sketch, crs=WGS84, **fields):
        folder = tmp_path / f"a map {next(count)}"
        folder.mkdir()
        build.told = []
        stages = Stages(sketch.request(folder, ("graphml",), **fields), folder)
        stages.read(Feedback())
        return stages.network(crs, Feedback(warning=lambda code, text: build.told.append(text)))

    return build


def met(network):
    """The edges as pairs of places in metres, each with its way."""
    nodes = {tuple(np.round(place, 7)): number for number, place in enumerate(network.nodes.lonlat)}
    names = {}
    for x, y in itertools.product(range(-600, 601, 50), repeat=2):
        names[nodes.get(tuple(np.round(lonlat(x, y), 7)))] = (x, y)
    edges = network.edges
    return sorted(
        (network.ways[way].id, names[source], names[target])
        for way, source, target in zip(edges.ways, edges.sources, edges.targets)
    )


def test_streets_meet_at_nodes_and_bridges_pass_over(network):
    sketch = Sketch()
    sketch.way((-100, 0), (0, 0), (100, 0), highway="residential")
    sketch.way((0, 100), (0, 0), highway="residential")
    # Over the first way, without a node of it; and one that ends on its last node.
    sketch.way((50, 100), (50, -100), highway="secondary", bridge="yes", layer="1")
    sketch.way((100, 0), (100, 100), highway="residential", tunnel="yes", layer="-1")
    made = network(sketch)
    assert met(made) == [
        (1, (-100, 0), (0, 0)), (1, (0, 0), (100, 0)), (2, (0, 100), (0, 0)), (3, (50, 100), (50, -100)),
        (4, (100, 0), (100, 100)),
    ]  # fmt: skip
    ways = {way.id: way for way in made.ways}
    assert (ways[3].bridge, ways[3].layer, ways[4].tunnel, ways[4].layer) == (True, 1, True, -1)
    assert (ways[1].bridge, ways[1].tunnel, ways[1].layer) == (False, False, 0)
    assert network.told == [
        "The streets of this area are 2 networks that do not meet; the largest has 66.7 % of their length."
    ]
    assert made.part_lengths == pytest.approx((400, 200), rel=1e-3)
    assert {
        made.nodes.parts[made.edges.sources[at]] for at, way in enumerate(made.edges.ways) if made.ways[way].id == 3
    } == {1}
    assert not made.nodes.outside.any()
    assert sorted(made.nodes.degrees) == [1, 1, 1, 1, 1, 2, 3]


def test_what_is_out_of_use_or_not_built_is_no_street(network):
    sketch = Sketch().way((0, 0), (50, 0), highway="footway", footway="sidewalk")
    sketch.way((50, 0), (100, 0), disused__highway="footway", footway="sidewalk")
    sketch.way((50, 0), (50, 50), highway="proposed", footway="sidewalk")
    assert [way.id for way in network(sketch, detail=6).ways] == [1]


def test_loops_and_nodes_that_come_twice(network):
    """A way that comes back to itself, one that is closed, one with a node listed twice running, two that share two."""
    sketch = Sketch()
    sketch.way((-100, 0), (-50, 0), (0, 0), (0, 50), (-50, 50), (-50, 0), highway="residential")
    sketch.way((100, 100), (150, 100), (150, 150), (100, 100), highway="residential")
    sketch.way((100, -100), (150, -100), (150, -100), (150, -150), highway="residential")
    sketch.way((100, -100), (100, -150), (150, -150), highway="residential")
    made = network(sketch)
    assert met(made) == [
        (1, (-100, 0), (-50, 0)), (1, (-50, 0), (-50, 0)), (2, (100, 100), (100, 100)),
        (3, (100, -100), (150, -150)), (4, (100, -100), (150, -150)),
    ]  # fmt: skip
    assert made.edges.lengths == pytest.approx([50, 200, 50 * (2 + math.sqrt(2)), 100, 100], rel=1e-3)
    assert np.diff(made.edges.starts).tolist() == [2, 5, 4, 3, 3]


def test_an_edge_over_the_edge_of_the_area_is_whole(network):
    """Up to its next node; one that only passes through as well; what touches nothing is left out."""
    sketch = Sketch(400)
    sketch.way((0, 0), (150, 0), (300, 0), (350, 0), (500, 0), highway="residential")
    sketch.way((350, 0), (350, 300), highway="residential")
    sketch.way((-300, 180), (0, 290), highway="residential", name="past a corner")
    sketch.way((-300, 100), (-100, 300), highway="residential", name="over a corner")
    sketch.way((250, 250), (300, 300), highway="residential", name="beyond")
    for crs in (WGS84, "EPSG:32632"):
        made = network(sketch, crs)
        assert met(made) == [(1, (0, 0), (350, 0)), (4, (-300, 100), (-100, 300))]
        assert made.crs == crs
        outside = {tuple(place) for place in np.round(made.nodes.lonlat[made.nodes.outside], 7)}
        assert outside == {tuple(np.round(lonlat(*place), 7)) for place in ((350, 0), (-300, 100), (-100, 300))}
        assert made.edges.lengths[0] == pytest.approx(350, rel=1e-3)
    assert (np.abs(made.nodes.xy) > 1000).all()


def test_a_polygon_has_only_what_touches_it(network):
    corner = [list(lonlat(*place)) for place in ((-200, -200), (200, -200), (-200, 200), (-200, -200))]
    sketch = Sketch()
    sketch.way((-100, -100), (100, 50), highway="residential").way((100, 50), (100, 150), highway="residential")
    sketch.way((-100, -100), (-150, -100), highway="residential")
    made = network(sketch, bbox=None, geometry={"type": "Polygon", "coordinates": [corner]})
    assert met(made) == [(1, (-100, -100), (100, 50)), (3, (-100, -100), (-150, -100))]
    assert made.nodes.outside.sum() == 1


@pytest.mark.parametrize(
    ("oneway", "highway", "junction", "expected"),
    [
        ("yes", "residential", "", "FORWARD"), ("1", "residential", "", "FORWARD"), ("true", "service", "", "FORWARD"),
        ("-1", "residential", "", "BACKWARD"), ("reverse", "primary", "", "BACKWARD"),
        ("no", "motorway", "", "BOTH"), ("", "motorway", "", "FORWARD"), ("", "motorway_link", "", "BOTH"),
        ("", "tertiary", "roundabout", "FORWARD"), ("", "tertiary", "circular", "FORWARD"),
        ("-1", "tertiary", "roundabout", "BACKWARD"), ("", "tertiary", "jughandle", "BOTH"),
        ("reversible", "motorway", "", "CHANGING"), ("alternating", "service", "", "CHANGING"),
        ("", "residential", "", "BOTH"), ("Yes ", "residential", "", "FORWARD"), ("unknown", "motorway", "", "FORWARD"),
    ],
)  # fmt: skip
def test_which_way_a_street_may_be_gone(oneway, highway, junction, expected):
    assert direction(oneway, highway, junction) is Direction[expected]


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("50", 50), ("30 mph", 48.28), ("30mph", 48.28), ("60 km/h", 60), ("5 knots", 9.26), ("7.5", 7.5), (" 20 ", 20),
        ("", None), ("none", None), ("walk", None), ("signals", None), ("RU:urban", None), ("DE:motorway", None),
        ("50;30", None), ("-30", None), ("0", None), ("٥٠ km", None), ("1e3", None),
    ],
)  # fmt: skip
def test_limits_are_kilometres_an_hour(text, kmh):
    assert speed(text) == (None if kmh is None else pytest.approx(kmh, abs=0.005))


def test_what_the_tags_say_comes_along(network):
    sketch = Sketch()
    sketch.way(
        (0, 0), (100, 0), highway="primary_link", name="Улица", ref="A 1", oneway="-1", maxspeed="50", lanes="3",
        maxspeed__forward="30 mph", surface="asphalt", access="private", motor_vehicle="no", name__de="Straße",
    )  # fmt: skip
    sketch.way((0, 50), (50, 50), (0, 100), (0, 50), highway="tertiary", junction="roundabout", lanes="many")
    first, second = network(sketch, language="de").ways
    assert (first.highway, first.kind, first.name, first.spoken, first.ref) == (
        "primary_link", "primary", "Улица", "Straße", "A 1",
    )  # fmt: skip
    assert first.speeds == (pytest.approx(48.28, abs=0.005), 50)
    assert (first.direction, first.lanes, first.surface) == (Direction.BACKWARD, 3, "asphalt")
    assert (first.access, first.motor_vehicle) == ("private", "no")
    assert (second.direction, second.junction, second.lanes, second.speeds) == (
        Direction.FORWARD, "roundabout", None, (None, None),
    )  # fmt: skip


def test_layers_and_level_choose_streets_and_geometry_is_exact(network):
    sketch = Sketch(3000)
    sketch.way((0, 0), (50, 1), (100, 0), highway="primary").way((100, 0), (150, 0), highway="residential")
    sketch.way((100, 0), (100, 50), highway="footway").way(
        (0, 0), (0, 50), (50, 50), (0, 0), highway="pedestrian", area="yes"
    )

    def ids(**fields):
        return [way.id for way in network(sketch, **fields).ways]

    assert ids() == [3, 1, 2]
    assert ids(layers="roads") == [1, 2]
    assert ids(layers="paths,water") == [3]
    assert ids(detail=3) == [1, 2]
    # A metre is nothing at level 1, where the map is simplified.
    made = network(sketch, detail=1)
    assert [way.id for way in made.ways] == [1]
    assert made.edges.lonlat == pytest.approx(np.array([lonlat(0, 0), lonlat(50, 1), lonlat(100, 0)]), abs=2e-7)
    bare = Sketch().point(0, 0, place="village")
    for at, fields, text in (
        (sketch, {"detail": 1, "layers": "paths"}, "no streets at this detail level; take level 3 or higher"),
        (sketch, {"detail": 3, "layers": "paths"}, "no streets at this detail level; take level 4 or higher"),
        (bare, {"detail": 6}, r"^The area has no streets\.$"),
    ):
        with pytest.raises(ExportError, match=text):
            network(at, **fields)
    with pytest.raises(ExportError, match="needs the layer roads or paths"):
        network(sketch, layers="water")


def test_other_layers_have_no_network(qgis, tmp_path):
    from osm2cdr.processing_provider.pipeline.stages import Stages

    with pytest.raises(RequestError, match="not of other layers"):
        Stages(Sketch().request(tmp_path, ("graphml",)), tmp_path, (object(),)).network(WGS84, Feedback())


def test_lengths_are_those_of_the_ellipsoid():
    import pyproj

    random = np.random.default_rng(17)
    for reach in (1e-6, 1e-3, 0.1, 0.5):
        start = np.column_stack([random.uniform(-180, 180, 200), random.uniform(-88, 88, 200)])
        end = start + random.uniform(-reach, reach, (200, 2))
        wanted = pyproj.Geod(ellps="WGS84").inv(*start.T, *end.T)[2]
        found = [steps(np.array(pair))[0] for pair in zip(start, end)]
        assert found == pytest.approx(wanted, rel=1e-6, abs=1e-5)
    assert steps(np.array([(179.9999, 10.0), (-179.9999, 10.0)]))[0] == pytest.approx(21.93, abs=0.01)


def test_parts_are_those_of_another_library():
    import scipy.sparse

    random = np.random.default_rng(5)
    for count, edges in ((1, 0), (10, 4), (1000, 600), (5000, 4999)):
        ends = random.integers(0, count, (2, edges))
        if count == 5000:
            # One long line in random order: the worst for those who go from neighbour to neighbour.
            order = random.permutation(count)
            ends = np.array([order[:-1], order[1:]])
        found = joined(count, *ends)
        matrix = scipy.sparse.coo_matrix((np.ones(ends.shape[1]), tuple(ends)), (count, count))
        number, labels = scipy.sparse.csgraph.connected_components(matrix, directed=False)
        assert len(np.unique(found)) == number
        assert len(set(zip(found.tolist(), labels.tolist()))) == number


@pytest.mark.parametrize("area", list(AREAS))
def test_joined_where_the_numbers_of_nodes_say_so(qgis, tmp_path, area):
    """Against osmium, which knows the nodes of each way: the same ways, split at the same places, as long."""
    import osmium
    import pyproj

    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request

    source, box = AREAS[area]
    if not source.exists():
        pytest.skip(f"{source} is not there")
    stages = Stages(make_request({"bbox": box, "formats": "graphml", "source": str(source), "detail": 6}), tmp_path)
    stages.read(Feedback())
    made = stages.network(WGS84, Feedback())
    nodes, count = {}, {}
    for way in osmium.FileProcessor(str(source)).with_locations():
        if way.is_way() and "highway" in way.tags:
            nodes[way.id] = [(node.ref, node.lon, node.lat) for node in way.nodes if node.location.valid()]
            for number, *_ in nodes[way.id]:
                count[number] = count.get(number, 0) + 1
    known = {way.id for way in made.ways}
    met = {number for way in known for number, *_ in nodes[way] if count[number] > 1}
    places = {tuple(np.round(node[1:], 7)): node[0] for way in known for node in nodes[way]}
    ends = {places[tuple(place)] for place in np.round(made.nodes.lonlat, 7)}
    inner = [
        tuple(place)
        for at in range(len(made.edges.ways))
        for place in np.round(made.edges.lonlat[made.edges.starts[at] + 1 : made.edges.starts[at + 1] - 1], 7)
    ]
    # What ways of the network share is a node and never lies within an edge.
    shared = {}
    for way in known:
        for number in {node[0] for node in nodes[way]}:
            shared[number] = shared.get(number, 0) + 1
    assert not {places[place] for place in inner} & {number for number, ways in shared.items() if ways > 1}
    assert len(ends & met) > 0.6 * len(ends)
    geod = pyproj.Geod(ellps="WGS84")
    for at in range(0, len(made.edges.ways), 7):
        points = made.edges.lonlat[made.edges.starts[at] : made.edges.starts[at + 1]]
        assert made.edges.lengths[at] == pytest.approx(geod.line_length(*points.T), rel=1e-6, abs=1e-4)
