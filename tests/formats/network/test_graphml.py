"""GraphML: routes by networkx and igraph, one-way streets and hostile names, and files that are not whole."""

import pytest
from sketch import Sketch, lonlat

from osm2cdr.processing_provider.errors import WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.simulation import graphml
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline.stages import Stages
from readers.simulation import read_graphml

pytestmark = pytest.mark.one_system("the graph is reckoned by ourselves; conformance has it on each")

HARD = "a\"b'c\\d]]></script>&amp;<!-- \U0001f600 Łódź 中文 العربية ‮"
# Two places of each area, metres between them as the crow flies at least, and on the way at most.
ROUTES = {
    "sample": ((24.9400, 60.1690), (24.9490, 60.1740), 700, 1600),
    "monaco": ((7.4147, 43.7277), (7.4270, 43.7396), 1600, 4500),
}


def grid():
    """Two squares side by side; the street in the middle is one-way to the north, one reaches over the edge."""
    sketch = Sketch()
    sketch.way((-100, 0), (0, 0), (100, 0), highway="residential", name="south", maxspeed="50", maxspeed__backward="30")
    sketch.way((-100, 100), (0, 100), (100, 100), highway="residential", name="north")
    sketch.way((-100, 0), (-100, 100), highway="residential", name="west")
    sketch.way((0, 0), (0, 100), highway="residential", name="middle", oneway="yes")
    sketch.way((100, 100), (100, 0), highway="residential", name="east", oneway="-1")
    return sketch.way((100, 100), (300, 100), highway="residential", name=HARD, oneway="alternating")


def exported(sketch, folder, **fields):
    (result,) = pipeline.run(sketch.request(folder, ("graphml",), **fields), folder, Feedback())
    assert result.error is None
    return result


def node_at(graph, x, y):
    lon, lat = lonlat(x, y)
    return min(graph, key=lambda node: abs(graph.nodes[node]["lon"] - lon) + abs(graph.nodes[node]["lat"] - lat))


def test_routes_heed_one_way_streets(qgis, tmp_path):
    import networkx

    graph = read_graphml(exported(grid(), tmp_path).path)

    def metres(start, end):
        return networkx.shortest_path_length(graph, node_at(graph, *start), node_at(graph, *end), weight="length")

    assert metres((0, 0), (0, 100)) == pytest.approx(100, abs=0.1)
    assert metres((0, 100), (0, 0)) == pytest.approx(300, abs=0.3)
    # Against the order of its nodes alone.
    assert metres((100, 0), (100, 100)) == pytest.approx(100, abs=0.1)
    assert metres((100, 100), (100, 0)) == pytest.approx(500, abs=0.5)
    assert metres((300, 100), (100, 100)) == metres((100, 100), (300, 100)) == pytest.approx(200, abs=0.2)


def test_what_edges_and_nodes_say(qgis, tmp_path):
    graph = read_graphml(exported(grid(), tmp_path, title=HARD[:-2]).path)
    assert graph.graph["name"] == HARD[:-2]
    assert graph.graph["parts"] == 1
    edges = {}
    for source, target, edge in graph.edges(data=True):
        edges.setdefault(edge["name"], []).append((source, target, edge))
    assert set(edges) == {"south", "north", "west", "middle", "east", HARD}
    assert {name: len(some) for name, some in edges.items()} == {
        "south": 4, "north": 4, "west": 2, "middle": 1, "east": 1, HARD: 2,
    }  # fmt: skip
    assert sorted((edge["reversed"], edge["maxspeed"]) for *_, edge in edges["south"]) == [
        (False, 50.0), (False, 50.0), (True, 30.0), (True, 30.0),
    ]  # fmt: skip
    assert [(edge["oneway"], edge["reversed"]) for *_, edge in edges["middle"] + edges["east"]] == [
        (True, False), (True, True),
    ]  # fmt: skip
    assert all(edge["changing"] and not edge["oneway"] for *_, edge in edges[HARD])
    assert all("changing" not in edge and "bridge" not in edge for *_, edge in edges["north"])
    outside = [node for node, place in graph.nodes(data=True) if place["outside"]]
    assert outside == [node_at(graph, 300, 100)]
    assert graph.nodes[node_at(graph, 0, 0)]["street_count"] == 3


def test_projected_and_in_a_language(qgis, tmp_path):
    """Another CRS is heeded, names in a language stand beside those of the place."""
    sketch = Sketch().way((0, 0), (100, 0), highway="residential", name="Улица", name__de="Straße")
    graph = read_graphml(exported(sketch, tmp_path, crs="EPSG:32632", language="de").path)
    assert graph.graph["crs"] == "epsg:32632"
    for _, node in graph.nodes(data=True):
        assert node["x"] > 500_000
        assert node["lon"] == pytest.approx(10, abs=0.01)
    assert {(edge["name"], edge["name:de"]) for *_, edge in graph.edges(data=True)} == {("Улица", "Straße")}


def test_control_characters_become_blanks():
    assert graphml._text("a\x00b\x1fc\ud800d\ufffee") == "a b c d e"


@pytest.mark.parametrize("area", list(ROUTES))
def test_a_route_between_known_places(export, area):
    """By both libraries the same, no shorter than the crow flies, without a jump on its way."""
    import igraph
    import networkx
    import pyproj
    import shapely

    path = export(area)["graphml"].path
    graph, other = read_graphml(path), igraph.Graph.Read_GraphML(str(path))
    start, end, least, most = ROUTES[area]
    main = [node for node, place in graph.nodes(data=True) if place["part"] == 0]
    assert len(main) > 0.7 * len(graph)

    def near(place):
        return min(
            main, key=lambda node: abs(graph.nodes[node]["x"] - place[0]) + abs(graph.nodes[node]["y"] - place[1])
        )

    one, two = near(start), near(end)
    metres = networkx.shortest_path_length(graph, one, two, weight="length")
    assert least < metres < most
    numbers = [other.vs["id"].index(str(node)) for node in (one, two)]
    assert other.distances(*numbers, weights="length")[0][0] == pytest.approx(metres)
    geod, nodes = pyproj.Geod(ellps="WGS84"), networkx.shortest_path(graph, one, two, weight="length")
    along = 0.0
    for source, target in zip(nodes, nodes[1:]):
        edge = min(graph[source][target].values(), key=lambda edge: edge["length"])
        line = shapely.from_wkt(edge["geometry"])
        along += geod.geometry_length(line)
        assert geod.geometry_length(line) == pytest.approx(edge["length"], abs=0.1)
    assert along == pytest.approx(metres, rel=1e-3)


@pytest.mark.parametrize("fault", ["cut", "an edge gone", "a node gone", "no XML", "nothing"])
def test_a_file_that_is_not_the_network_does_not_prove_good(qgis, tmp_path, fault):
    stages = Stages(grid().request(tmp_path, ("graphml",)), tmp_path)
    stages.read(Feedback())
    view, path = stages.network("EPSG:4326", Feedback()), tmp_path / "grid.graphml"
    written = graphml.write(view, path, Job(FORMATS["graphml"]))
    graphml.prove(path, view, written)
    lines = path.read_text(encoding="utf-8").splitlines()
    edge = next(number for number, line in enumerate(lines) if line.startswith("<edge"))
    if fault == "cut":
        lines = lines[:-1]
    elif fault == "an edge gone":
        del lines[edge]
    elif fault == "a node gone":
        lines[edge - 1] = lines[edge - 1].replace('id="', 'id="1')
    else:
        lines = ["{}"] if fault == "no XML" else []
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(WriteError, match="GraphML"):
        graphml.prove(path, view, written)
