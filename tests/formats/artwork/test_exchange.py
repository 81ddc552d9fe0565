"""Artwork for office programs and papers: what another reader finds in it, how another program draws it, odd maps."""

import drawn_by
import numpy as np
import opened_by
import pytest
from cdrmade import corel_fonts, few_streets  # noqa: F401
from exchanged import DPI, far, held, outlined
from odd_maps import odd_names, odd_shapes, page, written, wrongly_proven

from readers import READERS

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

FORMATS = ("emf", "wmf", "cgm", "tikz", "fig", "ai8")
# What keeps the parts of a thing together, and counts things.
WHOLE = ("fig", "ai8")
# What Inkscape opens of them.
INKSCAPE = ("emf", "wmf")


@pytest.mark.parametrize("format_id", FORMATS)
def test_layers_and_names(drawing, tmp_path, format_id):
    """All layers in order with all objects; each name that does not bend, letter by letter, most of them live."""
    from osm2cdr.processing_provider.drawing.model import Text

    path, made = written(drawing, format_id, tmp_path)
    found = READERS[format_id](path)
    assert list(found.layers.items()) == list(made.layers.items())
    assert found.layers == held(drawing, format_id in WHOLE)
    lines = {line.text for item in drawing.items if isinstance(item, Text) for line in item.lines}
    assert found.texts <= lines
    assert len(found.texts) > 0.85 * len(lines)
    assert found.size_mm == pytest.approx((drawing.width, drawing.height), abs=0.02)


@pytest.mark.parametrize("format_id", FORMATS)
def test_names_of_every_kind(qgis, tmp_path, format_id):
    """None is lost: live where the format has its letters, else as an outline."""
    told = []
    path, made = written(odd_names(), format_id, tmp_path, told)
    assert READERS[format_id](path).layers == made.layers
    assert set(made.layers.values()) == {3}
    assert "outlined_bent" in told


@pytest.mark.parametrize("format_id", FORMATS)
def test_shapes_of_every_kind(qgis, tmp_path, format_id):
    """Rings with holes, curves, mixed subpaths, one point, what lies far outside, a picture, layers of nothing."""
    path, made = written(odd_shapes(), format_id, tmp_path)
    assert READERS[format_id](path).layers == made.layers
    # Of what is a file by itself there, pictures are left out.
    assert made.layers["Odd"] == (8 if format_id in ("tikz", "fig", "ai8") else 9)
    assert made.layers["Empty"] == 0
    path, made = written(page(), format_id, tmp_path / "nothing")
    assert READERS[format_id](path).layers == made.layers == {}


@pytest.mark.parametrize("format_id", FORMATS)
def test_the_product_proves_what_it_wrote(drawing, tmp_path, format_id):
    """A file that lacks a layer or an object, or is cut, is not taken for the map."""
    assert wrongly_proven(drawing, format_id, tmp_path) == []


@pytest.mark.editors
@pytest.mark.parametrize("format_id", INKSCAPE)
def test_inkscape_draws_a_metafile_as_the_map(drawing, tmp_path, format_id):
    """With names as outlines, beside the SVG of the map; with live names each upright one is a whole text."""
    path, _ = written(outlined(drawing), format_id, tmp_path)
    svg, _ = written(outlined(drawing), "svg", tmp_path)
    mine = drawn_by.image(opened_by.inkscape(path, tmp_path / "one", DPI).with_suffix(".png"))
    theirs = drawn_by.rsvg(svg, DPI)
    assert far(mine, theirs) < 0.01
    assert far(np.roll(mine, 3, axis=1), theirs) > 0.02, "0.75 mm aside would be seen"
    live, _ = written(drawing, format_id, tmp_path / "live")
    found = opened_by.read_inkscape(opened_by.inkscape(live, tmp_path / "two"))
    texts = {text.strip() for text in READERS[format_id](live).texts}
    # It takes all letters of a WMF for those of western Europe, and not all of these.
    known = {text for text in texts if format_id == "emf" or text.isascii()}
    assert len(known & set(found.texts)) > 0.95 * len(known) > 0.8 * len(texts)
    assert {"Noto Sans"} <= found.families


@pytest.mark.editors
def test_libreoffice_reads_each_code_page_of_a_wmf(qgis, tmp_path):
    """Names of six code pages come letter by letter; what no page has is an outline."""
    from lxml import etree

    from osm2cdr.processing_provider.drawing import model as m

    names = ("Rue de l'Été – 12 €", "Łódź Česká", "Улица Правды", "Οδός Ερμού", "Iğdır Şişli", "Žemaičių Šiaulių")
    font, black, told = m.Font("Noto Sans", 12.0), m.Color(0, 0, 0), []
    items = [m.Text([m.Line(name, 10, 10 + 9 * at, 50)], font, black) for at, name in enumerate([*names, "東京"])]
    path, made = written(page(("Names", [m.Group("All", items)])), "wmf", tmp_path, told)
    assert made.layers == {"Names": 7}
    assert told == ["outlined_letters"]
    assert READERS["wmf"](path).texts == set(names)
    svg = opened_by.libreoffice([path], "svg", tmp_path / "office")[path.name]
    texts = ["".join(item.itertext()).strip() for item in etree.parse(str(svg)).iter("{*}text")]
    assert [text for text in texts if text] == list(names)


@pytest.mark.editors
def test_libreoffice_draws_a_cgm_as_the_map(drawing, tmp_path):
    """Names as outlines, beside the SVG of the map on the part of a slide that it shows; live ones letter by letter."""
    from lxml import etree

    path, _ = written(outlined(drawing), "cgm", tmp_path / "map")
    svg, _ = written(outlined(drawing), "svg", tmp_path)
    mine = drawn_by.poppler(opened_by.libreoffice([path], "pdf", tmp_path / "office")[path.name], DPI)
    # It gives a picture 280 x 210 mm of a slide, and cuts what lies below the slide.
    theirs = drawn_by.rsvg(svg, DPI * min(280 / drawing.width, 210 / drawing.height))
    height, width = (min(sides) for sides in zip(mine.shape[:2], theirs.shape[:2]))
    assert height > 0.7 * theirs.shape[0]
    # It knows neither dashes of any length nor round ends of lines.
    assert far(mine[:height, :width], theirs[:height, :width]) < 0.02
    assert far(np.roll(mine, 4, axis=1)[:height, :width], theirs[:height, :width]) > 0.03, "1 mm aside would be seen"
    live, _ = written(drawing, "cgm", tmp_path / "live")
    slide = etree.parse(str(opened_by.libreoffice([live], "fodp", tmp_path / "office")[live.name])).getroot()
    shown = {"".join(box.itertext()).strip() for box in slide.iter("{*}text-box")}
    assert shown >= {text.strip() for text in READERS["cgm"](live).texts}


def compiled(path):
    """The PDF that pdfTeX makes of a document, which has no fault in it."""
    folder = path.parent / "tex"
    command = [
        "pdflatex",
        "-interaction=nonstopmode",
        "-halt-on-error",
        "-no-shell-escape",
        f"-output-directory={folder}",
    ]
    folder.mkdir()
    told = opened_by.run([*command, str(path)], opened_by.ONE, folder / "home")
    assert "Missing character" not in told + (folder / "map.log").read_text(encoding="latin-1")
    return folder / "map.pdf"


@pytest.mark.editors
def test_pdftex_draws_a_picture_of_tikz_as_the_map(drawing, tmp_path):
    path, _ = written(outlined(drawing), "tikz", tmp_path / "tikz")
    svg, _ = written(outlined(drawing), "svg", tmp_path)
    mine, theirs = drawn_by.poppler(compiled(path), DPI), drawn_by.rsvg(svg, DPI)
    assert far(mine, theirs) < 0.01
    assert far(np.roll(mine, 3, axis=1), theirs) > 0.02, "0.75 mm aside would be seen"


@pytest.mark.editors
def test_pdftex_sets_names_letter_by_letter(qgis, tmp_path):
    """Each letter that is said to be one of TeX's comes out of the PDF; far away and large is no fault."""
    import subprocess

    from osm2cdr.processing_provider.drawing import model as m
    from osm2cdr.processing_provider.formats.artwork.tikz import _LETTERS

    letters = "".join(sorted(_LETTERS - {" "}))
    rows = [letters[start : start + 20] for start in range(0, len(letters), 20)]
    black, font = m.Color(0, 0, 0), m.Font("Noto Sans", 9.0)
    items = [m.Text([m.Line(row, 10.0, 10.0 + 5 * at, 60.0)], font, black) for at, row in enumerate(rows)]
    ways = np.array([[(5, 5), (9e4, -9e4)], [(-5e4, 9e3), (9, 9)], [(8e4, 8e4), (9e4, 9e4)]], float)
    items += [m.Path(way, np.array([0, 1], np.uint8), None, m.Stroke(black, 1e4, dash=(0.0, 1.0))) for way in ways]
    items += [m.Text([m.Line("far", 4e4, 4e4, 50.0)], m.Font("Noto Sans", 1e4), black)]
    group = m.Group("\\names % {", items)
    path, made = written(page(("Names % \\{", [group])), "tikz", tmp_path)
    assert made.layers == {"Names % \\{": len(items)}
    told = subprocess.run(["pdftotext", "-raw", compiled(path), "-"], check=True, capture_output=True, text=True).stdout
    missing = {letter for letter in letters if letter not in told} - {"'"}
    assert missing == set()
    assert "\u2019" in told
