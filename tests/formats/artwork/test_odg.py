"""OpenDocument drawings as LibreOffice has them: the map as it looks, layers that hide, names and styles."""

import zipfile
from collections import Counter
from pathlib import Path

import drawn_by
import numpy as np
import odg_contents
import opened_by
import pytest
import regression

from areas import AREAS

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

# Streets with bent and turned names, parks, houses, icons.
SMALL = (24.9413, 60.1690, 24.9488, 60.1724)
DPI = 150
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


@pytest.fixture(scope="module")
def files(qgis, tmp_path_factory):
    """The map as a drawing, as the same with no houses, as SVG, and as QGIS paints it."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline import run
    from osm2cdr.processing_provider.request.checks import make_request

    if not AREAS["sample"][0].exists():
        pytest.skip(f"{AREAS['sample'][0]} is not there")
    folder = tmp_path_factory.mktemp("odg") / "öß я"
    folder.mkdir()
    fields = {"bbox": SMALL, "formats": ["odg", "svg_layers", "png"], "detail": 5, "dpi": DPI, "title": "A & B"}
    results = run.run(make_request({**fields, "source": str(AREAS["sample"][0])}), folder, Feedback())
    assert [result.error for result in results] == [None] * 3
    made = {result.format: result.path for result in results}
    made["hidden"] = folder / "hidden.odg"
    with zipfile.ZipFile(made["odg"]) as old, zipfile.ZipFile(made["hidden"], "w") as new:
        for one in old.infolist():
            data, shown = old.read(one), b'<draw:layer draw:name="Buildings"/>'
            assert one.filename != "styles.xml" or shown in data
            new.writestr(one, data.replace(shown, shown[:-2] + b' draw:display="none"/>'))
    return made


def pixels(path):
    return drawn_by.poppler(path, DPI)


def far(one, other):
    height, width = (min(sides) for sides in zip(one.shape[:2], other.shape[:2]))
    assert max(abs(a - b) for a, b in zip(one.shape[:2], other.shape[:2])) <= 2
    return float(regression.far(one[:height, :width], other[:height, :width])[3:-3, 3:-3].mean())


@pytest.mark.editors
def test_libreoffice_draws_the_map_and_hides_a_layer(files, tmp_path):
    """With live names, bent ones too, the picture is QGIS's; without houses only what they cover differs."""
    made = opened_by.libreoffice([files["odg"], files["hidden"]], "pdf", tmp_path)
    whole, hidden = (pixels(made[files[one].name]) for one in ("odg", "hidden"))
    meant = drawn_by.image(files["png"])
    assert far(meant, whole) < 0.03
    assert far(meant, np.roll(whole, 3, axis=1)) > 0.08, "half a millimetre aside would be seen"
    assert far(whole, hidden) > 0.1


@pytest.mark.editors
def test_libreoffice_keeps_layers_names_and_styles(files, tmp_path):
    """Saved by LibreOffice, each object is on its layer, under its name, in a style with the name of its class."""
    from lxml import etree

    made = opened_by.libreoffice([files["odg"]], "fodg", tmp_path)[files["odg"].name]
    root = etree.parse(str(made), etree.XMLParser(huge_tree=True)).getroot()
    draw = odg_contents.DRAW
    ours = odg_contents.layers(files["odg"])
    kept = [one.get(f"{draw}name") for one in root.iter(f"{draw}layer")]
    assert [name for name in kept if name in ours] == list(ours)
    page = next(root.iter(f"{draw}page"))
    on = Counter(one.get(f"{draw}layer") for group in page for one in group if one.tag != f"{draw}g")
    on.update(next(one.iter(f"{draw}path", f"{draw}frame", f"{draw}custom-shape")).get(f"{draw}layer")
              for group in page for one in group if one.tag == f"{draw}g")  # fmt: skip
    assert on == Counter({name: layer.objects for name, layer in ours.items() if layer.objects})
    names = {one.get(f"{draw}name") for one in page.iter()}
    assert set.union(*(layer.names for layer in ours.values())) <= names
    texts = Counter(text for one in page.iter(f"{odg_contents.WORDS}p") if (text := "".join(one.itertext())))
    assert texts == sum((layer.texts for layer in ours.values()), Counter())
    shown = {one.get(f"{STYLE}display-name") or one.get(f"{STYLE}name") for one in root.iter(f"{STYLE}style")}
    assert {"Buildings: Building", "Land cover: Parking", "Street names", "Street names – halo"} <= shown


def test_names_are_those_of_the_svg(files):
    from lxml import etree

    root = etree.parse(str(files["svg_layers"])).getroot()
    wanted = Counter()
    for text in root.iter("{*}text"):
        if text.get("class") != "halo":
            wanted.update("".join(one.itertext()) for one in ([*text.iter("{*}tspan")] or [text]))
    layers = odg_contents.layers(files["odg"])
    assert sum((layer.texts for layer in layers.values()), Counter()) == wanted
    assert any("Street names" in name for name in layers)
    assert list(layers)[-1] == "Sheet"


def test_what_looks_alike_in_a_class_changes_in_one_step(files):
    """A class has a style of its name; others of it are below and say what differs: another font is theirs, too."""
    parts = odg_contents.parts(files["odg"])
    styles = {one.get(f"{STYLE}name"): one for one in parts["styles.xml"].iter(f"{STYLE}style")}
    used = {}
    for one in parts["content.xml"].iter():
        layer = one.get(f"{odg_contents.DRAW}layer")
        if layer:
            used.setdefault(layer, set()).add(one.get(f"{odg_contents.DRAW}style-name"))
    assert {styles[name].get(f"{STYLE}display-name") for name in used["Buildings"]} <= {
        "Buildings: Building", "Buildings: Landmark"
    }  # fmt: skip
    (top,) = (key for key, one in styles.items() if one.get(f"{STYLE}display-name") == "Street names")
    names = used["Labels – Street names"] - {top}
    others = {name for name in names if "halo" not in styles[name].get(f"{STYLE}display-name")}
    assert len(others) > 1
    for name in others:
        assert styles[name].get(f"{STYLE}parent-style-name") == top
        assert not [one for one in styles[name] if one.get(f"{STYLE}font-name")]


def test_a_drawing_of_everything(qgis, tmp_path):
    """Turned and slanted pictures, markers as groups, lines of a text in one box, dashes, clear colours."""
    from qgis.PyQt.QtGui import QImage

    from osm2cdr.processing_provider.cartography.rendering.png import png
    from osm2cdr.processing_provider.drawing import model as m
    from osm2cdr.processing_provider.formats.artwork.odg import writer
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    red = m.Color(200, 0, 0, 0.5)
    dot = QImage(2, 2, QImage.Format.Format_RGB32)
    image = m.Image(png(dot), (8.0, 4.0, -3.0, 6.0, 40.0, 20.0), "turned")
    symbol = m.Symbol((m.rectangle(-1, -1, 1, 1, red), m.rectangle(-2, -2, 2, 2, red)))
    lines = [m.Line("Upper", 10, 30, 12), m.Line("lower  one", 8, 34, 16)]
    text = m.Text(lines, m.Font("Noto Sans", 9), red, m.Halo(red, 0.4), name="Upper lower", anchor=0.5)
    dash = m.Stroke(red, 0.5, "round", "miter", (2.0, 0.5, 0.3, 1.5))
    line = m.Path(np.array([(5.0, 5.0), (5.0, 50.0)]), np.array([0, 1], np.uint8), None, dash, "Border")
    groups = [m.Group("", [image, m.Stamp(symbol, 20, 20, "Café"), text, line])]
    layers = [m.Layer("layout", groups), m.Layer("Void")]
    view = m.Drawing(100, 60, m.Color(250, 250, 250), (0, 10, 100, 60), layers, "©")
    path = Path(tmp_path) / "a.odg"
    written = writer.write(view, path, Job(FORMATS["odg"], title=""))
    writer.prove(path, view, written)
    assert odg_contents.ungrammatical(path) == []
    found = odg_contents.layers(path)
    assert list(found) == ["layout 2", "Void", "Margins"]
    one = found["layout 2"]
    assert (one.objects, one.names) == (4, {"turned", "Café", "Upper lower", "Border"})
    assert one.texts == Counter(["Upper", "lower  one"])
    assert [str(told) for told in written.warnings] == [
        "OpenDocument has one gap for all dashes of a line: 1 kinds of dashes are a little otherwise."
    ]
    content = zipfile.ZipFile(path).read("content.xml").decode()
    assert "matrix(0.894427 0.447214 -0.447214 0.894427 40mm 20mm)" in content
