"""Drawings in Chromium: the same pixels as QGIS's, layers that hide, keys, and names that do no harm."""

import importlib.util
import json
import re
from pathlib import Path

import numpy as np
import pytest
import regression
from odd_maps import odd_names, odd_shapes, written

from areas import AREAS
from browsing import Chromium
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

pytestmark = pytest.mark.browser
BOX = (24.9413, 60.1690, 24.9488, 60.1724)
DPI = 100
TITLE = "</title><script>window.hit=1</script>"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    browser = Chromium(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def files(qgis, tmp_path_factory):
    """The map in each format and as a picture; its names are outlines, for which no font is needed."""
    if not AREAS["sample"][0].exists():
        pytest.skip(f"{AREAS['sample'][0]} is not there")
    folder = tmp_path_factory.mktemp("drawings")
    fields = {
        "bbox": BOX,
        "formats": ["html_canvas", "svg_figma", "drawio", "png"],
        "detail": 5,
        "dpi": DPI,
        "text": "outlines",
    }
    request = make_request({**fields, "source": str(AREAS["sample"][0]), "language": "ru"})
    results = pipeline.run(request, folder, Feedback())
    assert [result.error for result in results] == [None] * 4
    return {result.format: result.path for result in results}


def image(path):
    from PIL import Image

    return np.asarray(Image.open(path).convert("RGB"))


def opened(chromium, path, size):
    page = chromium.page()
    page.resize(*size)
    page.open(path.as_uri())
    return page


def far(one, other):
    assert one.shape == other.shape
    return float(regression.far(one, other)[3:-3, 3:-3].mean())


def drawn(page):
    """What a page of a canvas shows, its panels apart."""
    page.run("for (const one of document.querySelectorAll('main, footer')) one.style.display = 'none';"
             "dispatchEvent(new Event('resize')); new Promise((done) => setTimeout(done, 400))")  # fmt: skip
    return np.asarray(page.picture())


def test_a_canvas_shows_the_map(chromium, files):
    """In a window of the picture's size: its pixels; a layer is switched off, keys zoom and come back."""
    meant = image(files["png"])
    page = opened(chromium, files["html_canvas"], meant.shape[1::-1])
    shown = drawn(page)
    assert far(meant, shown) < 0.03
    assert far(meant, np.roll(shown, 2, axis=1)) > 0.05, "half a millimetre aside would be seen"
    page.run("for (const box of document.querySelectorAll('#layers label'))"
             "if (box.textContent.trim() === 'Buildings') box.firstChild.click()")  # fmt: skip
    assert far(shown, drawn(page)) > 0.1
    page.run("for (const box of document.querySelectorAll('#layers input')) box.checked = true")

    def press(key):
        page.run(
            f"document.getElementById('map').dispatchEvent(new KeyboardEvent('keydown', {{ key: {json.dumps(key)} }}))"
        )

    press("+")
    press("ArrowLeft")
    assert far(shown, drawn(page)) > 0.1
    press("0")
    assert far(shown, drawn(page)) == 0
    assert page.faults() == []
    assert page.asked_for() == [files["html_canvas"].as_uri()]
    assert page.run("document.documentElement.lang") == "ru"
    assert page.run("document.querySelector('summary').textContent") == "Слои"


def test_a_canvas_is_as_sharp_as_the_screen(chromium, files):
    """At twice the dots it is drawn anew, not enlarged."""
    page = chromium.page()
    page.call("Emulation.setDeviceMetricsOverride", width=400, height=400, deviceScaleFactor=2, mobile=False)
    page.open(files["html_canvas"].as_uri())
    assert page.run("[document.getElementById('map').width, document.getElementById('map').clientWidth]") == [800, 400]


def test_a_canvas_tells_what_is_there(chromium, files):
    """By a click, in words of the page."""
    page = opened(chromium, files["html_canvas"], (800, 800))
    drawn(page)
    page.run("""{
      const canvas = document.getElementById("map");
      for (let x = 20; x < 780 && !document.getElementById("here").textContent; x += 15) {
        for (const type of ["pointerdown", "pointerup"]) {
          const event = new PointerEvent(type, { pointerId: 1, clientX: x, clientY: 400 });
          canvas.setPointerCapture = () => undefined;
          canvas.dispatchEvent(event);
        }
      }
    }""")
    assert page.run("document.getElementById('here').textContent") != ""


def test_chromium_draws_a_design_as_the_map(chromium, files):
    """One unit is a point: at 72 dots to the inch a picture of as many pixels."""
    meant = image(files["png"])
    assert far_from(meant, chromium, files["svg_figma"]) < 0.03


def far_from(meant, chromium, path, per_inch=72):
    """How much of a page of so many pixels to the inch differs from a picture at DPI."""
    page = chromium.page()
    height, width = meant.shape[:2]
    page.call("Emulation.setDeviceMetricsOverride", width=round(width * per_inch / DPI),
              height=round(height * per_inch / DPI), deviceScaleFactor=DPI / per_inch, mobile=False)  # fmt: skip
    page.open(path.as_uri())
    page.run("document.fonts.ready.then(() => true)")
    shown = np.asarray(page.picture())
    height, width = (min(sides) for sides in zip(meant.shape[:2], shown.shape[:2]))
    assert max(abs(a - b) for a, b in zip(meant.shape[:2], shown.shape[:2])) <= 2
    return far(meant[:height, :width], shown[:height, :width])


def test_names_need_no_font_of_the_machine_where_the_file_has_them(chromium, files, tmp_path):
    """Live text in families that no machine has; without the style sheet it is seen to be in another font."""
    fields = {"bbox": BOX, "formats": "svg", "detail": 5, "language": "ru", "options": {"embed_fonts": True}}
    [result] = pipeline.run(make_request({**fields, "source": str(AREAS["sample"][0])}), tmp_path, Feedback())
    assert result.error is None
    meant, text = image(files["png"]), result.path.read_text(encoding="utf-8").replace("Noto Sans", "Nowhere")
    apart = {}
    for name, drawn_so in {"with": text, "without": re.sub("(?s)<style.*?</style>", "", text)}.items():
        path = tmp_path / f"{name} fonts.svg"
        path.write_text(drawn_so, encoding="utf-8")
        apart[name] = far_from(meant, chromium, path, 96)
    assert apart["with"] < 0.02
    assert apart["without"] > apart["with"] * 1.2, apart


DIAGRAM = """(() => {
  const doc = mxUtils.parseXml(%s), node = doc.getElementsByTagName("mxGraphModel")[0];
  window.graph = new Graph(document.getElementById("map"));
  graph.setEnabled(false);
  new mxCodec(doc).decode(node, graph.getModel());
  graph.view.scaleAndTranslate(%f, 0, 0);
  return graph.getModel().getChildren(graph.getModel().getRoot()).map((cell) => cell.value);
})()"""


def diagram(chromium, path, size, folder):
    """A diagram in draw.io's own viewer, and its layers' names."""
    package = importlib.util.find_spec("jupyterlab_drawio_render_extension")
    viewer = Path(package.origin).parent / "static" / "viewer-static.min.js"
    holder = folder / "viewer.html"
    sheet = "html, body { margin: 0; overflow: hidden; background: #fff } #map { height: 100vh; overflow: hidden }"
    holder.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><style>{sheet}</style><div id="map"></div><script>'
        f'window.mxLoadResources = window.mxLoadStylesheets = false</script><script src="{viewer.as_uri()}"></script>',
        encoding="utf-8",
    )  # fmt: skip
    page = opened(chromium, holder, size)
    return page, page.run(DIAGRAM % (json.dumps(path.read_text(encoding="utf-8")), DPI / 100))


def test_draw_io_shows_the_map(chromium, files, tmp_path):
    """Its own viewer has the layers; with one hidden, only what it covers differs."""
    meant = image(files["png"])
    page, layers = diagram(chromium, files["drawio"], meant.shape[1::-1], tmp_path)
    assert {"Buildings", "Labels – Street names", "Sheet"} <= set(layers)
    shown = np.asarray(page.picture())
    assert far(meant, shown) < 0.04
    assert far(meant, np.roll(shown, 2, axis=1)) > 0.05, "half a millimetre aside would be seen"
    index = layers.index("Buildings")
    page.run(f"graph.model.setVisible(graph.model.getChildAt(graph.model.getRoot(), {index}), false); true")
    assert far(shown, np.asarray(page.picture())) > 0.1


def test_no_name_runs(chromium, qgis, tmp_path):
    """Names and shapes of every kind, and a title that is a script."""
    from osm2cdr.processing_provider.cartography.fonts.font_files import register
    from osm2cdr.processing_provider.formats.artwork.canvas import writer
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    register()
    for number, drawing in enumerate((odd_names(), odd_shapes())):
        path = tmp_path / f"odd-{number}.html"
        writer.write(drawing, path, Job(FORMATS["html_canvas"], title=TITLE, notice=TITLE))
        page = opened(chromium, path, (600, 400))
        drawn(page)
        assert page.faults() == []
        assert page.run("window.hit") is None
        assert page.run("document.querySelectorAll('script').length") == 1
        assert page.run("document.querySelector('h1').textContent") == TITLE
        path, _ = written(drawing, "drawio", tmp_path / str(number))
        page, layers = diagram(chromium, path, (600, 400), tmp_path)
        assert [name for name in layers if name != "Margins"] == [layer.title for layer in drawing.layers]
        assert page.run("window.hit") is None
        path, _ = written(drawing, "svg_figma", tmp_path / str(number))
        page = opened(chromium, path, (600, 400))
        assert page.run("document.documentElement.tagName") == "svg"
