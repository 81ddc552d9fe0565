"""Whether a CorelDRAW file, as our reader finds it, holds all of a drawing."""

import io

import numpy as np
import PIL.Image
import pytest
from cdrmodel import BITMAP, CURVE, NAME, STYLE, TEXT, UNITS, Colour, Group

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
    BITMAP: (0x4AE2, 0x2EFE, 0x2EE0, 0x3F2, 0xC8, 0x64, 0x1E, 0x14, 0x0A),
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


def called(text):
    """A name as it stands in a file: one line of letters."""
    return " ".join("".join(" " if ord(one) < 32 or 0xD800 <= ord(one) < 0xE000 else one for one in text).split())


def agree(drawing, document, press=False):
    """Layer by layer, group by group, thing by thing; curves are all there, as are the lines of all texts.

    Each group has its name, and each thing: one object, or a group of what it is made of.
    """
    from osm2cdr.processing_provider.drawing.things import things

    assert (document.width, document.height) == pytest.approx((drawing.width, drawing.height), abs=1e-4)
    assert [layer.name for layer in document.layers] == [layer.title for layer in reversed(drawing.layers)]
    named = {}
    for layer, found in zip(reversed(drawing.layers), document.layers):
        groups = [group for group in layer.groups if group.items]
        assert [block.name for block in reversed(found.children)] == [called(g.name or layer.name) for g in groups]
        for group, block in zip(groups, reversed(found.children)):
            assert is_group(block)
            named[block.number] = block.name
            left = list(reversed(block.children))
            for name, items in things(group):
                wanted = [one for item in items for one in pieces(item)]
                thing = left.pop(0)
                assert thing.name == called(name)
                if thing.name:
                    named[thing.number] = thing.name
                assert isinstance(thing, Group) == (len(wanted) > 1)
                inside = list(reversed(thing.children)) if is_group(thing) else [thing]
                for one, shape in zip(wanted, inside, strict=True):
                    is_one(shape, one, drawing, press)
                    assert shape is thing or not shape.name
            assert not left
    assert document.names == named
    for kind, size in document.sizes:
        assert size in SIZES.get(kind, {size}), kind


def is_group(block):
    """Whether it is a group, with the arguments of one; a name stands behind the first."""
    first, *rest = ARGUMENTS["group"]
    assert not isinstance(block, Group) or block.arguments == (first, *((NAME,) if block.name else ()), *rest)
    return isinstance(block, Group)


def arguments(shape):
    """What arguments an object of its kind has; a name stands before its style."""
    wanted = list(ARGUMENTS[shape.kind])
    if shape.name:
        wanted.insert(wanted.index(STYLE), NAME)
    return tuple(wanted)


def pieces(item):
    """What an object becomes: itself, or the lines of a text, and below them what shines round them."""
    from osm2cdr.processing_provider.drawing.model import Text

    if not isinstance(item, Text):
        return [item]
    return [*((item, line, True) for line in item.lines if item.halo), *((item, line, False) for line in item.lines)]


def is_one(shape, wanted, drawing, press):
    """An object: a path, a picture, or a line of a text, or what shines round it."""
    from osm2cdr.processing_provider.drawing.model import Image, Path

    assert shape.arguments == arguments(shape)
    if isinstance(wanted, Path):
        is_path(shape, wanted, drawing, press)
    elif isinstance(wanted, Image):
        is_picture(shape, wanted, drawing)
    else:
        text, line, is_halo = wanted
        is_text(shape, text, line, drawing, press, text.halo.color if is_halo else text.color)
        assert shape.width == (pytest.approx(text.halo.width * 2 * UNITS, abs=1) if is_halo else 0)


def is_picture(shape, picture, drawing):
    """A picture: its pixels, and where its corners lie, the lower left one first."""
    assert (shape.kind, shape.fill, shape.width) == (BITMAP, None, 0)
    a, b, c, d, e, f = picture.matrix
    corners = [(e + c, f + d), (e + a + c, f + b + d), (e + a, f + b), (e, f)]
    wanted = (np.array(corners) - (drawing.width / 2, drawing.height / 2)) * (UNITS, -UNITS)
    assert np.abs(shape.points - wanted).max() <= 1
    low, high = wanted.min(axis=0), wanted.max(axis=0)
    assert shape.box == pytest.approx((low[0], high[1], high[0], low[1]), abs=1)
    seen = np.asarray(PIL.Image.open(io.BytesIO(picture.png)).convert("RGB"))
    assert (shape.image == seen).all()


def is_path(shape, path, drawing, press):
    """A path with its points to a ten thousandth of a mm, its nodes, colours, line and boxes."""
    from osm2cdr.processing_provider.drawing.clean.colors import over

    assert (shape.kind, shape.spare) == (CURVE, 0)
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
    assert shape.kind == TEXT
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
