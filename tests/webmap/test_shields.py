"""Road numbers of vector tiles: plates as pictures have them, by the country's signs and the colours of a style."""

import json
import zipfile

import numbered_roads
import pytest
from expressions import evaluate
from tile_exports import run

from osm2cdr.processing_provider.cartography.themes.loading import load_theme, style_names

PARTS = ("icon-color", "icon-halo-color", "text-color")


def _export(folder):
    source = folder / "roads.osm"
    numbered_roads.write_roads(source)
    box = numbered_roads.BOX
    (result,) = run(folder / "out", "mvt", bbox=box, source=str(source))
    with zipfile.ZipFile(result.path) as archive:
        layers = json.loads(archive.read("style.json"))["layers"]
        sprite = json.loads(archive.read("sprite.json"))
    return [layer for layer in layers if layer["id"].startswith("road numbers")], sprite


@pytest.fixture(scope="module")
def exported(qgis, tmp_path_factory):
    return _export(tmp_path_factory.mktemp("shields"))


def test_each_road_has_the_plate_that_pictures_have(exported):
    from osm2cdr.processing_provider.cartography.symbology.shield_signs import colors, numbers, sign
    from osm2cdr.processing_provider.webmap.style import layers_of

    found, sprite = exported
    theme, signs = load_theme("default"), set()
    for highway, ref, *_ in numbered_roads.ROADS:
        kind, link = highway.replace("_link", ""), int(highway.endswith("_link"))
        road = {"kind": "minor" if kind == "residential" else kind, "ref": ref or None, "link": link}
        drawn = [layer for layer in found if evaluate(layer["filter"], road)]
        wanted = numbers(ref, kind) if not link and ref else []
        assert len(drawn) == bool(wanted), road
        if wanted:
            signs.add(sign(wanted[0], kind, "DE"))
            assert evaluate(drawn[0]["layout"]["text-field"], road) == wanted[0]
            paint = tuple(evaluate(drawn[0]["paint"][part], road) for part in PARTS)
            assert paint == colors(theme, kind, sign(wanted[0], kind, "DE")), road
            assert not evaluate(drawn[0]["filter"], {**road, "tunnel": 1})
            assert sprite[drawn[0]["layout"]["icon-image"]]["stretchX"]
    assert signs == {"blue", "yellow", "white"}
    # What comes later has its place first: names of streets give way, those of places do not.
    order = [layer["id"] for layer in layers_of(theme, ("roads", "places"))]
    assert order.index("motorway roads, names") < order.index(found[0]["id"]) < order.index("city, names")


def test_a_style_without_shields_has_none(qgis):
    from osm2cdr.processing_provider.webmap.style import layers_of

    for name in style_names():
        theme = load_theme(name)
        shown = theme.flags["shields"] and "streets" in theme.flags["labels"]
        assert shown == any(layer["id"].startswith("road numbers") for layer in layers_of(theme, ("roads",))), name


def test_routes_are_shown_where_they_are_asked_for(qgis):
    from osm2cdr.processing_provider.webmap.style import layers_of

    theme = load_theme("default")
    for groups, visibility in (((), "none"), (("roads", "routes"), None)):
        (layer,) = [layer for layer in layers_of(theme, ("routes",), "", groups) if layer["id"] == "routes"]
        assert layer["layout"].get("visibility") == visibility
        color = layer["paint"]["line-color"]
        assert evaluate(color, {"kind": "bus", "colour": "#FF0000"}) == "#FF0000"
        kinds = {kind: evaluate(color, {"kind": kind, "colour": "no colour!"}) for kind in ("hiking", "tram")}
        assert len(set(kinds.values())) == 2
