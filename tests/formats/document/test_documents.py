"""Slides and documents: as the map looks, in LibreOffice; large maps, bent names, names that break nothing."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from areas import AREAS
from osm2cdr.processing_provider.drawing.model import (
    LINE,
    MOVE,
    Color,
    Drawing,
    Font,
    Group,
    Halo,
    Image,
    Layer,
    Line,
    Stroke,
    Text,
    rectangle,
)
from osm2cdr.processing_provider.drawing.model import Path as Shape
from osm2cdr.processing_provider.errors import Cancelled, WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.document import pptx
from osm2cdr.processing_provider.pipeline import run
from osm2cdr.processing_provider.request.checks import make_request

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

BOX = "24.9400,60.1670,24.9490,60.1740"
HOSTILE = ["", "a\0b\x1b[2J\x0c", "\u202egnp", "\"><script>&'", "x" * 10_000, "=1+1", "地🗺"]
RED, BLACK = Color(200, 0, 0), Color(0, 0, 0)


@pytest.mark.editors
@pytest.mark.parametrize("name", ["pptx", "docx"])
def test_libreoffice_shows_what_the_picture_shows(qgis, tmp_path, name):
    """Names apart, which stand in other letters where a program has not ours."""
    from PIL import Image as Pillow

    fields = {"bbox": BOX, "formats": [name, "png"], "detail": 5, "dpi": 100, "page": "A5", "style": "minimal"}
    fields["source"] = str(AREAS["sample"][0])
    results = run.run(make_request(fields), tmp_path, Feedback())
    assert [result.error for result in results] == [None, None]
    source, picture = (result.path for result in results)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, source], check=True, capture_output=True, timeout=300)
    pages = tmp_path / "page"
    one = ["pdftoppm", "-r", "100", "-png", "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run([*one, source.with_suffix(".pdf"), pages], check=True)
    shown = np.asarray(Pillow.open(f"{pages}.png").convert("RGB"), int)
    meant = np.asarray(Pillow.open(picture).convert("RGB"), int)
    assert all(abs(one - other) <= 1 for one, other in zip(shown.shape[:2], meant.shape[:2]))
    rows, columns = (min(one, other) for one, other in zip(shown.shape[:2], meant.shape[:2]))

    def small(pixels):
        """The mean of squares of eight pixels, in which letters and a shift of a pixel are little."""
        cut = pixels[: rows // 8 * 8, : columns // 8 * 8]
        return cut.reshape(rows // 8, 8, columns // 8, 8, 3).mean(axis=(1, 3))

    apart = np.abs(small(shown) - small(meant)).max(axis=2)
    assert apart.mean() < 4
    assert np.percentile(apart, 98) < 40


def drawing(*layers, size=(100.0, 80.0)):
    return Drawing(*size, Color(255, 255, 255), (10.0, 10.0, 90.0, 70.0), list(layers), "© nobody")


def written(view, folder, **fields):
    path = Path(folder) / "a.pptx"
    made = pptx.write(view, path, Job(FORMATS["pptx"], notice="© nobody", **fields))
    pptx.prove(path, view, made)
    from pptx import Presentation

    (slide,) = Presentation(path).slides
    return made, {group.name: list(group.shapes) for group in slide.shapes}


def test_a_slide_has_whatever_a_drawing_has(qgis, tmp_path):
    """Holes, curves, dashes, a picture, halos, and paper over what wide lines leave beside the frame."""
    from qgis.PyQt.QtGui import QImage

    from osm2cdr.processing_provider.cartography.rendering.png import png

    ring = rectangle(10, 10, 50, 50, RED)
    hole = rectangle(20, 20, 30, 30, RED)
    both = Shape(np.concatenate([ring.points, hole.points]), np.concatenate([ring.kinds, hole.kinds]), RED)
    curve = Shape(np.array([(10.0, 10), (20, 0), (30, 20), (40, 10)]), np.array([MOVE, 2, 3, 3], np.uint8), None,
                  Stroke(BLACK, 2.0, "butt", "miter", (3.0, 1.0)))  # fmt: skip
    dot = QImage(2, 2, QImage.Format.Format_RGB32)
    image = Image(png(dot), (10.0, 0.0, 0.0, 5.0, 40.0, 60.0))
    name = Text([Line("Ä & <b>", 20, 30, 15)], Font("Noto Sans", 9), BLACK, Halo(RED, 0.5), rotation=30)
    view = drawing(
        Layer("Map", [Group("Shapes", [both, curve, image, name])]), Layer("Sheet", [Group("x", [ring])], False)
    )
    made, found = written(view, tmp_path)
    assert list(found) == ["Map", "Margins", "Sheet"]
    assert made.layers == {name: len(shapes) for name, shapes in found.items()}
    area, line, picture, text = found["Map"]
    xml = area._element.xml
    assert xml.count("<a:moveTo>") == 2
    assert xml.count("<a:close/>") == 2
    assert "<a:cubicBezTo>" in line._element.xml
    assert '<a:ds d="150000" sp="50000"/>' in line._element.xml
    assert (picture.image.size, round(picture.left / 36000)) == ((2, 2), 40)
    assert text.text_frame.text == "Ä & <b>"
    assert text.rotation == 330
    assert "<a:glow" in text._element.xml
    # Turned about its middle, it begins where the baseline does.
    middle = np.array([text.left + text.width / 2, text.top + text.height / 2]) / 36000
    assert middle == pytest.approx((20 + 7.5 * np.cos(np.pi / 6), 30 - 7.5 * np.sin(np.pi / 6)), abs=1.5)


def test_a_name_that_bends_is_a_box_for_each_word(qgis, tmp_path):
    turns = np.linspace(0, np.pi / 2, 40)
    bent = np.stack([50 + 30 * np.sin(turns), 70 - 30 * np.cos(turns)], axis=1)
    straight = np.array([(10.0, 20.0), (60.0, 20.2)])
    names = [Text([Line("Round the bend", 50, 40, 47, path)], Font("Noto Sans", 9), BLACK) for path in (bent, straight)]
    _, found = written(drawing(Layer("Names", [Group("Names", list(names))])), tmp_path)
    assert [shape.text_frame.text for shape in found["Names"]] == ["Round", "the", "bend", "Round the bend"]
    turned = [shape.rotation for shape in found["Names"]]
    assert turned[:3] == sorted(turned[:3])
    assert 0 < turned[0] < 30
    assert 50 < turned[2] < 90


def test_a_large_drawing_is_few_shapes_and_says_so(qgis, tmp_path, monkeypatch):
    monkeypatch.setattr(pptx, "_MOST_SHAPES", 100)
    houses = [rectangle(x, y, x + 1, y + 1, RED) for x in range(10, 60) for y in range(10, 20)]
    line = Shape(np.array([(10.0, 10), (20, 20)]), np.array([MOVE, LINE], np.uint8), None, Stroke(BLACK, 1.0))
    made, found = written(drawing(Layer("Houses", [Group("Houses", [*houses, line])])), tmp_path)
    assert "500" in made.warnings[0] or "501" in made.warnings[0]
    assert [shape._element.xml.count("<a:path ") for shape in found["Houses"]] == [200, 200, 100, 1]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_break_nothing(qgis, tmp_path, name):
    text = Text([Line(name, 20, 30, 15)], Font(name[:40] or "x", 9), BLACK, name=name)
    shape = rectangle(10, 10, 20, 20, RED)
    shape.name = name
    _, found = written(drawing(Layer(name, [Group(name, [shape, text])])), tmp_path, title=name, source=name)
    (shapes,) = (shapes for group, shapes in found.items() if group != "Margins")
    assert len(shapes) == 2


def test_a_slide_that_is_too_small_is_refused_and_a_stop_heard(qgis, tmp_path):
    with pytest.raises(WriteError, match="25 to 1422 mm"):
        written(drawing(size=(20.0, 80.0)), tmp_path)
    stopping = Feedback(is_cancelled=lambda: True)
    with pytest.raises(Cancelled):
        written(drawing(Layer("a", [Group("a", [rectangle(0, 0, 1, 1, RED)])])), tmp_path, feedback=stopping)
