"""The page of a scene in Chromium, opened as a file: what it shows, layers, light, views, and names that do no harm."""

import numpy as np
import pytest
from sketch import Sketch

from areas import AREAS
from browsing import Chromium
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

pytestmark = pytest.mark.browser
NAME = '</script><img src=x onerror="window.hit=1"><b>Łódź'
STAGE = "window.osm2cdrScene"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    browser = Chromium(tmp_path_factory.mktemp("chromium"), webgl=True)
    yield browser
    browser.close()


def opened(chromium, path):
    page = chromium.page()
    page.resize(800, 600)
    page.open(path.as_uri())
    return page


def seen(page):
    """What it shows, drawn anew; panels apart."""
    page.run(
        f"document.querySelectorAll('.panel, #north, #credit').forEach((one) => one.style.opacity = 0); {STAGE}.draw()"
    )
    return np.asarray(page.picture().convert("RGB"), float)


@pytest.fixture(scope="module")
def town(qgis, tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    sketch = Sketch().area(-20, -20, 20, 20, building="church", height="50", name=NAME, building__levels="4")
    sketch.area(60, 60, 80, 80, building="house")
    request = sketch.request(folder, ("threejs",), title=NAME)
    (result,) = pipeline.run(request, folder, Feedback())
    assert result.error is None
    return result.path


def test_a_building_is_told_and_no_name_runs(chromium, town):
    page = opened(chromium, town)
    page.run(f"{STAGE}.look(180, 60); {STAGE}.draw()")
    # Its roof is 50 m above the middle of the frame.
    at = page.run(f"{STAGE}.at = new THREE.Vector3(0, 50, 0).project({STAGE}.camera); [{STAGE}.at.x, {STAGE}.at.y]")
    assert page.run(f"{STAGE}.pick({400 + 400 * at[0]}, {300 - 300 * at[1]})") == 0
    told = page.run("document.getElementById('told').innerText")
    assert NAME in told
    assert "50 m" in told
    assert "church" in told
    assert "way/1" in told
    assert page.run("document.title") == NAME
    assert page.run(f"{STAGE}.pick(5, 5)") is None
    assert page.run("document.getElementById('told').hidden") is True
    assert "© OpenStreetMap contributors" in page.run("document.getElementById('credit').innerText")
    assert page.run("window.hit") is None
    assert page.faults() == []
    assert page.asked_for() == [town.as_uri()]


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (800, 600), (400, 800)])
def test_all_of_it_is_seen_first_beside_the_panel(chromium, town, width, height):
    page = chromium.page()
    page.resize(width, height)
    page.open(town.as_uri())
    corners = "[-20, 80].flatMap((x) => [-20, 80].flatMap((y) => [0, 50].map((z) => [x, y, z])))"
    places = page.run(
        f"{corners}.map(([x, y, z]) => new THREE.Vector3(x, z, -y).project({STAGE}.camera)).map((at) => [at.x, at.y])"
    )
    x, y = np.array(places).T
    edge = page.run("document.getElementById('side').getBoundingClientRect().right") if width > 700 else 0
    assert x.max() < 1
    assert np.abs(y).max() < 1
    assert (x.min() + 1) / 2 * width > edge
    # Nor is it seen from afar.
    assert max(np.ptp(x) / (1 - edge / width), np.ptp(y)) > 0.9


def test_light_layers_and_views_change_the_picture(chromium, town):
    page = opened(chromium, town)
    first = seen(page)
    # Roof, walls, shadow and ground are colours of their own.
    middle = first[150:450, 200:600].reshape(-1, 3)
    assert len({tuple(pixel) for pixel in middle.astype(int).tolist()}) > 5
    light = "document.querySelectorAll('input[type=range]')[0]"
    page.run(f"{light}.value = 30; {light}.dispatchEvent(new Event('input'))")
    turned = seen(page)
    assert np.abs(turned - first).max(axis=2)[150:450, 200:600].max() > 40
    page.run("[...document.querySelectorAll('button')].find((one) => one.innerText === 'West').click()")
    west = seen(page)
    assert (np.abs(west - turned).max(axis=2) > 20).mean() > 0.005
    page.run("document.querySelector('input[type=checkbox]').click()")
    empty = seen(page)
    assert np.abs(empty - west).max(axis=2)[150:450, 200:600].max() > 40
    # Nothing but the ground is left.
    assert np.ptp(empty[290:310, 390:410], axis=(0, 1)).max() < 12
    assert page.faults() == []


@pytest.mark.parametrize("area", list(AREAS))
def test_a_city_stands(chromium, qgis, tmp_path, area):
    fields = {"bbox": AREAS[area][1], "formats": "threejs", "source": str(AREAS[area][0])}
    (result,) = pipeline.run(make_request(fields), tmp_path, Feedback())
    page = opened(chromium, result.path)
    shown = seen(page)
    page.run(f"{STAGE}.layers.buildings.visible = false")
    bare = seen(page)
    assert (np.abs(shown - bare).max(axis=2) > 12).mean() > 0.03
    drawn = page.run(f"{STAGE}.layers.buildings.children[0].geometry.index.count")
    assert drawn > 3 * 10_000
    assert page.faults() == []
    assert page.asked_for() == [result.path.as_uri()]
