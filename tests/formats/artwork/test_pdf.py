"""The objects of our PDFs have the types that ISO 32000 gives them: strings of three kinds, names, numbers."""

import numpy as np
import pdf_grammar
import pikepdf
import pytest


@pytest.fixture(scope="module", autouse=True)
def _fonts(qgis):
    """The fonts that travel with the product."""
    from osm2cdr.processing_provider.cartography.fonts.font_files import register

    register()


def everything(name="Straßen (große) / Улицы\n%"):
    """A drawing with all that the writer knows: fonts of both kinds, bent and turned text, halo, picture, opacity."""
    from qgis.PyQt.QtCore import QBuffer, QIODevice
    from qgis.PyQt.QtGui import QImage

    from osm2cdr.processing_provider.drawing import model as m

    black, pale = m.Color(0, 0, 0), m.Color(200, 30, 30, 0.5)
    picture, buffer = QImage(4, 4, QImage.Format.Format_ARGB32), QBuffer()
    picture.fill(0x80FF0000)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    bent = np.array([(10.0, 60.0), (40.0, 55.0), (70.0, 60.0)])
    items = [
        m.rectangle(10, 10, 40, 30, pale),
        m.Text([m.Line("Улица (Öst) \\", 10, 40, 40)], m.Font("Noto Sans", 12), black, m.Halo(pale, 0.4)),
        m.Text([m.Line("Inter", 10, 50, 40)], m.Font("Inter", 12, bold=True), black, rotation=20.0),
        m.Text([m.Line("Boulevard", 10, 60, 60, bent)], m.Font("EB Garamond", 12, italic=True), black),
        m.Text([m.Line("地図", 60, 30, 20)], m.Font("Noto Sans", 12), black),
        m.Image(bytes(buffer.data()), (20.0, 0.0, 0.0, 20.0, 80.0, 40.0)),
    ]
    layers = [m.Layer(name, [m.Group("Group", items)]), m.Layer("Plain", [m.Group("Group", [items[0]])], False)]
    place = {"crs": "EPSG:3067", "extent": (385000.0, 6671000.0, 385600.0, 6671400.0)}
    swatches = {"Größe (1)": m.Color(200, 30, 30)}
    return m.Drawing(120.0, 80.0, m.Color(255, 255, 255), (0.0, 0.0, 120.0, 80.0), layers, swatches=swatches, **place)


@pytest.mark.parametrize("format_id", ["pdf", "geopdf", "ai", "pdf_a", "pdf_cmyk"])
@pytest.mark.parametrize("colors", ["rgb", "cmyk"])
def test_every_object_has_the_type_of_the_standard(qgis, tmp_path, format_id, colors):
    import importlib

    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    module = importlib.import_module(f"osm2cdr.processing_provider.formats.artwork.{format_id}")
    path, title = tmp_path / "page.pdf", "Карта (1)"
    module.write(everything(), path, Job(FORMATS[format_id], title=title, colors=colors, options={"swatches": True}))
    assert pdf_grammar.faults(path) == []
    with pikepdf.open(path) as document:
        assert str(document.docinfo["/Title"]) == title
        groups = [str(group.Name) for group in document.Root.OCProperties.OCGs]
        assert groups[-2:] == ["Straßen (große) / Улицы\n%", "Plain"]
        fonts = [font.DescendantFonts[0].FontDescriptor for font in document.pages[0].Resources.Font.values()]
        families = {bytes(font.FontFamily).decode() for font in fonts}
        assert {"Noto Sans", "Inter", "EB Garamond"} <= families


def test_an_archive_s_file_breaks_no_clause(qgis, tmp_path):
    """Also where a name has letters that no font has: the box that is shown for these is forbidden (6.2.11.8)."""
    import pdf_a_rules

    from osm2cdr.processing_provider.drawing import model as m
    from osm2cdr.processing_provider.formats.artwork import pdf_a
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    drawing, bent = everything("A & <B>"), np.array([(10.0, 70.0), (40.0, 65.0), (70.0, 70.0)])
    for path in (None, bent):
        line = m.Line("A\U0010fff0 B", 10, 70, 40, path)
        drawing.layers[0].groups[0].items.append(m.Text([line], m.Font("Noto Sans", 9), m.Color(0, 0, 0)))
    path, job = tmp_path / "page.pdf", Job(FORMATS["pdf_a"], title="A & <B>", options={"swatches": True})
    written = pdf_a.write(drawing, path, job)
    pdf_a.prove(path, drawing, written)
    assert pdf_a_rules.faults(path) == []


def test_a_press_s_file_breaks_no_clause(qgis, tmp_path):
    """PDF/X-4; grey names are black ink alone, printed over the rest, small ones of a colour two inks at most."""
    import pdf_x_rules
    import pikepdf

    from osm2cdr.processing_provider.drawing import model as m
    from osm2cdr.processing_provider.formats.artwork import pdf_cmyk
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    drawing = everything("A & <B>")
    group = drawing.layers[0].groups[0]
    group.items.insert(0, m.rectangle(0, 0, 120, 80, m.Color(120, 180, 90)))
    group.items.append(m.Text([m.Line("Brown", 10, 75, 40)], m.Font("Noto Sans", 9), m.Color(94, 81, 71)))
    path = tmp_path / "page.pdf"
    options = {"swatches": True, "crop_marks": True, "bleed": "5"}
    written = pdf_cmyk.write(drawing, path, Job(FORMATS["pdf_cmyk"], title="A & <B>", options=options))
    pdf_cmyk.prove(path, drawing, written)
    assert pdf_x_rules.faults(path) == []
    with pikepdf.open(path) as document:
        page = document.pages[0]
        trim, bleed = ([float(side) * 25.4 / 72 for side in page[name]] for name in ("/TrimBox", "/BleedBox"))
        assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([120, 80], abs=0.01)
        assert [trim[0] - bleed[0], bleed[3] - trim[3]] == pytest.approx([5, 5], abs=0.01)
        names = [str(one.Name) for one in document.Root.OCProperties.OCGs]
        assert names[:2] == ["Bleed", "Crop marks"]
        letters, inks, over = [], None, "P00"
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "k":
                inks = [float(part) for part in operands]
            elif str(operator) == "gs" and str(operands[0])[1] == "P":
                over = str(operands[0])[1:]
            elif str(operator) == "TJ":
                letters.append((inks, over))
    plain = [(found, over) for found, over in letters if any(found) and not any(found[:3])]
    assert plain
    assert all(found[3] >= 0.85 and over[1] == "1" for found, over in plain)
    assert all(sum(part > 0 for part in found) <= 2 for found, _ in letters[-1:])


WORDS = [
    "Robert's Coffee", "Office fi fl ffi", "Cafe\u0301 Łódź", "12:30 3x4 A/B", "«Кофе» – 5", "Καφές", "Coffee 地図",
]  # fmt: skip


@pytest.mark.parametrize("family", ["Noto Sans", "Inter", "EB Garamond", "Open Sans", "JetBrains Mono", "Arial"])
def test_every_glyph_spells_one_letter(qgis, family):
    """Inkscape takes the first letter alone of what a glyph spells: "Coffee" with a ligature came as "Cofee"."""
    import unicodedata

    from osm2cdr.processing_provider.drawing.model import Font
    from osm2cdr.processing_provider.drawing.shaping import runs_of
    from osm2cdr.processing_provider.formats.artwork.faces import Faces

    for text in WORDS:
        faces, spelled = Faces(), []
        for run in runs_of(text, Font(family, 10.0)):
            face = faces.face(run, text)
            spelled += [face.letters[glyph] for glyph in run.glyphs]
        assert sorted(spelled) == sorted(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "family"),
    [("شارع فيصل", "Noto Sans Arabic"), ("مدينة نصر القاهرة", "Noto Sans Arabic"), ("שדרות", "Noto Sans Hebrew")],
)
def test_joined_letters_are_spelled(qgis, text, family):
    """Without its letter a glyph is lost in Inkscape: of a whole Arabic name two letters were left."""
    from osm2cdr.processing_provider.drawing.model import Font
    from osm2cdr.processing_provider.drawing.shaping import runs_of
    from osm2cdr.processing_provider.formats.artwork.faces import Faces

    faces, spelled = Faces(), []
    for run in runs_of(text, Font(family, 10.0)):
        face = faces.face(run, text)
        spelled += [face.letters.get(glyph, "?") for glyph in run.glyphs]
    assert sorted("".join(spelled)) == sorted(text)


def test_letters_that_are_known_are_not_compared_one_by_one(qgis, monkeypatch):
    """A name of ten thousand letters would take a hundred million steps."""
    from osm2cdr.processing_provider.drawing.model import Font
    from osm2cdr.processing_provider.drawing.shaping import runs_of
    from osm2cdr.processing_provider.formats.artwork import faces

    compared = []
    monkeypatch.setattr(faces, "_others", lambda face, run, text: compared.append(text))
    for text, family in (("Töölönlahdenkatu", "Noto Sans"), ("فيصل", "Noto Sans Arabic")):
        for run in runs_of(text, Font(family, 10.0)):
            faces.Faces().face(run, text)
    assert compared == ["فيصل"]


def test_a_font_that_is_not_there_is_told(qgis, tmp_path):
    """Also where the machine has one of another kind in its place, without tables: Type 1."""
    from osm2cdr.processing_provider.drawing import model as m
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.artwork import eps, pdf
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    told = []

    class Hearing(Feedback):
        def warning(self, code, text):
            told.append((code, text))

    drawing = everything()
    for family in ("Nobody Has This", "Arial", "Times New Roman"):
        drawing.layers[1].groups[0].items.append(
            m.Text([m.Line("Katu", 5, 5, 20)], m.Font(family, 9), m.Color(0, 0, 0))
        )
    for module, name in ((pdf, "page.pdf"), (eps, "page.eps")):
        written = module.write(drawing, tmp_path / name, Job(FORMATS["pdf"], feedback=Hearing()))
        module.prove(tmp_path / name, drawing, written)
    assert [code for code, _ in told] == ["font_stands_in"] * 2
    assert all("Nobody Has This (" in text and "Noto Sans (" not in text for _, text in told)


def test_the_samples_in_the_docs_are_sound():
    """They are what people try first."""
    from areas import ROOT

    files = [path for path in (ROOT / "docs" / "samples").rglob("*") if path.suffix in (".pdf", ".ai")]
    # Illustrator 8 has PostScript.
    samples = [path for path in files if path.parent.name != "illustrator8"]
    assert len(samples) > 5
    assert {str(path): told for path in samples if (told := pdf_grammar.faults(path))} == {}
