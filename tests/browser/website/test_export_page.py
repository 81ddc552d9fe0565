"""The website in a browser, all the way: sign in, create a key and call with it, draw a box, export, download."""

import json
import subprocess
import sys
import time

import drawn_by
import libcdr
import numpy as np
import pytest
from site_pages import EMAIL, click, fill, keep, mouse, press, push, sign_in, told, until

from browsing import pages
from osm2cdr.processing_provider.geo.geodesy import box_km2, polygons_km2
from osm2cdr.server.website.choice import word_of
from serving import SMALL

pytestmark = pytest.mark.browser
OUTER = [[24.944, 60.1725], [24.9516, 60.1725], [24.948, 60.1775], [24.944, 60.1725]]
HOLE = [[24.947, 60.1735], [24.949, 60.1735], [24.948, 60.175], [24.947, 60.1735]]


def test_the_whole_way(page, server, chromium, tmp_path):
    page.open(f"{server.url}/account/api?lang=en")
    assert page.run("location.pathname") == "/account/sign-in"
    sign_in(page)
    assert page.run("location.pathname") == "/account/api"
    fill(page, name="mine")
    push(page, "form[action$=create] button")
    key = told(page, "#new-key")
    status, me = server.get("/api/me", key)
    assert (status, me["email"], me["tier"]) == (200, EMAIL, "pro")
    programs = page.run("[...document.querySelectorAll('pre')].map((one) => one.textContent)")
    (tmp_path / "start.py").write_text(programs[0], encoding="utf-8")
    # The first program as it stands there, by a Python that knows nothing else.
    started = subprocess.Popen([sys.executable, "-I", "start.py"], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    program = next(text for text in programs if "<button" in text)
    assert json.dumps(key) in program
    with pages({"/": program}) as origin:
        page.open(origin)
        page.run("document.getElementById('make').click()")
        until(page, "document.querySelector('#said a')")
        status, _, body = server.call("GET", page.run("document.querySelector('#said a').href"))
        assert (status, b"<svg" in body[:2000]) == (200, True)
    said, _ = started.communicate(timeout=240)
    assert started.returncode == 0, said
    assert len(json.loads((tmp_path / "map.geojson").read_text("utf-8"))["features"]) > 50
    assert b"OpenStreetMap" in (tmp_path / "map.svg").read_bytes()
    page.open(f"{server.url}/export")
    until(page, "document.querySelectorAll('#formats li').length > 20")
    until(page, "document.getElementById('map-state').hidden && document.querySelector('#map canvas')")
    # The map has come, and not its frame alone: the browser says nothing of what its workers ask for.
    deadline = time.monotonic() + 300
    while len(page.picture().crop((60, 150, 800, 700)).getcolors(1 << 24)) < 500:
        assert time.monotonic() < deadline
    kept = page.run("performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/style.json'))"
                    ".map((one) => [one.encodedBodySize, one.decodedBodySize])")  # fmt: skip
    assert kept
    assert kept[0][0] * 5 < kept[0][1]
    page.run("document.getElementById('draw').click()")
    before = page.run("document.getElementById('west').value")
    mouse(page, "mousePressed", 350, 350)
    mouse(page, "mouseMoved", 450, 420)
    mouse(page, "mouseMoved", 500, 500)
    mouse(page, "mouseReleased", 500, 500)
    until(page, f"document.getElementById('west').value !== {before!r}", 20)
    sides = {side: float(page.run(f"document.getElementById({side!r}).value"))
             for side in ("west", "south", "east", "north")}  # fmt: skip
    assert sides["west"] < sides["east"]
    assert sides["south"] < sides["north"]
    page.run("document.querySelector('#formats input[value=cdr]').click()")
    until(page, "document.getElementById('guess').textContent.startsWith('About')")
    asked_for = page.asked_for()
    page.run("document.getElementById('make').click()")
    until(page, "document.querySelectorAll('#files a').length === 2")
    until(page, "document.querySelector('#preview img')?.naturalWidth > 100")
    faults = page.faults()
    files = [keep(page, chromium.downloads, f"#files li:nth-child({number}) a") for number in (1, 2)]
    opened(*sorted(files, key=lambda path: path.suffix, reverse=True))
    assert faults + page.faults() == []
    asked_for += page.asked_for()
    assert [one for one in asked_for if not one.startswith((server.url, "blob:", "data:"))] == []
    kept = {file["format"] for file in server.get("/api/tasks", key)[1]["tasks"][0]["files"]}
    assert kept == {"svg", "cdr"}
    page.open(f"{server.url}/account/api")
    page.run("window.confirm = () => true")
    push(page, "form[action$=revoke] button")
    assert server.get("/api/me", key)[0] == 401


def opened(svg, cdr):
    """By librsvg, and by libcdr, which shows the same map on the same sheet."""
    picture, drawn = drawn_by.rsvg(svg, 96), libcdr.read(cdr)
    assert np.allclose(drawn.size, np.array(picture.shape[1::-1]) / 96 * 25.4, atol=0.4)
    assert "OpenStreetMap" in " ".join(drawn.texts)
    other = drawn_by.libcdr(cdr, 96)
    height, width = np.minimum(picture.shape, other.shape)[:2]
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 200
    # Names along streets, which librsvg leaves out, are less than that.
    assert np.abs(picture[:height, :width].astype(int) - other[:height, :width]).mean() < 4


def test_a_place_is_found_by_keyboard_and_told_to_a_screen_reader(page, server):
    page.open(f"{server.url}/export?lang=en")
    # The places are made beside the store, in the background.
    until(page, "fetch('/site/places?q=mannerheimintie').then((one) => one.json()).then((one) => one.places.length)")
    page.run("document.getElementById('place').focus()")
    page.call("Input.insertText", text="mannerheimint")
    until(page, "document.querySelectorAll('#places [role=option]').length", 20)
    field = "document.getElementById('place')"
    assert page.run(f"{field}.getAttribute('aria-expanded')") == "true"
    assert "Places found:" in page.run("document.getElementById('places-said').textContent")
    press(page, "ArrowDown")
    chosen = page.run(f"document.getElementById({field}.getAttribute('aria-activedescendant')).textContent")
    assert chosen.startswith("Mannerheimintie")
    before = page.run("location.search")
    press(page, "Enter")
    assert page.run(f"{field}.value") == "Mannerheimintie"
    assert page.run("document.getElementById('places').hidden")
    assert "Mannerheimintie" in page.run("document.getElementById('places-said').textContent")
    link = page.run("location.search")
    assert link != before
    west, south, east, north = map(float, link.partition("bbox=")[2].partition("&")[0].replace("%2C", ",").split(","))
    assert 24.92 < west < east < 24.96
    assert 60.15 < south < north < 60.19
    # Latitude and longitude, as other maps tell them.
    page.run(f"{field}.value = ''")
    page.call("Input.insertText", text="60.1699, 24.9384")
    press(page, "Enter")
    until(page, f"location.search !== {link!r}", 20)
    assert "km²" in page.run("document.getElementById('area').textContent")
    assert page.faults() == []


@pytest.mark.parametrize(("width", "height"), [(1360, 900), (390, 844)])
def test_no_page_is_wider_than_the_screen(page, server, width, height):
    page.resize(width, height)
    for path in ("/export?lang=ru", "/account/sign-in?lang=ru", "/account", "/account/api", "/account/settings"):
        page.open(f"{server.url}{path}")
        assert page.run("document.documentElement.scrollWidth") <= width, path
        assert page.faults() == []


def test_what_was_wrong_is_forgotten_with_the_choice(page, server):
    page.open(f"{server.url}/export?lang=en")
    until(page, "document.getElementById('guess').textContent.startsWith('About')")
    first = "document.querySelector('#formats input')"
    page.run(f"{first}.click()")
    until(page, "document.getElementById('guess').textContent === ''", 20)
    page.run("document.getElementById('make').click()")
    assert page.run("document.getElementById('fault').textContent") == "Choose one format or more."
    page.run(f"{first}.click()")
    assert page.run("document.getElementById('fault').hidden")
    # The page itself says what lies outside of its data: nobody needs to be asked.
    page.run("(west => { west.value = '1'; west.dispatchEvent(new Event('input')); })(document.getElementById('west'))")
    page.run("document.getElementById('make').click()")
    assert page.run("document.getElementById('fault').textContent") == "This server has no map data of that place."
    assert page.faults() == []


def test_a_polygon_is_drawn_pasted_and_carried_by_a_link(page, server):
    page.open(f"{server.url}/export?lang=en")
    until(page, "document.getElementById('map-state').hidden && document.querySelector('#map canvas')")
    page.run("document.querySelector('[data-draw=polygon]').click()")
    assert "corner" in page.run("document.getElementById('map-state').textContent")
    for x, y in ((350, 350), (500, 360), (600, 600), (450, 500)):
        click(page, x, y)
    press(page, "Backspace")
    click(page, 350, 350)
    told = "document.getElementById('area').textContent"
    until(page, f"{told}.startsWith('Polygon')", 20)
    assert page.run("document.querySelector('[data-draw=polygon]').getAttribute('aria-pressed')") == "false"
    until(page, "location.search.includes('area=')", 20)
    until(page, "document.getElementById('sheet-said').textContent.includes('mm')", 20)
    drawn, link = page.run(told), page.run("location.href")
    page.open(link)
    until(page, f"{told}.startsWith('Polygon')", 20)
    assert page.run(told) == drawn
    # The same letters as the server writes in a link to repeat a task.
    until(page, "location.search.includes('area=')", 20)
    shapes = {"type": "Point", "coordinates": [24.9, 60.2]}, {"type": "Polygon", "coordinates": [OUTER, HOLE]}
    features = [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes]
    outline = {"type": "FeatureCollection", "features": features}
    field = "document.getElementById('outline')"
    for text, said in (("{", "This is no GeoJSON."), ('{"type": "Point", "coordinates": [1, 2]}', "no polygon"),
                       (json.dumps(outline).replace("24.948", "2494.8"), "no degrees"),
                       (json.dumps(outline), "Taken")):  # fmt: skip
        page.run(f"{field}.value = {json.dumps(text)}; {field}.dispatchEvent(new Event('input'))")
        assert said in page.run("document.getElementById('outline-said').textContent")
    until(page, f"location.search.includes('area={word_of([[OUTER, HOLE]])}')", 20)
    page.run("document.getElementById('box-again').click()")
    until(page, "location.search.includes('bbox=24.944')", 20)
    assert page.faults() == []


def test_the_area_in_the_page_is_the_one_of_the_server(page, server):
    page.open(f"{server.url}/export?lang=en")
    script = page.run("document.querySelector('script[src*=\"export.js\"]').src").replace("export.js", "geodesy.js")
    small = tuple(SMALL[name] for name in ("min_lon", "min_lat", "max_lon", "max_lat"))
    for box in (small, (-10.0, -60.0, 40.0, 70.0), (179.0, 80.0, 180.0, 85.0)):
        sides = json.dumps(dict(zip(("west", "south", "east", "north"), box)))
        found = page.run(f"import('{script}').then((one) => one.boxKm2({sides}))")
        assert found == pytest.approx(box_km2(*box), rel=2e-4)
    large = [[-60, -50], [30, -20], [60, 70], [-20, 40], [-60, -50]]
    for polygons in ([[OUTER, HOLE]], [[OUTER], [HOLE[::-1]]], [[large]]):
        found = page.run(f"import('{script}').then((one) => one.polygonsKm2({json.dumps(polygons)}))")
        assert found == pytest.approx(polygons_km2(polygons), rel=3e-3 if polygons == [[large]] else 1e-5)
