"""Lanelet2: the library loads the map, and finds ways through it from lane to lane."""

import pytest
from sketch import Sketch

from osm2cdr.processing_provider.errors import WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.simulation import lanelet2
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline.stages import Stages
from readers.traffic import lanelet_routes

pytestmark = pytest.mark.one_system("the graph is reckoned by ourselves; conformance has it on each")

HARD = "a\"b'c\\d]]></script>&amp;<!-- \U0001f600 Łódź 中文 العربية ‮"


def crossing():
    """A wide street, one that is one-way to the north, a dead end with a bend, a bus lane, a path."""
    sketch = Sketch()
    sketch.way((-150, 0), (0, 0), highway="primary", name="west", lanes="4", maxspeed="50")
    sketch.way((0, 0), (80, 0), (150, 60), highway="primary", name="east", lanes="2")
    sketch.way((0, -150), (0, 0), highway="residential", name="south", oneway="yes", maxspeed="20 mph")
    sketch.way((0, 0), (0, 150), highway="residential", name=HARD, oneway="yes")
    sketch.way((0, 150), (-150, 150), (-150, 100), highway="service", name="end")
    sketch.way((150, 60), (150, 150), highway="busway", name="bus")
    return sketch.way((-150, 0), (-150, 100), highway="footway")


@pytest.fixture(scope="module", params=["right", "left"])
def loaded(request, qgis, tmp_path_factory):
    folder = tmp_path_factory.mktemp("crossing")
    asked = crossing().request(folder, ("lanelet2",), options={"drive_side": request.param})
    (result,) = pipeline.run(asked, folder, Feedback())
    assert result.error is None
    assert any("left out" in text for text in result.warnings)
    return (request.param, *lanelet_routes(result.path))


def named(lanes, name):
    return [lane for lane in lanes if dict(lane.attributes.items()).get("name") == name]


def test_lanes_speeds_and_sides(loaded):
    side, the_map, _, rules = loaded
    lanes = list(the_map.laneletLayer)
    assert {name: len(named(lanes, name)) for name in ("west", "east", "south", HARD, "end", "bus")} == {
        "west": 4, "east": 2, "south": 1, HARD: 1, "end": 2, "bus": 2,
    }  # fmt: skip
    (south,) = named(lanes, "south")
    assert rules.speedLimit(south).speedLimit == pytest.approx(32)
    # Those that go east along the western street lie south of the others where traffic keeps right.
    west = named(lanes, "west")
    eastward = [lane.leftBound[0].y for lane in west if lane.leftBound[-1].x > lane.leftBound[0].x]
    westward = [lane.leftBound[0].y for lane in west if lane.leftBound[-1].x < lane.leftBound[0].x]
    assert len(eastward) == len(westward) == 2
    assert (max(eastward) <= min(westward)) is (side == "right")
    assert not rules.canPass(named(lanes, "bus")[0])


def test_routes(loaded):
    _, the_map, graph, _ = loaded
    lanes = list(the_map.laneletLayer)

    def names(start, end):
        routes = [graph.getRoute(one, other, 0) for one in named(lanes, start) for other in named(lanes, end)]
        paths = [route.shortestPath() for route in routes if route]
        found = [[dict(lane.attributes.items()).get("name") for lane in path] for path in paths]
        return {tuple(name for name in path if name) for path in found}

    assert ("west", "east") in names("west", "east")
    assert ("south", HARD, "end") in names("south", "end")
    assert names("west", "south") == names("end", "west") == set()
    turns = {dict(lane.attributes.items())["turn_direction"] for lane in lanes if "turn_direction" in lane.attributes}
    assert turns == {"left", "right", "straight"}


@pytest.mark.parametrize("fault", ["cut", "a lanelet gone", "a node gone"])
def test_a_file_that_is_not_the_map_does_not_prove_good(qgis, tmp_path, fault):
    stages = Stages(crossing().request(tmp_path, ("lanelet2",)), tmp_path)
    stages.read(Feedback())
    view, path = stages.network("EPSG:4326", Feedback()), tmp_path / "crossing.osm"
    written = lanelet2.write(view, path, Job(FORMATS["lanelet2"]))
    lanelet2.prove(path, view, written)
    lines = path.read_text(encoding="utf-8").splitlines()
    if fault == "cut":
        lines = lines[:-1]
    else:
        tag = "<node" if fault == "a node gone" else "<relation"
        del lines[next(number for number, line in enumerate(lines) if line.startswith(tag))]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(WriteError, match="Lanelet2"):
        lanelet2.prove(path, view, written)
