"""CorelDRAW files, read by a reader that knows nothing of the writer and reads real files: all that the drawing has."""

import cdrdump
import kits
import libcdr
import numpy as np
import pytest
from cdragree import agree
from cdrmade import circle, corel_fonts, few_streets, page, write  # noqa: F401
from cdrmodel import UNITS

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")


@pytest.mark.parametrize("number", range(14))
def test_every_file_of_the_kit_holds_its_drawing(qgis, tmp_path, number):
    step = kits.steps()[number]
    path = write(step.drawing, tmp_path / "a.cdr", step.press, step.name, "© a notice")
    document = cdrdump.dump(path)
    agree(step.drawing, document, step.press)
    assert (document.version, document.title, document.notice) == (1200, step.name, "© a notice")
    assert libcdr.differences(document, path)[0] == []


@pytest.mark.parametrize("press", [False, True])
def test_a_map_holds_its_drawing(drawing, tmp_path, press):
    path = write(drawing, tmp_path / "map.cdr", press)
    document = cdrdump.dump(path)
    agree(drawing, document, press)
    told, seen = libcdr.differences(document, path)
    assert told == []
    assert seen["points"] > 3000
    assert seen["texts"] > 50
    assert document.pages[0].master
    assert [layer.kind for layer in document.pages[1].layers][:2] == ["Guides", "Desktop"]
    assert document.pages[1].layers[-1].kind == "Grid"
    assert {layer.flags for layer in document.layers} == {0x98000000}


def test_what_readers_cannot_count_comes_in_pieces(qgis, tmp_path):
    """More than 65,535 points: a line in pieces that touch, an area with a hole in parts that fill the same."""
    from osm2cdr.processing_provider.drawing.model import Color, Path, Stroke

    (ring, kinds), (hole, others) = circle(150_000, 35), circle(10_000, 20)
    points = np.concatenate([ring, hole])
    area = Path(points, np.concatenate([kinds, others]), Color(10, 120, 200))
    line = Path(ring[:100_000], kinds[:100_000], None, Stroke(Color(0, 0, 0), 0.5))
    path = write(page(area, line), tmp_path / "a.cdr")
    document = cdrdump.dump(path)
    pieces = [shape for shape in document.shapes if shape.fill is None]
    parts = [shape for shape in document.shapes if shape.fill is not None]
    assert [len(shape.points) for shape in pieces[::-1]] == [65_535, 34_466]
    assert len(parts) > 2
    assert max(len(shape.points) for shape in document.shapes) <= 65_535
    assert (pieces[1].points[-1] == pieces[0].points[0]).all()
    wanted = np.pi * (35**2 - 20**2)
    assert sum(area_of(shape) for shape in parts) == pytest.approx(wanted * UNITS**2, rel=1e-3)
    assert libcdr.differences(document, path)[0] == []


def area_of(shape):
    """The area of a shape's rings, holes taken off: each ring in another counts against it."""
    starts = [*np.flatnonzero(shape.nodes >> 6 == 0), len(shape.nodes)]
    areas = []
    for start, end in zip(starts, starts[1:]):
        x, y = shape.points[start:end].T
        areas.append(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2)
    return 2 * max(areas) - sum(areas)


def test_an_empty_drawing_is_a_page(qgis, tmp_path):
    document = cdrdump.dump(write(page(), tmp_path / "a.cdr"))
    assert document.layers == []
    assert document.shapes == []
    assert [layer.kind for layer in document.pages[1].layers] == ["Guides", "Desktop", "Grid"]


NAMES = (
    "Дороги – шоссе", "Töölö Ærø Łódź Ñandú", "東京 · 北京", "שלום عليكم", "a\0b\nc\td", "<b>&amp;\"'</b>", " ", "",
    "x" * 3000, "Park 🌳 \U0001F3DE", "\ud800", "(%s) \\ {0} $x", "e\u0301\u0323 \u200f",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_whole(qgis, tmp_path, name):
    """In a layer and in a text; what no name can hold (control characters, halves of letters) is a space."""
    from osm2cdr.processing_provider.drawing import model as m

    wanted = "".join(" " if ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 else letter for letter in name)
    text = m.Text([m.Line(name, 10.0, 40.0, 50.0)], m.Font("Noto Sans", 12.0, True, True), m.Color(0, 0, 0))
    path = write(page(text, name=name), tmp_path / "a.cdr", title=name)
    document = cdrdump.dump(path)
    assert [layer.name for layer in document.layers] == [wanted]
    assert [shape.text for shape in document.shapes] == [wanted]
    assert document.title == wanted
    assert document.shapes[0].style.face == 0x2000
    if wanted.strip() and wanted.isascii():
        assert libcdr.differences(document, path)[0] == []


def test_lines_do_not_stand_out_of_the_frame(qgis, tmp_path):
    """The format clips nothing: over the round end of a street lies the paper, under what stands on it."""
    from likeness import seen

    from osm2cdr.processing_provider.drawing import model as m

    red, paper, black = m.Color(220, 0, 0), m.Color(250, 240, 220), m.Color(0, 0, 0)
    street = m.Path(
        np.array([(20.0, 40.0), (60.0, 40.0)]), np.array([m.MOVE, m.LINE], np.uint8), None, m.Stroke(red, 10.0)
    )
    layers = [
        m.Layer("Paper", [m.Group("Paper", [m.rectangle(0, 0, 80, 80, paper)])], clipped=False),
        m.Layer("Roads", [m.Group("Roads", [street])]),
    ]
    for sheet in ([], [m.Layer("Sheet", [m.Group("Frame", [m.rectangle(70, 35, 75, 45, black)])], clipped=False)]):
        drawing = m.Drawing(80.0, 80.0, paper, (20.0, 20.0, 60.0, 60.0), layers + sheet)
        picture = seen(drawing, "cdr", tmp_path / str(len(sheet)), 254)
        assert tuple(picture[400, 300]) == (220, 0, 0)
        for x in (170, 190, 610, 640):
            assert tuple(picture[400, x]) == (250, 240, 220)
        assert tuple(picture[400, 725]) == ((0, 0, 0) if sheet else (250, 240, 220))
