"""The page of Leaflet in a browser, opened as a file: its objects and names, its looks, and how it lies in a window."""

import json

import hostile_places
import numpy as np
import pytest
from tile_exports import run

from areas import AREAS
from browsing import Chromium
from osm2cdr.processing_provider.cartography.themes.loading import load_theme
from readers import tiles as readers

pytestmark = pytest.mark.browser
TITLE = "</title><script>window.hit=1</script>"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    browser = Chromium(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


def opened(chromium, path, size=(640, 480)):
    page = chromium.page()
    page.resize(*size)
    page.open(path.as_uri())
    return page


@pytest.fixture(scope="module")
def hostile(qgis, tmp_path_factory):
    """The page of places that are called like scripts."""
    folder = tmp_path_factory.mktemp("hostile")
    source = str(hostile_places.write(folder / "hostile.osm"))
    (result,) = run(folder, "leaflet", bbox=hostile_places.BOX, source=source, title=TITLE)
    return result.path


def test_leaflet_shows_every_object_and_runs_no_name(chromium, hostile):
    path = hostile
    page = opened(chromium, path)
    found = readers.leaflet(path)
    counted = json.loads(
        page.run("""JSON.stringify(Object.fromEntries(Object.entries(osm2cdrGroups).map(([name, group]) => {
      const seen = new Set();
      group.eachLayer((part) => part.eachLayer((layer) => seen.add(layer.feature)));
      return [name, seen.size];
    })))""")
    )
    for name in ("roads", "buildings", "green", "land"):
        assert counted[name] == found.layers[name], name
    assert set(counted) == set(found.layers)
    texts = json.loads(
        page.run("""(() => {
      const texts = [];
      for (const group of Object.values(osm2cdrGroups)) {
        group.eachLayer((part) => part.eachLayer((layer) => {
          const latlng = layer.getBounds ? layer.getBounds().getCenter() : layer.getLatLng();
          layer.fire("click", { latlng }, true);
          const box = document.querySelector(".leaflet-popup-content");
          if (box) texts.push([box.querySelector("h2").textContent, box.querySelectorAll("script, img").length]);
        }));
      }
      return JSON.stringify(texts);
    })()""")
    )
    assert set(hostile_places.NAMES) <= {name for name, _ in texts}
    assert sum(count for _, count in texts) == 0
    page.run("new Promise((done) => setTimeout(done, 300))")
    assert page.run("window.hit") is None
    assert page.run("document.querySelectorAll('script').length") == page.run(
        "document.querySelectorAll('body > script').length"
    )
    shown = page.run("document.body.innerText")
    assert "© OpenStreetMap contributors" in shown
    assert "Legend" in shown
    assert page.run("document.querySelectorAll('.leaflet-control-layers-overlays label').length") == len(found.layers)
    assert page.faults() == []
    assert [one for one in page.asked_for() if not one.startswith("data:")] == [path.as_uri()]


def test_leaflet_is_in_the_style(chromium, qgis, tmp_path):
    (result,) = run(tmp_path, "leaflet", bbox=AREAS["sample"][1], style="dark")
    page = opened(chromium, result.path)
    page.run("osm2cdrMap.setView([60.1745, 24.944], 16, {animate: false}); 1")
    page.run("new Promise((done) => setTimeout(done, 500))")
    image = np.asarray(page.picture(), int)
    color = load_theme("dark").color
    for token in ("park", "building", "water"):
        wanted = np.array([int(color[token][at : at + 2], 16) for at in (1, 3, 5)])
        assert (np.abs(image - wanted).max(axis=2) <= 4).mean() > 0.003, token


FITTED = """(() => {
  const about = JSON.parse(document.getElementById("about").textContent);
  const [west, south, east, north] = about.bounds;
  const [low, high] = [[south, west], [north, east]].map((one) => osm2cdrMap.latLngToContainerPoint(one));
  const box = (name) => {
    const { left, right, top, bottom } = document.querySelector(name).getBoundingClientRect();
    return { left, right, top, bottom };
  };
  return JSON.stringify({
    map: { left: low.x, bottom: low.y, right: high.x, top: high.y }, legend: box(".legend"), title: box(".title"),
    scale: box(".leaflet-control-scale"), credit: box(".leaflet-control-attribution"),
    open: document.querySelector(".legend").open,
    listed: document.querySelectorAll(".leaflet-control-layers-expanded").length,
    swatches: [...document.querySelectorAll(".legend svg")].map((one) => one.childElementCount),
  });
})()"""


def _apart(one, other):
    return (one["right"] <= other["left"] or other["right"] <= one["left"]
            or one["bottom"] <= other["top"] or other["bottom"] <= one["top"])  # fmt: skip


def test_leaflet_fills_its_window_and_speaks_the_language_asked_for(chromium, qgis, tmp_path):
    fields = {"bbox": AREAS["sample"][1], "language": "ru", "title": "Хельсинки"}
    (result,) = run(tmp_path, "leaflet", **fields)
    for size in ((1280, 800), (390, 780)):
        page = opened(chromium, result.path, size)
        found = json.loads(page.run(FITTED))
        place = found["map"]
        assert place["left"] >= 0 <= place["top"], size
        assert place["right"] <= size[0], size
        assert place["bottom"] <= found["credit"]["top"], size
        room = (size[0] - found["legend"]["right"], found["credit"]["top"]) if found["open"] else (
            size[0], found["legend"]["top"])  # fmt: skip
        shares = (place["right"] - place["left"]) / room[0], (place["bottom"] - place["top"]) / room[1]
        assert max(shares) > 0.8, (size, shares)
        # Nothing lies on the map, nor on each other.
        assert found["listed"] == 0
        assert _apart(found["legend"], place), size
        assert _apart(found["title"], place), size
        assert _apart(found["scale"], found["credit"]), size
        # The ground, and what is drawn on it.
        assert min(found["swatches"]) > 1, size
    assert page.run("document.querySelector('h1').textContent") == "Хельсинки"
    assert page.run("document.documentElement.lang") == "ru"
    words = page.run("document.body.textContent")
    assert all(word in words for word in ("Условные знаки", "Здания (", "Главные дороги"))
    said = json.loads(page.run("""JSON.stringify(Object.values(osm2cdrGroups).flatMap((group) => group.getLayers())
      .flatMap((part) => part.getLayers()).filter((one) => one.feature.properties.name_ru && one.getTooltip())
      .map((one) => [one.getTooltip().getContent().textContent, one.feature.properties.name_ru]))"""))  # fmt: skip
    assert said
    assert all(shown == name for shown, name in said)
