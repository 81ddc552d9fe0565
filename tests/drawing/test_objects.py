"""One thing is one object: real maps as artwork have nothing twice, nothing of nothing, and no thing in pieces."""

from dataclasses import replace

import numpy as np
import pytest

from areas import AREAS, WINDOWS

# A few streets of each, and what was recorded of Overpass.
PLACES = {
    "sample": AREAS["sample"], "monaco": AREAS["monaco"],
    "wedding": (WINDOWS["berlin-wedding"][0], (13.345, 52.540, 13.375, 52.558)),
    "liechtenstein": (WINDOWS["liechtenstein"][0], (9.505, 47.130, 9.535, 47.150)),
}  # fmt: skip


@pytest.fixture(scope="module")
def drawn(qgis, tmp_path_factory):
    """drawn(place): the drawing of a map of all details on A4, made once."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request

    made = {}

    def build(place):
        source, box = PLACES[place]
        if not source.exists():
            pytest.skip(f"{source} is not there")
        if place not in made:
            fields = {"bbox": box, "formats": "svg", "style": "default", "detail": 5, "source": str(source)}
            folder = tmp_path_factory.mktemp(place)
            made[place] = Stages(make_request({**fields, "page": "A4"}), folder).drawing("", Feedback())
        return made[place]

    return build


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_in_pieces_or_there_twice(drawn, place):
    from osm2cdr.processing_provider.drawing.clean.audit import audit

    drawing = drawn(place)
    assert audit(drawing) == []
    assert sum(1 for _ in drawing.items) > 1000


@pytest.mark.parametrize("place", ["monaco", "wedding"])
def test_a_point_of_interest_is_one_thing(drawn, place):
    """Its icon, what shines round that, and its name; of its class's group, among the layers of all names."""
    from osm2cdr.processing_provider.drawing.model import Path, Text
    from osm2cdr.processing_provider.drawing.things import things

    drawing = drawn(place)
    labels = [layer.name for layer in drawing.layers if layer.parent == "Labels"]
    assert labels[0] == "Points of interest"
    assert {"Street names", "Place names"} <= set(labels)
    assert "Names of points of interest" not in labels
    start = [layer.name for layer in drawing.layers].index(labels[0])
    assert [layer.name for layer in drawing.layers[start : start + len(labels)]] == labels
    points = drawing.layers[start]
    assert len({group.name for group in points.groups}) == len(points.groups)
    found = [(name, items) for group in points.groups for name, items in things(group)]
    named = [(name, items) for name, items in found if isinstance(items[-1], Text)]
    assert len(found) > 50
    assert len(named) > 30
    for name, items in named:
        assert all(isinstance(item, Path) for item in items[:-1])
        assert name == items[0].name
        assert items[-1].string.split()[0] == name.split()[0]


@pytest.mark.one_system("which labels are short hangs on the width of letters, and what their things are called on us")
def test_a_street_has_its_whole_name(drawn):
    """Where its label is short, the label's thing is called as the street is."""
    from osm2cdr.processing_provider.drawing.things import called

    drawing = drawn("monaco")
    [layer] = [layer for layer in drawing.layers if layer.name == "Street names"]
    names = {text.string: called(text) for text in layer.items}
    boulevards = {label: full for label, full in names.items() if label.startswith("Bd ")}
    assert boulevards
    assert all(full.startswith("Boulevard ") for full in boulevards.values()), boulevards
    assert all(label.split()[-1] == full.split()[-1] for label, full in boulevards.items()), boulevards
    streets = {item.name for layer in drawing.layers if layer.name.startswith("Road") for item in layer.items}
    assert len([name for name in names.values() if name in streets]) > 0.9 * len(names)


@pytest.fixture
def page(qgis):
    """page(*items): a drawing with these in one group."""
    from osm2cdr.processing_provider.drawing.model import Color, Drawing, Group, Layer

    def made(*items):
        white = Color(255, 255, 255)
        return Drawing(100, 100, white, (0, 0, 100, 100), [Layer("Roads", [Group("Minor", list(items))])])

    return made


def line(*points, name="", width=1.0, grey=0):
    from osm2cdr.processing_provider.drawing.model import Color, Path, Stroke

    kinds = np.array([0] + [1] * (len(points) - 1), np.uint8)
    return Path(np.array(points, float), kinds, None, Stroke(Color(grey, grey, grey), width), name)


def faults(drawing):
    from osm2cdr.processing_provider.drawing.clean.audit import audit

    return [fault.kind for fault in audit(drawing)]


def test_each_fault_is_told_and_mended(page):
    from osm2cdr.processing_provider.drawing.clean.tidy import tidy
    from osm2cdr.processing_provider.drawing.model import Color, Font, Line, Text

    plain = line((5, 5), (20, 5), (30, 9))
    dot, twice = line((50, 50), (50.001, 50)), replace(plain)
    back, beyond = line((10, 20), (30, 20), (15, 20), (15, 30)), line((40, 40), (50, 40), (20, 40))
    there_and_back = line((60, 60), (70, 60), (70, 70), (70, 60), (60, 60), (60, 50))
    first, second = line((5, 80), (9, 80), name="Rue A"), line((15, 80), (19, 80), name="Rue A")
    wanted = {
        "nothing": [dot], "twice": [plain, twice], "back": [back], "pieces": [first, second],
    }  # fmt: skip
    for kind, items in wanted.items():
        assert faults(page(*items)) == [kind]
        assert faults(tidy(page(*items))) == [], kind
    assert faults(page(beyond, there_and_back)) == ["back", "back"]
    name = Text([Line("Rue A", 5, 5, 10)], Font("Noto Sans", 6.0), Color(0, 0, 0))
    assert faults(page(name)) == ["apart"]
    assert faults(page(replace(plain, thing=1), line((1, 1), (2, 2)), replace(second, thing=1))) == ["pieces"]

    def covered(item):
        """The ways that lines go over, whichever direction."""
        [made] = tidy(page(item)).items
        steps = [
            (*sorted([tuple(one), tuple(other)]),)
            for points, _, _ in made.subpaths() for one, other in zip(points.tolist(), points[1:].tolist())
        ]  # fmt: skip
        assert len(set(steps)) == len(steps)
        return sorted(steps)

    assert covered(back) == [((10, 20), (30, 20)), ((15, 20), (15, 30))]
    assert covered(beyond) == [((20, 40), (50, 40))]
    assert covered(there_and_back) == [((60, 50), (60, 60)), ((60, 60), (70, 60)), ((70, 60), (70, 70))]


def test_streets_are_one_object_where_nothing_lies_between(page):
    """Of one colour; where another colour lies between them, what is above stays above."""
    from osm2cdr.processing_provider.drawing.clean.tidy import tidy

    one, other = line((5, 5), (20, 5), name="A"), line((5, 9), (20, 9), name="A")
    wide = line((5, 30), (20, 30), name="A", width=2.0)
    bare = line((5, 40), (20, 40)), line((5, 50), (20, 50))
    found = list(tidy(page(one, wide, other, *bare)).items)
    assert [(item.name, item.parts) for item in found] == [("A", 2), ("A", 1), ("", 1), ("", 1)]
    between = line((10, 0), (10, 20), name="B", grey=255)
    assert [item.name for item in tidy(page(one, between, other)).items] == ["A", "B", "A"]
