"""SUMO: netconvert builds the net, duarouter finds the way of cars, cyclists and walkers through it."""

import pytest
from lxml import etree
from sketch import Sketch

from osm2cdr.processing_provider.errors import WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.simulation import sumo
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline.stages import Stages
from readers.traffic import run, sumo_net

pytestmark = pytest.mark.one_system("the graph is reckoned by ourselves; conformance has it on each")

HARD = "a\"b'c\\d]]></script>&amp;<!-- \U0001f600 Łódź 中文 العربية ‮"


def town():
    """A square with a one-way street across it, a footpath as another diagonal, lights, and a private yard."""
    sketch = Sketch()
    sketch.way((-100, 0), (0, 0), (100, 0), highway="residential", name="south", maxspeed="30 mph", lanes="3")
    sketch.way((-100, 100), (0, 100), (100, 100), highway="primary", name=HARD, maxspeed="DE:urban")
    sketch.way((-100, 0), (-100, 100), highway="residential", name="west")
    sketch.way((0, 0), (0, 100), highway="residential", name="middle", oneway="yes")
    sketch.way((100, 100), (100, 0), highway="residential", name="east", oneway="-1", lanes="2")
    sketch.way((0, 100), (-100, 0), highway="footway", name="across")
    sketch.way((100, 100), (300, 100), highway="service", name="yard", access="private")
    sketch.way((0, 0), (0, -50), (50, -50), (0, 0), highway="residential", name="loop")
    return sketch.point(-3, 103, highway="traffic_signals")


@pytest.fixture(scope="module")
def net(qgis, tmp_path_factory):
    """The net that netconvert makes, and its folder."""
    folder = tmp_path_factory.mktemp("town")
    (result,) = pipeline.run(town().request(folder, ("sumo",)), folder, Feedback())
    assert result.error is None
    return sumo_net(result.path, folder), folder


def edges_of(root, name):
    """The lanes of the edges of a street: their number and the first one's speed and users."""
    return {
        edge.get("id"): (
            len(edge.findall("lane")),
            float(edge.find("lane").get("speed")),
            edge.find("lane").get("allow"),
        )
        for edge in root.iter("edge")
        if edge.get("name") == name
    }


def route(folder, start, end, kind="passenger"):
    """The edges from one to another; empty where there is no way."""
    trips = (
        f'<routes><vType id="t" vClass="{kind}"/><trip id="a" type="t" depart="0" from="{start}" to="{end}"/></routes>'
    )
    (folder / "trips.xml").write_text(trips, encoding="utf-8")
    (file,) = folder.glob("*.net.xml")
    run(
        "duarouter",
        "-n",
        file.name,
        "-r",
        "trips.xml",
        "-o",
        "out.xml",
        "--ignore-errors",
        "-X",
        "never",
        folder=folder,
    )
    found = etree.parse(str(folder / "out.xml")).find(".//route")
    return [] if found is None else found.get("edges").split()


def test_lanes_speeds_and_users(net):
    root, _ = net
    south = edges_of(root, "south")
    assert sorted((name[0] == "-", lanes, speed) for name, (lanes, speed, _) in south.items()) == [
        (False, 2, 13.41), (False, 2, 13.41), (True, 1, 13.41), (True, 1, 13.41),
    ]  # fmt: skip
    assert {speed for _, speed, _ in edges_of(root, HARD).values()} == {13.89}
    assert [(name[0], lanes) for name, (lanes, *_) in edges_of(root, "east").items()] == [("-", 2)]
    assert {users for *_, users in edges_of(root, "across").values()} == {"pedestrian"}
    assert all("passenger" not in users for *_, users in edges_of(root, "yard").values())
    # Its two halves, each way: netconvert drops an edge from a node to itself.
    assert len(edges_of(root, "loop")) == 4
    lit = [(j.get("x"), j.get("y")) for j in root.iter("junction") if j.get("type") == "traffic_light"]
    assert len(lit) == 1


def test_routes(net):
    """One-way streets are gone one way, footpaths by walkers."""
    root, folder = net

    def named(edges):
        names = {edge.get("id"): edge.get("name") for edge in root.iter("edge")}
        return [names[edge] for edge in edges]

    (up,) = edges_of(root, "middle")
    west, east = edges_of(root, "west"), edges_of(root, "east")
    assert named(route(folder, next(iter(west)), up)) == ["west", HARD, HARD, "middle"] or named(
        route(folder, next(name for name in west if name[0] == "-"), up)
    ) == ["west", "south", "middle"]
    (down,) = east
    # East is open to the north alone: from the middle's head to its tail it takes the long way round.
    assert named(route(folder, up, down)) == ["middle", HARD, "west", "south", "south", "east"]
    assert route(folder, up, next(iter(edges_of(root, "yard")))) == []
    assert route(folder, up, next(iter(edges_of(root, "across")))) == []
    assert route(folder, up, next(iter(edges_of(root, "yard"))), "delivery")


@pytest.mark.parametrize("clockwise", [True, False])
def test_the_side_of_the_road_is_that_of_roundabouts(qgis, tmp_path, clockwise):
    ring = [(20, 0), (0, 20), (-20, 0), (0, -20), (20, 0)]
    sketch = Sketch().way(*(ring[::-1] if clockwise else ring), highway="residential", junction="roundabout")
    sketch.way((20, 0), (100, 0), highway="residential")
    (result,) = pipeline.run(sketch.request(tmp_path, ("sumo",)), tmp_path, Feedback())
    sumo_net(result.path, tmp_path)
    (file,) = tmp_path.glob("*.net.xml")
    assert ('<lefthand value="true"/>' in file.read_text(encoding="utf-8")) is clockwise


@pytest.mark.parametrize("fault", ["cut", "an edge gone", "a node gone", "no types"])
def test_a_file_that_is_not_the_network_does_not_prove_good(qgis, tmp_path, fault):
    import zipfile

    stages = Stages(town().request(tmp_path, ("sumo",)), tmp_path)
    stages.read(Feedback())
    view, path = stages.network("EPSG:4326", Feedback()), tmp_path / "grid.zip"
    written = sumo.write(view, path, Job(FORMATS["sumo"]))
    sumo.prove(path, view, written)
    with zipfile.ZipFile(path) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = next(name for name in texts if name.endswith(".nod.xml" if fault == "a node gone" else ".edg.xml"))
    lines = texts[name].splitlines()
    lines = lines[:-1] if fault == "cut" else lines[:-2] + lines[-1:]
    texts[name] = "\n".join(lines)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in texts.items():
            if fault != "no types" or not name.endswith(".typ.xml"):
                archive.writestr(name, text)
    with pytest.raises(WriteError, match="SUMO"):
        sumo.prove(path, view, written)
