"""CorelDRAW files, read by a reader that knows nothing of the writer and reads real files: all that the drawing has."""

import struct
import zlib
from dataclasses import replace

import cdrdump
import kits
import libcdr
import numpy as np
import pytest
from cdrfile import Broken
from cdrmodel import CURVE, TEXT, UNITS, Colour, Group

from areas import ROOT, SAMPLE

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


@pytest.fixture(scope="module", autouse=True)
def _fonts(qgis):
    """The fonts that travel with the product."""
    from osm2cdr.processing_provider.cartography.fonts import register

    register()


@pytest.fixture(scope="module")
def drawing(qgis, tmp_path_factory):
    """A few streets of the sample, as the kit has them."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline import Pipeline
    from osm2cdr.processing_provider.request import make_request

    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not there")
    fields = {"bbox": kits.BOX, "formats": "cdr", "detail": 5, "source": str(SAMPLE)}
    return Pipeline(make_request(fields), tmp_path_factory.mktemp("cdr"), Feedback()).drawing("")


def write(drawing, path, press=False, title="", notice=""):
    """The drawing as a file, proven as the product proves it."""
    from osm2cdr.processing_provider.formats.artwork.cdr import writer
    from osm2cdr.processing_provider.formats.writing import Job

    job = Job(title=title, colors="cmyk" if press else "rgb", notice=notice)
    writer.prove(path, drawing, writer.write(drawing, path, job))
    return path


def is_colour(found, wanted, press):
    """Whether a colour is the one of the drawing, in the model that was asked for."""
    if wanted is None:
        return found is None
    if not press:
        return found == Colour("rgb", (wanted.red, wanted.green, wanted.blue))
    *inks, black = (part / 100 for part in found.values)
    shown = np.array([255 * (1 - ink) * (1 - black) for ink in inks])
    return found.model == "cmyk" and np.abs(shown - (wanted.red, wanted.green, wanted.blue)).max() < 3


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
    assert [layer.name for layer in document.layers] == [layer.name for layer in reversed(drawing.layers)]
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
    from osm2cdr.processing_provider.drawing.colors import over

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


def page(*items, name="Layer", group="Group"):
    """A drawing of one layer and one group."""
    from osm2cdr.processing_provider.drawing import model as m

    layers = [m.Layer(name, [m.Group(group, list(items))])] if items else []
    return m.Drawing(*kits.SIZE, m.Color(255, 255, 255), (0.0, 0.0, *kits.SIZE), layers)


def circle(count, radius, x=60.0, y=40.0):
    """A closed ring of points and what each is."""
    angles = np.linspace(0, 2 * np.pi, count)
    points = np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], axis=1)
    points[-1] = points[0]
    return points, np.array([0] + [1] * (count - 1), np.uint8)


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


def unpacked(path):
    """What precedes the packed document, its chunks and the sizes of these, what follows."""
    data = path.read_bytes()
    start = data.rindex(b"LIST", 0, data.rindex(b"cmpr"))
    one, _, other, _ = struct.unpack_from("<4I", data, start + 12)
    first = start + 28
    parts = data[first + 8 : first + one], data[first + one + 8 : first + one + other]
    size = struct.unpack_from("<I", data, start + 4)[0]
    return data[:start], *(bytearray(zlib.decompress(part)) for part in parts), data[start + 8 + size + (size & 1) :]


def packed(path, before, chunks, sizes, after):
    """The file again."""
    parts = [b"CPng\1\0\4\0" + zlib.compress(bytes(part)) for part in (chunks, sizes)]
    body = b"cmpr" + struct.pack("<4I", len(parts[0]), len(chunks), len(parts[1]), len(sizes)) + b"".join(parts)
    data = before + b"LIST" + struct.pack("<I", len(body)) + body + b"\0" * (len(body) & 1) + after
    path.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])
    return path


def place(chunks, kind, number=0):
    """Where the data of a chunk begin: of the first of its kind, or of a later one."""
    found = -1
    for _ in range(number + 1):
        found = chunks.index(kind, found + 1)
    return found + 8


# What is broken, and how: where in the chunks (of a chunk, so many bytes on), what stands there instead.
BROKEN = {
    "a size's number": (b"bbox", -4, b"\x01"),
    "a chunk's name": (b"bbox", -8, b"\x01"),
    "a fill that is not there": (b"fild", 0, b"\x77\x77"),
    "an outline that is not there": (b"outl", 0, b"\x77\x77"),
    "a colour model": (b"fild", 8, b"\x63"),
    "a cap": (b"outl", 6, b"\x07"),
    "a box upside down": (b"obbx", 16 + 4, b"\0\0\0\x80"),
    "a matrix of nothing": (b"trfd", 32, bytes(8)),
    "arguments too long": (b"loda", 0, b"\xff"),
    "a style that is not there": (b"txsm", 100, b"\x77\x77"),
    "a frame that is not there": (b"spnd", 0, b"\x77\x77"),
    "letters too many": (b"txsm", 117, b"\x7f"),
    "a text's place": (b"txsm", 44 + 21, b"\x01"),
    "flags of a page": (b"flgs", 3, b"\x10"),
    "master pages": (b"flgs", 2, b"\x00"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_files_are_told(qgis, tmp_path, what):
    from osm2cdr.processing_provider.drawing import model as m

    ring, kinds = circle(40, 30)
    path = m.Path(ring, kinds, m.Color(1, 2, 3), m.Stroke(m.Color(9, 9, 9), 1.0))
    text = m.Text([m.Line("Text", 10.0, 40.0, 20.0)], m.Font("Noto Sans", 12.0), m.Color(0, 0, 0))
    whole = write(page(path, text), tmp_path / "a.cdr")
    before, chunks, sizes, after = unpacked(whole)
    same = packed(tmp_path / "same.cdr", before, chunks, sizes, after)
    assert repr(cdrdump.dump(same)) == repr(cdrdump.dump(whole))
    kind, on, data = BROKEN[what]
    for number in range(chunks.count(kind)):
        changed, start = bytearray(chunks), place(chunks, kind, number) + on
        changed[start : start + len(data)] = data
        broken = packed(tmp_path / "broken.cdr", before, changed, sizes, after)
        try:
            cdrdump.dump(broken)
        except Broken:
            return
    pytest.fail(f"{what} was not told")


def test_broken_frames_are_told(qgis, drawing, tmp_path):
    """A file cut short, a byte of its packed part changed, a size too many, two objects of one number."""
    whole = write(drawing, tmp_path / "a.cdr")
    data = whole.read_bytes()
    broken = tmp_path / "broken.cdr"

    def is_told():
        with pytest.raises(Broken):
            cdrdump.dump(broken)

    for size in (len(data) - 1, len(data) // 2, 20):
        broken.write_bytes(data[:size])
        is_told()
    for place_of in range(len(data) // 2, len(data) // 2 + 2000, 100):
        broken.write_bytes(data[:place_of] + bytes([data[place_of] ^ 0x55]) + data[place_of + 1 :])
        is_told()
    before, chunks, sizes, after = unpacked(whole)
    packed(broken, before, chunks, sizes + b"\4\0\0\0", after)
    is_told()
    first, second = place(chunks, b"usdn"), place(chunks, b"usdn", 1)
    chunks[second : second + 4] = chunks[first : first + 4]
    packed(broken, before, chunks, sizes, after)
    is_told()


def test_the_product_proves_what_it_wrote(qgis, drawing, tmp_path):
    """A file that lacks a layer, a group or a name, or is cut, is not taken for the map."""
    from osm2cdr.processing_provider.errors import WriteError
    from osm2cdr.processing_provider.formats.artwork.cdr import writer

    whole = write(drawing, tmp_path / "a.cdr")
    layers = drawing.layers
    busy = max(layers, key=lambda layer: len(list(layer.items)))
    one = replace(busy, groups=[replace(busy.groups[0], items=busy.groups[0].items[:-1]), *busy.groups[1:]])
    for other in (layers[1:], layers[::-1], [one if layer is busy else layer for layer in layers],
                  [replace(layers[0], name="Other"), *layers[1:]]):  # fmt: skip
        with pytest.raises(WriteError):
            writer.prove(whole, replace(drawing, layers=other), None)
    data = whole.read_bytes()
    middle = len(data) * 3 // 4
    for broken in (data[:-1], data[: len(data) // 2], data[:middle] + b"\x55\x55" + data[middle + 2 :], b""):
        whole.write_bytes(broken)
        with pytest.raises(WriteError):
            writer.prove(whole, drawing, None)
