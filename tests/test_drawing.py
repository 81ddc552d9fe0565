"""The drawing and its formats, against QGIS's own picture of the same map: per layer, per class, and as a whole.

A map without its names is still very like itself: broken drawings must be told from whole ones.
"""

import copy
import io
import re
from collections import Counter
from dataclasses import replace

import drawn_by
import numpy as np
import pytest
import regression

from areas import AREAS

DPI = 600
STYLES = ("default", "minimal", "blueprint", "dark")
# The share of pixels that may lie far from QGIS's own: edges of thin lines, drawn by another program. CorelDRAW counts
# dashes in whole widths of their line, so that in its files they lie elsewhere.
FAR = {"pdf": 0.006, "eps": 0.03, "svg": 0.003, "cdr": 0.012}
# What each format's file is drawn by.
READERS = {"pdf": drawn_by.poppler, "eps": drawn_by.ghostscript, "svg": drawn_by.rsvg, "cdr": drawn_by.libcdr}


@pytest.fixture(scope="module")
def recorded(qgis, tmp_path_factory):
    """recorded(area, style): the picture and its drawing, made once."""
    from osm2cdr.processing_provider.drawing.recorder import record
    from osm2cdr.processing_provider.drawing.tidy import tidy
    from osm2cdr.processing_provider.feedback import Feedback

    made = {}

    def build(area, style):
        if not AREAS[area][0].exists():
            pytest.skip(f"{AREAS[area][0]} is not there")
        if (area, style) not in made:
            picture = regression.picture(area, style, tmp_path_factory.mktemp("drawing"))
            made[area, style] = picture, tidy(record(picture, Feedback()))
        return made[area, style]

    return build


def write(drawing, format_id, folder):
    """The drawing as a file of a format."""
    from osm2cdr.processing_provider.formats.artwork import eps, pdfmap, svg_layers
    from osm2cdr.processing_provider.formats.artwork.cdr import writer
    from osm2cdr.processing_provider.formats.writing import Job

    path = folder / f"drawing.{format_id}"
    {"pdf": pdfmap, "eps": eps, "svg": svg_layers, "cdr": writer}[format_id].write(drawing, path, Job())
    return path


def without_texts(drawing):
    """The map without its names; what stands round it stays."""
    from osm2cdr.processing_provider.drawing.model import Text

    layers = []
    for layer in drawing.layers:
        if not layer.clipped:
            layers.append(layer)
            continue
        groups = [
            replace(group, items=[item for item in group.items if not isinstance(item, Text)]) for group in layer.groups
        ]
        layers.append(replace(layer, groups=[group for group in groups if group.items]))
    return replace(drawing, layers=[layer for layer in layers if layer.groups])


def difference(one, other, drawing=None):
    """The share of pixels that lie far from one another; what stands on the sheet of `drawing` is not looked at.

    Its words are in fonts that another program may not have.
    """
    height, width = (min(sides) for sides in zip(one.shape[:2], other.shape[:2]))
    assert max(abs(a - b) for a, b in zip(one.shape[:2], other.shape[:2])) <= 3
    seen = np.ones((height, width), bool)
    for layer in drawing.layers if drawing is not None else ():
        for item in layer.items if not layer.clipped and layer.name == "Sheet" else ():
            if hasattr(item, "box"):
                left, top, right, bottom = (round(side / 25.4 * DPI) for side in item.box)
                seen[max(top - 2, 0) : bottom + 2, max(left - 2, 0) : right + 2] = False
    assert seen.mean() > 0.8
    return float(regression.far(one[:height, :width], other[:height, :width])[seen].mean())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("format_id", READERS)
def test_the_map_is_as_qgis_draws_it(recorded, tmp_path, format_id, style):
    picture, drawing = recorded("sample", style)
    path = write(without_texts(drawing), format_id, tmp_path)
    assert difference(READERS[format_id](path, DPI), regression.pixels(picture, False, DPI), drawing) < FAR[format_id]


@pytest.mark.parametrize("format_id", READERS)
def test_broken_drawings_are_told(recorded, tmp_path, format_id):
    """A layer dropped, two swapped, 1 mm of shift, one fill changed: each lies farther away than is allowed."""
    from osm2cdr.processing_provider.drawing.model import Color, Path

    picture, whole = recorded("sample", "default")
    bare = without_texts(whole)
    own = regression.pixels(picture, False, DPI)
    names = [layer.name for layer in bare.layers]

    def dropped(name):
        return replace(bare, layers=[layer for layer in bare.layers if layer.name != name])

    def swapped(one, other):
        layers = list(bare.layers)
        a, b = names.index(one), names.index(other)
        layers[a], layers[b] = layers[b], layers[a]
        return replace(bare, layers=layers)

    def changed(change):
        broken = copy.deepcopy(bare)
        for item in broken.items:
            if isinstance(item, Path):
                change(item)
        return broken

    def moved(item):
        item.points = item.points + np.array([1.0, 0.0])

    def recolored(item):
        if item.fill is not None and item.fill.hex == houses:
            item.fill = Color(200, 90, 90)

    houses = Counter(
        item.fill.hex for layer in bare.layers if layer.name == "Buildings" for item in layer.items if item.fill
    ).most_common(1)[0][0]
    broken = {
        "no houses": dropped("Buildings"), "no minor roads": dropped("Roads – Minor"),
        "order": swapped("Background", "Buildings"), "shift": changed(moved), "colour": changed(recolored),
    }  # fmt: skip
    for name, drawing in broken.items():
        folder = tmp_path / name
        folder.mkdir()
        seen = READERS[format_id](write(drawing, format_id, folder), DPI)
        assert difference(seen, own, whole) > FAR[format_id], name


def test_every_layer_and_class_is_as_qgis_draws_it(recorded, tmp_path):
    """Layer by layer, each by itself on the page, through Poppler."""
    from osm2cdr.processing_provider.drawing.model import Path

    picture, drawing = recorded("sample", "default")
    looked_at = 0
    for layer in picture.layers:
        if layer.renderer().type() == "nullSymbol":
            continue
        mine = next((made for made in drawing.layers if made.name == layer.name()), None)
        alone = regression.pixels(replace(picture, layers=[layer]), False, DPI)
        if mine is None:
            assert (alone == alone[0, 0]).all(), layer.name()
            continue
        assert all(isinstance(item, Path) for item in mine.items)
        page = replace(drawing, layers=[made for made in drawing.layers if made.name == "Background"] + [mine])
        folder = tmp_path / str(looked_at)
        folder.mkdir()
        seen = drawn_by.poppler(write(page, "pdf", folder), DPI)
        ink = (np.abs(alone.astype(int) - alone[0, 0]).max(axis=2) > 8).mean()
        assert difference(seen, alone, drawing) < max(0.0005, 0.04 * ink), layer.name()
        looked_at += 1
    assert looked_at >= 15


def test_every_class_is_as_qgis_draws_it(recorded, tmp_path):
    """Class by class: QGIS with one rule switched on, the drawing with the groups of that name."""
    picture, drawing = recorded("sample", "default")
    ground = [made for made in drawing.layers if made.name == "Background"]
    looked_at = set()
    for layer in picture.layers:
        mine = next((made for made in drawing.layers if made.name == layer.name()), None)
        if mine is None or layer.renderer().type() != "RuleRenderer":
            continue
        classes = {group.name for group in mine.groups}
        if len(classes) < 2 or any(name.endswith("outlines") for name in classes):
            continue
        for name in sorted(classes):
            alone = layer.clone()
            for rule in alone.renderer().rootRule().children():
                rule.setActive(rule.label() == name)
            theirs = regression.pixels(replace(picture, layers=[alone]), False, DPI)
            groups = [group for group in mine.groups if group.name == name]
            page = replace(drawing, layers=[*ground, replace(mine, groups=groups)])
            folder = tmp_path / str(len(looked_at))
            folder.mkdir()
            seen = drawn_by.poppler(write(page, "pdf", folder), DPI)
            ink = (np.abs(theirs.astype(int) - theirs[0, 0]).max(axis=2) > 8).mean()
            assert difference(seen, theirs, drawing) < max(0.0005, 0.04 * ink), (layer.name(), name)
            looked_at.add((layer.name(), name))
    assert len(looked_at) >= 10


@pytest.mark.parametrize("style", STYLES)
def test_names_are_drawn_where_qgis_draws_them(recorded, tmp_path, style):
    picture, drawing = recorded("sample", style)
    path = write(drawing, "pdf", tmp_path)
    folder = tmp_path / "bare"
    folder.mkdir()
    bare = drawn_by.poppler(write(without_texts(drawing), "pdf", folder), DPI)
    whole = drawn_by.poppler(path, DPI)
    mine = np.abs(whole.astype(int) - bare).max(axis=2) > regression.INK_LEVELS
    # Where QGIS measures text, at the resolution of the recording, names lie as in the drawing.
    theirs = regression.pixels(picture, True, DPI).astype(int) - regression.pixels(picture, False, DPI)
    theirs = np.abs(theirs).max(axis=2) > regression.INK_LEVELS
    height, width = (min(sides) for sides in zip(mine.shape, theirs.shape))
    assert regression.name_faults(theirs[:height, :width], mine[:height, :width]) == []
    assert regression.name_faults(theirs[:height, :width], np.zeros((height, width), bool))


@pytest.mark.parametrize("area", AREAS)
def test_every_name_is_whole(recorded, area):
    from osm2cdr.processing_provider.drawing.model import Text

    _, drawing = recorded(area, "default")
    texts = [item for item in drawing.items if isinstance(item, Text)]
    assert len(texts) > 20
    for text in texts:
        if text.name:
            assert "".join(text.string.split()).casefold() == "".join(text.name.split()).casefold()
    streets = [layer for layer in drawing.layers if layer.name == "Street names"]
    assert streets
    letters = [item for layer in streets for item in layer.items if isinstance(item, Text) and len(item.string) == 1]
    assert letters == []
    assert any(item.lines[0].path is not None for layer in streets for item in layer.items if isinstance(item, Text))


@pytest.mark.parametrize("area", AREAS)
def test_nothing_leaves_the_frame(recorded, area):
    from osm2cdr.processing_provider.drawing.model import Path

    _, drawing = recorded(area, "default")
    left, top, right, bottom = drawing.frame
    for layer in drawing.layers:
        for item in layer.items if layer.clipped else ():
            if isinstance(item, Path):
                box = item.box
                assert box[0] >= left - 1e-6, layer.name
                assert box[1] >= top - 1e-6, layer.name
                assert box[2] <= right + 1e-6, layer.name
                assert box[3] <= bottom + 1e-6, layer.name


def test_choices(recorded, tmp_path):
    """Outlines hold no text and look alike; merged houses lose the walls between them; roads become areas."""
    from osm2cdr.processing_provider.drawing.choices import Choices, apply
    from osm2cdr.processing_provider.drawing.model import Text

    _, drawing = recorded("sample", "default")
    live = drawn_by.poppler(write(drawing, "pdf", tmp_path), DPI)
    folder = tmp_path / "outlines"
    folder.mkdir()
    outlined = apply(drawing, Choices("outlines"))
    assert not any(isinstance(item, Text) for item in outlined.items)
    # Letters of a font are hinted, outlines are not.
    assert difference(drawn_by.poppler(write(outlined, "pdf", folder), DPI), live) < 0.02
    folder = tmp_path / "none"
    folder.mkdir()
    assert difference(drawn_by.poppler(write(without_texts(drawing), "pdf", folder), DPI), live) > 0.03
    system = apply(drawing, Choices("system"))
    assert {family for family, _, _ in system.fonts} <= {"Arial", "Times New Roman", "Courier New"}

    def houses(made):
        return sum(1 for layer in made.layers if layer.name == "Buildings" for _ in layer.items)

    merged = apply(drawing, Choices(merge_buildings=True))
    assert 1 <= houses(merged) <= 3 < houses(drawing)
    folder = tmp_path / "roads"
    folder.mkdir()
    expanded = apply(drawing, Choices(roads="outlines"))
    minor = next(layer for layer in expanded.layers if layer.name == "Roads – Minor")
    assert all(item.fill is not None and item.stroke is None for item in minor.items)
    assert difference(drawn_by.poppler(write(expanded, "pdf", folder), DPI), live) < 0.02


def test_fonts_travel_along(qgis, tmp_path):
    """A zip with the file, the fonts that it names, and their licence; each font opens, and has the family's name."""
    import zipfile

    from fontTools.ttLib import TTFont

    from osm2cdr.processing_provider import pipeline
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.request import make_request

    fields = {"bbox": regression.BOXES["sample"], "formats": "svg_layers", "detail": 5, "options": {"fonts": True}}
    request = make_request({**fields, "source": str(AREAS["sample"][0])})
    [result] = pipeline.run(request, tmp_path, Feedback())
    assert result.error is None
    assert result.path.name == "map_svg_layers.zip"
    with zipfile.ZipFile(result.path) as archive:
        text = archive.read("map_svg_layers.svg").decode()
        named = set(re.findall(r'font-family="([^"]+)"', text))
        found = set()
        for name in archive.namelist():
            if name.endswith((".ttf", ".otf")):
                with archive.open(name) as file:
                    found.add(TTFont(io.BytesIO(file.read()))["name"].getBestFamilyName())
        assert named <= found
        assert (
            "OFL" in archive.read("fonts/NOTO-LICENSE.txt").decode()
            or "Open Font" in archive.read("fonts/NOTO-LICENSE.txt").decode()
        )
        assert all(family in archive.read("FONTS.txt").decode() for family in named)


@pytest.mark.parametrize("colors", ["rgb", "cmyk"])
def test_swatches_have_the_names_of_the_style(recorded, tmp_path, colors):
    """Separation colours by the style's tokens, as pikepdf reads them; the page looks the same."""
    import pikepdf

    from osm2cdr.processing_provider.formats.artwork import pdfmap
    from osm2cdr.processing_provider.formats.writing import Job

    _, drawing = recorded("sample", "default")
    plain, named = tmp_path / "plain.pdf", tmp_path / "named.pdf"
    pdfmap.write(drawing, plain, Job(colors=colors))
    pdfmap.write(drawing, named, Job(colors=colors, options={"swatches": True}))
    with pikepdf.open(named) as document:
        spaces = document.pages[0].Resources.ColorSpace
        found = {str(space[1])[1:]: (str(space[2]), [float(part) for part in space[3].C1]) for space in spaces.values()}
    assert {"Building", "Secondary", "Rail"} <= set(found)
    device, parts = found["Building"]
    building = next(color for name, color in drawing.swatches.items() if name == "Building")
    if colors == "rgb":
        assert (device, parts) == (
            "/DeviceRGB",
            pytest.approx([building.red / 255, building.green / 255, building.blue / 255], abs=1e-3),
        )
    else:
        assert device == "/DeviceCMYK"
        assert len(parts) == 4
    assert difference(drawn_by.poppler(named, 150), drawn_by.poppler(plain, 150)) < 0.001
