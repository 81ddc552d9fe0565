"""Illustrator 8: Ghostscript draws it as the map, live names included; global colours, inks, masks, other letters."""

import subprocess

import drawn_by
import numpy as np
import pytest
from cdrmade import corel_fonts, few_streets  # noqa: F401
from exchanged import DPI, far, outlined
from odd_maps import page, written

from readers import READERS
from readers.illustrator import read

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")


def test_ghostscript_draws_it_as_the_map(drawing, tmp_path):
    """With names as outlines beside the SVG; with live names beside the PostScript, whose fonts are the same."""
    path, _ = written(outlined(drawing), "ai8", tmp_path)
    svg, _ = written(outlined(drawing), "svg", tmp_path)
    mine, theirs = drawn_by.ghostscript(path, DPI), drawn_by.rsvg(svg, DPI)
    assert far(mine, theirs) < 0.01
    assert far(np.roll(mine, 3, axis=1), theirs) > 0.02, "0.75 mm aside would be seen"
    live, _ = written(drawing, "ai8", tmp_path / "live")
    program, _ = written(drawing, "ps", tmp_path / "live")
    assert far(drawn_by.ghostscript(live, DPI), drawn_by.ghostscript(program, DPI)) < 0.01


def test_names_are_texts_for_a_printer_too(qgis, tmp_path):
    """Upright, turned, spaced, held at middle and end, on a path: Ghostscript and Poppler find them whole."""
    from osm2cdr.processing_provider.drawing import model as m

    black, way = m.Color(0, 0, 0), np.array([(10 + at, 60 - 0.02 * (at - 30) ** 2) for at in range(0, 61, 4)], float)
    font, names = m.Font("Noto Sans", 12.0), ("Töölönlahdenkatu", "Rue (de) l'Été – 12 €", "Ærø\\Ñandú", "Straße")
    items = [m.Text([m.Line(name, 40, 20 + 9 * at, 40)], font, black, anchor=at / 2, name=name)
             for at, name in enumerate(names[:3])]  # fmt: skip
    items += [m.Text([m.Line(names[3], 20, 70, 40)], m.Font("Noto Sans", 12.0, spacing=1.0), black, rotation=90.0),
              m.Text([m.Line("Gebogene Allee", 10, 60, 66, way)], font, black, m.Halo(black, 0.3))]  # fmt: skip
    told = []
    path, made = written(page(("Names", [m.Group("All", items)])), "ai8", tmp_path, told)
    assert told == []
    assert made.layers == {"Names": 5}
    assert READERS["ai8"](path).texts == {*names, "Gebogene Allee"}
    assert [kind for kind, *_ in read(path)[1].texts] == [0, 0, 0, 0, 2]
    made = path.with_suffix(".pdf")
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=pdfwrite", f"-sOutputFile={made}", str(path)]
    subprocess.run(command, check=True)
    found = subprocess.run(["pdftotext", "-raw", made, "-"], check=True, capture_output=True, text=True).stdout
    flat = "".join(found.split())
    assert all("".join(name.split()) in flat for name in (*names[:3], "GebogeneAllee"))


def test_colours_of_the_style_are_global(drawing, tmp_path):
    """What has a colour that the style names is filled by that name, in screens' colours and in inks."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.artwork.ai8 import writer
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    named = {color.hex for color in drawing.swatches.values()}
    for colors in ("rgb", "cmyk"):
        path = tmp_path / f"{colors}.ai"
        written = writer.write(drawing, path, Job(FORMATS["ai8"], title="Map", colors=colors, feedback=Feedback()))
        writer.prove(path, drawing, written)
        assert READERS["ai8"](path).layers == written.layers
        head, reading = read(path)
        filled = {fill for layer, fill in reading.fills if layer == "Buildings" and isinstance(fill, str)}
        wanted = {name for name, color in drawing.swatches.items() if color.hex in named} & filled
        assert wanted == filled != set()
        assert f"%%{'CMYK' if colors == 'cmyk' else 'RGB'}ProcessColor: " in head
        assert all(isinstance(fill, str) or len(fill) == (4 if colors == "cmyk" else 3)
                   for _, fill in reading.fills if fill is not None)  # fmt: skip


def test_a_layer_is_cut_where_it_reaches_beyond_the_map(qgis, tmp_path):
    """And not where it does not: a mask is a burden."""
    from osm2cdr.processing_provider.drawing import model as m

    red = m.Color(255, 0, 0)
    line = m.Path(np.array([(50, 40), (115, 40)], float), np.array([0, 1], np.uint8), None, m.Stroke(red, 3.0))
    inner = m.rectangle(10, 10, 115, 75, red)
    path, _ = written(page(("Roads", [m.Group("A", [line])]), ("Houses", [m.Group("B", [inner])])), "ai8", tmp_path)
    assert read(path)[1].cuts == {"Roads"}
    seen = drawn_by.ghostscript(path, DPI)
    assert tuple(seen[round(40 / 25.4 * DPI), round(116 / 25.4 * DPI)]) == (255, 255, 255)


@pytest.mark.one_system("letters and code pages alone")
def test_other_letters(qgis, tmp_path):
    """Names are outlines in a group of their own, layers are called in the code page that has most; both are told."""
    from osm2cdr.processing_provider.drawing import model as m

    black, font = m.Color(0, 0, 0), m.Font("Noto Sans", 12.0)
    items = [m.Text([m.Line(name, 10, 20, 40)], font, black, name=name) for name in ("Улица", "Street")]
    told = []
    path, made = written(page(("Дороги", [m.Group("Names", items)]), ("Rues é", [])), "ai8", tmp_path, told)
    assert told == ["outlined_letters", "layers_code_page"]
    assert made.layers == {"Дороги": 2, "Rues é": 0}
    names = [name.encode("cp1252").decode("cp1251") for name in read(path)[1].layers]
    assert names[0] == "Дороги"
    assert READERS["ai8"](path).texts == {"Street"}
    assert "% (Names \\226 outlines)\n" in path.read_text(encoding="ascii")
