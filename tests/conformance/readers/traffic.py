"""Networks for simulators, by programs that did not write them: netconvert and duarouter."""

import subprocess
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np

from readers.found import Found, epsg


def run(*words, folder):
    """A program's answer, both streams; it must succeed."""
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def sumo_net(path: Path, folder: Path):
    """The net that netconvert makes of the zip, as an element tree; its file lies in the folder."""
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    (configuration,) = folder.glob("*.netccfg")
    run("netconvert", "-c", configuration.name, folder=folder)
    return etree.parse(str(configuration.with_suffix(".net.xml"))).getroot()


def sumo(path: Path) -> Found:
    """What netconvert keeps: every edge and node; and the places as the file has them."""
    from lxml import etree

    with tempfile.TemporaryDirectory() as folder:
        net = sumo_net(path, Path(folder))
        (nodes,) = (etree.parse(str(file)).getroot() for file in Path(folder).glob("*.nod.xml"))
        notice = (Path(folder) / "README.txt").read_text(encoding="utf-8")
    edges = [edge for edge in net.iter("edge") if not edge.get("function")]
    junctions = {
        junction.get("id"): junction for junction in net.iter("junction") if junction.get("type") != "internal"
    }
    location = nodes.find("location")
    offset = np.array([float(part) for part in location.get("netOffset").split(",")])
    inside = [(float(node.get("x")), float(node.get("y"))) for node in nodes.iter("node") if not node.get("fringe")]
    # Where streets may follow, netconvert knows it too.
    assert {node.get("id") for node in nodes.iter("node") if node.get("fringe")} == {
        number for number, junction in junctions.items() if junction.get("fringe") == "outer"
    }
    assert "+proj=utm" in net.find("location").get("projParameter")
    assert _bicycle_or_car(edges)
    places = np.array(inside) - offset
    return Found(
        {"nodes": len(junctions), "edges": len(edges)}, (*places.min(axis=0), *places.max(axis=0)),
        epsg(location.get("projParameter")),
        {edge.get("name") for edge in edges}, notice,
    )  # fmt: skip


def _bicycle_or_car(edges) -> bool:
    """Whether streets for walkers alone are told from those for cars."""
    count = Counter("passenger" in edge.find("lane").get("allow", "passenger").split() for edge in edges)
    return min(count[True], count[False]) > 0


def opendrive(path: Path) -> Found:
    """Each lane and each way from lane to lane as netconvert has them; places and notice as the file says."""
    import pyproj
    from lxml import etree
    from opendrive_lanes import gaps, read_roads

    root = etree.parse(str(path)).getroot()
    roads = read_roads(root)
    assert max(gaps(roads)) < 0.01
    with tempfile.TemporaryDirectory() as folder:
        run("netconvert", "-X", "never", "--opendrive-files", str(path), "-o", "n.net.xml", "--output.street-names",
            "--no-turnarounds", folder=folder)  # fmt: skip
        net = etree.parse(f"{folder}/n.net.xml").getroot()
    # It cuts a road in two that comes back to its junction.
    edges = {
        edge.get("id").partition("#")[0]: len(edge.findall("lane"))
        for edge in net.iter("edge") if not edge.get("function")
    }  # fmt: skip
    streets = [road for road in roads.values() if road.junction == "-1"]
    # Which of the two directions netconvert calls by a minus is its own.
    counts = {(road.id, left): sum((lane > 0) == left for lane in road.widths) for road in streets for left in (0, 1)}
    (minus,) = (
        left for left in (0, 1)
        if edges == {"-" * (side == left) + name: count for (name, side), count in counts.items() if count}
    )  # fmt: skip
    joined = {tuple(c.get(end).partition("#")[0] for end in ("from", "to")) for c in net.iter("connection")}
    assert {_ends(road, minus) for road in roads.values() if road.junction != "-1"} <= joined
    header = root.find("header")
    back = pyproj.Transformer.from_crs(header.find("geoReference").text, 4326, always_xy=True)
    places = np.array([back.transform(*road.end(False)[0]) for road in streets])
    layers = {
        "roads": len(streets),
        "connections": len(roads) - len(streets),
        "junctions": len(root.findall("junction")),
    }
    names = {edge.get("name") for edge in net.iter("edge")}
    return Found(
        layers, (*places.min(axis=0), *places.max(axis=0)), 4326, names, header.find("userData").get("value")
    )  # fmt: skip


def _ends(road, minus):
    """The edges of netconvert that a way through a junction leads from and to."""
    (links,) = road.lane_links.values()
    return tuple(
        "-" * ((links[word] > 0) == minus) + road.link[word]["elementId"] for word in ("predecessor", "successor")
    )


def lanelet_routes(path: Path):
    """The map as the library has it, and its graph for cars, which must be sound."""
    import lanelet2
    from lxml import etree

    node = etree.parse(str(path)).getroot().find("node")
    origin = lanelet2.io.Origin(float(node.get("lat")), float(node.get("lon")))
    loaded, errors = lanelet2.io.loadRobust(str(path), lanelet2.projection.UtmProjector(origin))
    assert not list(errors)
    rules = lanelet2.traffic_rules.create(
        lanelet2.traffic_rules.Locations.Germany, lanelet2.traffic_rules.Participants.Vehicle
    )
    graph = lanelet2.routing.RoutingGraph(loaded, rules)
    assert not list(graph.checkValidity())
    return loaded, graph, rules


def lanelet2(path: Path) -> Found:
    """Lanelets that follow each other as the library sees it; places as the file has them."""
    from lxml import etree

    loaded, graph, _ = lanelet_routes(path)
    lanes = list(loaded.laneletLayer)
    through = [lane for lane in lanes if "turn_direction" in lane.attributes]
    # Of hairpins that have no room for a lane, the library takes some bounds the wrong way round.
    joined = sum(bool(graph.following(lane)) and bool(graph.previous(lane)) for lane in through)
    assert joined > 0.97 * len(through)
    root = etree.parse(str(path)).getroot()
    places = np.array([(float(node.get("lon")), float(node.get("lat"))) for node in root.iter("node")])
    names = {lane.attributes["name"] for lane in lanes if "name" in lane.attributes}
    layers = {"lanelets": len(lanes), "connections": len(through)}
    return Found(layers, (*places.min(axis=0), *places.max(axis=0)), 4326, names, root.find("note").text)


READERS = {"sumo": sumo, "opendrive": opendrive, "lanelet2": lanelet2}
