"""The pages of maps in a browser, opened as files: MapLibre beside our painted tiles of the same place."""

import json
import math
import shutil
import zipfile

import hostile_places
import numbered_roads
import numpy as np
import pytest
from tile_exports import run

from areas import AREAS
from browsing import Chromium
from osm2cdr.processing_provider.cartography.themes.loading import load_theme, style_names
from readers import tiles as readers

pytestmark = pytest.mark.browser
WIDTH, HEIGHT, BLOCK = 640, 480, 16
CENTRE = (24.9442, 60.1715)
IDLE = """new Promise((done) => {{
  const map = window.osm2cdrMap;
  {0};
  const late = setTimeout(() => done("late"), 100000);
  map.once("idle", () => {{ clearTimeout(late); done("idle"); }});
}})"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    browser = Chromium(tmp_path_factory.mktemp("chromium"), webgl=True)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def made(qgis, tmp_path_factory):
    """The sample's folder of vector tiles, unpacked, and its painted tiles."""
    folder = tmp_path_factory.mktemp("web")
    vector, painted = run(folder, "mvt,xyz_tiles", bbox=AREAS["sample"][1])
    with zipfile.ZipFile(vector.path) as archive:
        archive.extractall(folder / "web")
    return folder / "web", readers.images(painted.path)[1]


def opened(chromium, path):
    page = chromium.page()
    page.resize(WIDTH, HEIGHT)
    page.open(path.as_uri())
    return page


def mosaic(tiles, zoom):
    """The painted tiles of one zoom more, which show the same on as many pixels, round the centre."""
    from PIL import Image

    lon, lat = CENTRE
    side = 2 ** (zoom + 1) * 256
    x = (lon / 360 + 0.5) * side
    y = (0.5 - math.asinh(math.tan(math.radians(lat))) / 2 / math.pi) * side
    left, top = round(x - WIDTH / 2), round(y - HEIGHT / 2)
    image = Image.new("RGBA", (WIDTH, HEIGHT))
    for (at, column, row), tile in tiles.items():
        if at == zoom + 1:
            image.paste(tile.convert("RGBA"), (column * 256 - left, row * 256 - top))
    return np.asarray(image, float)


def shares(picture, inside, colors):
    """Which part of the pixels inside is of each colour, or nearly."""
    return {
        token: (np.abs(picture[..., :3] - color).max(axis=2) <= 6)[inside].mean() for token, color in colors.items()
    }


def likeness(one, other, inside):
    """How much two pictures are dark and coloured at the same places; names, which each places in its own way, are less
    than the blocks that are looked at.
    """

    def blocks(picture):
        return picture.reshape(HEIGHT // BLOCK, BLOCK, WIDTH // BLOCK, BLOCK, -1).mean(axis=(1, 3))

    whole = inside.reshape(HEIGHT // BLOCK, BLOCK, WIDTH // BLOCK, BLOCK).all(axis=(1, 3))
    pairs = [(blocks(one[..., band])[whole].ravel(), blocks(other[..., band])[whole].ravel()) for band in range(3)]
    found = [np.corrcoef(*pair)[0, 1] for pair in pairs]
    return float(np.mean(found))


@pytest.mark.parametrize("zoom", [13, 14, 15])
def test_maplibre_shows_what_our_pictures_show(chromium, made, zoom):
    """By the share of each colour and by where the map is dark, without a network."""
    folder, painted = made
    page = opened(chromium, folder / "map.html")
    bounds = "map.setMaxBounds(null); map.setMinZoom(0)"
    place = f"{bounds}; map.jumpTo({{center: {list(CENTRE)}, zoom: {zoom}}})"
    assert page.run(IDLE.format(place)) == "idle"
    page.run('document.querySelectorAll(".maplibregl-control-container").forEach((one) => one.remove())')
    shown = np.asarray(page.picture(), float)
    wanted = mosaic(painted, zoom)
    inside = wanted[..., 3] == 255
    assert inside.mean() > 0.04
    color = load_theme("default").color
    colors = {token: np.array([int(color[token][at : at + 2], 16) for at in (1, 3, 5)])
              for token in ("land", "water", "park", "building", "secondary", "pitch")}  # fmt: skip
    one, other = shares(shown, inside, colors), shares(wanted, inside, colors)
    for token in colors:
        assert one[token] == pytest.approx(other[token], abs=0.035, rel=0.25), (token, one, other)
    assert likeness(shown, wanted, inside) > 0.6
    # Elsewhere it is like nothing.
    assert likeness(np.roll(shown, 48, axis=1), wanted, inside) < 0.45
    assert page.faults() == []
    asked = [address for address in page.asked_for() if not address.startswith(("blob:", "data:"))]
    assert asked == [(folder / "map.html").as_uri()]


def test_names_and_icons_stand_where_they_are_asked_for(chromium, made):
    folder, _ = made
    page = opened(chromium, folder / "map.html")
    assert page.run(IDLE.format(f"map.jumpTo({{center: {list(CENTRE)}, zoom: 15}})")) == "idle"
    found = json.loads(
        page.run("""JSON.stringify(osm2cdrMap.queryRenderedFeatures()
      .filter((one) => one.layer.type === "symbol").map((one) => [one.sourceLayer, one.properties.name]))""")
    )
    names = {name for _, name in found}
    assert {"Kluuvi", "Kaisaniemi", "Ateneum", "Kaivokatu", "Rautatientori"} <= names
    assert {"places", "roads", "pois"} <= {table for table, _ in found}
    assert page.run("maplibregl.getRTLTextPluginStatus()") == "unavailable"
    assert "© OpenStreetMap contributors" in page.run("document.body.innerText")
    assert page.faults() == []


def test_numbers_of_roads_stand_on_plates(chromium, qgis, tmp_path):
    """In the colours that the signs of the country have, as in a picture."""
    numbered_roads.write_roads(tmp_path / "roads.osm")
    (result,) = run(tmp_path, "mvt", bbox=numbered_roads.BOX, source=str(tmp_path / "roads.osm"), detail=4)
    with zipfile.ZipFile(result.path) as archive:
        archive.extract("map.html", tmp_path)
    page = opened(chromium, tmp_path / "map.html")
    page.resize(1000, 700)
    place = "map.setMaxBounds(null); map.jumpTo({center: [13.35, 52.505], zoom: 12.7})"
    assert page.run(IDLE.format(place)) == "idle"
    numbers = page.run("""[...new Set(osm2cdrMap.queryRenderedFeatures().filter((one) =>
      one.layer.id.startsWith("road numbers")).map((one) => one.properties.ref))].sort().join()""")
    assert {"A 100;E 26", "B 2", "B 96"} <= set(numbers.split(","))
    picture, color = np.asarray(page.picture(), int), load_theme("default").color
    for token in ("shield_blue", "shield_yellow"):
        wanted = np.array([int(color[token][at : at + 2], 16) for at in (1, 3, 5)])
        assert (np.abs(picture - wanted).max(axis=2) <= 6).sum() > 100, token
    assert page.faults() == []


def test_all_styles_are_taken_and_look_as_they_are_called(chromium, made, qgis):
    """MapLibre checks a style as it loads; the page's land has the style's colour."""
    from osm2cdr.processing_provider.tiles import grid, model
    from osm2cdr.processing_provider.webmap.page import FILES
    from osm2cdr.processing_provider.webmap.style import web_style

    folder, _ = made
    with (folder / "tiles.json").open(encoding="utf-8") as file:
        said = json.load(file)
    layers = tuple(model.TileLayer(one["id"], "", "", 12, 15, ()) for one in said["vector_layers"])
    tiles = model.Tiles(
        model.VECTOR, grid.grid_of(AREAS["sample"][1], 512, 5), {}, {}, lambda feedback: iter(()), layers
    )
    page = opened(chromium, folder / "map.html")
    # All styles on few pixels, which the processor draws.
    page.resize(240, 180)
    assert page.run(IDLE.format(f"map.jumpTo({{center: {list(CENTRE)}, zoom: 14}})")) == "idle"
    page.run("window.faults = []; osm2cdrMap.on('error', (event) => faults.push(event.error.message))")
    source = {"tiles": ["map://tiles/{z}/{x}/{y}"], "minzoom": said["minzoom"], "maxzoom": said["maxzoom"]}
    for name in style_names():
        theme = load_theme(name)
        document = web_style(theme, tiles).document(source, FILES)
        page.run(f"window.next = {json.dumps(document)}; 1")
        assert page.run(IDLE.format("map.setStyle(next, {diff: false})")) == "idle", name
        color = theme.color["land"] or "#FFFFFF"
        wanted = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)])
        assert (np.abs(np.asarray(page.picture(), int) - wanted).max(axis=2) <= 3).mean() > 0.01, name
    # Letters of a face that the page's own style has not are no fault of the style.
    assert page.run("JSON.stringify(faults)") == "[]"


def test_tiles_beside_the_page_are_shown_from_there(chromium, qgis, tmp_path, monkeypatch):
    from osm2cdr.processing_provider.webmap import page as pages

    monkeypatch.setattr(pages, "INLINE", 1000)
    (result,) = run(tmp_path, "mvt")
    with zipfile.ZipFile(result.path) as archive:
        archive.extractall(tmp_path / "web")
    page = opened(chromium, tmp_path / "web" / "map.html")
    assert page.run(IDLE.format("map.zoomIn({duration: 0})")) == "idle"
    assert page.run("osm2cdrMap.queryRenderedFeatures().length") > 20
    assert page.faults() == []
    assert any("/tiles/" in address for address in page.asked_for())
    # Of a tile that is not there the map does without.
    shutil.rmtree(tmp_path / "web" / "tiles")
    page = opened(chromium, tmp_path / "web" / "map.html")
    assert page.run(IDLE.format("map.zoomIn({duration: 0})")) == "idle"


@pytest.fixture(scope="module")
def hostile(qgis, tmp_path_factory):
    """The page of places that are called like scripts."""
    folder = tmp_path_factory.mktemp("hostile")
    source = str(hostile_places.write(folder / "hostile.osm"))
    title = "</title><script>window.hit=1</script>"
    fields = {"bbox": hostile_places.BOX, "source": source, "title": title}
    (vector,) = run(folder, "mvt", **fields)
    with zipfile.ZipFile(vector.path) as archive:
        archive.extract("map.html", folder)
    return folder / "map.html"


def test_maplibre_runs_no_name(chromium, hostile):
    page = opened(chromium, hostile)
    assert page.run(IDLE.format("map.zoomIn({duration: 0})")) == "idle"
    names = page.run("osm2cdrMap.queryRenderedFeatures().map((one) => one.properties.name || '').join('\\n')")
    assert sum(name in names for name in hostile_places.NAMES) >= 5
    assert page.run("window.hit") is None
    # One of them has Hebrew letters, which a plugin puts in order; a page without any does without it.
    assert page.run("maplibregl.getRTLTextPluginStatus()") == "loaded"
    assert page.faults() == []
