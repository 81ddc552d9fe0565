"""Networks: networkx and igraph, and lxml for what these two do not tell."""

from collections import Counter
from pathlib import Path

import numpy as np

from readers.found import Found

# The types of GraphML-Attributes (GraphML Primer), and what reads a value of each.
_TYPES = {"boolean": ("true", "false").index, "int": int, "long": int, "double": float, "string": str}
_GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def read_graphml(path: Path):
    """The graph as networkx has it, always with an edge for each element."""
    import networkx

    return networkx.read_graphml(path, node_type=int, force_multigraph=True)


def graphml(path: Path) -> Found:
    """Two libraries agree; every value is of the type that its key declares, and every edge is as long as its line."""
    import igraph
    import shapely

    _check_elements(path)
    graph, other = read_graphml(path), igraph.Graph.Read_GraphML(str(path))
    assert graph.is_directed()
    assert other.is_directed()
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (other.vcount(), other.ecount())
    assert sorted(filter(None, other.es["name"])) == sorted(
        edge["name"] for *_, edge in graph.edges(data=True) if "name" in edge
    )
    for source, target, edge in graph.edges(data=True):
        line = shapely.from_wkt(edge["geometry"])
        assert len(line.coords) > 1
        for node, end in ((source, line.coords[0]), (target, line.coords[-1])):
            assert (graph.nodes[node]["x"], graph.nodes[node]["y"]) == end
    inside = [(node["x"], node["y"]) for _, node in graph.nodes(data=True) if not node["outside"]]
    places = np.array(inside)
    about = graph.graph
    notice = "; ".join([about["notice"], about["date"], about["source"]])
    crs = int(about["crs"].removeprefix("epsg:"))
    texts = {edge["name"] for *_, edge in graph.edges(data=True) if "name" in edge}
    layers = {"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges()}
    return Found(layers, (*places.min(axis=0), *places.max(axis=0)), crs, texts, notice)


def _check_elements(path: Path) -> None:
    """What GraphML 1.0 asks for: the order of elements, ids once each, keys declared, values of their types."""
    from lxml import etree

    root = etree.parse(str(path)).getroot()
    assert root.tag == f"{_GRAPHML}graphml"
    *keys, graph = root
    declared = {key.get("id"): (key.get("for"), key.get("attr.type")) for key in keys}
    assert {key.tag for key in keys} == {f"{_GRAPHML}key"}
    assert len(declared) == len(keys)
    ids = Counter((element.tag, element.get("id")) for element in graph if element.get("id"))
    assert set(ids.values()) == {1}
    for element in (graph, *graph):
        for data in element.findall(f"{_GRAPHML}data"):
            place, kind = declared[data.get("key")]
            assert element.tag == _GRAPHML + place
            _TYPES[kind](data.text)


READERS = {"graphml": graphml}
