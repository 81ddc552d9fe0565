"""The website in a browser, all the way: sign in, create a key and call with it, draw a box, export, download."""

import json
import subprocess
import time

import pytest

from areas import ROOT
from browsing import Chromium, pages
from osm2cdr.processing_provider.geo.geodesy import box_km2, polygons_km2
from osm2cdr.server.website.choice import word_of
from serving import SMALL, Server

pytestmark = pytest.mark.browser
EMAIL, PASSWORD = "a@example.org", "correct horse battery"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("website") / "data", GUESTS="free", WORKERS=1, STORE="") as server:
        command = [ROOT / "bin" / "osm2cdr", "accounts", "create", "--email", EMAIL, "--tier", "pro"]
        subprocess.run(command, env=server.env, input=f"{PASSWORD}\n", text=True, check=True, capture_output=True)
        yield server


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    browser = Chromium(tmp_path_factory.mktemp("chromium"), webgl=True)
    yield browser
    browser.close()


@pytest.fixture
def page(chromium):
    page = chromium.page()
    page.resize(1360, 900)
    return page


def until(page, code, seconds=120):
    """Wait until an expression is true."""
    deadline = time.monotonic() + seconds
    while not page.run(f"Boolean({code})"):
        assert time.monotonic() < deadline, (code, page.run("document.body.innerText")[-2000:], page.faults())
        time.sleep(0.2)


def mouse(page, kind, x, y):
    page.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)


def press(page, key):
    for kind in ("keyDown", "keyUp"):
        page.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=_KEYS[key])


_KEYS = {"ArrowDown": 40, "ArrowUp": 38, "Enter": 13, "Escape": 27, "Tab": 9, "Backspace": 8}
OUTER = [[24.944, 60.1725], [24.9516, 60.1725], [24.948, 60.1775], [24.944, 60.1725]]
HOLE = [[24.947, 60.1735], [24.949, 60.1735], [24.948, 60.175], [24.947, 60.1735]]


def go(page, code):
    """Something that leads to another page, and wait for that."""
    page.forget()
    page.run(code)
    page.saw("Page.loadEventFired")


def sign_in(page):
    page.run(f"document.querySelector('[name=email]').value = {EMAIL!r}")
    page.run(f"document.querySelector('[name=password]').value = {PASSWORD!r}")
    go(page, "document.querySelector('main form button').click()")


def test_the_whole_way(page, server):
    page.open(f"{server.url}/account/api?lang=en")
    assert page.run("location.pathname") == "/account/sign-in"
    sign_in(page)
    assert page.run("location.pathname") == "/account/api"
    page.run("document.querySelector('[name=name]').value = 'mine'")
    go(page, "document.querySelector('form[action$=create] button').click()")
    key = page.run("document.getElementById('new-key').textContent")
    status, me = server.get("/api/me", key)
    assert (status, me["email"], me["tier"]) == (200, EMAIL, "pro")
    programs = page.run("[...document.querySelectorAll('pre')].map((one) => one.textContent)")
    program = next(text for text in programs if "<button" in text)
    assert json.dumps(key) in program
    with pages({"/": program}) as origin:
        page.open(origin)
        page.run("document.getElementById('make').click()")
        until(page, "document.querySelector('#said a')")
        status, _, body = server.call("GET", page.run("document.querySelector('#said a').href"))
        assert (status, b"<svg" in body[:2000]) == (200, True)
    page.open(f"{server.url}/export")
    until(page, "document.querySelectorAll('#formats li').length > 20")
    until(page, "document.getElementById('map-state').hidden && document.querySelector('#map canvas')")
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
    until(page, "document.getElementById('guess').textContent.startsWith('About')")
    page.run("document.getElementById('make').click()")
    until(page, "document.querySelector('#files a')")
    until(page, "document.querySelector('#preview img')?.naturalWidth > 100")
    address = page.run("document.querySelector('#files a').href")
    status, _, body = server.call("GET", address)
    assert status == 200
    assert b"<svg" in body[:2000]
    assert b"OpenStreetMap" in body
    assert page.faults() == []
    assert [one for one in page.asked_for() if not one.startswith((server.url, "blob:", "data:"))] == []
    assert server.get("/api/tasks", key)[1]["tasks"][0]["files"][0]["format"] == "svg"


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


def click(page, x, y):
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        mouse(page, kind, x, y)


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


PUBLIC = ("/export", "/formats", "/styles", "/status", "/terms", "/reference", "/account/sign-in")
SIGNED = ("/account", "/account/api", "/account/tasks", "/account/settings")
AXE = ROOT / "build" / "clients" / "node_modules" / "axe-core" / "axe.min.js"
# What axe-core calls serious or critical, each with where it is.
VIOLATIONS = """axe.run(document, {resultTypes: ["violations"]}).then(({violations}) => violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.target.join(" "))]))"""


# How far things moved, and the bytes of what came but for the library of maps and the maps themselves.
SHIFTS = """window.shifts = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shifts += one.value; }).observe({type: "layout-shift", buffered: true})"""
SIZES = """[performance.getEntriesByType("navigation")[0], ...performance.getEntriesByType("resource")]
  .filter((one) => !["maplibre", "site/map", "site/looks"].some((word) => one.name.includes(word)))
  .map((one) => [one.name, one.transferSize])"""


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ru", "dark")])
def test_axe_finds_nothing_serious_on_any_page(page, server, language, scheme):
    """Colours hang on the scheme, words on the language: two of the four pairs have all of both."""
    script = AXE.read_text(encoding="utf-8")
    page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    page.call("Network.clearBrowserCookies")

    def look(path):
        page.open(f"{server.url}{path}?lang={language}")
        assert page.run("location.pathname") == path
        page.run(f"{script};1")
        assert page.run(VIOLATIONS) == [], path

    for path in PUBLIC:
        look(path)
    # The last of them.
    sign_in(page)
    for path in SIGNED:
        look(path)


def test_the_first_page_is_light_and_stands_still(chromium, server):
    page = chromium.page()
    page.resize(1360, 900)
    page.call("Network.setCacheDisabled", cacheDisabled=True)
    page.call("Page.addScriptToEvaluateOnNewDocument", source=SHIFTS)
    page.open(f"{server.url}/export?lang=en")
    until(page, "document.getElementById('guess').textContent.startsWith('About')")
    # Until all looks in sight are those of the place.
    until(page, "document.querySelectorAll('.look img[src^=\"/site/looks/\"]').length > 2")
    assert page.run("window.shifts") < 0.02
    sizes = page.run(SIZES)
    assert sum(size for _, size in sizes) < 300_000, sizes
