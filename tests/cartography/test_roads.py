"""Roads as they are drawn: clean junctions, bridges by their layers, tunnels, arrows on one-way streets."""

import itertools

import pytest
from sketch import Sketch, is_blend

from areas import AREAS
from osm2cdr.processing_provider.cartography.symbology import roads
from osm2cdr.processing_provider.cartography.themes.loading import load_theme, style_names
from osm2cdr.processing_provider.cartography.themes.widths import Widths

CLASSES = ("service", "residential", "tertiary", "secondary", "primary", "trunk")


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations_with_replacement(CLASSES, 2)))
def test_no_casing_crosses_a_junction(qgis, tmp_path, one, other):
    """A crossing and a T: from carriageway to carriageway there is nothing but their own colours."""
    sketch = Sketch()
    sketch.way((-200, 0), (0, 0), (200, 0), highway=one)
    sketch.way((0, 0), (0, 200), highway=other).way((100, -200), (100, 0), highway=other)
    # The node of the second T is in the middle of no way: the first road is cut there.
    sketch.ways[0] = (((-200, 0), (0, 0), (100, 0), (200, 0)), sketch.ways[0][1])
    sketch.ways[2] = (((100, -200), (100, 0)), sketch.ways[2][1])
    picture = sketch.drawn(tmp_path)
    for way in (((-50, 0), (50, 0)), ((0, 0), (0, 60)), ((100, -60), (100, 0)), ((60, 0), (140, 0))):
        met = set(picture.along(*way, steps=120))
        own = [picture.color["minor" if kind == "residential" else kind] for kind in (one, other)]
        # Between two fills an edge may be mixed of both.
        assert [color for color in met if not is_blend(color, *own)] == []


def test_a_bridge_ends_without_a_bar_and_without_a_notch(qgis, tmp_path):
    """At the end of a bridge, where it goes on and where another road crosses, no dark line lies on a carriageway."""
    sketch = Sketch()
    sketch.way((-200, 0), (-60, 0), highway="primary").way((60, 0), (200, 0), highway="primary")
    sketch.way((-60, 0), (60, 0), highway="primary", bridge="yes", layer="1")
    sketch.way((-60, -200), (-60, 0), (-60, 200), highway="residential")
    picture = sketch.drawn(tmp_path, dpi=600)
    primary, minor, dark = (picture.color[token] for token in ("primary", "minor", "bridge_case"))
    assert set(picture.along((-150, 0), (150, 0), 200)) == {primary}
    assert dark in picture.along((0, 2), (0, 10), 100), "the bridge has a casing"
    assert dark in picture.along((0, -2), (0, -10), 100), "on both sides"
    # Along the crossing road, over all of its width but the edges.
    for x in (-62, -60, -58):
        met = picture.along((x, -60), (x, 60), 400)
        assert dark not in met
        assert {met[0], met[200], met[-1]} == {primary, minor}


def test_a_small_bridge_lays_no_cap_on_a_large_road(qgis, tmp_path):
    sketch = Sketch().way((0, -200), (0, 0), (0, 200), highway="primary")
    sketch.way((0, 0), (120, 0), highway="residential", bridge="yes", layer="1")
    picture = sketch.drawn(tmp_path)
    assert set(picture.along((-3, -60), (-3, 60), 120)) == {picture.color["primary"]}
    assert set(picture.along((2, -60), (2, 60), 120)) == {picture.color["primary"]}


@pytest.mark.parametrize("high", ["1", "2", None])
def test_bridges_lie_over_each_other_by_layer(qgis, tmp_path, high):
    """A primary road on layer 1 (or none) below or above a secondary one on layer 2; both above the ground."""
    other = "2" if high == "1" else "1" if high == "2" else "3"
    layer = {"layer": high} if high else {}
    sketch = Sketch().way((-150, 0), (150, 0), highway="primary", bridge="yes", **layer)
    sketch.way((0, -150), (0, 150), highway="secondary", bridge="yes", layer=other)
    sketch.way((-100, -150), (-100, 150), highway="trunk").way((-60, -150), (-60, 150), highway="trunk", layer="-1")
    sketch.way((-30, -150), (-30, 150), railway="rail")
    picture = sketch.drawn(tmp_path)
    top = "primary" if high == "2" else "secondary"
    assert picture.at(0, 0) == picture.color[top]
    for x in (-100, -60, -30):
        assert picture.at(x, 0) == picture.color["primary"], "a bridge over what is on the ground"
    assert picture.at(-100, 80) == picture.color["trunk"]


def test_rail_bridges_lie_over_roads_and_road_bridges_over_rails(qgis, tmp_path):
    sketch = Sketch().way((-150, 0), (150, 0), highway="primary").way((-150, 80), (-50, 80), highway="primary")
    sketch.way((0, -150), (0, 150), railway="rail", bridge="yes", layer="1")
    sketch.way((-50, 80), (50, 80), highway="primary", bridge="yes", layer="2")
    picture = sketch.drawn(tmp_path, dpi=600)
    assert picture.at(0, 0) == picture.color["rail"]
    assert picture.color["bridge_case"] in picture.along((-4, 0), (4, 0), 200)
    assert picture.at(0, 80) == picture.color["primary"]


def test_a_tunnel_lies_below_houses_and_its_mouth_is_flat(qgis, tmp_path):
    sketch = Sketch().way((-150, 0), (0, 0), highway="primary").way((0, 0), (150, 0), highway="primary", tunnel="yes")
    sketch.area(40, -40, 80, 40, building="yes")
    picture = sketch.drawn(tmp_path)
    assert set(picture.along((45, 0), (75, 0))) == {picture.color["building"]}
    assert picture.at(20, 0) == picture.color["tunnel"]
    assert picture.at(-2, 0) == picture.color["primary"]
    assert picture.at(2, 0) == picture.color["tunnel"], "no cap bulges into the hill"


def test_streets_go_straight_over_the_edge(qgis, tmp_path):
    """A road that leaves the page aslant is as wide at the edge as before it."""
    picture = Sketch().way((140, -180), (220, 180), highway="primary").drawn(tmp_path)
    edge = [picture.at(199.5, 87.75 + d / 4) for d in range(-160, 161)]
    inner = [picture.at(180.5, 2.25 + d / 4) for d in range(-160, 161)]
    assert inner.count(picture.color["primary"]) > 60
    assert abs(edge.count(picture.color["primary"]) - inner.count(picture.color["primary"])) <= 6


def test_a_pedestrian_street_opens_into_a_plaza(qgis, tmp_path):
    """No outline between street and plaza, and none of the street's casing on the plaza."""
    sketch = Sketch().area(0, -80, 120, 80, highway="pedestrian", area="yes")
    sketch.way((-150, 0), (0, 0), (60, 0), highway="pedestrian")
    picture = sketch.drawn(tmp_path, dpi=600)
    street, plaza = picture.color["pedestrian"], picture.color["plaza"]
    assert [color for color in set(picture.along((-60, 0), (60, 0), 240)) if not is_blend(color, street, plaza)] == []
    assert set(picture.along((20, -40), (20, 40), 240)) == {plaza}
    edge = picture.along((-1, 60), (1, 60))
    assert not all(is_blend(color, picture.color["land"], plaza) for color in edge), "elsewhere there is an outline"


def arrow(picture, y, road):
    """Which way the arrow on the road at `y` points, -1, 0 (there is none) or 1: its head is its widest place."""
    dark = {}
    for number in range(-320, 321):
        x = number / 2
        dark[x] = sum(picture.at(x, y + d / 8) != road for d in range(-12, 13))
    there = [x for x, count in dark.items() if count]
    if not there:
        return 0
    # Arrows are apart: the first one alone.
    first = [x for x in there if x < there[0] + 20]
    head = max(first, key=lambda x: dark[x])
    return 1 if head > (first[0] + first[-1]) / 2 else -1


def test_arrows_point_where_traffic_goes(qgis, tmp_path):
    sketch = Sketch()
    ways = {150: "yes", 100: "-1", 50: "no", 0: None}
    for y, oneway in ways.items():
        tags = {"oneway": oneway} if oneway else {}
        sketch.way((-180, y), (180, y), highway="residential", **tags)
    # Three pieces drawn in one direction, and one street against another: joining must not turn them.
    for x in (-180, -60, 60):
        sketch.way((x + 120, -50), (x, -50), highway="residential", oneway="yes")
    sketch.way((-10, -100), (10, -100), highway="residential", oneway="yes")
    picture = sketch.drawn(tmp_path)
    found = {y: arrow(picture, y, picture.color["minor"]) for y in (150, 100, 50, 0, -50)}
    assert found == {150: 1, 100: -1, 50: 0, 0: 0, -50: -1}
    assert "One-way arrows" in picture.layers
    assert set(picture.along((-9, -100), (9, -100))) == {picture.color["minor"]}, "none on a short piece"
    assert "One-way arrows" not in sketch.drawn(tmp_path, detail=4).layers


def test_one_way_streets_that_meet_head_on_are_not_joined(qgis):
    from qgis.core import QgsGeometry

    from osm2cdr.processing_provider.cartography.features.reading import Thing, merged

    def things(*wkts):
        return [Thing(QgsGeometry.fromWkt(wkt), {"oneway": 1}) for wkt in wkts]

    joined = merged(things("LINESTRING(1 0,2 0)", "LINESTRING(0 0,1 0)", "LINESTRING(3 0,2 0)"), ("oneway",))
    assert sorted(thing.geometry.asWkt() for thing in joined) == ["LineString (0 0, 1 0, 2 0)", "LineString (3 0, 2 0)"]
    circle = merged(things("LINESTRING(0 0,1 0)", "LINESTRING(1 0,1 1)", "LINESTRING(1 1,0 0)"), ("oneway",))
    assert [thing.geometry.length() for thing in circle] == [pytest.approx(2 + 2**0.5)]


@pytest.mark.parametrize("style", style_names())
@pytest.mark.parametrize("scale", [2_000, 10_000, 100_000])
def test_every_expression_parses(qgis, style, scale):
    """One that does not would empty its layer without a word."""
    from qgis.core import QgsExpression

    theme = load_theme(style)
    widths = Widths(theme, scale)
    cases = roads.outlines(theme, widths) + roads.tunnels(theme, widths) + roads.bridges(theme, widths)
    cases += roads.bridge_outlines(theme, widths) + roads.paths(theme, widths) + roads.rail_tunnels(theme, widths)
    cases += roads.rails(theme, widths) + roads.rails(theme, widths, True) + roads.one_layer(theme, widths)
    cases += [case for kind, *_ in roads.CLASSES for case in roads.fills(theme, widths, kind)]
    for expression, _, _ in cases:
        parsed = QgsExpression(expression)
        assert not parsed.hasParserError(), f"{expression}: {parsed.parserErrorString()}"


@pytest.mark.parametrize("style", style_names())
def test_every_style_draws_the_network_of_real_data(qgis, tmp_path, style):
    """The layers that a style has colours for are there, and the picture holds the colours of its roads."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline import run as pipeline
    from osm2cdr.processing_provider.request.checks import make_request

    source, _ = AREAS["sample"]
    fields = {"bbox": (24.9420, 60.1690, 24.9470, 60.1715), "formats": "png", "source": str(source), "style": style}
    result = pipeline.run(make_request({**fields, "detail": 5, "dpi": 100}), tmp_path, Feedback())[0]
    assert result.error is None
    theme = load_theme(style)
    for kind, token in (("secondary", "secondary"), ("minor", "minor"), ("service", "service")):
        assert (f"Roads – {roads.TITLES[kind]}" in result.layers) == bool(theme.color.get(token))
    wide = roads.WIDTHS["secondary"] and Widths(theme, 2000).line("secondary") > 1 and theme.color.get("secondary")
    assert ("One-way arrows" in result.layers) == bool(wide)


def test_where_no_road_has_a_casing_a_main_road_goes_on_in_its_tunnel(qgis, tmp_path):
    sketch = Sketch().way((-150, 0), (0, 0), highway="primary").way((0, 0), (150, 0), highway="primary", tunnel="yes")
    sketch.way((0, 60), (150, 60), highway="service", tunnel="yes")
    picture = sketch.drawn(tmp_path, style="minimal")
    assert set(picture.along((5, 0), (145, 0), 200)) == {picture.color["tunnel"]}
    assert picture.color["land"] in picture.along((5, 60), (145, 60), 400), "a ramp is dashed"


@pytest.mark.parametrize(("style", "pieces"), [("default", 2), ("lineart", 1)])
def test_a_hairline_is_not_cut_for_the_sake_of_its_end(qgis, tmp_path, style, pieces):
    """At a tunnel a wide road has a flat end of its own; a cutter's line is one."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline.stages import Stages

    sketch = Sketch().way((-150, 0), (0, 0), highway="primary").way((0, 0), (150, 0), highway="primary", tunnel="yes")
    picture = Stages(sketch.request(tmp_path, ("svg",), style=style), tmp_path).picture("", Feedback())
    [roads] = [layer for layer in picture.layers if layer.name() == "Roads – Primary"]
    assert roads.featureCount() == pieces
