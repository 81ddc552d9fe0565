"""CorelDRAW files, read by a reader that knows nothing of the writer and reads real files: all that the drawing has."""

import cdrdump
import kits
import libcdr
import numpy as np
import pytest
from cdrmade import circle, corel_fonts, few_streets, page, write  # noqa: F401
from cdrmodel import CURVE, TEXT, UNITS, Colour, Group

from areas import ROOT

FONTS = ROOT / "processing_provider" / "cartography" / "fonts"

# Bytes of each record (docs/corel.md); those of no fixed size are checked by what is in them.
SIZES = {
    "pfrd": {2}, "mcfg": {8152}, "ptrt": {16}, "font": {164}, "fild": {8, 36}, "outl": {140}, "flgs": {4}, "bbox": {16},
    "obbx": {32}, "usdn": {4}, "spnd": {4}, "ftil": {48}, "trfd": {80}, "txtj": {528},
}  # fmt: skip
ARGUMENTS = {
    "group": (0x4AE2, 0x64),
    CURVE: (0x4AE2, 0x2EFE, 0x2EE0, 0xC8, 0x64, 0x1E, 0x14, 0x0A),
    TEXT: (0x4AE2, 0x3E8F, 0x2EFE, 0x2EE0, 0xC8, 0x64, 0x1E, 0x14, 0x0A),
}
FACES = {(False, False): 0x40, (False, True): 0x80, (True, False): 0x1000, (True, True): 0x2000}
# A node for a move, a line, a control point and a curve's end, without the closed bit.
NODES = (0x04, 0x44, 0xC0, 0x84)


def is_colour(found, wanted, press):
    """Whether a colour is the one of the drawing, in the model that was asked for."""
    if wanted is None:
        return found is None
    if not press:
        return found == Colour("rgb", (wanted.red, wanted.green, wanted.blue))
    from osm2cdr.processing_provider.formats import inks, press_profile

    made = inks.press(press_profile.found())
    # Of an area, or of small letters and grey lines.
    wished = (made.area(wanted), made.mark(wanted))
    return found.model == "cmyk" and any(np.abs(np.subtract(found.values, one)).max() < 1 for one in wished)


def nodes(path):
    """The node of each point, subpath by subpath."""
    made = []
    for points, kinds, _ in path.subpaths():
        row, curve = [], 0
        for kind in kinds:
            curve = 2 if kind == 2 else curve - 1 if kind == 3 else 0
            row.append(NODES[2] if curve > 0 else NODES[3] if kind == 3 else NODES[kind])
        if len(points) > 2 and (points[0] == points[-1]).all():
            row[0] |= 0x08
            row[-1] = (row[-1] & 0xF0) | 0x08
        made += row
    return made


def agree(drawing, document, press=False):
    """Layer by layer, group by group, object by object; curves are all there, as are the lines of all texts."""
    from osm2cdr.processing_provider.drawing.model import Image, Path, Text

    assert (document.width, document.height) == pytest.approx((drawing.width, drawing.height), abs=1e-4)
    assert [layer.name for layer in document.layers] == [layer.title for layer in reversed(drawing.layers)]
    for layer, found in zip(reversed(drawing.layers), document.layers):
        groups = [group for group in layer.groups if any(not isinstance(item, Image) for item in group.items)]
        left = list(reversed(found.children))
        for group in groups:
            assert all(isinstance(block, Group) and block.arguments == ARGUMENTS["group"] for block in left)
            texts = [item for item in group.items if isinstance(item, Text)]
            if any(text.halo for text in texts):
                halos = [(text, line) for text in texts if text.halo for line in text.lines]
                for (text, line), shape in zip(halos, reversed(left.pop(0).children), strict=True):
                    is_text(shape, text, line, drawing, press, text.halo.color)
                    assert shape.outline.width == pytest.approx(text.halo.width * 2 * UNITS, abs=1)
            paths = [item for item in group.items if isinstance(item, Path)]
            wanted = paths + [(text, line) for text in texts for line in text.lines]
            for item, shape in zip(wanted, reversed(left.pop(0).children), strict=True):
                if isinstance(item, Path):
                    is_path(shape, item, drawing, press)
                else:
                    is_text(shape, *item, drawing, press, item[0].color)
                    assert shape.width == 0
        assert not left
    for kind, size in document.sizes:
        assert size in SIZES.get(kind, {size}), kind


def is_path(shape, path, drawing, press):
    """A path with its points to a ten thousandth of a mm, its nodes, colours, line and boxes."""
    from osm2cdr.processing_provider.drawing.clean.colors import over

    assert (shape.kind, shape.arguments, shape.spare) == (CURVE, ARGUMENTS[CURVE], 0)
    wanted = (path.points - (drawing.width / 2, drawing.height / 2)) * (UNITS, -UNITS)
    assert np.abs(shape.points - wanted).max() <= 0.5001
    assert shape.nodes.tolist() == nodes(path)
    (left, bottom), (right, top) = shape.points.min(axis=0), shape.points.max(axis=0)
    assert shape.box == (left, top, right, bottom)
    assert is_colour(shape.fill, path.fill and over(path.fill, drawing.background), press)
    line, half = path.stroke, 0
    if line is None:
        assert shape.width == 0
    else:
        found, half = shape.outline, line.width / 2 * UNITS
        assert is_colour(found.colour, over(line.color, drawing.background), press)
        assert found.width == pytest.approx(line.width * UNITS, abs=0.5001)
        assert (found.cap, found.join) == (
            ("butt", "round", "square").index(line.cap), ("miter", "round", "bevel").index(line.join)
        )  # fmt: skip
        assert found.kind == (4 if line.dash else 2)
        assert len(found.dash) == len(line.dash)
        for widths, part in zip(found.dash, line.dash):
            assert abs(widths * line.width - part) <= max(line.width / 2, line.width - part) + 1e-9
    assert shape.outer == pytest.approx((left - half, top + half, right + half, bottom - half), abs=1)


def space(font):
    """How wide its space is in mm, by the font's file."""
    from fontTools.ttLib import TTFont

    if not font.spacing:
        return 1.0
    family, face = font.family.replace(" ", ""), ("Bold" if font.bold else "") + ("Italic" if font.italic else "")
    files = TTFont(FONTS / f"{family}-{face or 'Regular'}.ttf")
    return files["hmtx"]["space"][0] / files["head"].unitsPerEm * font.size * 25.4 / 72


def is_text(shape, text, line, drawing, press, colour):
    """A text: its letters, typeface, size, colour, and where its baseline begins and points to."""
    assert (shape.kind, shape.arguments) == (TEXT, ARGUMENTS[TEXT])
    assert shape.text == line.text
    style, font = shape.style, text.font
    assert (style.font, style.face) == (font.family, FACES[font.bold, font.italic])
    assert style.size == pytest.approx(font.size * 25.4 / 72 * UNITS, abs=1)
    assert is_colour(shape.fill, colour, press)
    assert style.fill == shape.fill
    a, b, x, c, d, y = shape.matrix
    assert (a, b) == pytest.approx((d, -c))
    assert a * a + c * c == pytest.approx(1)
    start = np.array([x, -y]) / UNITS + (drawing.width / 2, drawing.height / 2)
    along = np.array([a, -c])
    assert style.interval[3] == pytest.approx(1e6 * font.spacing / space(font), abs=1)
    # Spacing is between the letters of words alone; the middle of the letters stays where it is.
    apart = sum(not (one + other).isspace() and " " not in one + other for one, other in zip(line.text, line.text[1:]))
    lost = (max(len(line.text) - 1, 0) - apart) * font.spacing
    if line.path is None:
        assert start == pytest.approx(np.array([line.x, line.y]) + along * lost / 2, abs=2e-4)
        angle = np.radians(text.rotation)
        assert (a, c) == pytest.approx((np.cos(angle), np.sin(angle)))
        return
    # Of a bent one: straight, from its beginning towards its end, its middle near the curve's.
    between = line.path[-1] - line.path[0]
    assert along @ between == pytest.approx(np.hypot(*between))
    middle = start + along * (line.width - lost - font.spacing) / 2
    assert np.hypot(*(line.path - middle).T).min() < 0.2 * np.hypot(*between)


@pytest.mark.parametrize("number", range(10))
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
