"""The MapLibre style of vector tiles: each of our styles, token by token and millimetre by millimetre."""

import json
import re

import pytest
from expressions import evaluate

from osm2cdr.processing_provider.cartography.themes.loading import load_theme, style_names
from osm2cdr.processing_provider.osm.tables.layers import TABLES
from osm2cdr.processing_provider.osm.tables.rules import column
from osm2cdr.processing_provider.tiles import grid, model

BOX = (24.9368, 60.1652, 24.9516, 60.1775)
STYLES = style_names()


def tiles(language=""):
    """Tiles that have every table."""
    chosen = grid.grid_of(BOX, 512, 5)
    layers = tuple(model.TileLayer(table.name, table.name, table.geometry, 12, 15, ()) for table in TABLES)
    return model.Tiles(model.VECTOR, chosen, {}, {}, lambda feedback: iter(()), layers, language=language)


def made(name, language=""):
    from osm2cdr.processing_provider.cartography.fonts import font_files
    from osm2cdr.processing_provider.webmap.style import web_style

    font_files.register()
    return web_style(load_theme(name), tiles(language))


@pytest.fixture(scope="module")
def layers(qgis):
    return {layer["id"]: layer for layer in made("default").layers}


@pytest.mark.parametrize("name", STYLES)
def test_every_colour_is_one_of_the_style(qgis, name):
    """Or a mean of some of its, as pictures have them for lines that are too thin for a casing."""
    theme = load_theme(name)
    style = made(name)
    assert len({layer["id"] for layer in style.layers}) == len(style.layers) > (10 if name == "figureground" else 30)
    known = {table.name for table in TABLES}
    for layer in style.layers:
        assert layer.get("source-layer", "sea") in known
        assert layer["type"] in ("background", "fill", "line", "circle", "symbol")
    text = json.dumps(style.layers)
    used = {color.upper() for color in re.findall(r"#[0-9A-Fa-f]{6}", text)}
    tokens = {color.upper() for color in theme.color.values() if color}
    assert (theme.color["land"] or "#FFFFFF").upper() in used
    assert len(used & tokens) >= 0.7 * len(used)
    for token in ("water", "building", "motorway", "park"):
        assert theme.color[token] is None or theme.color[token].upper() in used, token
    json.dumps(style.document({}), allow_nan=False)


@pytest.mark.parametrize("name", ["default", "toner", "blueprint"])
def test_roads_are_as_wide_as_on_paper(qgis, name):
    from osm2cdr.processing_provider.cartography.themes.widths import NO_CASING, Widths
    from osm2cdr.processing_provider.webmap.screen import MM, scale

    theme = load_theme(name)
    found = {layer["id"]: layer for layer in made(name).layers}
    width = found["roads"]["paint"]["line-width"]
    for zoom in (12, 14, 15, 16):
        widths = Widths(theme, scale(zoom))
        for kind in ("motorway", "primary", "minor"):
            full = widths.line(kind)
            if not theme.color[kind]:
                continue
            cased = theme.flags["casings"] and theme.color[f"{kind}_case"]
            inner = full if not cased else full - 2 * widths.case if full >= NO_CASING else full * 0.75
            assert evaluate(width, {"kind": kind, "link": 0}, zoom) == pytest.approx(inner * MM, abs=0.01)


def test_a_zoom_of_vector_tiles_has_the_scale_of_the_painted_ones():
    """Which have half as many pixels, and so show at one zoom more what these show."""
    from osm2cdr.processing_provider.webmap.screen import MM, scale

    painted = grid.grid_of(BOX, 256, 5)
    assert scale(14) == round(painted.unit(15) * 1000 * MM)


def test_each_point_has_the_icon_of_the_table(layers):
    """Of all classes, with and without the tags that the table asks for."""
    from osm2cdr.processing_provider.cartography.symbology.poi_table import LOOKS, look

    symbols = [layer for layer in layers.values() if layer.get("source-layer") == "pois"]
    tried = 0
    for entry in LOOKS:
        if entry.table != "pois":
            continue
        for word in entry.classes or ("nobody knows",):
            for tags in ({}, entry.where, {key: f"{value};other" for key, value in entry.where.items()}):
                kind = entry.kinds[0] if entry.kinds else "other"
                point = {"class": word, "kind": kind, "name": "N", "wikidata": None, **tags}
                wanted = look(_Thing(point))
                drawn = [layer for layer in symbols if evaluate(layer["filter"], point)]
                assert len(drawn) == (0 if wanted is None else 1), point
                if wanted:
                    layout = drawn[0]["layout"]
                    assert evaluate(layout["icon-image"], point) == wanted.icon
                    assert evaluate(layout["symbol-sort-key"], point) == wanted.rank
                    tried += 1
    assert tried > 150


class _Thing(dict):
    def __missing__(self, key):
        return None


def test_no_line_is_dashed_by_what_maplibre_cannot_read(layers):
    for layer in layers.values():
        dash = layer.get("paint", {}).get("line-dasharray")
        if dash is not None:
            lengths = evaluate(dash, {}) if dash[0] == "step" else dash
            assert all(length > 0 for length in lengths), layer["id"]


def test_names_are_in_the_language_asked_for(qgis):
    texts = [
        layer["layout"]["text-field"] for layer in made("default", "pt-BR").layers if layer["id"].endswith("names")
    ]
    assert texts
    for text in texts:
        assert evaluate(text, {"name": "Local", column("name:pt-BR"): "Asked"}) == "Asked"
        assert evaluate(text, {"name": "Local"}) == "Local"


def test_land_cover_lies_the_small_above_the_large(layers):
    found = [layer for name, layer in layers.items() if name.startswith(("landuse", "green"))]
    order = []
    for area in (5_000_000, 300_000, 30_000, 5000, 10):
        for table, kind in (("landuse", "industrial"), ("green", "park")):
            place = [number for number, layer in enumerate(found) if layer["source-layer"] == table
                     and evaluate(layer["filter"], {"kind": kind, "area": area})]  # fmt: skip
            assert len(place) == 1
            order.append(place[0])
    assert order == sorted(order)
