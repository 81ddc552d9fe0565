"""The drawing and its formats, against QGIS's own picture of the same map: per layer, per class, and as a whole.

A map without its names is still very like itself: broken drawings must be told from whole ones.
"""

import io
import re
from dataclasses import replace

import drawn_by
import pytest
import regression
from likeness import (
    COARSE,
    DPI,
    FAMILIES,
    FAR,
    STYLES,
    alone,
    as_by_itself,
    beside,
    broken,
    difference,
    ink,
    name_faults,
    seen,
    without_texts,
)

from areas import AREAS

# The ground of each area and style, drawn once for all formats.
QGIS_DRAWS = {}
# Each format in each style; on the other area in one of them, by turns.
TURNS = [
    (name, area, style)
    for number, name in enumerate(FAMILIES)
    for area in AREAS
    for style in (STYLES if area == "sample" else [STYLES[number % len(STYLES)]])
]
ALIKE = [(name, area) for name, others in FAMILIES.items() if others for area in AREAS]


@pytest.mark.parametrize(("format_id", "area", "style"), TURNS)
def test_the_map_is_as_qgis_draws_it(recorded, tmp_path, format_id, area, style):
    picture, drawing = recorded(area, style)
    drawn = seen(without_texts(drawing), format_id, tmp_path)
    if (area, style) not in QGIS_DRAWS:
        QGIS_DRAWS[area, style] = regression.pixels(picture, False, DPI)
    assert difference(drawn, QGIS_DRAWS[area, style], drawing) < FAR[format_id]


@pytest.mark.parametrize(
    ("family", "area", "style"), [(*one, STYLES[number % len(STYLES)]) for number, one in enumerate(ALIKE)]
)
def test_formats_of_a_family_look_alike(recorded, tmp_path, family, area, style):
    """With their names."""
    _, drawing = recorded(area, style)
    one = seen(drawing, family, tmp_path, 150)
    for other in FAMILIES[family]:
        assert difference(seen(drawing, other, tmp_path, 150), one, dpi=150) < 0.0005


@pytest.mark.one_system("what the comparison itself notices of faults that are made on purpose")
@pytest.mark.parametrize("format_id", FAMILIES)
def test_broken_drawings_are_told(recorded, tmp_path, format_id):
    """A layer dropped, two swapped, 1 mm of shift, one fill changed: each lies farther away than is allowed."""
    picture, whole = recorded("sample", "default")
    own = regression.pixels(picture, False, COARSE)
    made = broken(without_texts(whole))
    assert set(made) == {"shift", "no Buildings", "no Roads – Minor", "order", "colour"}
    for name, drawing in made.items():
        assert difference(seen(drawing, format_id, tmp_path / name, COARSE), own, whole, COARSE) > 0.04, name


# Each format and each style, in both areas.
PAIRS = (("pdf", "sample", "default"), ("svg", "monaco", "minimal"), ("eps", "sample", "dark"),
         ("cdr", "monaco", "blueprint"))  # fmt: skip


# What may lie far away beside the ink of a layer or class.
SHARE = 0.02
# Small dots, all edge: QGIS paints one picture of them at whole pixels.
DOTS, DOTS_SHARE = ("Trees",), 0.08


def is_alike(whole, page, theirs, format_id, folder, what):
    """Of a layer or class by itself on a page: what lies far away is little beside its ink."""
    theirs = beside(page, theirs, format_id, folder)
    drawn = seen(page, format_id, folder)
    away, inked = difference(drawn, theirs, whole), ink(theirs, whole)
    share = DOTS_SHARE if what in DOTS else SHARE
    assert away < max(0.0002, share * inked), (what, away / inked)


@pytest.mark.parametrize(("format_id", "area", "style"), PAIRS)
def test_every_layer_is_as_qgis_draws_it(recorded, tmp_path, format_id, area, style):
    """Layer by layer, each by itself on the page."""
    from osm2cdr.processing_provider.drawing.model import Path

    picture, drawing = recorded(area, style)
    looked_at = 0
    for layer in picture.layers:
        if layer.renderer().type() == "nullSymbol":
            continue
        mine = next((made for made in drawing.layers if made.name == layer.name()), None)
        theirs = regression.pixels(replace(picture, layers=[layer]), False, DPI)
        if mine is None:
            assert (theirs == theirs[0, 0]).all(), layer.name()
            continue
        # Points of interest have their names with them.
        assert all(isinstance(item, Path) for item in mine.items) or mine.parent == "Labels"
        page = without_texts(alone(drawing, mine))
        is_alike(drawing, page, theirs, format_id, tmp_path / str(looked_at), layer.name())
        looked_at += 1
    assert looked_at >= 10


# What is in which class is the drawing's own, whoever writes it.
@pytest.mark.parametrize(("format_id", "area", "style"), PAIRS[:2])
def test_every_class_is_as_qgis_draws_it(recorded, tmp_path, format_id, area, style):
    """Class by class: QGIS with one rule switched on, the drawing with the groups of that name."""
    picture, drawing = recorded(area, style)
    looked_at = set()
    for layer in picture.layers:
        mine = next((made for made in drawing.layers if made.name == layer.name()), None)
        if mine is None or layer.renderer().type() != "RuleRenderer":
            continue
        classes = {group.name for group in mine.groups}
        if len(classes) < 2 or any(name.endswith("outlines") for name in classes):
            continue
        for name in sorted(classes):
            only = layer.clone()
            for rule in only.renderer().rootRule().children():
                rule.setActive(rule.label() == name)
            theirs = regression.pixels(replace(picture, layers=[only]), False, DPI)
            groups = [group for group in mine.groups if group.name == name]
            page = without_texts(alone(drawing, replace(mine, groups=groups)))
            is_alike(drawing, page, theirs, format_id, tmp_path / str(len(looked_at)), (layer.name(), name))
            looked_at.add((layer.name(), name))
    assert len(looked_at) >= 5


@pytest.mark.parametrize(("format_id", "area", "style"), [turn for turn in TURNS if turn[0] != "svg"])
def test_names_are_drawn_where_qgis_draws_them(recorded, tmp_path, format_id, area, style):
    """And a map without its names is told; where QGIS measures text finely, names lie as in the drawing."""
    picture, drawing = recorded(area, style)
    faults, told = name_faults(drawing, picture, format_id, tmp_path, dpi=COARSE)
    if (format_id, style) == ("cdr", "minimal"):
        # Its few names are all level and so text, in whatever font stands in for one that is not installed.
        faults = [fault for fault in faults if "of their ink" not in fault]
    assert (faults, told) == ([], True)


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


def test_libcdr_shows_live_names_elsewhere(recorded, tmp_path):
    """Which is why they are mixed by themselves in CorelDRAW: turned ones lie level there, if they are text."""
    _, drawing = recorded("sample", "default")
    live = seen(drawing, "cdr", tmp_path / "live", COARSE)
    made = seen(as_by_itself(drawing, "cdr"), "cdr", tmp_path / "mixed", COARSE)
    wanted = seen(drawing, "pdf", tmp_path, COARSE)
    assert difference(made, wanted, drawing, COARSE) < 0.6 * difference(live, wanted, drawing, COARSE)


def test_choices(recorded, tmp_path):
    """Outlines hold no text and look alike; merged houses lose the walls between them; roads become areas."""
    from osm2cdr.processing_provider.drawing.clean.artwork_choices import Choices, apply
    from osm2cdr.processing_provider.drawing.model import Text

    _, drawing = recorded("sample", "default")
    live = seen(drawing, "pdf", tmp_path)
    outlined = apply(drawing, Choices("outlines"))
    assert not any(isinstance(item, Text) for item in outlined.items)
    # Letters of a font are hinted, outlines are not.
    assert difference(seen(outlined, "pdf", tmp_path / "outlines"), live) < 0.02
    assert difference(seen(without_texts(drawing), "pdf", tmp_path / "none"), live) > 0.03
    system = apply(drawing, Choices("system"))
    assert {family for family, _, _ in system.fonts} <= {"Arial", "Times New Roman", "Courier New"}

    def houses(made):
        return sum(1 for layer in made.layers if layer.name == "Buildings" for _ in layer.items)

    merged = apply(drawing, Choices(merge_buildings=True))
    assert 1 <= houses(merged) <= 3 < houses(drawing)
    expanded = apply(drawing, Choices(roads="outlines"))
    minor = next(layer for layer in expanded.layers if layer.name == "Roads – Minor")
    assert all(item.fill is not None and item.stroke is None for item in minor.items)
    assert difference(seen(expanded, "pdf", tmp_path / "roads"), live) < 0.02


def test_fonts_travel_along(qgis, tmp_path):
    """A zip with the file, the fonts that it names, and their licence; each font opens, and has the family's name."""
    import zipfile

    from fontTools.ttLib import TTFont

    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline import run as pipeline
    from osm2cdr.processing_provider.request.checks import make_request

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
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    _, drawing = recorded("sample", "default")
    plain, named = tmp_path / "plain.pdf", tmp_path / "named.pdf"
    pdfmap.write(drawing, plain, Job(FORMATS["pdf"], colors=colors))
    pdfmap.write(drawing, named, Job(FORMATS["pdf"], colors=colors, options={"swatches": True}))
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
    assert difference(drawn_by.poppler(named, 150), drawn_by.poppler(plain, 150), dpi=150) < 0.001
