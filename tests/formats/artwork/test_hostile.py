"""Names and shapes that no map should have, in every artwork format: a valid file, or a sentence of what is lost.

Read by readers that are not the writers'; what can be read of a name is there, letter by letter.
"""

import subprocess
from dataclasses import replace

import contents
import numpy as np
import pytest
from likeness import write

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

FORMATS = tuple(contents.READERS)
NAMES = (
    "Дороги – шоссе", "Töölö Ærø Łódź Ñandú", "東京 · 北京", "שלום عليكم", "a\0b\nc\td\x1b\x7f\x9f", "]]>",
    "<b>&amp;\"'</b>", " ", "", "Park 🌳 \U0001f3de", "\ud800", "(%s) \\ {0} $x %%EOF", "e\u0301\u0323 \u200f\u202e",
    "\ufeff\ufffe\uffff\u2028", "x" * 10_000, "я " * 5_000, "%%BeginObject: x\r\n%%EndObject", "100 %",
    "ET EMC endstream endobj", "../../etc/passwd",
)  # fmt: skip
FAR = (1e5, 1e7, 1e12, 1e300, float("inf"), float("-inf"), float("nan"))


@pytest.fixture(scope="module", autouse=True)
def _fonts(qgis):
    """The fonts that travel with the product."""
    from osm2cdr.processing_provider.cartography.fonts.font_files import register

    register()


@pytest.fixture(scope="module")
def m(qgis):
    """The model."""
    from osm2cdr.processing_provider.drawing import model

    return model


def drawing(m, *layers):
    return m.Drawing(
        120.0, 80.0, m.Color(255, 255, 255), (0.0, 0.0, 120.0, 80.0), list(layers), "© a notice", "EPSG:3857",
        (0.0, 0.0, 1200.0, 800.0),
    )  # fmt: skip


def line(m, points, fill=None, stroke=None, **more):
    points = np.array(points, float).reshape(-1, 2)
    kinds = np.ones(len(points), np.uint8)
    kinds[:1] = 0
    return m.Path(points, kinds, fill, stroke or (None if fill else m.Stroke(m.Color(0, 0, 0), 1.0)), **more)


def text(m, string, x=10.0, y=40.0, size=12.0, family="Noto Sans", path=None, **more):
    return m.Text([m.Line(string, x, y, 50.0, path)], m.Font(family, size), m.Color(0, 0, 0), **more)


def made_sound(drawing):
    """As the way of the data does it before any writer, and what it said."""
    from osm2cdr.processing_provider.drawing.clean.sanitize import sound
    from osm2cdr.processing_provider.feedback import Feedback

    told = []
    feedback = Feedback(None, lambda code, text: told.append(text), None)
    return sound(drawing, feedback), told


def is_read(made, format_id, folder):
    """The file is proven, valid, and holds what the drawing does."""
    path = write(made, format_id, folder)
    if format_id in ("eps", "ps"):
        command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=nullpage", str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        assert done.stdout + done.stderr == ""
    assert contents.differences(made, format_id, path) == []


@pytest.mark.parametrize("format_id", FORMATS)
def test_names_of_every_kind(m, tmp_path, format_id):
    """As a layer, a class, a text, a bent text, an object and a typeface; none is lost, none breaks a file."""
    arc = np.array([(10.0, 40.0), (20.0, 35.0), (30.0, 33.0)])
    red, layers = m.Color(255, 0, 0), []
    for number, name in enumerate(NAMES):
        halo = m.Halo(red, 0.3) if len(name) < 99 else None
        items = [
            text(m, name, halo=halo, name=name, key=name), text(m, name[:60], path=arc, name=name),
            text(m, "typeface", family=name), line(m, [(1, 1), (5, 5)], name=name, key=name),
        ]  # fmt: skip
        layers.append(m.Layer(f"N{number} {name}", [m.Group(name, items)]))
    made, _ = made_sound(drawing(m, *layers))
    assert len(made.layers) == len(NAMES)
    shown = {item.string for item in made.items if isinstance(item, m.Text)}
    assert {name for name in NAMES if name and name.isprintable()} <= shown
    assert "a b c d   " in shown
    is_read(made, format_id, tmp_path)


@pytest.mark.parametrize("format_id", FORMATS)
def test_shapes_of_every_kind(m, tmp_path, format_id):
    """No point, one, coordinates, widths and sizes out of all ranges; what cannot be drawn is told of, once a layer."""
    red = m.Color(255, 0, 0)
    odd = [
        line(m, []), line(m, [(5, 5)]), line(m, [(6, 6)], red), line(m, [(5, 5), (5, 5)]),
        line(m, [(5, 5), (5, 5), (5, 5)], red), text(m, "no size", size=0.0), text(m, ""),
        replace(text(m, "no lines"), lines=[]), text(m, "to a point", path=np.array([(5.0, 5.0), (5.0, 5.0)])),
        text(m, "of one point", path=np.array([(5.0, 5.0)])), text(m, "of none", path=np.zeros((0, 2))),
    ]  # fmt: skip
    for width, dash in ((0.0, ()), (0.0, (0.0, 0.0)), (1e-12, (1e-9, 1.0)), (1.0, (1e-9, 1e-9)), (-1.0, ()),
                        (0.5, (float("nan"), 1.0)), (0.001, (1000.0, 1.0))):  # fmt: skip
        odd.append(line(m, [(5, 5), (9, 9)], stroke=m.Stroke(red, width, dash=dash)))
    for far in FAR:
        odd += [
            line(m, [(5, 5), (far, -far), (9, 9)]), line(m, [(5, 5), (far, 5), (far, far), (5, 5)], red),
            line(m, [(5, 5), (9, 9)], stroke=m.Stroke(red, far)), text(m, "far", far, far), text(m, "large", size=far),
            line(m, [(far, far), (far, far)], red),
        ]  # fmt: skip
    whole = line(m, [(1, 1), (50, 50), (20, 70)], red)
    layers = {"Odd": [m.Group("", odd)], "Empty": [], "Void": [m.Group("")], "Whole": [m.Group("", [whole])]}
    made, told = made_sound(drawing(m, *(m.Layer(name, groups) for name, groups in layers.items())))
    assert len(told) == 1
    words, lost = told[0].rstrip(".").rsplit(": ", 1)
    assert words == "Objects of the layer Odd that have no size, or lie where no page reaches, cannot be drawn"
    # Of numbers near the end of what a double holds, GEOS may keep a piece or not.
    assert 30 <= int(lost) <= 36
    is_read(made, format_id, tmp_path)


@pytest.mark.parametrize("format_id", FORMATS)
def test_a_drawing_of_nothing(m, tmp_path, format_id):
    made, told = made_sound(drawing(m))
    assert told == []
    is_read(made, format_id, tmp_path)


def test_a_title_of_every_kind(qgis, tmp_path):
    """By the whole way; titles that no file can hold are refused before."""
    from areas import SAMPLE
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline import run as pipeline
    from osm2cdr.processing_provider.request.checks import make_request

    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not there")
    fields = {"bbox": (24.942, 60.169, 24.945, 60.171), "formats": FORMATS, "source": str(SAMPLE), "detail": 3}
    results = pipeline.run(make_request({**fields, "title": "<A ]]> %% \"' (\\"}), tmp_path, Feedback())
    assert {result.format: result.error for result in results} == dict.fromkeys(FORMATS)
