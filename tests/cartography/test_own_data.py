"""A user's own data on the map: markers with names that nothing else stands on, lines, tints, and their legend."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from sheet_fixtures import BOX, drawing, request, written

from areas import AREAS
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline.stages import Stages

INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"
WEST, SOUTH, EAST, NORTH = map(float, BOX.split(",")) if isinstance(BOX, str) else BOX


def at(x, y):
    """A place in the sample by its share of the box."""
    return [WEST + (EAST - WEST) * x, SOUTH + (NORTH - SOUTH) * y]


def feature(kind, coordinates, **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


AREA = [at(0.6, 0.6), at(0.9, 0.6), at(0.9, 0.9), at(0.6, 0.6)]
NAMED = {"Первый <&> приют": at(0.3, 0.5), "Second": at(0.5, 0.5), "Third": at(0.52, 0.5)}
OVERLAY = {"type": "FeatureCollection", "features": [
    *(feature("Point", spot, title=name) for name, spot in NAMED.items()),
    feature("LineString", [at(0.1, 0.1), at(0.9, 0.2)], title="Parks", stroke="#0000ff"),
    feature("LineString", [at(0.1, 0.2), at(0.9, 0.3)], title="Way home"),
    feature("Polygon", [AREA], title="Quarter", fill="#00ff00"),
    feature("Point", [0, 0], title="nowhere near"),
]}  # fmt: skip


def hearing():
    """A feedback, and what it was warned of by code."""
    told = {}
    return Feedback(warning=told.__setitem__), told


@pytest.fixture(scope="module")
def view(qgis, tmp_path_factory):
    """The sample on a sheet with a legend and the overlay; and what was told of it."""
    asked = request(detail=4, page="A4", sheet="legend", overlay=json.dumps(OVERLAY))
    feedback, made = hearing()
    picture = Stages(asked, tmp_path_factory.mktemp("own")).picture("", feedback)
    picture.heard = made
    return picture


def layers(view, *names):
    found = {layer.name(): layer for layer in view.layers}
    return [found[name] for name in names]


def test_it_lies_above_the_map_and_below_the_names(view):
    order = [layer.name() for layer in reversed(view.layers)]
    own = ["Overlay – areas", "Overlay – lines", "Overlay – points", "Overlay – names"]
    assert [name for name in order if name in own] == own
    assert order.index("Overlay tints") < min(order.index(name) for name in order if name.startswith("Roads"))
    above = order[order.index("Overlay – points") :]
    assert not [name for name in above if name.startswith(("Roads", "Buildings", "Rail", "Trees"))]
    assert "Street names" in above
    points, lines, names = layers(view, "Overlay – points", "Overlay – lines", "Overlay – names")
    assert (points.featureCount(), lines.featureCount()) == (3, 2)
    assert {feature["name"].replace("\n", " ") for feature in names.getFeatures()} == {*NAMED, "Quarter"}
    assert view.heard["overlay_outside"] == "The overlay has 7 objects; outside the area, and so not shown: 1."


def test_no_other_name_and_no_icon_stands_on_a_marker(view):
    from qgis.core import QgsGeometry

    per_metre = view.page.width_mm / (view.page.xmax - view.page.xmin)
    (points,) = layers(view, "Overlay – points")
    spots = [feature.geometry().buffer(1.3 / per_metre, 8) for feature in points.getFeatures()]
    others = [layer for layer in view.layers if "name" in layer.name().lower() or layer.name() == "Points of interest"]
    assert len(others) > 3
    for layer in others:
        for feature in layer.getFeatures():
            # The middle of a text, or the line that it stands on.
            shape = QgsGeometry(feature.geometry())
            assert not any(shape.intersects(spot) for spot in spots), (layer.name(), feature["name"])


def test_the_legend_tells_it_apart_first_of_all(view):
    labels = [key.label for key in view.keys]
    # A line that has the name of a class stays what it is called.
    assert labels[:4] == ["Parks", "Way home", "Quarter", "Overlay: points"]
    assert {"Primary roads", "Buildings"} <= set(labels[4:])
    line = view.keys[1].look
    assert line.strokes[-1][0].upper() == view.theme.color["overlay"]
    assert view.keys[0].look.strokes[-1][0].upper() == "#0000FF"
    area = view.keys[2].look
    assert area.edge.upper() == "#00FF00"
    # On the ground its tint is a light one.
    assert area.fill.upper() not in ("", "#00FF00")


def test_a_drawing_has_all_of_it_in_one_layer(view, tmp_path):
    root = ET.parse(written(drawing(view), "svg_layers", tmp_path)).getroot()
    (own,) = [item for item in root.iter() if item.get(f"{INKSCAPE}label") == "Overlay"]
    parts = [item.get(f"{INKSCAPE}label") for item in own if item.get(f"{INKSCAPE}groupmode") == "layer"]
    assert parts == ["Areas", "Lines", "Points", "Names"]
    texts = " ".join("".join(item.itertext()) for item in own.iter() if item.tag.endswith("text"))
    assert all(word in texts for word in ("Первый", "<&>", "Second", "Quarter"))


def test_a_style_without_fills_has_no_tint(qgis, tmp_path):
    asked = request(detail=4, style="lineart", layers="roads", overlay=json.dumps(OVERLAY))
    names = {layer.name() for layer in Stages(asked, tmp_path).picture("", Feedback()).layers}
    assert "Overlay tints" not in names
    assert {"Overlay – areas", "Overlay – lines", "Overlay – points"} <= names


def test_names_without_room_are_counted(qgis, tmp_path):
    crowd = [feature("Point", at(0.5, 0.5 + number / 1e5), title=f"Number {number}") for number in range(40)]
    feedback, told = hearing()
    word = json.dumps({"type": "FeatureCollection", "features": crowd})
    made = Stages(request(detail=4, layers="roads", overlay=word), tmp_path).picture("", feedback)
    points, names = layers(made, "Overlay – points", "Overlay – names")
    assert points.featureCount() == 40
    assert told["overlay_names"].startswith(f"{40 - names.featureCount()} names of the overlay have no room")


def test_data_formats_have_it_as_tables(qgis, tmp_path):
    import sqlite3

    from osm2cdr.processing_provider.pipeline import run

    asked = request(
        formats="gpkg,osm_pbf", detail=4, layers="roads", overlay=json.dumps(OVERLAY),
        bbox="24.940,60.170,24.946,60.173",
        source=str(AREAS["sample"][0]),
    )  # fmt: skip
    feedback, told = hearing()
    results = run.run(asked, tmp_path, feedback)
    assert [result.error for result in results] == [None, None]
    assert re.fullmatch("Without the overlay, which they cannot hold: [^,]*PBF[^,]*[.]", told["overlay_left_out"])
    made = results[0]
    assert made.layers.keys() & {"overlay_points", "overlay_lines", "overlay_areas"}
    with sqlite3.connect(made.path) as database:
        for table in made.layers.keys() & {"overlay_points", "overlay_lines", "overlay_areas"}:
            found = database.execute(f"SELECT name, file FROM {table}").fetchall()
            assert len(found) == made.layers[table]
            assert {file for _, file in found} == {"Overlay"}
