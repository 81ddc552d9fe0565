"""OpenDRIVE: no gap where lanes meet, netconvert takes every lane, and routes follow the lanes of junctions."""

import pytest
from lxml import etree
from opendrive_lanes import gaps, read_roads
from sketch import Sketch

from osm2cdr.processing_provider.errors import WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.simulation import opendrive
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline.stages import Stages
from readers.traffic import run

pytestmark = pytest.mark.one_system("the graph is reckoned by ourselves; conformance has it on each")

HARD = "a\"b'c\\d]]></script>&amp;<!-- \U0001f600 Łódź 中文 العربية ‮"


def crossing():
    """A crossing with lights of a wide street and one that is one-way; a bend, a bridge, a path, a dead end."""
    sketch = Sketch()
    sketch.way((-150, 0), (0, 0), highway="primary", name="west", lanes="4", maxspeed="50")
    sketch.way(
        (0, 0), (80, 0), (150, 60), highway="primary", name="east", lanes="3", lanes__forward="1", lanes__backward="2"
    )
    sketch.way((0, -150), (0, 0), highway="residential", name="south", oneway="yes", lanes="2", maxspeed="20 mph")
    sketch.way((0, 0), (0, 150), highway="residential", name=HARD, oneway="yes", bridge="yes", layer="1")
    sketch.way((0, 150), (-150, 150), highway="service", name="end")
    return sketch.way((-150, 0), (-150, 150), highway="footway").point(0, 0, highway="traffic_signals")


def exported(sketch, folder, **fields):
    (result,) = pipeline.run(sketch.request(folder, ("opendrive",), **fields), folder, Feedback())
    assert result.error is None
    root = etree.parse(str(result.path)).getroot()
    return result, root, read_roads(root)


def chains(roads):
    """(from, its lane, to, its lane) of every way through a junction, by names."""
    return {
        (
            roads[road.link["predecessor"]["elementId"]].name, links["predecessor"],
            roads[road.link["successor"]["elementId"]].name, links["successor"],
        )
        for road in roads.values() if road.junction != "-1" for links in road.lane_links.values()
    }  # fmt: skip


@pytest.mark.parametrize("side", ["right", "left"])
def test_lanes_lead_on_without_a_gap(qgis, tmp_path, side):
    result, _, roads = exported(crossing(), tmp_path, options={"drive_side": side})
    assert {road.rule for road in roads.values()} == {"RHT" if side == "right" else "LHT"}
    assert max(gaps(roads)) < 0.01
    sign = 1 if side == "right" else -1
    expected = {
        # Straight on from two lanes into one: both may. Left of it from the inner lane; nobody enters the south.
        ("west", -1, "east", -1), ("west", -2, "east", -1), ("west", -1 if side == "right" else -2, HARD, -1),
        ("east", 1, "west", 1), ("east", 2, "west", 2), ("east", 2 if side == "right" else 1, HARD, -1),
        # Two lanes into one; to the right of who keeps right from the outer lane.
        ("south", -1, HARD, -1), ("south", -2, HARD, -1), ("south", -2 if side == "right" else -1, "east", -1),
        ("south", -1 if side == "right" else -2, "west", 1 if side == "right" else 2), (HARD, -1, "end", -1),
    }  # fmt: skip
    wanted = {(one, lane * sign, two, other * sign) for one, lane, two, other in expected}
    if side == "right":
        wanted = {chain for chain in wanted if chain[:1] + chain[2:3] != ("south", "west")} | {("south", -1, "west", 1)}
    assert chains(roads) == wanted
    # What is not for cars is told.
    assert any("left out" in text for text in result.warnings)


def test_what_roads_say(qgis, tmp_path):
    _, root, roads = exported(crossing(), tmp_path)
    named = {road.get("name"): road for road in root.iter("road") if road.get("name")}
    assert set(named) == {"west", "east", "south", HARD, "end"}
    south = named["south"]
    assert [lane.get("id") for lane in south.iter("lane")] == ["0", "-1", "-2"]
    assert {lane.find("speed").get("max") for lane in south.iter("lane") if lane.get("id") != "0"} == {"32"}
    assert named[HARD].find("objects/bridge") is not None
    assert len(list(root.iter("signal"))) == 3
    assert root.find("header").get("revMinor") == "6"
    # The middle of all lanes is OpenStreetMap's line: of a one-way street, they begin a half to its left.
    assert roads[south.get("id")].offset == pytest.approx(3.0)
    assert roads[named["west"].get("id")].offset == pytest.approx(0.0)


def test_netconvert_routes_through_it(qgis, tmp_path):
    """Where traffic keeps right: netconvert takes lanes left of the line for those against it."""
    result, *_ = exported(crossing(), tmp_path)
    run("netconvert", "-X", "never", "--opendrive-files", result.path.name, "-o", "n.net.xml", "--output.street-names",
        folder=tmp_path)  # fmt: skip
    net = etree.parse(str(tmp_path / "n.net.xml")).getroot()
    edges = {edge.get("id"): edge.get("name") for edge in net.iter("edge") if not edge.get("function")}
    assert len(edges) == 3 * 2 + 2
    reached = {(edges[c.get("from")], edges[c.get("to")]) for c in net.iter("connection") if c.get("from") in edges}
    assert reached >= {("west", "east"), ("west", HARD), ("east", "west"), ("south", "west"), (HARD, "end")}
    assert not any(to == "south" for _, to in reached)


@pytest.mark.parametrize("fault", ["cut", "a road gone", "a junction gone"])
def test_a_file_that_is_not_the_network_does_not_prove_good(qgis, tmp_path, fault):
    stages = Stages(crossing().request(tmp_path, ("opendrive",)), tmp_path)
    stages.read(Feedback())
    view, path = stages.network("EPSG:32632", Feedback()), tmp_path / "crossing.xodr"
    written = opendrive.write(view, path, Job(FORMATS["opendrive"]))
    opendrive.prove(path, view, written)
    text = path.read_text(encoding="utf-8")
    if fault == "cut":
        text = text[:-20]
    else:
        tag = "road" if fault == "a road gone" else "junction"
        begin = text.index(f"<{tag} ")
        text = text[:begin] + text[text.index(f"</{tag}>") + len(tag) + 3 :]
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WriteError, match="OpenDRIVE"):
        opendrive.prove(path, view, written)


def test_an_area_without_streets_for_cars(qgis, tmp_path):
    sketch = Sketch().way((0, 0), (100, 0), highway="footway")
    (result,) = pipeline.run(sketch.request(tmp_path, ("opendrive",)), tmp_path, Feedback())
    assert "no streets for cars" in str(result.error)
